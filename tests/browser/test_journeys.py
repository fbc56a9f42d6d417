"""Moments of their own: a trial begun again, a reconsideration, a refusal cured, files dropped, rows pasted, one A4 page."""

import re
from copy import deepcopy
from datetime import date, timedelta
from typing import Any

from playwright.sync_api import Page, Route, expect

from tests.browser.axe import problems
from tests.browser.conftest import Visit
from tests.browser.forms import do, press, refused
from tests.browser.prepare import parted, whole_life
from tests.browser.test_whole_life import SAID, Cast
from tests.support.pdf import pdf

DONE, YOUNG, TRIAL = "/projects/HA-2023-201/", "/projects/HA-2023-203/", "/projects/HA-2023-204/"


def of(lines: list[dict[str, Any]], act: str) -> dict[str, Any]:
    return next(line for line in lines if line["act"] == act)


def on(line: dict[str, Any], day: date) -> dict[str, Any]:
    return deepcopy(line) | {"on": day.isoformat(), "id": f"{line['id']}-{day}"}


def test_a_trial_begun_again_counts_from_the_new_day(visit: Visit) -> None:
    _, lines = parted("HA-2023-205")
    cast, confirmed, apply = Cast(visit), of(lines, "confirm-restart"), of(lines, "apply-for-acceptance")
    for line in lines[: lines.index(apply)]:
        do(cast.page(line), line)
    early = date.fromisoformat(confirmed["data"]["restart_on"]) + timedelta(days=80)
    early = max(early, date.fromisoformat(lines[lines.index(apply) - 1]["on"]))
    assert SAID[1] in refused(cast.page(apply), on(apply, early))
    do(cast.page(apply), apply)
    page = cast.page(confirmed)
    page.goto(f"/projects/{apply['project']}/?tab=trial")
    expect(page.locator("main")).to_contain_text("重新计时")


def test_a_reconsideration_waits_a_month_and_is_heard_again(visit: Visit) -> None:
    _, lines = parted("HA-2023-206")
    cast, notice, apply = Cast(visit), lines[0], of(lines, "apply-for-acceptance")
    page = cast.page(of(lines, "conclude-acceptance"))
    page.goto(f"/projects/{apply['project']}/")
    expect(page.locator("main")).to_contain_text("待复议")
    do(cast.page(notice), notice)
    assert SAID[2] in refused(cast.page(apply), on(apply, date.fromisoformat(notice["on"])))
    for act in ("apply-for-acceptance", "endorse-application", "conclude-acceptance"):
        do(cast.page(of(lines, act)), of(lines, act))
    page.goto(f"/projects/{apply['project']}/")
    expect(page.locator("main")).to_contain_text("通过验收")


def test_a_refusal_leads_to_the_act_that_cures_it(visit: Visit) -> None:
    page = visit("xu.jing")
    line = deepcopy(of(whole_life(), "approve-project")) | {
        "project": "HA-2023-203",
        "on": "2023-06-02",
        "id": "too-soon",
    }
    line["data"] = {k: v for k, v in line["data"].items() if k not in ("components", "plan")}
    refused(page, line)
    assert problems(page) == []
    cure = page.locator("#problems .verdict-acts a").first
    act = cure.inner_text()
    cure.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(act)
    expect(page.locator("#do")).to_have_text(act)


DROP = """([selector, name, type, text]) => {
  const carried = new DataTransfer();
  carried.items.add(new File([text], name, { type }));
  document.querySelector(selector).dispatchEvent(new DragEvent("drop", { dataTransfer: carried, bubbles: true, cancelable: true }));
}"""
PDF = pdf("会议纪要").decode("ascii")


def drop(page: Page, name: str, type: str, text: str) -> None:
    page.evaluate(DROP, [".drop", name, type, text])


def test_a_file_dropped_is_uploaded_with_progress_and_recorded(visit: Visit) -> None:
    page, held = visit("sun.li"), list[Route]()
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(f"{TRIAL}acts/attach-paper/")
    drop(page, "程序.exe", "application/x-msdownload", "MZ")
    expect(page.locator(".drop-list .wrong")).to_contain_text("不收")
    page.route("**/papers/", lambda route: held.append(route))  # noqa: PLW0108  # a built-in has no place for a handle
    drop(page, "会议纪要.pdf", "application/pdf", PDF)
    expect(page.locator(".drop-list progress")).to_be_visible()
    for _ in range(50):  # the bar may be seen before the request has come this far
        if not held:
            page.wait_for_timeout(100)
    assert len(held) == 1
    held[0].continue_()
    expect(page.get_by_role("button", name="移除 会议纪要.pdf")).to_be_visible()
    digest = page.locator(".drop-text").first.input_value()
    assert re.fullmatch(r"sha256:[0-9a-f]{64}", digest)
    page.locator('[name="title"]').fill("会议纪要")
    page.locator('[name="kind"]').fill("纪要")
    press(page)
    expect(page.get_by_role("heading", name="办结回执")).to_be_visible()
    assert problems(page) == []
    page.goto(f"/papers/{digest}/")
    expect(page.get_by_role("heading", level=1)).to_have_text("会议纪要.pdf")
    assert problems(page) == []


def test_without_the_declaration_nothing_is_uploaded(visit: Visit) -> None:
    page, asked = visit("sun.li"), list[str]()
    page.on("dialog", lambda dialog: dialog.dismiss())
    page.on("request", lambda request: asked.append(request.url) if request.url.endswith("/papers/") else None)
    page.goto(f"{TRIAL}acts/attach-paper/")
    drop(page, "会议纪要.pdf", "application/pdf", PDF)
    expect(page.locator(".drop-list li")).to_have_count(0)
    assert asked == []


PASTE = """([selector, text]) => {
  const carried = new DataTransfer();
  carried.setData("text/plain", text);
  const event = new ClipboardEvent("paste", { clipboardData: carried, bubbles: true, cancelable: true });
  document.querySelector(selector).dispatchEvent(event);
}"""


def test_rows_copied_from_excel_fill_the_estimate(visit: Visit) -> None:
    page = visit("sun.li")
    page.goto(f"{YOUNG}acts/submit-estimate/")
    heads = page.locator(".rows-table thead th").all_inner_texts()
    names = page.locator(".rows-table tbody tr").first.locator("td").evaluate_all(
        "cells => cells.map(c => c.querySelector('select,input:not([type=file]),textarea')?.name.split('.')[2] ?? '')"
    )  # fmt: skip
    assert len(heads) == len(names) + 1
    values = [{"ref": f"L{n}", "name": f"条目{n}，含“引号”", "amount": "1.5", "year": "2024"} for n in range(12)]
    text = "\n".join("\t".join(v.get(name, "") for name in names if name) for v in values)
    page.evaluate(PASTE, ['[name="lines.0.ref"]', text])
    expect(page.locator(".rows-table tbody tr")).to_have_count(12)
    expect(page.locator('[name="lines.11.name"]')).to_have_value("条目11，含“引号”")
    expect(page.locator(".rows-table tfoot")).to_contain_text("18.00")


def test_a_filter_is_kept_under_a_name_and_taken_away(visit: Visit) -> None:
    page = visit("sun.li")
    page.goto("/projects/?stage=110")
    page.get_by_label("视图名称").fill("在用的系统")
    page.get_by_role("button", name="存为视图").click()
    page.goto("/projects/")
    page.get_by_role("link", name="在用的系统").click()
    page.wait_for_url("**/projects/?stage=110")
    page.get_by_role("button", name="删去视图 在用的系统").click()
    expect(page.get_by_role("link", name="在用的系统")).to_have_count(0)


def test_the_calendar_turns_its_months_and_shows_them_as_a_list(visit: Visit) -> None:
    page = visit("sun.li")
    page.goto("/calendar/?month=2024-03")
    page.get_by_role("link", name="上月").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("2024年2月")
    page.get_by_role("link", name="看清单").click()
    page.get_by_role("link", name="下月").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("2024年3月")
    expect(page.locator("table.month")).to_have_count(0)


def test_a_portrait_prints_on_one_page(visit: Visit) -> None:
    page = visit("sun.li")
    for address in (DONE, YOUNG, TRIAL):
        page.goto(address)
        assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True))) == 1, address
