"""The rows of a list of projects: what is shown of each, asked of some projects at a time.

The statement is compiled once for each shape of question: which filters, in which order, of one office or of all."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple, Protocol

from django.db.models import Case, Count, QuerySet, Window

from guicheng.portfolio.listing import Asked, chosen, priced, rules_of
from guicheng.portfolio.order import Order, order_of
from guicheng.records.base import known
from guicheng.records.prepared import Prepared
from guicheng.records.project import Project

VALUES = ("stage", "unit", "kind", "health", "rule")
"""What a question of one shape asks for with other values."""


class Row(NamedTuple):
    """What a list shows of a project itself."""

    pk: int
    code: str
    title: str
    unit: str
    stage: int
    major: bool | None
    suspended_on: date | None
    filed_on: date
    accepted_on: date | None
    approved: int | None
    """Fen; None where it is unknown or not the reader's to see."""
    seq: int
    key: Any
    """Its place in the order."""


COLUMNS = ("pk", "code", "title", "unit", "stage", "major", "suspended_on", "filed_on", "accepted_on", "approved", "seq",
           "key")  # fmt: skip
"""Where each of them is read."""


class Place(Hashable, Protocol):
    """The projects of which a question is asked, but for the values that say which ones."""

    def among(self, found: QuerySet[Project], values: Sequence[Any], asked: Asked, unit: str) -> QuerySet[Project]:
        """The question asked of these alone; `unit`: the only one of which the reader sees projects."""


@dataclass(frozen=True)
class Those:
    """Projects whose keys are known; their set is the value."""

    def among(self, found: QuerySet[Project], values: Sequence[Any], asked: Asked, unit: str) -> QuerySet[Project]:
        return found.filter(pk__among=values[0])


def first_of(
    projects: QuerySet[Project], asked: Asked, unit: str, place: Place, values: Sequence[Any], most: int
) -> list[tuple[Any, ...]]:
    """Of the first projects in this place that fit, in order, the columns of a row, and beside each how many there are that fit.

    A question is compiled once for its shape, unless it is of words or an article without rules, or the reader sees single projects."""
    if asked.q or _asks_no_rule(asked) or hides_money(projects) or partial(projects, unit):
        return list(_read(place.among(every(projects, asked), values, asked, unit), most))
    given = {name: value for name in VALUES if (value := getattr(asked, name)) not in (None, "")}
    taken: dict[str, Any] = dict.fromkeys(given)
    shape = replace(asked, after=None, further=False, **taken)
    return _of_shape(shape, tuple(given), bool(unit), place, most).all(
        *given.values(), *([unit] if unit else []), *values
    )


def _asks_no_rule(asked: Asked) -> bool:
    """It names an article that has no rules."""
    return bool(asked.article and not asked.rule) and not rules_of(asked.article)


@lru_cache(maxsize=256)
def _of_shape(
    shape: Asked, names: tuple[str, ...], within: bool, place: Place, most: int
) -> Prepared[..., tuple[Any, ...]]:
    def first(*values: Any) -> QuerySet[Project, tuple[Any, ...]]:
        asked, rest = replace(shape, **dict(zip(names, values, strict=False))), values[len(names) :]
        unit = rest[0] if within else ""
        seen = Project.objects.filter(unit=unit) if within else Project.objects.all()
        return _read(place.among(every(priced(seen, None), asked), rest[within:], asked, unit), most)

    return Prepared(first)


def every(projects: QuerySet[Project], asked: Asked) -> QuerySet[Project]:
    """All that fit, in the order asked for, each with its `key` there: for an export, or to take some of them."""
    order = order_of(asked)
    return order.sorted(chosen(projects, asked).annotate(key=_shown_key(projects, order)))


def _read(found: QuerySet[Project], most: int) -> QuerySet[Project, tuple[Any, ...]]:
    return found.values_list(*COLUMNS, Window(Count("*")))[:most]


def hides_money(projects: QuerySet[Project]) -> bool:
    """Of some of these projects the reader does not see the money."""
    return isinstance(projects.query.annotations.get("approved"), Case)


def _shown_key(projects: QuerySet[Project], order: Order) -> Any:
    """The key as the reader sees it: an amount that is not shown does not sort."""
    shown = order.column == "money" and "approved" in projects.query.annotations
    return known("approved") if shown else order.key


def partial(projects: QuerySet[Project], unit: str) -> bool:
    """The reader sees some projects that are not simply those of one unit."""
    return bool(projects.query.where.children) and not unit
