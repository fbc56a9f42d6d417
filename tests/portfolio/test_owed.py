"""Open duties as ranges of an index: what each post is shown is what the records say, whoever wrote them down."""

from collections.abc import Iterable
from datetime import date, timedelta
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps

from guicheng.people.access import Holding
from guicheng.people.roles import Role
from guicheng.portfolio.agenda import Agenda
from guicheng.portfolio.owed import UNDATED, after, before, between
from guicheng.records.project import DutyOf, Project

DAY = date(2026, 5, 6)
OFFICES = ("wcs", "spc")
BODIES = ("construction", "construction,cyber-office", "general-office", "contractor")

pytestmark = pytest.mark.django_db


@pytest.fixture
def _book() -> None:
    """Forty projects of two offices, with duties of every body on, before and after the day, without a day, and closed."""
    for n in range(40):
        unit = OFFICES[n % 2]
        project = Project.objects.create(
            code=f"HA-{n:02}", title="例", unit=unit, edition="2023-04-19", filed_on=DAY, stage=1, furthest=1
        )
        for m, body in enumerate(BODIES):
            due = DAY + timedelta(days=(n + m) % 5 - 2) if (n + m) % 7 else None
            DutyOf.objects.create(
                project=project, seq=1, ref=f"{n}.{m}", day=DAY, by="x", role="construction", code="x", title="x",
                owed_by=body, started_on=DAY, due_on=due, unit=unit, closed_on=DAY if n % 9 == 0 else None,
            )  # fmt: skip


def post(role: Role, unit: str = "", project: str = "") -> Holding:
    return Holding(role, unit, project)


POSTS: dict[str, list[Holding]] = {
    "an office": [post(Role.CONSTRUCTION, "wcs")],
    "an outside party": [post(Role.CONTRACTOR, project="HA-03")],
    "bureau-wide": [post(Role.CYBER_OFFICE)],
    "two offices and a division": [
        post(Role.CONSTRUCTION, "wcs"), post(Role.CONSTRUCTION, "spc"), post(Role.GENERAL_OFFICE),
    ],
    "nothing owed": [post(Role.LEGAL)],
}  # fmt: skip


def told(posts: Iterable[Holding], duty: DutyOf) -> bool:
    """What the rule says in words: a body of the post owes it, on a project that the post reaches."""
    for post in posts:
        reached = (not post.project or post.project == duty.project.code) and (
            not post.unit or post.unit == duty.project.unit
        )
        if reached and post.role.value in duty.owed_by.split(","):
            return True
    return False


@pytest.mark.usefixtures("_book")
@pytest.mark.parametrize("who", POSTS)
def test_each_post_finds_what_it_owes(who: str) -> None:
    open_ = [d for d in DutyOf.objects.filter(closed_on=None).select_related("project") if told(POSTS[who], d)]
    windows = {
        before(DAY): lambda d: d.due_on and d.due_on < DAY,
        between(DAY, DAY): lambda d: d.due_on == DAY,
        after(DAY): lambda d: d.due_on and d.due_on > DAY,
        UNDATED: lambda d: d.due_on is None,
    }
    agenda = Agenda(POSTS[who]).mine()
    found = agenda.first(*((window, 99) for window in windows))
    wanted = [[d for d in open_ if holds(d)] for holds in windows.values()]
    assert [{d.pk for d in part} for part in found] == [{d.pk for d in part} for part in wanted]
    assert agenda.counts(*windows) == [len(part) for part in wanted]
    for part in found:
        assert [(d.due_on, d.project_id) for d in part] == sorted((d.due_on, d.project_id) for d in part)
    assert [len(part) for part in agenda.first(*((w, 2) for w in windows))] == [min(2, len(part)) for part in wanted]


@pytest.mark.usefixtures("_book")
def test_duties_of_an_earlier_version_are_given_their_office() -> None:
    DutyOf.objects.update(unit=None)
    fill = import_module("guicheng.records.migrations.0006_duty_unit_filled").fill
    fill(apps, SimpleNamespace())
    assert all(d.unit == d.project.unit for d in DutyOf.objects.select_related("project"))
