"""Moments that decide whether people trust a form: the cap of changes, a draft after the window closed, a page gone stale,
the keyboard alone."""

from copy import deepcopy
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.conftest import Site, Visit
from tests.browser.forms import do, fill, open_form, press, refused
from tests.browser.prepare import whole_life

CHANGED = "HA-2023-201"


def change(cost: int, ref: str) -> dict[str, Any]:
    """The change of the example on a project of its own, at another cost in fen."""
    line = deepcopy(next(x for x in whole_life() if x["act"] == "plan-change"))
    line |= {"project": CHANGED, "id": f"change-{ref}", "on": "2025-09-01"}
    line["data"] |= {"ref": ref, "cost": cost, "begins_on": "2025-09-10", "finish_by": "2025-12-10"}
    return line


def contracted(page: Page) -> int:
    """What the project's main contract comes to, in fen, as its page says it."""
    page.goto(f"/projects/{CHANGED}/?tab=contracts")
    title = page.locator(".money[title]").first.get_attribute("title") or ""
    return round(float(title.replace(",", "").removesuffix("元")) * 100)


def test_a_change_at_the_cap_and_one_fen_over(visit: Visit) -> None:
    page = visit("sun.li")
    cap = contracted(page) // 10
    said = refused(page, change(cap + 1, "BG-9"))
    assert "10" in said and "变更" in said
    fill(page, "plan-change", {"cost": cap})
    press(page)
    expect(page.get_by_role("heading", name="办结回执")).to_be_visible()


def test_the_verdict_is_told_while_typing(visit: Visit) -> None:
    page = visit("sun.li")
    open_form(page, change(contracted(page), "BG-10"))
    expect(page.locator("#verdict")).to_contain_text("不予办理")


def test_a_draft_outlives_the_window(visit: Visit) -> None:
    page = visit("cao.peng")
    page.goto("/projects/HA-2023-203/acts/submit-requirement/")
    page.locator('[name="business"]').fill("窗口受理、部门审核、结果送达")
    expect(page.locator("#saved")).to_contain_text("草稿已保存")
    page.close()
    again = visit("cao.peng")
    again.goto("/projects/HA-2023-203/acts/submit-requirement/")
    expect(again.locator('[name="business"]')).to_have_value("窗口受理、部门审核、结果送达")
    expect(again.locator("main")).to_contain_text("草稿")
    again.get_by_role("button", name="不要草稿").click()
    expect(again.locator('[name="business"]')).to_have_value("")


def test_a_page_gone_stale_says_what_happened_meanwhile(visit: Visit) -> None:
    line: dict[str, Any] = {
        "id": "stale", "project": "HA-2023-203", "act": "flag-major", "by": "user:zhou.mingyuan", "on": "2023-06-01",
        "data": {"major": True, "criterion": "public-facing", "reason": "面向全市群众"},
    }  # fmt: skip
    early, late = visit("zhou.mingyuan"), visit("xu.jing")
    open_form(early, line)
    do(late, line)
    press(early)
    expect(early.locator("#problems")).to_contain_text("您填写期间，别人办理了")
    expect(early.locator("#problems")).to_contain_text("徐静")
    expect(early.locator('[name="reason"]')).to_have_value("面向全市群众")


def test_with_the_keyboard_alone(site: Site, visit: Visit) -> None:
    """From the address bar to the button: every control in turn, by Tab."""
    page = visit("sun.li")
    page.goto("/projects/HA-2023-201/acts/plan-change/")
    met = []
    for _ in range(200):
        page.keyboard.press("Tab")
        met.append(page.evaluate("() => document.activeElement.id || document.activeElement.name || ''"))
        if met[-1] == "do":
            break
    assert met[-1] == "do"
    assert {"f-_on", "f-ref", "f-title", "f-cost"} <= set(met)


def test_leaving_signs_out(site: Site) -> None:
    window = site.fresh()
    page = window.new_page()
    page.goto("/projects/HA-2023-201/")
    assert "/sign-in/" in page.url
    window.close()


def test_similar_projects_are_named_beside_the_title_while_it_is_typed(visit: Visit) -> None:
    page = visit("sun.li")
    page.goto("/new/file-project/?classified=no")
    panel, below = page.locator("#similar"), page.locator('[name="content"]')
    expect(panel).to_contain_text("填写项目名称后")
    stood = below.bounding_box()
    page.locator('[name="title"]').press_sequentially("变更试验项目")
    expect(panel.get_by_role("link", name="变更试验项目")).to_be_visible()
    expect(panel).not_to_contain_text("别处室的项目")
    assert below.bounding_box() == stood
    with page.context.expect_page() as opened:
        panel.get_by_role("link").first.click()
    opened.value.wait_for_load_state()
    assert f"/projects/{CHANGED}/" in opened.value.url
    opened.value.close()
    expect(page.locator('[name="title"]')).to_have_value("变更试验项目")
