"""What a person has to do: the duties owed in the roles held, and what others owe. A fixed number of queries."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Concat

from guicheng.law.declare import ActSpec
from guicheng.law.regulation import Regulation
from guicheng.people.access import Holding
from guicheng.people.roles import PROJECT_BOUND, UNIT_BOUND
from guicheng.records.project import DutyOf, Project

MOST = 60
_OPEN = f"FROM {DutyOf._meta.db_table} WHERE closed_on IS NULL"
BODIES = f"""
WITH RECURSIVE body(name) AS (
  SELECT (SELECT MIN(owed_by) {_OPEN}) UNION ALL
  SELECT (SELECT MIN(owed_by) {_OPEN} AND owed_by > body.name) FROM body WHERE body.name IS NOT NULL
) SELECT name FROM body
"""
SOON = timedelta(days=30)


@dataclass(frozen=True)
class Item:
    """One thing on the list: which project, what, under which clause, by when, and the act that does it."""

    project: Project
    what: str
    clause: str
    due: date | None
    act: ActSpec | None
    owed_by: tuple[str, ...] = ()
    why: str = ""

    def days_left(self, day: date) -> int | None:
        return (self.due - day).days if self.due else None


def reach(post: Holding, to: str = "") -> Q:
    """The projects that a post reaches, as a condition on Project, or on what points to it."""
    if post.role in PROJECT_BOUND:
        return Q(**{f"{to}code": post.project})
    return Q(**{f"{to}unit": post.unit}) if post.role in UNIT_BOUND else Q()


def any_of(conditions: Iterable[Q]) -> Q:
    found = Q(pk__in=[])
    for one in conditions:
        found |= one
    return found


def duties_owed(posts: Iterable[Holding]) -> QuerySet[DutyOf]:
    """The open duties of these posts, the earliest last day first; those without a day last."""
    bodies = _bodies()
    owing = ((p, [b for b in bodies if p.role.value in b.split(",")]) for p in posts)
    mine = any_of(_owed(p, own) for p, own in owing if own)
    return in_order(_open().filter(mine))


def _open() -> QuerySet[DutyOf]:
    """The open duties; `body` is whoever owes one, hidden from the indexes."""
    return DutyOf._default_manager.filter(closed_on__isnull=True).alias(body=Concat("owed_by", Value("")))


def _owed(post: Holding, bodies: list[str]) -> Q:
    """What these bodies owe on the projects that a post reaches. A unit has a good part of the book: its duties are met soon by
    going through all of them by last day, so neither the unit nor the body is put as what an index would begin with."""
    if post.role in UNIT_BOUND:
        of_unit = Exists(Project.objects.filter(pk=OuterRef("project_id"), unit=post.unit))
        return Q(of_unit, body__in=bodies)
    return Q(owed_by__in=bodies) & reach(post, "project__")


def in_order(duties: QuerySet[DutyOf]) -> QuerySet[DutyOf]:
    """By their last day, then by project: as an index has them, so that the first are found without sorting all."""
    return duties.select_related("project").order_by("due_on", "project_id", "pk")


def _bodies() -> list[str]:
    """Whoever owes an open duty, as it is written down: one look-up in an index for each."""
    with connection.cursor() as cursor:
        cursor.execute(BODIES)
        return [body for (body,) in cursor.fetchall() if body is not None]


def duties_of_others(posts: Iterable[Holding], day: date) -> QuerySet[DutyOf]:
    """What those who work on one's own projects owe, overdue or due within a month."""
    own = [p for p in posts if p.role in PROJECT_BOUND | UNIT_BOUND]
    roles = {p.role.value for p in own}
    others = [b for b in _bodies() if not roles & set(b.split(","))] if own else []
    near = any_of(_owed(p, others) for p in own if others)
    return in_order(_open().filter(near, due_on__lte=day + SOON))


def item_of(law: Regulation, duty: DutyOf, roles: Collection[str]) -> Item:
    """A duty as a line of the list, with the first act of these roles that discharges it."""
    declared = law.duties.get(duty.code)
    acts = [law.acts[code] for code in declared.closes if code in law.acts] if declared else []
    act = next((a for a in acts if set(a.by) & set(roles)), None)
    owed_by = tuple(duty.owed_by.split(","))
    return Item(duty.project, duty.title or duty.code, declared.clause if declared else "", duty.due_on, act, owed_by)
