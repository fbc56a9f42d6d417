"""A page of the list: bounded work whatever the filters, the order and the size of the book.

The filters are asked about the next projects in the order asked for, found in an index, and about no more of them than are looked
at for one page. Where a filter fits few projects, they are all taken and sorted instead. No statement here scans or sorts the book."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

from django.db.models import QuerySet

from guicheng.portfolio.listing import PAGE, Asked
from guicheng.portfolio.narrow import few_among, narrow, narrowed
from guicheng.portfolio.order import Mark, Order, any_leg, order_of
from guicheng.portfolio.rows import COLUMNS, Row, Those, every, first_of, hides_money, partial
from guicheng.portfolio.walk import number, scope_of, windows
from guicheng.records.project import Project

COUNTED = 1000
"""Counting stops here: beyond it the page says "more than"."""
WINDOWS = (200, 1300)
"""So many projects are looked at in turn for one page; what they do not fill is said, and looked for from there on when asked."""
FURTHER = (2000, 8000, 90_000)
"""So many then: whoever asks to look on waits some tenths of a second rather than ask fifty times as often."""

Few = list[int] | None
UNKNOWN: Few = []
"""Not asked yet."""


@dataclass(frozen=True)
class Counted:
    """How many fit: exactly, or at least so many."""

    number: int
    exact: bool


@dataclass(frozen=True)
class Page:
    """A page of projects, and the mark from which the next one begins. `short`: there may be more that fit beyond the mark,
    but so many projects had been looked at that the page was given as it was. `fitting`: how many fit from its beginning on,
    as far as its own statements could tell."""

    rows: list[Row]
    following: str
    short: bool = False
    fitting: Counted | None = None


def page(projects: QuerySet[Project], asked: Asked, size: int = PAGE, unit: str = "", few: Few = UNKNOWN) -> Page:
    """A page of those of `projects`, priced, that fit. `unit`: the only one of which the reader sees projects, when that is so; `few`:
    what `few_of` said, if it was asked before."""
    few = few_of(projects, asked, unit) if few is UNKNOWN else few
    if few is not None:
        return _of_few(projects, asked, unit, few, size)
    if hides_money(projects):
        asked = replace(asked, sort="-filed" if asked.sort.endswith("budget") else asked.sort)
    return _walked(projects, asked, unit, size)


def _walked(projects: QuerySet[Project], asked: Asked, unit: str, size: int) -> Page:
    """Window by window, until the page is full, the order at its end, or enough was looked at."""
    order, plain, window = order_of(asked), _plain(projects, asked, unit), None
    mark, rows, fitting = order.marked(asked.after), list[Row](), 0
    sizes = (size + 1,) if plain else FURTHER if asked.further else WINDOWS
    for window in windows(scope_of(asked, unit), order, mark, sizes):
        some = first_of(projects, asked, unit, window.stretch, window.bounds, size + 1)
        rows += [Row._make(row[:-1]) for row in some[: size + 1 - len(rows)]]
        fitting += some[0][-1] if some else 0
        if len(rows) > size:
            return _cut(order, rows, size, None if plain or mark else _counted(fitting, window.mark is None))
    last = window.mark if window else None
    return Page(rows, _text(order, last) if last else "", last is not None, _counted(fitting, last is None))


def _counted(fitting: int, all_of_them: bool) -> Counted:
    return Counted(min(fitting, COUNTED), all_of_them and fitting <= COUNTED)


def _of_few(projects: QuerySet[Project], asked: Asked, unit: str, few: list[int], size: int) -> Page:
    """A page of those few: they are sorted whole anyway, so that the first page counts them on its way."""
    order = order_of(asked)
    mark = order.marked(asked.after)
    if mark is not None:
        rest = every(projects, asked).filter(any_leg(order, mark), pk__among=set(few)).values_list(*COLUMNS)
        return _cut(order, [*map(Row._make, rest[: size + 1])], size)
    found = first_of(projects, asked, unit, Those(), (frozenset(few),), size + 1)
    fitting = found[0][-1] if found else 0
    return _cut(order, [Row._make(row[:-1]) for row in found], size, _counted(fitting, True))


def _cut(order: Order, rows: list[Row], size: int, fitting: Counted | None = None) -> Page:
    if len(rows) <= size:
        return Page(rows, "", False, fitting)
    last = rows[size - 1]
    return Page(rows[:size], _text(order, (last.key, last.code)), False, fitting)


def count(
    projects: QuerySet[Project], asked: Asked, unit: str = "", few: Few = UNKNOWN, shown: Page | None = None
) -> Counted:
    """How many of `projects`, priced, fit, counted no further than COUNTED, nor looked for among more projects than for the first
    page; `shown`: the page beside which it stands. What a first page found on its way is taken from it."""
    asked, first = replace(asked, after=None, further=False), shown if asked.after is None else None
    few = few_of(projects, asked, unit) if few is UNKNOWN else few
    if first is None and (few is not None or not _plain(projects, asked, unit)):
        first = page(projects, asked, unit=unit, few=few)
    if first is not None and first.fitting is not None:
        seen = len(shown.rows) if shown is not None else 0
        return first.fitting if first.fitting.number >= seen else Counted(seen, False)
    found = number(scope_of(asked, unit), order_of(asked), COUNTED + 1)
    return _counted(found, True)


def counted(found: QuerySet[Any], most: int = COUNTED) -> int:
    """How many there are, never counting further than `most` + 1."""
    return found.order_by()[: most + 1].count()


def few_of(projects: QuerySet[Project], asked: Asked, unit: str) -> list[int] | None:
    """The keys of the projects that the narrowest filter leaves, where these are few."""
    if unit and asked.unit not in ("", unit):
        return []
    seen = [narrowed(projects.order_by().values_list("pk"))] if partial(projects, unit) else []
    return few_among(chain(seen, narrow(replace(asked, unit=asked.unit or unit))))


def _plain(projects: QuerySet[Project], asked: Asked, unit: str) -> bool:
    """The scope is already all that was asked for: there is nothing left to look at."""
    rest: tuple[Any, ...] = (
        asked.q,
        asked.kind,
        asked.health,
        asked.major,
        asked.suspended,
        asked.ongoing,
        asked.rule,
        asked.article,
    )
    year = asked.year is not None and order_of(asked).column != "filed_on"
    return not (any(rest) or year or partial(projects, unit))


def _text(order: Order, mark: Mark) -> str:
    return f"{'' if order.column == 'code' else mark[0]}|{mark[1]}"
