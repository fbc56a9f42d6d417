"""Copies of moulds: each with its own code, title, office, amounts, salts and digests, its chain hashed link by link."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random
from typing import Any

from guicheng.bench.bulk import Bulk
from guicheng.bench.lives import order_of
from guicheng.bench.mould import Mould
from guicheng.bench.titles import title
from guicheng.demo.life import BUREAU
from guicheng.ledger.digest import GENESIS, entry_hash, named, sm3, token
from guicheng.ledger.models import Chain, Entry, Erasable, Naming


@dataclass
class Copy:
    """One project to be stamped out: its mould, its key in the database, and what fills the slots."""

    mould: Mould
    code: str
    values: dict[str, Any]


@dataclass
class Press:
    """Stamps copies into a Bulk. `seq` and `head` are the bureau's chain as it has come; `entries` counts what was written."""

    seed: int
    seq: int
    head: str
    chance: Random = field(init=False)
    entries: int = 0

    def __post_init__(self) -> None:
        self.chance = Random(self.seed)

    def copy(self, mould: Mould, number: int, key: int, recorded: str) -> Copy:
        """What is this copy's own. Salts are drawn from the seed: nobody's name stands behind these values."""
        order = order_of(number)
        values: dict[str, Any] = {
            "order": order, "lower": order.lower(), "digest": f"{number:08x}", "id": key, "recorded": recorded,
            "title": title(self.chance), **self.chance.choice(mould.sites),
        }  # fmt: skip
        for i, value in enumerate(mould.erasable):
            salt = sm3(f"{self.seed} {order} {i}".encode())[:32]
            values |= {f"salt{i}": salt, f"token{i}": token(salt, value)}
        return Copy(mould, mould.code % order, values)

    def appoint(self, one: Copy, bulk: Bulk) -> None:
        """The acts of its life on the bureau's chain."""
        for i, text in enumerate(one.mould.bureau):
            one.values |= {"bureau": self.seq, "seq": self.seq + 1, f"seq{i}": self.seq + 1}
            self.seq, self.head = self.seq + 1, self._entry(bulk, BUREAU, self.seq + 1, self.head, text % one.values)

    def live(self, one: Copy, bulk: Bulk) -> None:
        """Its own chain and its rows, under the bureau's chain as it now stands."""
        values, head = one.values | {"bureau": self.seq}, GENESIS
        for seq, text in enumerate(one.mould.own, 1):
            head = self._entry(bulk, one.code, seq, head, text % values)
        bulk.add(Chain, one.code, len(one.mould.own), head)
        for i, value in enumerate(one.mould.erasable):
            bulk.add(Erasable, values[f"token{i}"], values[f"salt{i}"], value, None)
        for table, rows in one.mould.rows:
            into = bulk.to(table, with_key=table.__name__ == "Project")
            if isinstance(rows, str):
                into.append(rows % values)
            else:
                into.extend(_filled(row, places, values) for row, places in rows)

    def _entry(self, bulk: Bulk, chain: str, seq: int, prev: str, body: str) -> str:
        own = entry_hash(prev, body.encode())
        bulk.add(Entry, chain, seq, _idem(body), body, own)
        for digest in named(body):
            bulk.add(Naming, digest, chain, seq)
        self.entries += 1
        return own


def _idem(body: str) -> str:
    """The id that stands in a body: `demo-HA-2024-P0000017-3`."""
    begin = body.index('"id":"demo-') + 6
    return body[begin : body.index('"', begin)]


def _filled(row: list[Any], places: list[int], values: dict[str, Any]) -> tuple[Any, ...]:
    made = row.copy()
    for i in places:
        made[i] = row[i] % values
    return tuple(made)
