"""What a person may see, decided in the query: by role, unit, project and day.

Bodies of the bureau see every project; 建设处室 those of its own unit; outside parties, and offices that assist, the one
project they were called to and their part of it; the three administrators none. Whoever sees a project as the discipline
office leaves a record of having read it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.db.models import Exists, JSONField, Q, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from django.db.models.lookups import Exact

from guicheng.accounts.reads import note_read
from guicheng.door.clock import now
from guicheng.ledger.models import Entry
from guicheng.people.access import Holding, held_on, roles_among
from guicheng.people.roles import ADMINISTRATORS, PROJECT_BOUND, UNIT_BOUND, Role
from guicheng.portfolio.sight_parts import ACTS_SEEN, DISCIPLINE_ACTS, DISCIPLINE_READERS, SECTIONS, SECTIONS_SEEN
from guicheng.records.prepared import Prepared, prepared
from guicheng.records.project import Project

PAGE = 30
"""Entries on a page of a project's history."""
LAST = 2_147_483_647
"""No entry has a higher number."""
Read = tuple[int, str, str]
"""An entry as its history reads it: its number, body and hash."""
BUREAU_WIDE = tuple(r for r in Role if r not in PROJECT_BOUND | UNIT_BOUND | ADMINISTRATORS)


@dataclass(frozen=True)
class Reach:
    """What posts reach, as values that a query compares with: everything, or these units and these projects."""

    everywhere: bool
    units: frozenset[str]
    codes: frozenset[str]

    @property
    def unit(self) -> str:
        """The one unit, where that is all of it."""
        return next(iter(self.units)) if len(self.units) == 1 and not self.codes and not self.everywhere else ""

    def fits(self, to: str = "") -> Q:
        """As a condition on Project, or on what points to it; nothing is asked of a row that is seen anyway."""
        if self.everywhere:
            return Q()
        unit = Q(**{f"{to}unit": self.unit}) if self.unit else Q(**{f"{to}unit__in": sorted(self.units)})
        one = Q(**{f"{to}code__in": sorted(self.codes)})
        return unit | one if self.units and self.codes else unit if self.units else one

    @property
    def projects(self) -> QuerySet[Project]:
        return Project.objects.filter(self.fits())

    @property
    def apart(self) -> QuerySet[Project]:
        """The projects that are reached one by one."""
        one_by_one = (
            Project.objects.filter(code__in=sorted(self.codes)) if not self.everywhere else Project.objects.none()
        )
        return one_by_one.exclude(unit__in=sorted(self.units)) if self.units else one_by_one


def reach_of(posts: Iterable[Holding], section: str = "") -> Reach:
    """What these posts reach; with a section, as far as it is seen too."""
    seen = [p for p in posts if not section or section in SECTIONS_SEEN.get(p.role, SECTIONS)]
    return Reach(
        any(p.role in BUREAU_WIDE for p in seen),
        frozenset(p.unit for p in seen if p.role in UNIT_BOUND),
        frozenset(p.project for p in seen if p.role in PROJECT_BOUND),
    )


def visible(username: str, day: date, section: str = "") -> QuerySet[Project]:
    """The projects that a person may see that day, as one statement; with a section, those of which it is seen too.

    The posts are looked at once, not for each project."""
    wide, unit, one = (
        sorted(r.value for r in roles if not section or section in SECTIONS_SEEN.get(r, SECTIONS))
        for roles in (BUREAU_WIDE, UNIT_BOUND, PROJECT_BOUND)
    )
    posts = held_on(username, day)
    return Project.objects.filter(
        Exists(posts.filter(role__in=wide))
        | Q(unit__in=posts.filter(role__in=unit).values("unit"))
        | Q(code__in=posts.filter(role__in=one).values("project"))
    )


def sees_everywhere(roles: Iterable[Role], section: str) -> bool:
    """In each of these roles the section is seen, so that no project needs to be asked about by itself."""
    return all(section in SECTIONS_SEEN.get(r, SECTIONS) for r in roles)


def project_or_none(username: str, code: str, day: date) -> Project | None:
    """The project of that code, if there is one that this person may see.

    Every page of a project asks here, so here a reading by the discipline office is recorded. A list of projects is none."""
    found = _one_visible.one(username, code, day)
    if found is not None and vars(found)["supervised"]:
        note_read(username, Role.DISCIPLINE, code, now())
    return found


@prepared
def _one_visible(username: str, code: str, day: date) -> QuerySet[Project]:
    supervises = Exists(held_on(username, day).filter(role=Role.DISCIPLINE))
    return visible(username, day).filter(code=code).annotate(supervised=supervises)


def sight_roles(posts: Iterable[Holding], project: Project) -> tuple[Role, ...]:
    """The roles in which whoever holds these posts sees this project: administrators' are none of them."""
    return tuple(Role(r) for r in roles_among(posts, project.code, project.unit) if r not in ADMINISTRATORS)


def sections(roles: Iterable[Role]) -> frozenset[str]:
    """The parts of a project's page that are seen in these roles."""
    return frozenset().union(*(SECTIONS_SEEN.get(r, SECTIONS) for r in roles))


def _acts_of(roles: Collection[Role]) -> frozenset[str] | None:
    """The acts whose entries are read in these roles; None: all but those of the discipline office."""
    if any(r not in ACTS_SEEN for r in roles):
        return None
    return frozenset().union(*(ACTS_SEEN[r] for r in roles))


def entries_seen(username: str, code: str, roles: Iterable[Role]) -> QuerySet[Entry]:
    """A project's entries that this person may read, who sees it in these roles. Each has `doc`, its body as JSON."""
    return with_doc(Entry.objects.filter(chain=code)).filter(readable(username, tuple(roles)))


def history_seen(username: str, code: str, roles: Iterable[Role], papers: bool, before: int | None) -> list[Read]:
    """Of those entries the latest below a number, one more than a page: their number, body and hash; only those that
    name papers, when asked."""
    return _history(frozenset(roles), papers).all(username, code, LAST if before is None else before)


@lru_cache(maxsize=256)
def _history(roles: frozenset[Role], papers: bool) -> Prepared[[str, str, int], Read]:
    def latest(username: str, code: str, before: int) -> QuerySet[Entry, Read]:
        found = entries_seen(username, code, roles).filter(seq__lt=before)
        if papers:
            found = found.filter(Q(body__contains='"sha256:') | Q(body__contains='"sm3:'))
        return found.order_by("-seq").values_list("seq", "body", "hash")[: PAGE + 1]

    return prepared(latest)


def with_doc(entries: QuerySet[Entry]) -> QuerySet[Entry]:
    return entries.annotate(doc=Cast("body", JSONField()))


def readable(username: str, roles: Collection[Role]) -> Q:
    """Which entries of a project are read by whoever sees it in these roles, as a condition on `doc`.

    One's own acts are always seen; those of the discipline office by those it answers to, and by the project's people only
    where it asks something of them."""
    own = Q(Exact(KeyTextTransform("by", "doc"), username))
    shown = Q(pk__gt=0) | own  # every entry; an empty condition would vanish beside others
    if not any(r in DISCIPLINE_READERS for r in roles):
        shown &= ~Q(doc__act__in=sorted(DISCIPLINE_ACTS)) | own | Q(doc__data__has_key="asks")
    seen = _acts_of(roles)
    return shown if seen is None else shown & (own | Q(doc__act__in=sorted(seen)))


def roles_on(username: str, projects: Iterable[Project], day: date) -> dict[str, frozenset[Role]]:
    """By code, the roles in which a person sees each of these projects: one query, whatever their number."""
    found = held_on(username, day).values_list("role", "unit", "project")
    posts = [Holding(Role(r), unit, code) for r, unit, code in found]
    return {p.code: frozenset(sight_roles(posts, p)) for p in projects}
