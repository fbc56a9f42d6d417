"""Who may act: decided from one query over posts, by the role, the project's unit and the day."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from guicheng.people.models import Post
from guicheng.people.roles import PROJECT_BOUND, ROLE_ZH, UNIT_BOUND, Role
from guicheng.people.wire import send


@dataclass(frozen=True)
class Holding:
    """One post as held on a day: a role for the whole bureau, for a unit, or on one project."""

    role: Role
    unit: str
    project: str

    @property
    def title(self) -> str:
        return ROLE_ZH[self.role]


SETUP_PERSON = "setup"
CLOCK_PERSON = "clock"


def _listed(roles: Iterable[Role]) -> str:
    return ", ".join(f"'{r}'" for r in sorted(roles))


POSTS = f"""
SELECT role, unit FROM {Post._meta.db_table}
WHERE person_id = %s AND since <= %s AND (until IS NULL OR until >= %s)
AND (role NOT IN ({_listed(PROJECT_BOUND)}) OR project = %s)
"""
"""What a person holds that day, with the unit: of posts for one project only, those for this one."""


def during(day: date, to: str = "") -> Q:
    """Held that day, as a condition on Post, or on what leads to it."""
    open_yet = Q(**{f"{to}until__isnull": True}) | Q(**{f"{to}until__gte": day})
    return open_yet & Q(**{f"{to}since__lte": day})


def held_on(person: str, day: date) -> QuerySet[Post]:
    """The posts that a person holds that day."""
    return Post.objects.filter(during(day), person=person)


Posts = list[tuple[str, str]]
"""Roles held, each with the unit it is held for."""


def without_post(person: str) -> Posts | None:
    """What those hold who need no post: the clock, and who sets up, that one only while nobody holds any. None for people."""
    if person == CLOCK_PERSON:
        return [(str(Role.CLOCK), "")]
    if person == SETUP_PERSON:
        return [] if Post.objects.exists() else [(str(Role.SETUP), "")]
    return None


def asked_posts(person: str, day: date, project: str) -> tuple[str, str, str, str]:
    """The values of POSTS."""
    return person, day.isoformat(), day.isoformat(), project


def ask_posts(person: str, day: date, project: str = "") -> Callable[[], Posts]:
    """Ask for what a person holds that day that may reach this project; call the result for the answer."""
    special = without_post(person)
    if special is not None:
        return lambda: special
    cursor = send(POSTS, asked_posts(person, day, project))
    return lambda: list(cursor.fetchall())


def reaching(held: Posts, unit: str, may: tuple[str, ...] | None = None) -> list[str]:
    """Of posts held, the roles that reach a project of this unit, limited to `may`, sorted."""
    roles = {role for role, of in held if role not in UNIT_BOUND or of == unit}
    return sorted(r for r in roles if may is None or r in may)


def roles_among(posts: Iterable[Holding], project: str, unit: str, may: tuple[str, ...] | None = None) -> list[str]:
    """What `roles_of` says of somebody who needs a post, where their posts of that day were read already."""
    return reaching(
        [(str(p.role), p.unit) for p in posts if p.role not in PROJECT_BOUND or p.project == project], unit, may
    )


def roles_of(
    person: str, day: date, project: str = "", unit: str = "", may: tuple[str, ...] | None = None
) -> list[str]:
    """The roles in which a person may act on a project that day, limited to `may`, sorted.

    The clock holds its own role; `setup` holds one only while nobody holds any post."""
    return reaching(ask_posts(person, day, project)(), unit, may)
