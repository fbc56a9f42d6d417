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
    """The tables of a tab, all read together; codes in words of the one language or the other."""
    named = sheets().get(tab, ())
    book.gather(*(sheet.model for sheet in named))
    found = {sheet: book.rows(sheet.model)[::-1][:MOST] for sheet in named}
    names = _names([(c, getattr(r, c.field)) for sheet, rows in found.items() for r in rows for c in sheet.columns])
    return [_table(book, sheet, rows, names, english) for sheet, rows in found.items()]


def _names(values: list[tuple[Column, Any]]) -> dict[str, str]:
    """Of the people who acted, and behind tokens."""
    tokens = [v for _, v in values if isinstance(v, str) and is_token(v)]
    acting = {str(v) for c, v in values if c.kind == "who"}
    return (names_of(tokens) if tokens else {}) | (people(acting) if acting else {})


def _table(book: Book, sheet: Sheet, shown: list[Any], names: dict[str, str], english: bool) -> Table:
    rows = tuple(tuple(_cell(c, getattr(r, c.field), names, english) for c in sheet.columns) for r in shown)
    return Table(sheet, rows, len(book.rows(sheet.model)) - len(shown), book.lost(sheet.model))


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
