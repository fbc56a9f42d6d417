"""What a person has to do: the duties owed in the roles held, and what others owe. A fixed number of queries."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from guicheng.law.declare import ActSpec
from guicheng.law.regulation import Regulation
from guicheng.people.access import Holding
from guicheng.people.roles import PROJECT_BOUND, UNIT_BOUND
from guicheng.records.project import DutyOf, Project

MOST = 60
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
    mine = any_of(Q(owed_by__contains=p.role.value) & reach(p, "project__") for p in posts)
    open_ = DutyOf._default_manager.filter(mine, closed_on__isnull=True)
    return open_.select_related("project").order_by("due_on", "project__code", "pk")


def duties_of_others(posts: Iterable[Holding], day: date) -> QuerySet[DutyOf]:
    """What those who work on one's own projects owe, overdue or due within a month."""
    own = [p for p in posts if p.role in PROJECT_BOUND | UNIT_BOUND]
    near = DutyOf._default_manager.filter(any_of(reach(p, "project__") for p in own), due_on__lte=day + SOON)
    for post in own:
        near = near.exclude(owed_by__contains=post.role.value)
    return near.filter(closed_on__isnull=True).select_related("project").order_by("due_on", "project__code", "pk")


def item_of(law: Regulation, duty: DutyOf, roles: Collection[str]) -> Item:
    """A duty as a line of the list, with the first act of these roles that discharges it."""
    declared = law.duties.get(duty.code)
    acts = [law.acts[code] for code in declared.closes if code in law.acts] if declared else []
    act = next((a for a in acts if set(a.by) & set(roles)), None)
    owed_by = tuple(duty.owed_by.split(","))
    return Item(duty.project, duty.title or duty.code, declared.clause if declared else "", duty.due_on, act, owed_by)
