"""A whole life in the browser, from filing to operation: each person signs in and does their part through the pages.

The example of docs/examples: refused attempts and their cures, a restarted trial, a reconsideration, payments, a change."""

from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.forms import do, refused
from tests.browser.prepare import whole_life


class Cast:
    """A page for each person, opened when they first have something to do."""

    def __init__(self, visit: Visit):
        self.visit, self.pages = visit, dict[str, Page]()

    def page(self, line: dict[str, Any]) -> Page:
        user = line["by"].removeprefix("user:")
        if user not in self.pages:
            self.pages[user] = self.visit(user)
        return self.pages[user]


SAID = (
    "保修期自项目竣工验收合格之日起不得少于2年。",
    "稳定运行（软件至少3个月，硬件至少1个月）后，可申请竣工验收。",
    "承建单位接到通知后一个月后，可再次提出验收申请；",
    "变更项目的经费支出不得超过原建设项目总费用的10%。",
)
"""What the page says when the regulation refuses, one after the other: in its own words."""


def test_from_filing_to_operation(visit: Visit) -> None:
    lines, cast, acts, told = whole_life(), Cast(visit), set(), list[str]()
    for line in lines:
        page = cast.page(line)
        if line["id"].endswith(("-refused", "-too-early")):
            told.append(refused(page, line))
            assert SAID[len(told) - 1] in told[-1]
        else:
            do(page, line)
            acts.add(line["act"])
    assert len(told) == len(SAID) and len(acts) >= 25 and len(cast.pages) >= 8
    page = cast.pages["sun.li"]
    page.goto(f"/projects/{lines[-1]['project']}/")
    expect(page.locator("main")).to_contain_text("投入使用")
