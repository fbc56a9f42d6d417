"""The rows of a list of projects: what is shown of each, asked of projects whose keys are known.

The statement is compiled once for each shape of question: which filters, in which order, of one office or of all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any, Literal, NamedTuple

from django.db.models import Case, Count, QuerySet, Window

from guicheng.portfolio.listing import Asked, chosen, priced, rules_of
from guicheng.portfolio.order import Order, order_of
from guicheng.records.base import known
from guicheng.records.prepared import Prepared
from guicheng.records.project import Project

What = Literal["rows", "numbered", "keys"]
VALUES = ("stage", "unit", "kind", "health", "rule")
"""What a question of one shape asks for with other values."""


class Row(NamedTuple):
    """What a list shows of a project; `colour` and what follows as kept when it was last judged, None where it never was."""

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
    colour: str | None
    judged_at: int | None
    judged_on: date | None
    key: Any
    """Its place in the order."""


COLUMNS = ("pk", "code", "title", "unit", "stage", "major", "suspended_on", "filed_on", "accepted_on", "approved", "seq",
           "kept__colour", "kept__seq", "kept__day", "key")  # fmt: skip
"""Where each of them is read."""


def first_among(
    projects: QuerySet[Project], asked: Asked, unit: str, keys: Iterable[int], most: int, what: What = "rows"
) -> list[tuple[Any, ...]]:
    """Of the first projects among these that fit, in order, the columns of a row; "numbered": and how many fit, beside each;
    "keys": the key alone, in any order.

    A question is compiled once for its shape, unless it is of words or an article without rules, or the reader sees single projects."""
    among = frozenset(keys)
    if asked.q or _asks_no_rule(asked) or hides_money(projects) or partial(projects, unit):
        return list(_read(every(projects, asked).filter(pk__among=among), most, what))
    given = {name: value for name in VALUES if (value := getattr(asked, name)) not in (None, "")}
    taken: dict[str, Any] = dict.fromkeys(given)
    shape = replace(asked, after=None, **taken)
    return _of_shape(shape, tuple(given), bool(unit), most, what).all(among, *given.values(), *([unit] if unit else []))


def _asks_no_rule(asked: Asked) -> bool:
    """It names an article that has no rules."""
    return bool(asked.article and not asked.rule) and not rules_of(asked.article)


@lru_cache(maxsize=128)
def _of_shape(
    shape: Asked, names: tuple[str, ...], within: bool, most: int, what: What
) -> Prepared[..., tuple[Any, ...]]:
    def first(among: frozenset[int], *values: Any) -> QuerySet[Project, tuple[Any, ...]]:
        seen = Project.objects.filter(unit=values[-1]) if within else Project.objects.all()
        asked = replace(shape, **dict(zip(names, values, strict=False)))
        return _read(every(priced(seen, None), asked).filter(pk__among=among), most, what)

    return Prepared(first)


def every(projects: QuerySet[Project], asked: Asked) -> QuerySet[Project]:
    """All that fit, in the order asked for, each with its `key` there: for an export, or to take some of them."""
    order = order_of(asked)
    return order.sorted(chosen(projects, asked).annotate(key=_shown_key(projects, order)))


def _read(found: QuerySet[Project], most: int, what: What) -> QuerySet[Project, tuple[Any, ...]]:
    if what == "keys":
        return found.order_by().values_list("pk")[:most]
    return found.values_list(*COLUMNS, *([Window(Count("*"))] if what == "numbered" else []))[:most]


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
