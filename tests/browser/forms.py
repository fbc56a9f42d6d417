"""Filling in the form of an act as a person does: from the data of an act line, by the names of its controls."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from guicheng.law.declare import ActSpec
from guicheng.regulations.base import regulation
from guicheng.web.forms.kinds import Field, fields_of
from guicheng.web.forms.typed import Typed, from_data


def spec_of(act: str) -> ActSpec:
    return regulation().acts[act]


def address(line: dict[str, Any]) -> str:
    """Where the form of this line's act is."""
    spec = spec_of(line["act"])
    if spec.scope == "bureau":
        return f"/bureau/acts/{spec.code}/"
    return f"/new/{spec.code}/?classified=no" if spec.opening else f"/projects/{line['project']}/acts/{spec.code}/"


def fill(page: Page, act: str, data: dict[str, Any]) -> None:
    """Type the data of an act into its form; what the data leave out stays as it is. One call of the browser for all."""
    fields = [f for f in fields_of(spec_of(act).cls) if f.name in data]
    wrong = page.evaluate(TYPE, list(_typed(fields, from_data(fields, data), "")))
    assert wrong == [], f"{act}: {wrong}"


def _typed(fields: Iterable[Field], typed: Typed, prefix: str) -> Iterator[tuple[str, str, int]]:
    """The name of each control, what goes in, and for a table of rows how many."""
    for f in fields:
        name = f"{prefix}{f.name}"
        if f.kind == "rows":
            yield name, "", len(typed[f.name])
            for number, row in enumerate(typed[f.name]):
                yield from _typed(f.columns, row, f"{name}.{number}.")
        elif f.kind != "data":
            yield name, typed[f.name], 0


TYPE = (Path(__file__).parent / "type.js").read_text(encoding="utf8")


def open_form(page: Page, line: dict[str, Any]) -> None:
    """The form of a line's act with everything typed in, and the line's day and capacity."""
    page.goto(address(line))
    if spec_of(line["act"]).opening:
        page.locator('[name="_code"]').fill(line["project"])
    page.locator('[name="_on"]').fill(line["on"])
    if "role" in line and page.locator('[name="_role"]').count():
        page.locator(f'[name="_role"][value="{line["role"]}"]').check()
    fill(page, line["act"], line["data"])


def press(page: Page) -> None:
    """The one primary button."""
    page.locator("#do").click()
    page.wait_for_load_state("load")


def do(page: Page, line: dict[str, Any]) -> None:
    """One act through its page, to the receipt."""
    open_form(page, line)
    press(page)
    said = page.locator("main").inner_text()[:1500] if "/done/" not in page.url else ""
    assert "/done/" in page.url, f"{line['id']} {line['act']}: {said}"
    expect(page.get_by_role("heading", name="办结回执")).to_be_visible()


def refused(page: Page, line: dict[str, Any]) -> str:
    """An act that the regulation refuses: what the page says, with everything typed still there."""
    open_form(page, line)
    press(page)
    expect(page.locator("#problems")).to_contain_text("不予办理")
    expect(page.locator('[name="_on"]')).to_have_value(line["on"])
    return page.locator("#problems").inner_text()
