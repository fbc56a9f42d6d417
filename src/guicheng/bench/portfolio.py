"""A portfolio of any size with breaches in known numbers: lives through the door, then copies of them in bulk."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from random import Random
from time import perf_counter
from typing import Any

from django.db import connection, transaction

from guicheng.bench.bulk import Bulk
from guicheng.bench.lives import patterns, through_the_door
from guicheng.bench.mould import Mould, Recorded, mould, recorded
from guicheng.bench.stamp import Press
from guicheng.demo.build import LAST_DAY
from guicheng.demo.life import BUREAU
from guicheng.door.clock import now
from guicheng.judge.verdict import judge, released
from guicheng.ledger.append import lock
from guicheng.ledger.models import Chain, Entry
from guicheng.ledger.sequence import sequence
from guicheng.portfolio.sweep import figures_now
from guicheng.records.project import Project
from guicheng.regulations.base import regulation

Tick = Callable[[str, int, int], None]
AT_ONCE = 1000
PER_CENT = range(95, 111)
"""The amounts of copies against those of the life they follow."""
LENGTHS = {"whole": 0.0, "usual": 0.5, "short": 1.0}
"""How much rarer a longer life is: its share falls with this power of its number of acts."""
HISTORY = 0.1
"""Recorded history is rarer still: each such project leaves dozens of rules unknown."""

Verdicts = Counter[tuple[str, str]]


class NotEmpty(Exception):
    """There is a ledger here already."""


@dataclass(frozen=True)
class Portfolio:
    """What was written. `verdicts` counts the projects by rule and verdict (breached, exempted, unknown) as of a day."""

    projects: int
    entries: int
    as_of: date
    verdicts: Verdicts
    stamped: int
    seconds: float

    @property
    def rate(self) -> int:
        """Projects a second, of those that were stamped out."""
        return round(self.stamped / self.seconds) if self.seconds else 0

    def as_json(self) -> dict[str, Any]:
        words = ("breached", "unknown", "exempted")
        rules = sorted({rule for rule, _ in self.verdicts})
        return {
            "projects": self.projects, "entries": self.entries, "as_of": self.as_of.isoformat(),
            "stamped_per_second": self.rate,
            "rules": [{"rule": r} | {w: self.verdicts[r, w] for w in words} for r in rules],
        }  # fmt: skip


@dataclass
class _Kind:
    """Copies of one life at one per cent: their mould, the key of one of them, and how many there are."""

    mould: Mould
    key: int
    number: int = 0


def portfolio(
    projects: int, seed: int = 1, lengths: str = "usual", only: Iterable[int] | None = None,
    as_of: date = LAST_DAY, tick: Tick = lambda what, done, of: None,
) -> Portfolio:  # fmt: skip
    """Fill an empty database with so many projects; the same seed gives the same projects. Every chain, row and digest is as the
    door would have written it. Committed a thousand projects at a time: if the process dies, what is there is whole.

    Raises NotEmpty. `only` limits the lives, by their place in the demonstration."""
    if Entry.objects.exists():
        raise NotEmpty("这个数据库里已经有账本，示例项目库只能写进空的数据库")
    lives = patterns(only)[:projects]
    through_the_door(lives, lambda done, of: tick("经办理入口", done, of))
    moulds, start = [recorded(one) for one in lives], perf_counter()
    kinds = _stamped(moulds, projects, seed, lengths, tick)
    seconds = perf_counter() - start
    _settle()
    sequence()
    verdicts = _verdicts([(Project.objects.get(code=one.spec.code), 1) for one in lives], as_of)
    verdicts += _verdicts([(Project.objects.get(pk=k.key), k.number) for k in kinds], as_of)
    return Portfolio(projects, Entry.objects.count(), as_of, verdicts, projects - len(lives), seconds)


def _stamped(lives: list[Recorded], projects: int, seed: int, lengths: str, tick: Tick) -> list[_Kind]:
    """Write the copies; returns their kinds."""
    kinds: dict[tuple[int, int], _Kind] = {}
    moulded = cache(lambda place, per_cent: mould(lives[place], per_cent))
    chance, weights = Random(seed), [_weight(one, lengths) for one in lives]
    head = lock(BUREAU, wait=False)
    press = Press(seed, head.seq, head.head)
    key = Project.objects.order_by("-pk").values_list("pk", flat=True)[0]
    for start in range(len(lives), projects, AT_ONCE):
        numbers = range(start, min(start + AT_ONCE, projects))
        chosen = chance.choices(range(len(lives)), weights, k=len(numbers))
        copies, recorded_at = [], now().isoformat(timespec="milliseconds")
        for number, place in zip(numbers, chosen, strict=True):
            key += 1
            which = place, chance.choice(PER_CENT) if lives[place].scalable else 100
            kind = kinds.setdefault(which, _Kind(moulded(*which), key))
            kind.number += 1
            copies.append(press.copy(kind.mould, number, key, recorded_at))
        with transaction.atomic():
            lock(BUREAU)
            bulk = Bulk()
            for one in copies:
                press.appoint(one, bulk)
            for one in copies:
                press.live(one, bulk)
            bulk.write()
            Chain.objects.filter(code=BUREAU).update(seq=press.seq, head=press.head)
        tick("成批写入", numbers.stop, projects)
    return list(kinds.values())


def _weight(life: Recorded, lengths: str) -> float:
    return float(len(life.own) ** -LENGTHS[lengths] * (HISTORY if life.own[0]["history"] else 1))


def _settle() -> None:
    """The database goes on numbering projects where the copies end, and learns how many rows there are."""
    with connection.cursor() as cursor:
        if connection.vendor != "sqlite":
            table = Project._meta.db_table
            cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))")
        cursor.execute("ANALYZE")


def _verdicts(some: list[tuple[Project, int]], day: date) -> Verdicts:
    """What every rule says of these projects, each counted so many times."""
    law, found = regulation(), Verdicts()
    for project, times in some:
        judged = judge(law, project, day, figures_now(law, project.edition))
        set_aside = released(project, (law.rules[i] for i in judged.breached), day)
        for rule in judged.breached:
            found[rule, "exempted" if rule in set_aside else "breached"] += times
        for rule in judged.unknown:
            found[rule, "unknown"] += times
    return found
