"""What stands around the list of projects: what its filters offer, the reader's views, and the kinds and health of the projects shown.

All of it is asked together, of whoever sees the whole bureau or one office in statements compiled once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from django.db.models import OuterRef, QuerySet, Subquery

from guicheng.people.models import Unit
from guicheng.portfolio.listing import KINDS
from guicheng.portfolio.models import Kept
from guicheng.portfolio.sight import Reach
from guicheng.records.initiation import Component
from guicheng.records.prepared import Prepared, at_once, prepared
from guicheng.records.project import Project
from guicheng.web.choices import SavedView
from guicheng.web.english import said
from guicheng.web.spoken import listed

MOST_UNITS = 200
Units = QuerySet[Unit, tuple[str, str, str | None]]
Filed = QuerySet[Project, Any]
Facts = tuple[Callable[[], list[Any]], ...]
"""Of the projects that the reader sees: every unit, the first day of filing and the last."""


class Health(NamedTuple):
    """How a project stood when it was last judged, on which day, and how many acts it had then."""

    colour: str
    judged_at: int
    judged_on: date


@dataclass(frozen=True)
class Around:
    names: dict[str, str]
    """Of every unit, by its code."""
    units: list[tuple[str, str]]
    """Those that have a project to show."""
    years: list[int]
    """Every year from the last filing back to the first."""
    views: list[SavedView]
    kinds: dict[int, str]
    """Of the projects shown, by their keys."""
    health: dict[int, Health]
    """Of those shown that were ever judged, by their keys."""


def around(reach: Reach, username: str, shown: Iterable[int]) -> Around:
    """For a reader of this reach, who is shown these projects."""
    office = [reach.unit] if reach.unit else []
    plain = () if reach.everywhere or office else _plain(reach.projects)
    with at_once():
        units, first, last = plain or [query.ask(*office) for query in _ready(bool(office))]
        keys = frozenset(shown)
        views, kinds, health = _views.ask(username), _kinds_of.ask(keys), _health_of.ask(keys)
    named, days = units(), [*first(), *last()]
    return Around(
        {code: name for code, name, _ in named}, [(code, name) for code, name, project in named if project][:MOST_UNITS],
        list(range(days[1][0].year, days[0][0].year - 1, -1)) if days else [], views(), _in_words(kinds()),
        {project: Health(colour, seq, day) for project, colour, seq, day in health()},
    )  # fmt: skip


def _in_words(pairs: list[tuple[int, str | None]]) -> dict[int, str]:
    """The kinds of each project in the reader's language, in their own order."""
    found: dict[int, list[str]] = {}
    for project, kind in sorted(pairs, key=lambda pair: list(KINDS).index(pair[1]) if pair[1] in KINDS else 99):
        found.setdefault(project, []).append(said(KINDS.get(kind or "", "未知")))
    return {project: listed(kinds) for project, kinds in found.items()}


def _units(seen: QuerySet[Project]) -> Units:
    """Every unit by name, and a project that it has to show: one look-up in an index for each.

    Of a unit's projects the first is asked for: whether there is any, PostgreSQL would look for in the whole table, from its
    beginning, and where there is none to its end."""
    first = seen.filter(unit=OuterRef("code")).order_by("unit", "code").values("code")[:1]
    return Unit.objects.order_by("name").values_list("code", "name", Subquery(first))


def _filed(seen: QuerySet[Project], order: str) -> Filed:
    """The first day of filing in an order, found in an index."""
    return seen.order_by(order).values_list("filed_on")[:1]


def _plain(seen: QuerySet[Project]) -> Facts:
    found = [list(_units(seen)), list(_filed(seen, "filed_on")), list(_filed(seen, "-filed_on"))]
    return tuple(lambda rows=rows: rows for rows in found)


@cache
def _ready(within: bool) -> tuple[Prepared[..., Any], ...]:
    """The same compiled: of one office, whose code is the value that they take, or of the whole bureau."""

    def seen(*unit: str) -> QuerySet[Project]:
        return Project.objects.filter(unit=unit[0]) if within else Project.objects.all()

    return (
        Prepared(lambda *unit: _units(seen(*unit))),
        Prepared(lambda *unit: _filed(seen(*unit), "filed_on")),
        Prepared(lambda *unit: _filed(seen(*unit), "-filed_on")),
    )


@prepared
def _views(username: str) -> QuerySet[SavedView]:
    return SavedView._default_manager.filter(person=username).order_by("name")


@prepared
def _kinds_of(projects: frozenset[int]) -> QuerySet[Component, tuple[int, str | None]]:
    return Component._default_manager.filter(project__among=projects).values_list("project_id", "kind").distinct()


@prepared
def _health_of(projects: frozenset[int]) -> QuerySet[Kept, tuple[int, str, int, date]]:
    return Kept._default_manager.filter(project__among=projects).values_list("project_id", "colour", "seq", "day")
