"""Signing in as people do: the first password changed before anything else, locked after wrong ones, ended when idle."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.axe import problems
from tests.browser.conftest import Site, enter, served
from tests.browser.prepare import NEW, PASSWORD

WORK_LIST = re.compile("您有|近七日没有到期的事")
"""What the heading of a work list says, with duties and without."""

OWN = "yan-zi-gui-lai-规程-3"


def test_a_first_password_is_changed_before_anything_else(site: Site) -> None:
    window = site.fresh()
    page = window.new_page()
    enter(page, NEW, PASSWORD)
    page.wait_for_url("**/password/")
    for address in ("/", "/projects/", "/regulation/"):
        page.goto(address)
        expect(page.get_by_role("heading", level=1)).to_have_text("修改密码")
    assert problems(page) == []
    change(page, PASSWORD, OWN, OWN + "x")
    expect(page.get_by_role("alert")).to_contain_text("不一样")
    change(page, PASSWORD, OWN, OWN)
    expect(page.get_by_role("heading", level=1)).to_contain_text(WORK_LIST)
    page.get_by_role("button", name="退出").click()
    enter(page, NEW, PASSWORD)
    expect(page.get_by_role("alert")).to_contain_text("没有登录成功")
    enter(page, NEW, OWN)
    expect(page.get_by_role("heading", level=1)).to_contain_text(WORK_LIST)
    window.close()


def change(page: Page, old: str, new: str, again: str) -> None:
    page.locator("#old").fill(old)
    page.locator("#new").fill(new)
    page.locator("#again").fill(again)
    page.get_by_role("button", name="修改密码").click()


def test_five_wrong_passwords_lock_even_the_right_one_out(site: Site) -> None:
    window = site.fresh()
    page = window.new_page()
    for _ in range(5):
        enter(page, "ke.lin", "不是这个密码")
        expect(page.get_by_role("alert")).to_contain_text("没有登录成功")
    enter(page, "ke.lin", PASSWORD)
    expect(page.get_by_role("alert")).to_contain_text("锁定")
    assert problems(page) == []
    window.close()


def test_who_does_nothing_is_signed_out(site: Site, home: Path) -> None:
    """A site of its own on the same database, on which idleness ends at once."""
    with served(home, GUICHENG_IDLE_MINUTES="0") as address:
        window = site.fresh(base=address)
        page = window.new_page()
        enter(page, "cao.peng", PASSWORD)
        expect(page.get_by_role("heading", level=1)).to_contain_text(WORK_LIST)
        page.wait_for_timeout(2100)
        page.goto("/projects/?year=2023&stage=110")
        expect(page.get_by_role("heading", level=1)).to_have_text("登录")
        assert page.locator('.sign-form [name="next"]').input_value() == "/projects/?year=2023&stage=110"
        window.close()
