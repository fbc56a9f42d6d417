"""What was judged of projects, written in place of what was kept of them, with the sums, in one transaction.

Only what differs is written: most of a nightly refresh is a new day, and most acts change no verdict."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F, QuerySet

from guicheng.door.clock import now
from guicheng.judge.verdict import blocks
from guicheng.law.declare import Rule
from guicheng.law.regulation import Regulation
from guicheng.portfolio.models import Kept, KeptFinding
from guicheng.portfolio.sums import Change
from guicheng.records.prepared import prepared
from guicheng.records.project import Project
from guicheng.records.write import update

BATCH = 5000
Pairs = list[tuple[str, str]]
Found = tuple[int, str, str]
"""A project's key, a rule, and what was found of it."""


@dataclass
class Judged:
    """One project as read and judged at one moment."""

    project: Project
    pairs: Pairs
    late: int = 0
    late_since: date | None = None
    soon: bool = False


@dataclass(frozen=True)
class Before:
    """What is kept so far: the row of each project and its findings, by the project's key."""

    kept: dict[int, Kept]
    pairs: dict[int, Pairs]


def before_all(projects: QuerySet[Project]) -> Before:
    """What is kept of these projects so far."""
    keys = projects.values("pk")
    findings = KeptFinding._default_manager.filter(project__in=keys).values_list("project_id", "rule", "verdict")
    return _before(Kept._default_manager.filter(project__in=keys), findings)


def ask_before_one(key: int) -> Callable[[], Before]:
    """Ask for what is kept of the project of this key so far; call the result for the answer."""
    rows = _kept_of.ask(key)

    def answer() -> Before:
        found = rows()
        pairs = [(k.project_id, v["rule"], v["verdict"]) for k in found if (v := vars(k))["rule"] is not None]
        return _before(found[:1], pairs)

    return answer


@prepared
def _kept_of(key: int) -> QuerySet[Kept]:
    """The row once for each finding beside it; where nothing is found, once."""
    kept = Kept._default_manager.filter(project=key)
    return kept.annotate(rule=F("project__keptfinding__rule"), verdict=F("project__keptfinding__verdict"))


def _before(rows: Iterable[Kept], findings: Iterable[Found]) -> Before:
    pairs: dict[int, Pairs] = defaultdict(list)
    for key, rule, verdict in findings:
        pairs[key].append((rule, verdict))
    return Before({k.project_id: k for k in rows}, pairs)


def keep(law: Regulation, day: date, judged: Sequence[Judged], before: Before) -> None:
    """Write it. Call it inside the transaction in which `before` was read, behind a lock on these projects."""
    at, change = now(), Change()
    rows: list[Kept] = []
    same: list[int] = []
    moved: list[Judged] = []
    for one in judged:
        key, row = one.project.pk, _row(law, day, one, at)
        old, pairs = before.kept.get(key), before.pairs.get(key, [])
        other = sorted(pairs) != sorted(one.pairs)
        if old is not None and not other and _counted(old) == _counted(row):
            same.append(key)
            continue
        rows.append(row)
        if other:
            moved.append(one)
        if old is not None:
            change.count([old], ((old.unit, *pair) for pair in pairs), -1)
        change.count([row], ((row.unit, *pair) for pair in one.pairs))
    for keys in _batches(same):
        Kept._default_manager.filter(project__in=keys).update(day=day, at=at)
    _write_rows(rows, before)
    _write_findings(moved)
    change.write()


COUNTED = ("colour", "seq", "unit", "stage", "year", "budget", "late", "late_since")
WRITTEN = (*COUNTED, "day", "at")


def _counted(kept: Kept) -> tuple[Any, ...]:
    return tuple(getattr(kept, name) for name in COUNTED)


def _write_rows(rows: Sequence[Kept], before: Before) -> None:
    """Of a single one that is kept already only what changed is written: no statement need be made for it."""
    old = before.kept.get(rows[0].project_id) if len(rows) == 1 else None
    if old is None:
        Kept._default_manager.bulk_create(
            rows, BATCH, update_conflicts=True, unique_fields=["project"], update_fields=WRITTEN
        )
        return
    for name in WRITTEN:
        setattr(old, name, getattr(rows[0], name))
    update(old)


def _write_findings(judged: Sequence[Judged]) -> None:
    """The findings of these projects in place of those before."""
    for keys in _batches(one.project.pk for one in judged):
        KeptFinding._default_manager.filter(project__in=keys).delete()
    KeptFinding._default_manager.bulk_create(
        [KeptFinding(project=one.project, rule=r, verdict=v) for one in judged for r, v in sorted(one.pairs)], BATCH
    )


def _batches(keys: Iterable[int]) -> Iterator[list[int]]:
    every = sorted(keys)
    return (every[i : i + BATCH] for i in range(0, len(every), BATCH))


def _row(law: Regulation, day: date, one: Judged, at: datetime) -> Kept:
    project = one.project
    return Kept(
        project_id=project.pk, colour=colour_of(law, one), seq=project.seq, day=day, at=at, unit=project.unit,
        stage=project.stage, year=project.filed_on.year, budget=project.budget or 0, late=one.late,
        late_since=one.late_since,
    )  # fmt: skip


def colour_of(law: Regulation, one: Judged) -> str:
    """Red: a blocking rule breached, or a duty overdue. Amber: a reminder, not enough known, due within a week, suspended."""
    breached = [law.rules[rule] for rule, verdict in one.pairs if verdict == "breached"]
    if one.late or any(blocks(r) for r in breached):
        return "red"
    unknown = any(verdict == "unknown" for _, verdict in one.pairs)
    stopped = one.soon or one.project.suspended_on is not None
    return "amber" if stopped or unknown or any(_reminds(r) for r in breached) else "green"


def _reminds(rule: Rule) -> bool:
    """A reminder that a duty is late is said by the duty itself."""
    return not rule.code.endswith("-late")
