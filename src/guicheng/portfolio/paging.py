"""A page of the list: bounded work whatever the filters, the order and the size of the book.

Keys of the next projects in the order asked for are read from an index; then the filters are asked about these alone. Where a
filter fits few projects, they are all taken and sorted instead. No statement here scans or sorts the book."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

from django.db.models import QuerySet

from guicheng.portfolio.listing import PAGE, Asked
from guicheng.portfolio.narrow import few_among, narrow, narrowed
from guicheng.portfolio.order import Mark, Order, any_leg, order_of
from guicheng.portfolio.rows import COLUMNS, Row, every, first_among, hides_money, partial
from guicheng.portfolio.walk import following, scope_of, windows
from guicheng.records.project import Project

COUNTED = 1000
"""Counting stops here: beyond it the page says "more than"."""
WINDOWS = (300, 1000, 1500)
"""So many projects are looked at in turn for one page; what they do not fill is said, and looked for from there on."""

LOOKED = 600
"""So many projects are looked at for counting."""

Few = list[int] | None
UNKNOWN: Few = []
"""Not asked yet."""


@dataclass(frozen=True)
class Page:
    """A page of projects, and the mark from which the next one begins. `short`: there may be more that fit beyond the mark,
    but so many projects had been looked at that the page was given as it was. `fitting`: how many fit in all, where the
    page's own statement could tell."""

    rows: list[Row]
    following: str
    short: bool = False
    fitting: int | None = None


@dataclass(frozen=True)
class Counted:
    """How many fit: exactly, or at least so many."""

    number: int
    exact: bool


def page(projects: QuerySet[Project], asked: Asked, size: int = PAGE, unit: str = "", few: Few = UNKNOWN) -> Page:
    """A page of those of `projects`, priced, that fit. `unit`: the only one of which the reader sees projects, when that is so; `few`:
    what `few_of` said, if it was asked before."""
    few = few_of(projects, asked, unit) if few is UNKNOWN else few
    if few is not None:
        return _of_few(projects, asked, unit, few, size)
    if hides_money(projects):
        asked = replace(asked, sort="-filed" if asked.sort.endswith("budget") else asked.sort)
    order = order_of(asked)
    mark, rows, ended = order.marked(asked.after), list[Row](), True
    for window in windows(scope_of(asked, unit), order, mark, _sizes(projects, asked, unit, size)):
        some = first_among(projects, asked, unit, window.keys, size + 1)
        rows += map(Row._make, some[: size + 1 - len(rows)])
        mark, ended = window.mark, window.ended
        if len(rows) > size:
            return _cut(order, rows, size)
    return Page(rows, "", False) if ended or mark is None else Page(rows, _text(order, mark), True)


def _of_few(projects: QuerySet[Project], asked: Asked, unit: str, few: list[int], size: int) -> Page:
    """A page of those few: they are sorted whole anyway, so that the first page counts them on its way."""
    order = order_of(asked)
    mark = order.marked(asked.after)
    if mark is not None:
        rest = every(projects, asked).filter(any_leg(order, mark), pk__among=set(few)).values_list(*COLUMNS)
        return _cut(order, [*map(Row._make, rest[: size + 1])], size)
    found = first_among(projects, asked, unit, few, size + 1, "numbered")
    rows = [Row._make(row[:-1]) for row in found]
    return replace(_cut(order, rows, size), fitting=found[0][-1] if found else 0)


def _cut(order: Order, rows: list[Row], size: int) -> Page:
    if len(rows) <= size:
        return Page(rows, "")
    last = rows[size - 1]
    return Page(rows[:size], _text(order, (last.key, last.code)))


def count(
    projects: QuerySet[Project], asked: Asked, unit: str = "", few: Few = UNKNOWN, shown: Page | None = None
) -> Counted:
    """How many of `projects` fit, counted no further than COUNTED, nor looked for among more than LOOKED projects; `shown`: the
    page beside which it stands. A first page for which as many were looked at as may be, or whose statement counted, says it by
    itself."""
    if shown is not None and asked.after is None and shown.short:
        return Counted(len(shown.rows), False)
    if shown is not None and shown.fitting is not None:
        return Counted(min(shown.fitting, COUNTED), shown.fitting <= COUNTED)
    few = few_of(projects, asked, unit) if few is UNKNOWN else few
    scope, order, ended = scope_of(asked, unit), order_of(asked), True
    if few is not None:
        found = len(first_among(projects, asked, unit, few, COUNTED + 1, "keys"))
    elif _plain(projects, asked, unit):
        found = len(following(scope, order, None, COUNTED + 1))
    else:
        window = next(windows(scope, order, None, (LOOKED,)))
        found, ended = len(first_among(projects, asked, unit, window.keys, COUNTED + 1, "keys")), window.ended
    least = len(shown.rows) if shown is not None else 0
    return Counted(min(max(found, least), COUNTED), ended and found <= COUNTED)


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
    stage = asked.stage is not None and bool(asked.unit or unit)
    year = asked.year is not None and order_of(asked).column != "filed_on"
    return not (any(rest) or stage or year or partial(projects, unit))


def _sizes(projects: QuerySet[Project], asked: Asked, unit: str, size: int) -> Sequence[int]:
    return (size + 1,) if _plain(projects, asked, unit) else WINDOWS


def _text(order: Order, mark: Mark) -> str:
    return f"{'' if order.column == 'code' else mark[0]}|{mark[1]}"
