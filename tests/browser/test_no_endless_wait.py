"""No browser test waits for ever: what never answers is ended in time, with a sentence, and the next test has a browser again."""

import pytest
from playwright.sync_api import Error

from tests.browser.chromium import watched
from tests.browser.conftest import Site


def test_a_call_that_never_answers_is_ended_with_a_sentence(site: Site) -> None:
    page = site.fresh().new_page()
    with pytest.raises(pytest.fail.Exception, match="no life for 1 s"), watched(site.chromium, 1):  # noqa: SIM117
        with pytest.raises(Error):
            page.evaluate("() => new Promise(() => {})")
    window = site.fresh()
    page = window.new_page()
    page.goto("/sign-in/")
    assert page.evaluate("() => 1 + 1") == 2
    window.close()


def test_what_ends_in_time_keeps_its_browser(site: Site) -> None:
    before = site.chromium.open()
    with watched(site.chromium, 30):
        site.fresh().close()
    assert site.chromium.open() is before
