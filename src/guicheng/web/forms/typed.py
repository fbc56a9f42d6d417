"""What stands in a form: texts as typed, rows as lists of such texts. From a POST, from data on record, from defaults.

A value with several parts (papers, lines, picks) is one text with a line for each part. The same shape is kept as draft."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from django.http import QueryDict

from guicheng.web.forms.kinds import Field
from guicheng.web.forms.money import wan

Typed = dict[str, Any]
MOST_ROWS = 5000


def from_post(fields: Iterable[Field], post: QueryDict, prefix: str = "") -> Typed:
    """What was typed, under names like lines.0.amount. Rows that say nothing are left out, so rows count as data do."""
    return {
        f.name: _rows_posted(f, post, prefix + f.name) if f.kind == "rows" else _text(post, prefix + f.name)
        for f in fields
        if f.kind != "data"
    }


def _text(post: QueryDict, name: str) -> str:
    """Line ends as one sign; no NUL, which no keyboard gives and not every database takes."""
    return "\n".join(v.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "") for v in post.getlist(name))


def _rows_posted(field: Field, post: QueryDict, name: str) -> list[Typed]:
    pattern = re.compile(rf"{re.escape(name)}\.(\d{{1,6}})\.")
    numbers = sorted({int(m[1]) for key in post if (m := pattern.match(key))})[:MOST_ROWS]
    rows = [from_post(field.columns, post, f"{name}.{n}.") for n in numbers]
    return [row for row in rows if not _empty(field.columns, row)]


def _empty(columns: tuple[Field, ...], row: Typed) -> bool:
    """Nothing but defaults stands in the row."""
    return all(not row[c.name].strip() or row[c.name] == one(c, c.default) for c in columns)


def from_defaults(fields: Iterable[Field]) -> Typed:
    return from_data(fields, {})


def from_data(fields: Iterable[Field], data: dict[str, Any]) -> Typed:
    """The data of an act as texts; what the data leave open shows the default."""
    return {f.name: one(f, data.get(f.name, f.default)) for f in fields if f.kind != "data"}


def one(field: Field, value: Any) -> Any:
    """One value as it stands in its control."""
    if field.kind == "rows":
        return [from_data(field.columns, _plain(row)) for row in value or []]
    return "" if value is None else WRITTEN.get(field.kind, str)(value)


def _lines(value: list[Any]) -> str:
    return "\n".join(str(v) for v in value)


WRITTEN: dict[str, Callable[[Any], str]] = {
    "lines": _lines, "papers": _lines, "picks": _lines, "money": wan,
    "mapping": lambda value: "\n".join(f"{k} = {v}" for k, v in value.items()),
    "yesno": lambda value: "yes" if value else "no",
}  # fmt: skip
"""How each kind is written in its control; the others as they are, days as 2026-06-02."""


def _plain(row: Any) -> dict[str, Any]:
    return row if isinstance(row, dict) else row.model_dump(mode="json")
