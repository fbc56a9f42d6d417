"""Every page for those who open it: axe-core finds nothing, 360 px are wide enough, the keyboard reaches all, nothing fails."""

import pytest

from tests.browser.axe import out_of_reach, too_wide, violations
from tests.browser.conftest import Visit

DONE, YOUNG, TRIAL = "/projects/HA-2023-201/", "/projects/HA-2023-203/", "/projects/HA-2023-204/"
CONTRACTOR = "cj-yunshan.ha-2023-201"
TABS = ("money", "contracts", "assessments", "trial", "operation", "changes", "assets", "papers", "history")
PAGES = [
    ("sun.li", "/"), ("zhou.mingyuan", "/"), (CONTRACTOR, "/"), ("sun.li", "/calendar/"), ("sun.li", "/projects/"),
    ("zhou.mingyuan", "/projects/"), ("zhou.mingyuan", "/cockpit/"), ("sun.li", DONE), (CONTRACTOR, DONE),
    ("sun.li", YOUNG), ("zhou.mingyuan", TRIAL), *[("sun.li", f"{DONE}?tab={tab}") for tab in TABS],
    ("sun.li", "/new/file-project/"), ("sun.li", "/new/file-project/?classified=no"),
    ("sun.li", f"{DONE}acts/plan-change/"), ("sun.li", f"{YOUNG}acts/sign-contract/"),
    ("sun.li", f"{YOUNG}acts/submit-estimate/"), ("sun.li", "/password/"), ("sun.li", f"{DONE}nothing/"),
]  # fmt: skip


@pytest.mark.parametrize(("person", "address"), PAGES)
def test_a_page_is_open_to_everyone(visit: Visit, person: str, address: str) -> None:
    page = visit(person)
    answer = page.goto(address)
    assert answer is not None and answer.status < 500
    assert violations(page) == []
    assert out_of_reach(page) == []
    page.set_viewport_size({"width": 360, "height": 800})
    assert too_wide(page) <= 0


def test_the_sign_in_page_is_open_to_everyone(site: "object") -> None:
    window = site.fresh(360)  # type: ignore[attr-defined]  # the fixture's Site
    page = window.new_page()
    page.goto("/sign-in/")
    assert (violations(page), too_wide(page)) == ([], 0)
    window.close()
