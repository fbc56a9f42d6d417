"""The orders in which a list of projects can stand, and the places in them from which a page goes on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet

from guicheng.portfolio.listing import SORTS, Asked, in_year
from guicheng.records.base import known
from guicheng.records.project import Project

LARGEST = 2**63 - 1
"""No column holds a larger number, and no database compares with one."""
Mark = tuple[Any, str]
"""The place of a project in an order: its key there, and its code."""


@dataclass(frozen=True)
class Order:
    """By what the list is sorted; projects with the same key stand by code, the same way up or down."""

    column: str
    down: bool
    year: int | None = None
    """The only year, where it is by day of filing that the list is sorted."""

    @property
    def within(self) -> dict[str, date]:
        return in_year(self.year)

    @property
    def key(self) -> Any:
        return known("budget") if self.column == "money" else F(self.column)

    def beyond(self, mark: Mark) -> list[dict[str, Any]]:
        """What comes after a mark: the rest of those with its key, then the other keys. Each is one range of an index."""
        side, (key, code) = "lt" if self.down else "gt", mark
        if self.column == "code":
            return [{f"code__{side}": code}]
        return [{"key": key, f"code__{side}": code}, {f"key__{side}": key}]

    def sorted(self, found: QuerySet[Project]) -> QuerySet[Project]:
        columns = ["code"] if self.column == "code" else ["key", "code"]
        return found.order_by(*(f"-{c}" if self.down else c for c in columns))

    def by_code(self, found: QuerySet[Project]) -> QuerySet[Project]:
        return found.order_by("-code" if self.down else "code")

    def marked(self, text: tuple[str, str] | None) -> Mark | None:
        """The mark in an address; None for what nobody was given."""
        if text is None or self.column == "code":
            return text
        try:
            key = date.fromisoformat(text[0]) if self.column == "filed_on" else int(text[0])
        except ValueError:
            return None
        return None if isinstance(key, int) and abs(key) > LARGEST else (key, text[1])


def order_of(asked: Asked) -> Order:
    column = SORTS[asked.sort.lstrip("-")]
    return Order(column, asked.sort.startswith("-"), asked.year if column == "filed_on" else None)


def any_leg(order: Order, mark: Mark) -> Q:
    """Everything beyond a mark, as one condition: for a few projects at hand."""
    found = Q()
    for leg in order.beyond(mark):
        found |= Q(**leg)
    return found
