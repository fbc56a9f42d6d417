"""Walking a book in an order: some projects that follow one another in one range of an index, at which a question then looks as if
there were no others, in one statement."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate
from typing import Any

from django.db.models import Count, QuerySet
from django.db.models import Window as Over
from django.db.models.sql.datastructures import BaseTable

from guicheng.portfolio.listing import Asked
from guicheng.portfolio.order import Mark, Order, order_of
from guicheng.records.prepared import Prepared
from guicheng.records.project import Project

Scope = dict[str, Any]
"""The projects among which an order is walked: all, those of a unit, of a stage or of both; each has an index for every order."""
READ = ("id", "code", "title", "unit", "stage", "major", "suspended_on", "filed_on", "accepted_on", "budget", "seq")
"""What a question may look at, of a project itself."""


@dataclass(frozen=True)
class Stretch:
    """So many projects of a range, `after` so many others. `leg` names what bounds the range, see `Order.beyond`."""

    leg: tuple[str, ...]
    after: int
    size: int

    def among(self, found: QuerySet[Project], values: Sequence[Any], asked: Asked, unit: str) -> QuerySet[Project]:
        """The question asked of these projects alone; `values`: the bounds of the range."""
        leg = dict(zip(self.leg, values, strict=True))
        some = in_range(scope_of(asked, unit), leg, order_of(asked))[self.after : self.after + self.size]
        return looked_at(found, some.values_list(*READ))


def scope_of(asked: Asked, unit: str) -> Scope:
    """For a question; `unit`: the only one of which the reader sees projects."""
    either = {"unit": unit or asked.unit or None, "stage": asked.stage}
    return {name: value for name, value in either.items() if value is not None}


def in_range(scope: Scope, leg: dict[str, Any], order: Order) -> QuerySet[Any, Any]:
    """The projects of one range, in order, with their `key`."""
    base: QuerySet[Any, Any] = Project.objects.annotate(key=order.key).filter(**scope, **leg)
    same = "key" in leg  # then only codes differ, and no other bound is needed
    return order.by_code(base) if same else order.sorted(base.filter(**order.within))


class _Some(BaseTable):
    """Rows of a table in its place."""

    def __init__(self, table: Any, rows: QuerySet[Any, Any]):
        super().__init__(table.table_name, table.table_alias)
        self._rows = rows.query

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        sql, values = self._rows.get_compiler(connection=connection).as_sql()
        return f"({sql}) AS {connection.ops.quote_name(self.table_alias)}", tuple(values)


def looked_at(found: QuerySet[Project], some: QuerySet[Any, Any]) -> QuerySet[Project]:
    """A question asked as if there were only some projects; its conditions are set before, `some` names the columns that it may read."""
    found = found.all()
    table = found.query.get_initial_alias()
    found.query.alias_map[table] = _Some(found.query.alias_map[table], some)
    return found


@dataclass(frozen=True)
class Window:
    """One stretch of an order, its bounds filled in."""

    scope: Scope
    order: Order
    leg: dict[str, Any]
    after: int
    size: int

    @property
    def stretch(self) -> Stretch:
        return Stretch(tuple(self.leg), self.after, self.size)

    @property
    def bounds(self) -> tuple[Any, ...]:
        return tuple(self.leg.values())

    @cached_property
    def mark(self) -> Mark | None:
        """That of its last project; None where its range ends before it is full."""
        given = self.scope | self.leg
        return _mark(tuple(given), self.order, self.after + self.size - 1).one(*given.values())


def windows(scope: Scope, order: Order, mark: Mark | None, sizes: Sequence[int]) -> Iterator[Window]:
    """What follows a mark, range by range, each in windows of these sizes; after those no further.

    Whether a range is at its end is asked after its first window, where most end, and after its last: in between one more empty
    window costs no more than asking."""
    for leg in [{}] if mark is None else order.beyond(mark):
        ends = accumulate(sizes)
        first, *more = (Window(scope, order, leg, end - size, size) for end, size in zip(ends, sizes, strict=True))
        yield first
        if first.mark is not None:
            yield from more
            if [first, *more][-1].mark is not None:
                return


@lru_cache(maxsize=256)
def _mark(names: tuple[str, ...], order: Order, place: int) -> Prepared[..., Mark]:
    def mark(*values: Any) -> QuerySet[Any, Mark]:
        found = in_range({}, dict(zip(names, values, strict=True)), order)
        return found.values_list("key", "code")[place : place + 1]

    return Prepared(mark)


def number(scope: Scope, order: Order, most: int) -> int:
    """How many projects there are in a scope, counted no further than this."""
    found = _number(tuple(scope), order, most).one(*scope.values())
    return found[0] if found else 0


@lru_cache(maxsize=64)
def _number(names: tuple[str, ...], order: Order, most: int) -> Prepared[..., tuple[int]]:
    def counted(*values: Any) -> QuerySet[Any, tuple[int]]:
        some = in_range(dict(zip(names, values, strict=True)), {}, order)[:most]
        return looked_at(Project.objects.order_by(), some.values_list("id")).values_list(Over(Count("*")))[:1]

    return Prepared(counted)
