"""A code of the records never reaches a page: the history and the tables say it in the words of the form on which it was chosen."""

import re
from typing import Any

import pytest

from guicheng.door.clock import today
from guicheng.portfolio.portrait.book import Book
from guicheng.portfolio.portrait.choices import chosen, label
from guicheng.portfolio.portrait.columns import sheets
from guicheng.portfolio.portrait.history import substance
from guicheng.portfolio.portrait.tables import tables
from guicheng.records.project import Project
from guicheng.regulations.base import regulation
from guicheng.web.forms.kinds import fields_of

CODE = re.compile(r"[a-z]+(-[a-z]+)*")


def _choices() -> list[tuple[str, str, Any]]:
    return [(act.code, f.name, v) for act in regulation().acts.values() for f in fields_of(act.cls) for v in f.values]


@pytest.mark.parametrize(("act", "field", "value"), _choices())
def test_the_history_says_what_was_chosen_on_the_form(act: str, field: str, value: Any) -> None:
    spec = regulation().acts[act]
    assert chosen(spec.cls.model_fields[field].annotation, value)
    assert substance(spec, {field: value}, {}).endswith(f"：{label(f'{act}.{field}', value)}")
    assert substance(spec, {field: value}, {}, english=True).endswith(
        f": {label(f'{act}.{field}', value, english=True)}"
    )


def test_what_was_typed_stays_as_it_was_typed_though_it_be_a_code() -> None:
    spec = regulation().acts["file-project"]
    assert substance(spec, {"title": "security"}, {}) == "项目名称：security"


@pytest.mark.usefixtures("demo_site")
def test_no_table_of_the_demonstration_shows_a_code() -> None:
    seen = 0
    for project in Project.objects.all():
        book = Book(project, today())
        for tab in sheets():
            for table in tables(book, tab):
                for row in table.rows:
                    for column, cell in zip(table.sheet.columns, row, strict=True):
                        if column.kind == "words" and cell.value != "—":
                            seen += 1
                            assert not CODE.fullmatch(str(cell.value)), (project.code, tab, column.field, cell.value)
    assert seen > 500
