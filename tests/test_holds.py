"""A project's own row tells in which tables acts wrote rows of it: rules over the others are not asked."""

from importlib import import_module
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from guicheng.door.deed import Deed
from guicheng.door.outcome import Request
from guicheng.door.perform import preview
from guicheng.judge.edition import figures_of
from guicheng.judge.shared import asking
from guicheng.judge.statement import Shape
from guicheng.judge.verdict import judge
from guicheng.law.words import stands_on
from guicheng.ledger.models import Chain
from guicheng.portfolio.sweep import figures_now
from guicheng.records.project import PaperOf, Project
from guicheng.records.tables import looked_up, project_tables, with_table
from guicheng.records.trial import Trial
from guicheng.regulations.base import regulation
from tests.support.door import CODE, DAY, open_project, paper, project_act

LAW = regulation()
pytestmark = pytest.mark.django_db


def project() -> Project:
    return Project.objects.get(code=CODE)


def forget() -> None:
    """The project as one that an earlier version left."""
    Project.objects.update(holds=None, noted_at=None)


def fill() -> None:
    migration = import_module("guicheng.records.migrations.0010_holds_noted")
    migration.fill(apps, SimpleNamespace(connection=connection))


def test_an_act_notes_the_table_that_it_writes_and_no_other() -> None:
    open_project()
    filed = project().holds
    assert filed is not None and ",filing," in filed and ",paperof," not in filed
    assert project_act("attach-paper", paper()).ok
    assert project().holds == with_table(filed, PaperOf) == looked_up(project())


def test_a_second_row_and_no_row_note_nothing() -> None:
    open_project()
    assert project_act("attach-paper", paper()).ok
    before = project().holds
    assert project_act("attach-paper", paper("另一份")).ok
    some_act: Any = None
    deed = Deed(
        some_act, project=project(), code=CODE, seq=9, day=DAY, by="x", role="construction", edition="2023-04-19",
        figures=figures_of(LAW, "2023-04-19", 0),
    )  # fmt: skip
    assert deed.keep_rows(PaperOf, []) == []
    assert deed.project.holds == project().holds == before


def test_a_trial_and_a_refusal_note_nothing() -> None:
    open_project()
    before = project().holds
    asked = {"project": CODE, "act": "attach-paper", "by": "li.wei", "on": DAY}
    assert preview(Request(**asked, data=paper())).ok
    assert not project_act("attach-paper", paper() | {"digest": "?"}).ok
    assert project().holds == before


def test_names_stand_in_order_each_once() -> None:
    assert with_table(",", PaperOf) == ",paperof,"
    assert with_table(",filing,trial,", PaperOf) == ",filing,paperof,trial,"
    assert with_table(",filing,paperof,", PaperOf) == ",filing,paperof,"


def test_a_project_of_before_is_judged_alike_and_noted_at_its_next_act() -> None:
    open_project()
    known = project()
    forget()
    figures = figures_now(LAW, known.edition)
    assert judge(LAW, project(), DAY, figures) == judge(LAW, known, DAY, figures)
    assert project().holds is None
    assert project_act("attach-paper", paper()).ok
    assert project().holds == with_table(str(known.holds), PaperOf) == looked_up(project())


def test_an_act_of_an_earlier_version_makes_what_is_noted_worthless() -> None:
    """While an upgrade goes on, a process of before writes a row and moves the project on; it knows nothing of notes."""
    open_project()
    PaperOf._default_manager.create(
        project=project(), seq=2, ref="2", day=DAY, by="x", role="construction", digest="sm3:0"
    )
    assert project().noted == project().holds
    Project.objects.update(seq=2)
    assert project().noted is None
    Chain.objects.filter(code=CODE).update(seq=2)
    assert project_act("attach-paper", paper()).ok
    assert ",paperof," in str(project().noted)
    assert project().holds == looked_up(project())


def test_upgrading_notes_what_the_acts_would_have_with_table() -> None:
    open_project()
    open_project("HA-2")
    assert project_act("attach-paper", paper()).ok
    before = list(Project.objects.order_by("code").values_list("holds", flat=True))
    forget()
    fill()
    assert list(Project.objects.order_by("code").values_list("holds", flat=True)) == before
    assert before[0] != before[1]


def test_upgrading_locks_projects_before_it_looks() -> None:
    """Else, on PostgreSQL, one that an act of before was just moving on would be noted as it had been."""
    open_project()
    forget()
    with CaptureQueriesContext(connection) as asked:
        fill()
    kinds = [q["sql"].split()[0] for q in asked if "records_project" in q["sql"]]
    assert kinds == ["SELECT", "SELECT", "UPDATE"]
    assert ("FOR NO KEY UPDATE" in asked[-3]["sql"]) is (connection.vendor == "postgresql")


def test_upgrading_leaves_alone_what_is_with_table() -> None:
    open_project()
    Project.objects.update(holds=",trial,")
    fill()
    assert project().holds == ",trial,"


def test_upgrading_looks_into_every_table_of_projects() -> None:
    with_project = {
        m for m in apps.get_app_config("records").get_models() if any(f.name == "project" for f in m._meta.fields)
    }
    assert with_project == set(project_tables())


def test_only_what_stands_on_a_noted_table_is_asked() -> None:
    """And what stands on a table with a gap, or on none."""

    def asked(holds: str, gaps: str) -> set[str]:
        found = asking(LAW.id, Shape(LAW.figures), connection.vendor, holds, gaps)
        return {rule for statement in found for rule in statement.columns}

    on_trials = {id for id, rule in LAW.rules.items() if stands_on(rule.condition()) is Trial}
    on_none = {id for id, rule in LAW.rules.items() if stands_on(rule.condition()) is None}
    assert on_trials
    assert asked(",", "") == on_none
    assert asked(",trial,", "") == asked(",", ",trial,") == on_none | on_trials
