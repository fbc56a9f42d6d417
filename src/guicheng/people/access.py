"""Who may act: decided in one query over posts, from the role, the project's unit and the day."""

from collections.abc import Iterable
from datetime import date

from django.db import connection

from guicheng.people.models import Post
from guicheng.people.roles import PROJECT_BOUND, UNIT_BOUND, Role

SETUP_PERSON = "setup"
CLOCK_PERSON = "clock"


def _listed(roles: Iterable[Role]) -> str:
    return ", ".join(f"'{r}'" for r in sorted(roles))


REACH = f"""(
    (role IN ({_listed(PROJECT_BOUND)}) AND project = %s)
    OR (role IN ({_listed(UNIT_BOUND)}) AND unit = %s)
    OR role NOT IN ({_listed(PROJECT_BOUND | UNIT_BOUND)})
)"""
"""The posts whose role reaches a project: its own for outside parties, its unit's, or bureau-wide."""

ROLES = f"""
SELECT DISTINCT role FROM {Post._meta.db_table}
WHERE person_id = %s AND since <= %s AND (until IS NULL OR until >= %s) AND {REACH} ORDER BY role
"""


def roles_of(
    person: str, day: date, project: str = "", unit: str = "", may: tuple[str, ...] | None = None
) -> list[str]:
    """The roles in which a person may act on a project that day, limited to `may`, sorted.

    The clock holds its own role; `setup` holds one only while nobody holds any post."""
    if person == CLOCK_PERSON:
        found = [str(Role.CLOCK)]
    elif person == SETUP_PERSON:
        found = [] if Post.objects.exists() else [str(Role.SETUP)]
    else:
        with connection.cursor() as cursor:
            cursor.execute(ROLES, [person, day.isoformat(), day.isoformat(), project, unit])
            found = [role for (role,) in cursor.fetchall()]
    return [r for r in found if may is None or r in may]
