"""What was judged of projects, written in place of what was kept of them, with the sums, in one transaction.

Only what differs is written: most of a nightly refresh is a new day, and most acts change no verdict."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from django.db import connection, models
from django.db.models import QuerySet

from guicheng.door.clock import now
from guicheng.judge.verdict import blocks
from guicheng.law.declare import Rule
from guicheng.law.regulation import Regulation
from guicheng.people.wire import send_each
from guicheng.portfolio.models import Kept, KeptFinding
from guicheng.portfolio.sums import Change
from guicheng.records.prepared import prepared
from guicheng.records.project import Project

BATCH = 5000
Pairs = list[tuple[str, str]]


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
    pairs: dict[int, Pairs] = defaultdict(list)
    keys = projects.values("pk")
    found = KeptFinding._default_manager.filter(project__in=keys).values_list("project_id", "rule", "verdict")
    for key, rule, verdict in found:
        pairs[key].append((rule, verdict))
    return Before({k.project_id: k for k in Kept._default_manager.filter(project__in=keys)}, pairs)


def ask_before_one(code: str) -> Callable[[], Before]:
    """Ask for what is kept of the project of this code so far; call the result for the answer."""
    rows, findings = _kept_of.ask(code), _findings_of.ask(code)

    def answer() -> Before:
        kept = {k.project_id: k for k in rows()}
        found = findings()
        return Before(kept, {key: [(rule, verdict) for _, rule, verdict in found] for key, _, _ in found[:1]})

    return answer


@prepared
def _kept_of(code: str) -> QuerySet[Kept]:
    return Kept._default_manager.filter(project__code=code)


@prepared
def _findings_of(code: str) -> QuerySet[KeptFinding, tuple[int, str, str]]:
    return KeptFinding._default_manager.filter(project__code=code).values_list("project_id", "rule", "verdict")


def keep(law: Regulation, day: date, judged: Sequence[Judged], before: Before) -> None:
    """Write it. Call it inside the transaction in which `before` was read, behind a lock on these projects."""
    at, change = now(), Change()
    fresh, same = [], []
    for one in judged:
        row = _row(law, day, one, at)
        old, pairs = before.kept.get(one.project.pk), before.pairs.get(one.project.pk, [])
        if old is not None and _counted(old) == _counted(row) and sorted(pairs) == sorted(one.pairs):
            same.append(one.project.pk)
            continue
        fresh.append(row)
        if old is not None:
            change.count([old], ((old.unit, *pair) for pair in pairs), -1)
        change.count([row], ((row.unit, *pair) for pair in one.pairs))
    for keys in _batches(same):
        Kept._default_manager.filter(project__in=keys).update(day=day, at=at)
    _write_rows(fresh)
    written = {row.project_id for row in fresh}
    _write_findings([j for j in judged if j.project.pk in written], before)
    change.write()


def _counted(kept: Kept) -> tuple[Any, ...]:
    return kept.colour, kept.seq, kept.unit, kept.stage, kept.year, kept.budget, kept.late, kept.late_since


def _write_rows(rows: Iterable[Kept]) -> None:
    fields = _written(Kept)
    values = [[f.get_db_prep_save(getattr(row, f.attname), connection) for f in fields] for row in rows]
    send_each(_insert(Kept, "project_id"), values)


def _write_findings(judged: Iterable[Judged], before: Before) -> None:
    """Findings no longer there go, new ones come; a verdict that changed is both."""
    gone, come = [], []
    for one in judged:
        old, new = set(before.pairs.get(one.project.pk, [])), set(one.pairs)
        gone += [(one.project.pk, rule) for rule, _ in old - new]
        come += [(one.project.pk, rule, verdict) for rule, verdict in sorted(new - old)]
    send_each(GONE, gone)
    send_each(_insert(KeptFinding), come)


GONE = f"DELETE FROM {KeptFinding._meta.db_table} WHERE project_id = %s AND rule = %s"


@cache
def _insert(model: type[models.Model], unique: str = "") -> str:
    """A row with all its columns but the key; with a unique column, in place of the row that has the same there."""
    columns = [str(f.column) for f in _written(model)]
    sql = f"INSERT INTO {model._meta.db_table} ({', '.join(columns)}) VALUES ({', '.join(['%s'] * len(columns))})"
    others = ", ".join(f"{c} = excluded.{c}" for c in columns if c != unique)
    return f"{sql} ON CONFLICT ({unique}) DO UPDATE SET {others}" if unique else sql


def _written(model: type[models.Model]) -> list[Any]:
    return [f for f in model._meta.concrete_fields if not f.primary_key]


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
