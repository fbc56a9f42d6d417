"""Who may act: decided in one query over posts, from the role, the project's unit and the day."""

from datetime import date

from django.db.models import Q, QuerySet

from guicheng.people.models import Post
from guicheng.people.roles import PROJECT_BOUND, UNIT_BOUND, Role

SETUP_PERSON = "setup"
CLOCK_PERSON = "clock"


def posts_on(day: date) -> QuerySet[Post]:
    """Posts in force on a day."""
    return Post.objects.filter(Q(until__isnull=True) | Q(until__gte=day), since__lte=day)


def reach(project: str, unit: str) -> Q:
    """The posts whose role reaches this project: its own for outside parties, its unit's, or bureau-wide."""
    bound = Q(role__in=PROJECT_BOUND, project=project) | Q(role__in=UNIT_BOUND, unit=unit)
    return bound | ~Q(role__in=PROJECT_BOUND | UNIT_BOUND)


def roles_of(
    person: str, day: date, project: str = "", unit: str = "", may: tuple[str, ...] | None = None
) -> list[str]:
    """The roles in which a person may act on a project that day, limited to `may`, sorted.

    The clock holds its own role; `setup` holds one only while nobody holds any post."""
    if person == CLOCK_PERSON:
        found = {str(Role.CLOCK)}
    elif person == SETUP_PERSON:
        found = set() if Post.objects.exists() else {str(Role.SETUP)}
    else:
        held = posts_on(day).filter(reach(project, unit), person_id=person)
        if may is not None:
            held = held.filter(role__in=may)
        found = set(held.values_list("role", flat=True))
    return sorted(r for r in found if may is None or r in may)
