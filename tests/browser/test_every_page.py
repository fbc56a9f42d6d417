"""Every page for those who open it: axe-core finds nothing, 360 px are wide enough, the keyboard reaches all, nothing fails."""

import pytest
from django.template.loader import render_to_string
from playwright.sync_api import expect

from guicheng.web.pages.help import SHOWN
from tests.browser.axe import problems
from tests.browser.conftest import Site, Visit, put_away

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
    ("sun.li", "/regulation/"), ("sun.li", "/regulation/figures/"),
    ("sun.li", "/regulation/rules/huaian2023:13(3).used-before-accepted/"), ("sun.li", "/papers/"), ("sun.li", "/help/"),
    ("sun.li", "/bureau/"), (CONTRACTOR, "/bureau/"), ("an.quan", "/"), ("an.quan", "/bureau/"), ("xi.tong", "/bureau/"),
    ("shen.ji", "/bureau/"), ("qin.zheng", "/bureau/attempts/"), ("qin.zheng", "/bureau/reads/"), ("shen.ji", "/bureau/reads/"),
    ("shen.ji", "/bureau/signins/"), ("xi.tong", "/bureau/accounts/"), ("an.quan", "/bureau/security/"),
    ("an.quan", "/bureau/acts/appoint/"), ("zhou.mingyuan", "/bureau/acts/interpret/"),
    ("sun.li", f"{YOUNG}acts/conclude-acceptance/"), ("sun.li", f"{DONE}acts/pay/"), ("sun.li", f"{DONE}acts/correct/"),
    ("sun.li", f"{DONE}acts/correct/?entry=1"), ("sun.li", "/new/file-project/?classified=unsure"),
    ("sun.li", "/calendar/?late=1"), ("sun.li", "/projects/?q=没有这样的项目"),
]  # fmt: skip


@pytest.mark.parametrize(("person", "address"), PAGES)
def test_a_page_is_open_to_everyone(visit: Visit, person: str, address: str) -> None:
    page = visit(person)
    answer = page.goto(address)
    assert answer is not None and answer.status < 500
    assert problems(page) == []


ENGLISH = ("/", "/projects/", "/cockpit/", DONE, f"{DONE}acts/plan-change/", "/regulation/", "/help/")


def test_the_main_pages_are_open_to_everyone_in_english(site: Site) -> None:
    page = site.page("zhou.mingyuan")
    page.context.add_cookies([{"name": "language", "value": "en", "url": site.address}])
    for address in ENGLISH:
        page.goto(address)
        assert page.locator("html").get_attribute("lang") == "en"
        assert problems(page) == [], address
    page.context.add_cookies([{"name": "language", "value": "zh", "url": site.address}])
    put_away(page)


def test_the_help_of_every_role_is_open_to_everyone(visit: Visit) -> None:
    page = visit("sun.li")
    for role in SHOWN:
        page.goto(f"/help/{role}/")
        assert problems(page) == [], role


@pytest.mark.parametrize("status", [400, 403, 404, 500])
def test_a_page_of_what_went_wrong_is_open_to_everyone(visit: Visit, status: int) -> None:
    page = visit("sun.li")
    body = render_to_string(f"{status}.html")
    page.route(
        "**/went-wrong/", lambda route: route.fulfill(status=status, body=body, content_type="text/html; charset=utf-8")
    )
    page.goto("/went-wrong/")
    assert problems(page) == []


def test_a_first_password_is_shown_to_everyone(visit: Visit) -> None:
    page = visit("xi.tong")
    page.goto("/bureau/accounts/")
    page.get_by_role("button", name="pan.dan").click()
    expect(page.locator("code")).to_be_visible()
    assert problems(page) == []


def test_the_sign_in_page_is_open_to_everyone(site: Site) -> None:
    window = site.fresh()
    page = window.new_page()
    page.goto("/sign-in/")
    assert problems(page) == []
    window.close()
