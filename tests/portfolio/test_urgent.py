"""What is urgent, the worst first, and only to those who reach it now."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db.models import Q

from guicheng.portfolio.cockpit import overdue_longest
from guicheng.portfolio.models import Kept
from guicheng.portfolio.sight import Reach
from guicheng.portfolio.urgent import need_action, urgent
from guicheng.records.project import DutyOf, Project

DAY = date(2026, 5, 6)
OFFICE = Reach(False, frozenset({"wcs"}), frozenset())
EVERYWHERE = Reach(True, frozenset(), frozenset())

pytestmark = pytest.mark.django_db


def judged(code: str, colour: str, unit: str = "wcs") -> Project:
    """A project with a duty overdue, as it was judged while its office was `unit`."""
    project = Project.objects.create(
        code=code, title="例", unit=unit, edition="2023-04-19", filed_on=DAY, stage=110, furthest=110
    )
    since = DAY - timedelta(days=9)
    Kept.objects.create(
        project=project, colour=colour, seq=1, day=DAY, at=datetime.now(UTC), unit=unit, stage=110, year=2026, budget=0,
        late=1, late_since=since,
    )  # fmt: skip
    DutyOf.objects.create(
        project=project, seq=1, ref="1", day=DAY, by="x", role="construction", code="x", title="x", unit=unit,
        owed_by="construction", started_on=since, due_on=since,
    )  # fmt: skip
    return project


def test_red_comes_before_amber_and_the_last_entered_first() -> None:
    amber, first, second = judged("HA-1", "amber"), judged("HA-2", "red"), judged("HA-3", "red")
    judged("HA-4", "green"), judged("HA-5", "red", "spc")
    assert [key for keys in urgent(OFFICE, Q()) for key in keys] == [second.pk, first.pk, amber.pk]
    assert [key for keys in urgent(OFFICE, Q(code="HA-2")) for key in keys] == [first.pk]
    assert need_action(OFFICE) == [second, first]
    assert [p.code for p in need_action(EVERYWHERE, 2)] == ["HA-5", "HA-3"]


@pytest.mark.parametrize("moved", [False, True])
def test_a_system_handed_over_and_not_judged_since_is_no_longer_shown_to_its_old_office(moved: bool) -> None:
    project = judged("HA-1", "red")
    if moved:
        Project.objects.update(unit="spc")
    assert bool(need_action(OFFICE)) is bool(overdue_longest(OFFICE, DAY)) is (not moved)
    assert [key for keys in urgent(OFFICE, Q()) for key in keys] == ([] if moved else [project.pk])
    assert need_action(EVERYWHERE) == [project]
