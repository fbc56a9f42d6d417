"""What a person has to do: the duties owed in the roles held, and what others owe. A fixed number of statements."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.db.models import Q

from guicheng.law.declare import ActSpec
from guicheng.law.regulation import Regulation
from guicheng.people.access import Holding
from guicheng.people.roles import ADMINISTRATORS, PROJECT_BOUND, UNIT_BOUND
from guicheng.portfolio.owed import Duties, Part, bodies, one_of
from guicheng.records.project import DutyOf, Project

MOST = 30
PROJECT = f'"{Project._meta.db_table}"'
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


@dataclass
class Agenda:
    """What is owed around the posts of one person. The bodies that owe are looked up once."""

    posts: Sequence[Holding]

    @cached_property
    def bodies(self) -> list[str]:
        return bodies()

    def mine(self, fits: Q | None = None) -> Duties:
        """What is owed in these posts, on the projects that fit."""
        ranges = self._of(self.posts, lambda p: [b for b in self.bodies if p.role.value in b.split(",")])
        if fits:
            sql, values = Project.objects.filter(fits).values("pk").query.sql_with_params()
            ranges = [one & Part(f"d.project_id IN ({sql})", values) for one in ranges]
        return Duties(tuple(ranges))

    def others(self) -> Duties:
        """What others owe on one's own projects."""
        own = [p for p in self.posts if p.role in PROJECT_BOUND | UNIT_BOUND]
        roles = {p.role.value for p in own}
        return Duties(tuple(self._of(own, lambda p: [b for b in self.bodies if not roles & set(b.split(","))])))

    def everybody(self) -> Duties:
        """What anybody owes on the projects that one sees."""
        seen = [p for p in self.posts if p.role not in ADMINISTRATORS]
        if any(p.role not in PROJECT_BOUND | UNIT_BOUND for p in seen):
            return Duties((Part("1 = 1"),))
        return Duties(tuple(self._of(seen, lambda p: self.bodies)))

    def _of(self, posts: Sequence[Holding], owing: Callable[[Holding], list[str]]) -> list[Part]:
        found = [one for p in posts if (own := owing(p)) for one in _ranges(p, own)]
        return list(dict.fromkeys(found))  # two posts may reach the same


def _ranges(post: Holding, owing: list[str]) -> list[Part]:
    """What these bodies owe on the projects that a post reaches, as ranges."""
    if post.role in PROJECT_BOUND:
        of_project = Part(f"d.project_id = (SELECT id FROM {PROJECT} WHERE code = %s)", (post.project,))
        return [of_project & one_of("d.owed_by", owing)]
    if post.role in UNIT_BOUND:
        return [Part("d.unit = %s AND d.owed_by = %s", (post.unit, body)) for body in owing]
    return [Part("d.owed_by = %s", (body,)) for body in owing]


def item_of(law: Regulation, duty: DutyOf, roles: Collection[str]) -> Item:
    """A duty as a line of the list, with the first act of these roles that discharges it."""
    declared = law.duties.get(duty.code)
    acts = [law.acts[code] for code in declared.closes if code in law.acts] if declared else []
    act = next((a for a in acts if set(a.by) & set(roles)), None)
    owed_by = tuple(duty.owed_by.split(","))
    return Item(duty.project, duty.title or duty.code, declared.clause if declared else "", duty.due_on, act, owed_by)
