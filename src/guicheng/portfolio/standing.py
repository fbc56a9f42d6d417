"""Refreshing the kept verdicts: of the whole portfolio portion by portion, or of one project after an act. Both give the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection, transaction
from django.db.models import Max, Min, QuerySet

from guicheng.door.clock import now
from guicheng.judge.many import for_portion
from guicheng.judge.statement import Shape
from guicheng.judge.verdict import blocks, judge, released
from guicheng.law.declare import Rule
from guicheng.law.regulation import Regulation
from guicheng.ledger.models import Entry
from guicheng.portfolio.models import Kept, KeptFinding, Refreshed
from guicheng.portfolio.sums import Change
from guicheng.portfolio.sweep import Tick, figures_now, groups, one_moment, set_aside, word_of
from guicheng.records.project import DutyOf, Project
from guicheng.regulations.base import regulation

SOON = timedelta(days=7)
PORTION = 5000
"""Projects judged and written at a time: memory does not grow with the book, and nobody waits long for the writing."""
IN_FLIGHT = 1000
"""So many of the latest entries may still be uncommitted on PostgreSQL when the refresh begins."""
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


def refresh(day: date, tick: Tick = lambda done, of: None) -> int:
    """Judge every project and keep what was found; returns how many were judged.

    A portion of projects is judged as of one moment and written at one stroke: readers see each project with its old verdicts
    until its portion is done. A project on which something is done meanwhile is left to whoever did it. If the process dies,
    the portions written stand; the next refresh does all of them."""
    law, at = regulation(), now()
    mark = max(0, (Entry.objects.aggregate(last=Max("pk"))["last"] or 0) - IN_FLIGHT)
    ends = Project.objects.aggregate(first=Min("pk"), last=Max("pk"))
    done, of = 0, Project.objects.count()
    for first in range(ends["first"] or 0, (ends["last"] or -1) + 1, PORTION):
        portion = Project.objects.filter(pk__gte=first, pk__lt=first + PORTION)
        with one_moment():
            judged = _judged(law, day, portion, first)
        _keep(law, day, portion, judged)
        done += len(judged)
        tick(done, of)
    Refreshed._default_manager.update_or_create(pk=1, defaults={"day": day, "at": at, "entry": mark})
    return done


def refresh_one(code: str, day: date) -> None:
    """The same for one project, after something was done on it."""
    law, one = regulation(), Project.objects.filter(code=code)
    with transaction.atomic():
        project = one.select_for_update(no_key=True).first()
        if project is None:
            return
        found = judge(law, project, day, figures_now(law, project.edition))
        aside = released(project, (law.rules[i] for i in found.breached), day)
        pairs = [(i, "exempted" if i in aside else "breached") for i in found.breached]
        judged = Judged(project, pairs + [(i, "unknown") for i in found.unknown])
        _owing(day, {project.pk: judged}, DutyOf._default_manager.filter(project=project))
        _keep(law, day, one, [judged])


def _judged(law: Regulation, day: date, portion: QuerySet[Project], first: int) -> list[Judged]:
    """Every rule over the projects of a portion, and what they owe. Call it inside one moment."""
    found = {p.pk: Judged(p, []) for p in portion.order_by("pk")}
    last = first + PORTION - 1
    aside = set_aside(day, project_id__gte=first, project_id__lte=last)
    for edition, gaps in groups(portion):
        figures = figures_now(law, edition)
        for rule in law.rules.values():
            statement = for_portion(law.id, rule.id, Shape(figures), connection.vendor, gaps)
            rows = statement.rows(edition=edition, first=first, last=last, day=day, **figures.bound)
            for key, verdict in {row[0]: row[1] for row in rows}.items():
                of = found[key]
                of.pairs.append((rule.id, word_of(of.project.code, rule, verdict, aside)))
    _owing(day, found, DutyOf._default_manager.filter(project_id__gte=first, project_id__lte=last))
    return list(found.values())


def _owing(day: date, judged: dict[int, Judged], duties: QuerySet[DutyOf]) -> None:
    """Which duties are overdue, and since when; and whether one is due within a week. The day is looked at here: an index
    by last days would lead through those of the whole book."""
    dated = duties.filter(closed_on__isnull=True, due_on__isnull=False).order_by("project_id", "seq", "pk")
    for key, due in dated.values_list("project_id", "due_on"):
        of = judged[key]
        if due is not None and due < day:
            of.late, of.late_since = of.late + 1, min(due, of.late_since or due)
        elif due is not None and due <= day + SOON:
            of.soon = True


def _keep(law: Regulation, day: date, projects: QuerySet[Project], judged: Sequence[Judged]) -> None:
    """Write what was judged in place of what was kept, but for projects that have moved on since they were read. Where nothing
    has changed, only the day is written: most of a nightly refresh."""
    with transaction.atomic():
        now_at = dict(projects.select_for_update(no_key=True).order_by("pk").values_list("pk", "seq"))
        still = [j for j in judged if now_at.get(j.project.pk) == j.project.seq]
        old, old_pairs, at = _kept(projects)
        rows = {j.project.pk: _row(law, day, j, at) for j in still}
        same = {
            k for k, row in rows.items() if k in old and all(getattr(row, c) == getattr(old[k], c) for c in COUNTED_BY)
        }
        same -= {j.project.pk for j in still if sorted(j.pairs) != sorted(old_pairs[j.project.pk])}
        fresh = [j for j in still if j.project.pk not in same]
        change, gone = Change(), [old[j.project.pk] for j in fresh if j.project.pk in old]
        change.count(gone, ((k.unit, *pair) for k in gone for pair in old_pairs[k.project_id]), -1)
        _drop(k.project_id for k in gone)
        for keys in _batches(same):
            Kept._default_manager.filter(project__in=keys).update(day=day, at=at)
        new = [rows[j.project.pk] for j in fresh]
        Kept._default_manager.bulk_create(new, BATCH)
        KeptFinding._default_manager.bulk_create(
            [KeptFinding(project=j.project, rule=r, verdict=v) for j in fresh for r, v in sorted(j.pairs)], BATCH
        )
        change.count(new, ((j.project.unit, *pair) for j in fresh for pair in j.pairs))
        change.write()


COUNTED_BY = ("colour", "seq", "unit", "stage", "year", "budget", "late", "late_since")


def _kept(projects: QuerySet[Project]) -> tuple[dict[int, Kept], dict[int, Pairs], datetime]:
    """What is kept of these projects so far, their findings, and the present moment."""
    pairs: dict[int, Pairs] = defaultdict(list)
    keys = projects.values("pk")
    for key, rule, verdict in KeptFinding._default_manager.filter(project__in=keys).values_list(
        "project_id", "rule", "verdict"
    ):
        pairs[key].append((rule, verdict))
    return {k.project_id: k for k in Kept._default_manager.filter(project__in=keys)}, pairs, now()


def _drop(keys: Iterable[int]) -> None:
    for some in _batches(keys):
        Kept._default_manager.filter(project__in=some).delete()
        KeptFinding._default_manager.filter(project__in=some).delete()


def _batches(keys: Iterable[int]) -> Iterator[list[int]]:
    every = sorted(keys)
    return (every[i : i + BATCH] for i in range(0, len(every), BATCH))


def _row(law: Regulation, day: date, one: Judged, at: datetime) -> Kept:
    project = one.project
    return Kept(
        project=project, colour=colour_of(law, one), seq=project.seq, day=day, at=at, unit=project.unit, stage=project.stage,
        year=project.filed_on.year, budget=project.budget or 0, late=one.late, late_since=one.late_since,
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
