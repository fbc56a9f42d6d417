"""What one filter leaves where an index of its own finds it: whether these are few, and their keys.

Two look-ups each, in the order of that index, compiled once; whether they are few is whether a row stands beyond so many."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import cache, lru_cache
from typing import Any, Generic, NamedTuple, ParamSpec

from django.db.models import QuerySet, Value

from guicheng.portfolio.listing import Asked, in_year, rules_of, sieved
from guicheng.portfolio.models import Kept, KeptFinding
from guicheng.portfolio.search.ask import sieve
from guicheng.records.initiation import Component
from guicheng.records.prepared import Prepared
from guicheng.records.project import Project

FEW = 2000
"""Up to so many projects are taken all at once and sorted."""
P = ParamSpec("P")
Keys = QuerySet[Any, tuple[int]]


class Narrow(NamedTuple):
    """What a filter leaves: whether these are too many to take at once, and the keys, which may come more than once."""

    many: Callable[[], bool]
    all: Callable[[], list[tuple[int]]]


class _Ready(Generic[P]):
    """The look-ups of a filter, which takes values as a prepared query does."""

    def __init__(self, make: Callable[P, Keys]):
        self._make, self._keys = make, Prepared[P, tuple[int]](make)
        self._beyond = cache(self._row_beyond)

    def of(self, *values: P.args, **no: P.kwargs) -> Narrow:
        beyond = self._beyond(FEW)
        return Narrow(lambda: bool(beyond.all(*values, **no)), lambda: self._keys.all(*values, **no))

    def _row_beyond(self, few: int) -> Prepared[P, tuple[int]]:
        def beyond(*values: P.args, **no: P.kwargs) -> Keys:
            return self._make(*values, **no).values_list(Value(1))[few : few + 1]  # no row itself is read

        return Prepared(beyond)


def narrowed(found: Keys) -> Narrow:
    """The same of a query asked as it is."""
    return Narrow(lambda: found[: FEW + 1].count() > FEW, lambda: list(found))


def few_among(filters: Iterator[Narrow]) -> list[int] | None:
    """The keys that the first of these filters leaves of which there are few."""
    few = next((one for one in filters if not one.many()), None)
    return None if few is None else sorted({key for (key,) in few.all()})


def narrow(asked: Asked) -> Iterator[Narrow]:
    """Of each filter with an index of its own."""
    passed = sieve(asked.q)
    if passed is not None and passed.keys is not None:
        yield narrowed(sieved(Project.objects.all(), passed).values_list("pk"))
    if asked.suspended:
        yield _suspended.of()
    if asked.major:
        yield _major.of()
    if asked.unit and asked.stage is not None:
        yield _unit_stage.of(asked.unit, asked.stage)
    if asked.year is not None:
        yield _filed.of(*in_year(asked.year).values())
    if (asked.rule or asked.article) and asked.verdict != "kept":
        yield _of_rules([asked.rule] if asked.rule else rules_of(asked.article), asked.verdict)
    if asked.health:
        yield _colour.of(asked.health)
    if asked.kind:
        yield _kind.of(asked.kind)


def _of_rules(rules: list[str], verdict: str) -> Narrow:
    """The projects on which one of these rules has this verdict, or any that is kept."""
    if not rules:
        return Narrow(lambda: False, list)
    return _found(len(rules), bool(verdict)).of(*rules, *([verdict] if verdict else []))


@lru_cache(maxsize=64)
def _found(rules: int, judged: bool) -> _Ready[...]:
    def keys(*values: str) -> Keys:
        kept = KeptFinding._default_manager.filter(rule__in=values[:rules])
        return (kept.filter(verdict=values[-1]) if judged else kept).values_list("project_id")

    return _Ready(keys)


@_Ready
def _suspended() -> Keys:
    return Project.objects.filter(suspended_on__isnull=False).order_by("code").values_list("pk")


@_Ready
def _major() -> Keys:
    return Project.objects.filter(major=True).order_by("code").values_list("pk")


@_Ready
def _unit_stage(unit: str, stage: int) -> Keys:
    return Project.objects.filter(unit=unit, stage=stage).order_by("code").values_list("pk")


@_Ready
def _filed(first: date, last: date) -> Keys:
    return (
        Project.objects.filter(filed_on__gte=first, filed_on__lte=last).order_by("filed_on", "code").values_list("pk")
    )


@_Ready
def _colour(colour: str) -> Keys:
    return Kept._default_manager.filter(colour=colour).order_by("project_id").values_list("project_id")


@_Ready
def _kind(kind: str) -> Keys:
    return Component._default_manager.filter(kind=kind).order_by("project_id").values_list("project_id")
