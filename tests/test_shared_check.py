"""The door's check shares scans and leaves out tables without rows: its verdicts are those of the portfolio's statements."""

import random
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guicheng.judge.many import for_portfolio
from guicheng.judge.statement import Shape
from guicheng.judge.verdict import judge
from guicheng.law.words import has, here, lacks, stands_on
from guicheng.portfolio.sweep import figures_now
from guicheng.records.procurement import Contract
from guicheng.records.project import DutyOf, Project
from guicheng.records.tables import project_tables
from guicheng.regulations.base import regulation

LAW = regulation()
DAY = date(2025, 6, 1)
pytestmark = pytest.mark.django_db
REFS = ("1", "2", "HT-1")
WORDS: tuple[Any, ...] = ("main", "agreed", "passed", "sun.li", "zwfw", "software", "甲", "1", None)


def by_portfolio(project: Project, day: date) -> tuple[set[str], set[str]]:
    """Breached and unknown, one statement a rule, as the audit asks them."""
    figures = figures_now(LAW, project.edition)
    values = {"edition": project.edition, "day": day, **figures.bound}
    found: dict[str, Any] = {}
    for rule in LAW.rules:
        rows = for_portfolio(LAW.id, rule, Shape(figures), connection.vendor, bool(project.gaps)).rows(**values)
        found.update((rule, row[1]) for row in rows if row[0] == project.code)
    return {r for r, v in found.items() if v}, {r for r, v in found.items() if v is None}


def words_of_rules(field: Any) -> list[Any]:
    return [c for c, _ in field.choices] if field.choices else list(WORDS)


def value(field: Any, chance: random.Random) -> Any:
    """Something that the column takes: often near what a rule compares with, sometimes nothing."""
    if field.null and chance.random() < 0.15:
        return None
    kind = field.get_internal_type()
    if kind == "DateField":
        return DAY + timedelta(days=chance.randint(-400, 400))
    if kind in ("BooleanField", "NullBooleanField"):
        return chance.random() < 0.5
    if "Integer" in kind:
        return chance.choice([0, 1, 2, 5, 12, 24, 2023, 2025, 100, 10_000])
    if kind == "JSONField":
        return []
    chosen = chance.choice(words_of_rules(field))
    return "x" if chosen is None and not field.null else chosen


def random_project(seed: int, gaps: str) -> Project:
    """A project with random rows in random tables: no life that could be, every verdict that could."""
    chance = random.Random(seed)
    stage = chance.choice([10, 40, 70, 100, 120])
    about = {"title": "例", "unit": "zwfw", "edition": "2023-04-19", "stage": stage, "furthest": stage}
    project = Project.objects.create(
        code=f"HA-{Project.objects.count()}", filed_on=DAY, gaps=gaps, budget=chance.choice([None, 100, 10_000_000]),
        major=chance.choice([None, True, False]), **about,
    )  # fmt: skip
    for table in chance.sample(project_tables(), chance.randint(1, len(project_tables()))):
        for n in range(chance.randint(1, 3)):
            own = {"project", "id", "ref", "seq"}
            columns = {f.name: value(f, chance) for f in table._meta.concrete_fields if f.name not in own}
            table._default_manager.create(project=project, ref=REFS[n], seq=chance.randint(1, 30), **columns)
    return project


def gaps_of(seed: int) -> str:
    chance = random.Random(seed)
    some = chance.sample([str(t._meta.model_name) for t in project_tables()], chance.randint(0, 20))
    return chance.choice(["", "", f",{','.join(some)}," if some else ","])


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32), days=st.integers(-800, 800))
def test_random_rows_have_the_same_verdicts_as_in_an_audit(seed: int, days: int) -> None:
    project = random_project(seed, gaps_of(seed))
    day = DAY + timedelta(days=days)
    found = judge(LAW, project, day, figures_now(LAW, project.edition))
    assert (set(found.breached), set(found.unknown)) == by_portfolio(project, day)
    project.delete()


def test_random_rows_find_breaches_and_unknowns_of_many_rules() -> None:
    """The test above would say nothing if random rows were always kept."""
    breached: set[str] = set()
    unknown: set[str] = set()
    for seed in range(30):
        project = random_project(seed, gaps_of(seed))
        found = judge(LAW, project, DAY, figures_now(LAW, project.edition))
        breached |= found.breached
        unknown |= found.unknown
    assert len(breached) > 40
    assert len(unknown) > 40


def test_an_empty_project_is_asked_almost_nothing_and_keeps_everything() -> None:
    project = random_project(0, "")
    for table in project_tables():
        table._default_manager.filter(project=project).delete()
    found = judge(LAW, project, DAY, figures_now(LAW, project.edition))
    assert (set(found.breached), set(found.unknown)) == by_portfolio(project, DAY) == (set(), set())


def test_a_gap_in_an_empty_table_is_still_asked() -> None:
    project = Project.objects.create(
        code="HA-GAP", title="例", unit="zwfw", edition="2023-04-19", stage=70, furthest=70, filed_on=DAY,
        gaps=",contract,",
    )  # fmt: skip
    found = judge(LAW, project, DAY, figures_now(LAW, project.edition))
    assert any("warranty" in i for i in found.unknown)
    assert (set(found.breached), set(found.unknown)) == by_portfolio(project, DAY)


def test_what_a_condition_stands_on() -> None:
    assert stands_on(has(Contract)) is Contract
    assert stands_on(here.stage.present & has(Contract) & lacks(DutyOf)) is Contract
    assert stands_on(lacks(Contract)) is None
    assert stands_on(has(Contract) | has(DutyOf)) is None
    assert stands_on(~has(Contract)) is None
