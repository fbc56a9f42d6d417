"""The tables behind each tab: which records, which of their columns, and which act brings the first row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from guicheng.ledger.erase import is_token, names_of
from guicheng.portfolio.portrait.book import Book
from guicheng.portfolio.portrait.choices import in_english
from guicheng.portfolio.portrait.columns import Column, Sheet, sheets
from guicheng.portfolio.portrait.history import people
from guicheng.portfolio.portrait.words import spoken

MOST = 100  # rows shown of one table; the history has all


@dataclass(frozen=True)
class Cell:
    """One value ready to be shown. kind: text, money (fen), day, number, papers (digests)."""

    kind: str
    value: Any


@dataclass(frozen=True)
class Table:
    """One table of a tab: its rows newest first, and how many more there are. `lost`: the papers are known to be missing."""

    sheet: Sheet
    rows: tuple[tuple[Cell, ...], ...]
    more: int
    lost: bool

    @property
    def first(self) -> str:
        """The act that brings the first row."""
        return self.sheet.act


def tables(book: Book, tab: str, english: bool = False) -> list[Table]:
    """The tables of a tab, each read once; codes in words of the one language or the other."""
    return [_table(book, sheet, english) for sheet in sheets().get(tab, ())]


def _table(book: Book, sheet: Sheet, english: bool) -> Table:
    found = book.rows(sheet.model)[::-1]
    shown = found[:MOST]
    tokens = [v for r in shown for c in sheet.columns if isinstance(v := getattr(r, c.field), str) and is_token(v)]
    acting = {str(getattr(r, c.field)) for r in shown for c in sheet.columns if c.kind == "who"}
    names = (names_of(tokens) if tokens else {}) | (people(acting) if acting else {})
    rows = tuple(tuple(_cell(c, getattr(r, c.field), names, english) for c in sheet.columns) for r in shown)
    return Table(sheet, rows, len(found) - len(shown), book.lost(sheet.model))


def _cell(column: Column, value: Any, names: dict[str, str], english: bool) -> Cell:
    if value is None or value == "":
        return Cell("text", "—")
    if isinstance(value, bool):
        return Cell("text", ("Yes" if value else "No") if english else "是" if value else "否")
    if column.kind == "score":
        return Cell("number", f"{value // 100}.{value % 100:02d}")
    if column.kind == "words" and english:
        return Cell("text", in_english(str(value)))
    if column.kind == "words":
        return Cell("text", dict(column.words).get(value) or spoken(str(value), column.field))
    return Cell(column.kind, names.get(value, value) if isinstance(value, str) else value)
