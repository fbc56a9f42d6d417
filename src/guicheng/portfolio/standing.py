"""Refreshing the kept verdicts: of the whole portfolio portion by portion, or of one project with an act. Both give the same."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import connection, transaction
from django.db.models import Max, Min, QuerySet

from guicheng.door.clock import now, today
from guicheng.door.deed import Deed
from guicheng.judge.many import for_portion
from guicheng.judge.statement import Shape
from guicheng.judge.verdict import Judgement, judge, released
from guicheng.law.regulation import Regulation
from guicheng.ledger.models import last_key
from guicheng.portfolio.keeping import Judged, ask_before_one, before_all, keep
from guicheng.portfolio.models import Kept, KeptFinding, Refreshed, Sum
from guicheng.portfolio.sweep import Tick, figures_now, groups, one_moment, set_aside, word_of
from guicheng.records.prepared import at_once, prepared
from guicheng.records.project import DutyOf, Project
from guicheng.regulations.base import regulation

SOON = timedelta(days=7)
PORTION = 5000
"""Projects judged and written at a time: memory does not grow with the book, and nobody waits long for the writing."""
IN_FLIGHT = 1000
"""So many of the latest entries may still be uncommitted on PostgreSQL when the refresh begins."""
Due = tuple[int, date | None]
"""A project's key and the last day of one of its duties."""


def refresh(day: date, tick: Tick = lambda done, of: None) -> int:
    """Judge every project and keep what was found; returns how many were judged.

    A portion of projects is judged as of one moment and written at one stroke: readers see each project with its old verdicts
    until its portion is done. A project on which something is done meanwhile is left to whoever did it. If the process dies,
    the portions written stand; the next refresh does all of them."""
    law, at = regulation(), now()
    mark = max(0, last_key() - IN_FLIGHT)
    ends = Project.objects.aggregate(first=Min("pk"), last=Max("pk"))
    done, of = 0, Project.objects.count()
    for first in range(ends["first"] or 0, (ends["last"] or -1) + 1, PORTION):
        portion = Project.objects.filter(pk__gte=first, pk__lt=first + PORTION)
        with one_moment():
            judged = _judged(law, day, portion, first)
        _keep(law, day, portion, judged)
        done += len(judged)
        tick(done, of)
    _count_anew()
    Refreshed._default_manager.update_or_create(pk=1, defaults={"day": day, "at": at, "entry": mark})
    return done


def _count_anew() -> None:
    """PostgreSQL is told how much is kept now: of tables that it takes for empty it reads every row rather than look in an index."""
    if connection.vendor == "postgresql":
        tables = ", ".join(f'"{model._meta.db_table}"' for model in (Kept, KeptFinding, Sum))
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {tables}")


def beside(deed: Deed, found: Judgement) -> None:
    """A keeper for the door: how the project stands today is kept with the act. What the door found is taken as it is, unless it
    judged another day or by another edition."""
    law, project, day = regulation(), deed.project, today()
    if deed.day != day or deed.edition != project.edition:
        found = judge(law, project, day, figures_now(law, project.edition))
    keep_one(project, found, day)


def keep_one(project: Project, found: Judgement, day: date) -> None:
    """Keep what was found of one project on this day. Call it in the transaction in which it was judged, behind a lock on it."""
    law = regulation()
    with at_once():
        dated, before = _dated_of.ask(project.pk), ask_before_one(project.pk)
    aside = released(project, (law.rules[i] for i in found.breached), day)
    pairs = [(i, "exempted" if i in aside else "breached") for i in found.breached]
    judged = Judged(project, pairs + [(i, "unknown") for i in found.unknown])
    _owing(day, {project.pk: judged}, dated())
    keep(law, day, [judged], before())


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
    _owing(day, found, _dated(DutyOf._default_manager.filter(project_id__gte=first, project_id__lte=last)))
    return list(found.values())


def _dated(duties: QuerySet[DutyOf]) -> QuerySet[DutyOf, Due]:
    """The open duties that have a last day. Which are late is not asked here: an index by last days would lead through those
    of the whole book."""
    return duties.filter(closed_on__isnull=True, due_on__isnull=False).values_list("project_id", "due_on")


@prepared
def _dated_of(key: int) -> QuerySet[DutyOf, Due]:
    return _dated(DutyOf._default_manager.filter(project=key))


def _owing(day: date, judged: dict[int, Judged], dated: Iterable[Due]) -> None:
    """Which duties are overdue, and since when; and whether one is due within a week."""
    for key, due in dated:
        of = judged[key]
        if due is not None and due < day:
            of.late, of.late_since = of.late + 1, min(due, of.late_since or due)
        elif due is not None and due <= day + SOON:
            of.soon = True


def _keep(law: Regulation, day: date, projects: QuerySet[Project], judged: Iterable[Judged]) -> None:
    """Keep what was judged, but for projects that have moved on since they were read."""
    with transaction.atomic():
        now_at = dict(projects.select_for_update(no_key=True).order_by("pk").values_list("pk", "seq"))
        keep(law, day, [j for j in judged if now_at.get(j.project.pk) == j.project.seq], before_all(projects))
