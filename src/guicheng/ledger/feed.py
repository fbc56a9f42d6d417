"""The change feed: what was recorded, in the one order, from a reader's cursor on. It loses nothing and repeats nothing."""

from __future__ import annotations

from dataclasses import dataclass

from guicheng.ledger.models import Position
from guicheng.ledger.sequence import last_position, sequence


@dataclass(frozen=True)
class Numbered:
    """One entry of the feed: its place in the order, and what the ledger keeps of it. `body` is the canonical JSON."""

    number: int
    chain: str
    seq: int
    body: str
    hash: str


def follow(cursor: int = 0, limit: int = 1000) -> list[Numbered]:
    """The next entries after this number, oldest first, at most `limit`; none when there is nothing new.

    The reader keeps the last number it has dealt with, in the same transaction as what it made of it, and passes it as the
    cursor next time: numbers rise by one, so a number passed over is impossible. What is committed is numbered first."""
    sequence()
    columns = ("number", "entry__chain", "entry__seq", "entry__body", "entry__hash")
    found = Position.objects.filter(number__gt=cursor).order_by("number").values_list(*columns)[:limit]
    return [Numbered(*row) for row in found]


def last() -> int:
    """The highest number given so far: where a reader stands that has seen everything."""
    return last_position()[0]
