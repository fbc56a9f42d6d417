"""What each tab shows of the records, read from columns.yaml: a new table is a few lines there and no template."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.apps import apps

from guicheng.records.base import Record


@dataclass(frozen=True)
class Column:
    """A column: the record's field, its label, its kind, and the words of its own codes where others mean something else.

    Kinds: text, words for codes, who for user names, money, day, number, score (hundredths of a point), papers."""

    field: str
    zh: str
    en: str
    kind: str = "text"
    words: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Sheet:
    """A table of one kind of record; `act` brings its first row."""

    zh: str
    en: str
    model: type[Record]
    act: str
    columns: tuple[Column, ...]


@cache
def sheets() -> dict[str, tuple[Sheet, ...]]:
    """The tables of each tab, by the tab's code as `portfolio/sight.py` names the section."""
    text = Path(__file__).with_name("columns.yaml").read_text(encoding="utf8")
    return {tab: tuple(map(_sheet, found)) for tab, found in yaml.safe_load(text).items()}


def _sheet(said: dict[str, Any]) -> Sheet:
    zh, en, record, act = said["table"]
    model: Any = apps.get_model("records", record)
    return Sheet(zh, en, model, act, tuple(map(_column, said["columns"])))


def _column(said: list[Any]) -> Column:
    field, zh, en = said[:3]
    kind = said[3] if len(said) > 3 else "text"  # the fourth of a column's parts
    return Column(field, zh, en, kind, tuple(said[4].items()) if len(said) > 4 else ())  # the fifth
