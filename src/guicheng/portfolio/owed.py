"""Open duties as ranges of an index: for each body that owes, and each office or project that a post reaches, one range in the
order of last days. Of each range no more is read than is shown or counted, whatever the size of the book."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from guicheng.portfolio.paging import COUNTED
from guicheng.records.project import DutyOf

DUTY = f'"{DutyOf._meta.db_table}"'
BODIES = f"""
WITH RECURSIVE body(name) AS (
  SELECT (SELECT MIN(owed_by) FROM {DUTY} WHERE closed_on IS NULL) UNION ALL
  SELECT (SELECT MIN(owed_by) FROM {DUTY} WHERE closed_on IS NULL AND owed_by > body.name) FROM body WHERE body.name IS NOT NULL
) SELECT name FROM body WHERE name IS NOT NULL
"""


@dataclass(frozen=True)
class Part:
    """A piece of a statement, mostly a condition on `d`, an open duty, with a value for each of its marks."""

    where: str
    values: tuple[Any, ...] = ()

    def __and__(self, other: Part) -> Part:
        return Part(f"{self.where} AND {other.where}", self.values + other.values)


UNDATED = Part("d.due_on IS NULL")


def before(day: date) -> Part:
    return Part("d.due_on < %s", (_day(day),))


def between(first: date, last: date) -> Part:
    return Part("d.due_on >= %s AND d.due_on <= %s", (_day(first), _day(last)))


def after(day: date) -> Part:
    return Part("d.due_on > %s", (_day(day),))


def one_of(column: str, values: Iterable[str]) -> Part:
    found = tuple(values)
    return Part(f"{column} IN ({', '.join(['%s'] * len(found))})", found)


def _day(day: date) -> Any:
    return connection.ops.adapt_datefield_value(day)


@dataclass(frozen=True)
class Duties:
    """The open duties in any of these ranges, each once."""

    ranges: tuple[Part, ...]

    def first(self, *windows: tuple[Part, int]) -> list[list[DutyOf]]:
        """Of each window of last days so many duties, with their projects: by last day, then by project. Two statements."""
        if not self.ranges:
            return [[] for _ in windows]
        asked = [self._first(n, window, most) for n, (window, most) in enumerate(windows)]
        keys = rows_of(Part(" UNION ALL ".join(a.where for a in asked), tuple(v for a in asked for v in a.values)))
        found = DutyOf._default_manager.select_related("project").in_bulk([key for _, key, *_ in keys])
        return [[found[key] for w, key, *_ in sorted(keys, key=_place) if w == n] for n in range(len(windows))]

    def counts(self, *windows: Part) -> list[int]:
        """How many there are in each window, none counted further than COUNTED + 1. One statement."""
        if not self.ranges:
            return [0 for _ in windows]
        asked = [self._any(window, "d.id", COUNTED + 1, ordered=False) for window in windows]
        counted = ", ".join(
            f"(SELECT COUNT(*) FROM (SELECT id FROM ({a.where}) u LIMIT {COUNTED + 1}) c)" for a in asked
        )
        return list(rows_of(Part(f"SELECT {counted}", tuple(v for a in asked for v in a.values)))[0])

    def _first(self, number: int, window: Part, most: int) -> Part:
        found = self._any(window, "d.id, d.due_on, d.project_id", most, ordered=True)
        sql = f"SELECT {number} AS number, id, due_on, project_id FROM ({found.where}) u ORDER BY 3, 4, 2 LIMIT {most}"
        return Part(f"SELECT * FROM ({sql}) w{number}", found.values)

    def _any(self, window: Part, columns: str, most: int, ordered: bool) -> Part:
        """Of each range the first so many, together."""
        order = "ORDER BY d.due_on, d.project_id, d.id" if ordered else ""
        asked = [one & window for one in self.ranges]
        tail = f"{order} LIMIT {most}"
        parts = (
            f"SELECT * FROM (SELECT {columns} FROM {DUTY} d WHERE d.closed_on IS NULL AND {a.where} {tail}) r{n}"
            for n, a in enumerate(asked)
        )
        return Part(" UNION ".join(parts), tuple(v for a in asked for v in a.values))


def _place(row: Sequence[Any]) -> tuple[Any, ...]:
    number, key, due, project = row  # in one window either all have a last day, or none has
    return number, due, project, key


def bodies() -> list[str]:
    """Whoever owes an open duty, as it is written down: one look-up in an index for each."""
    return [name for (name,) in rows_of(Part(BODIES))]


def rows_of(asked: Part) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(asked.where, asked.values)
        return list(cursor.fetchall())
