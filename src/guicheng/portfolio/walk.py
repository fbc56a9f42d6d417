"""Walking a book in an order: the keys of the next projects, a window at a time, each read from one range of an index or from two.

The statements are compiled once for each order, scope and kind of range."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import QuerySet

from guicheng.portfolio.listing import Asked
from guicheng.portfolio.order import Mark, Order
from guicheng.records.prepared import Prepared
from guicheng.records.project import Project

Scope = dict[str, Any]
"""The projects among which an order is walked: all, those of a unit or of a stage; each has an index for every order."""


@dataclass(frozen=True)
class Window:
    """The keys of some projects that follow one another; the mark where they end, and whether they were the last."""

    keys: list[int]
    mark: Mark | None
    ended: bool


def scope_of(asked: Asked, unit: str) -> Scope:
    """For a question; `unit`: the only one of which the reader sees projects."""
    if unit or asked.unit:
        return {"unit": unit or asked.unit}
    return {} if asked.stage is None else {"stage": asked.stage}


def windows(scope: Scope, order: Order, mark: Mark | None, sizes: Sequence[int]) -> Iterator[Window]:
    """The next projects in order, a window at a time. Of all but the last no more is read than their keys."""
    for size in sizes:
        keys = following(scope, order, mark, size)
        mark = _place(order).one(keys[-1]) if keys else mark
        yield Window(keys, mark, len(keys) < size)
        if len(keys) < size:
            return


def following(scope: Scope, order: Order, mark: Mark | None, size: int) -> list[int]:
    """The keys of the next so many projects beyond a mark; from the beginning where there is none."""
    legs: list[dict[str, Any]] = [{}] if mark is None else order.beyond(mark)
    found: list[int] = []
    for leg in legs:
        if len(found) < size:
            given = scope | leg
            found += [key for (key,) in _range(tuple(given), order, size).all(*given.values())][: size - len(found)]
    return found


@lru_cache(maxsize=256)
def _range(names: tuple[str, ...], order: Order, size: int) -> Prepared[..., tuple[int]]:
    def keys(*values: Any) -> QuerySet[Any, tuple[int]]:
        base = Project.objects.annotate(key=order.key).filter(**dict(zip(names, values, strict=True)))
        same = "key" in names  # then only codes differ, and no other bound is needed
        some: QuerySet[Any] = order.by_code(base) if same else order.sorted(base.filter(**order.within))
        return some.values_list("pk")[:size]

    return Prepared(keys)


@lru_cache(maxsize=64)
def _place(order: Order) -> Prepared[[int], Mark]:
    def mark(key: int) -> QuerySet[Any, Mark]:
        return Project.objects.filter(pk=key).values_list(order.key, "code")

    return Prepared(mark)
