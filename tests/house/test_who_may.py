"""Every act × every role × own, another's, logged out: the hand-written table against the query that decides."""

from datetime import date
from pathlib import Path

import pytest
import yaml

from guicheng.people.access import roles_of
from guicheng.people.models import Person, Post, Unit
from guicheng.people.roles import PROJECT_BOUND, UNIT_BOUND, Role
from guicheng.regulations.base import regulation

TABLE: dict[str, list[str]] = yaml.safe_load(Path(__file__).with_name("who_may.yaml").read_text(encoding="utf8"))
LAW = regulation()
DAY = date(2025, 6, 2)
HERE, ELSEWHERE = ("HA-OWN", "zwfw"), ("HA-OTHER", "gcsp")
HELD = [r for r in Role if r not in (Role.CLOCK, Role.SETUP)]


def test_the_table_names_every_act_and_no_other() -> None:
    assert set(TABLE) == set(LAW.acts)


def test_the_table_and_the_declarations_agree() -> None:
    differ = {a: (sorted(TABLE[a]), sorted(s.by)) for a, s in LAW.acts.items() if sorted(TABLE[a]) != sorted(s.by)}
    assert differ == {}


@pytest.fixture
def holders(db: None) -> None:
    """One person for each role, on the own project or for its unit."""
    unit = Unit.objects.create(code="zwfw", name="政务服务协调处", seq=1, day=DAY)
    for role in HELD:
        person = Person.objects.create(username=f"a-{role}", name=str(role), unit=unit, seq=1, day=DAY)
        Post.objects.create(
            person=person, role=role, since=DAY, until=DAY, seq=1, day=DAY,
            unit="zwfw" if role in UNIT_BOUND else "", project="HA-OWN" if role in PROJECT_BOUND else "",
        )  # fmt: skip


@pytest.mark.parametrize("act", sorted(TABLE))
def test_who_may(act: str, holders: None) -> None:
    may = tuple(LAW.acts[act].by)
    for role in HELD:
        named = role in TABLE[act]
        assert bool(roles_of(f"a-{role}", DAY, *HERE, may)) is named, f"{role} 在自己的项目上"
        bound = role in PROJECT_BOUND | UNIT_BOUND
        assert bool(roles_of(f"a-{role}", DAY, *ELSEWHERE, may)) is (named and not bound), f"{role} 在别人的项目上"
    assert roles_of("nobody", DAY, *HERE, may) == []


@pytest.mark.parametrize("day", [date(2025, 6, 1), date(2025, 6, 3)])
def test_a_post_holds_from_its_first_day_to_its_last(day: date, holders: None) -> None:
    assert roles_of("a-legal", DAY, *HERE) == ["legal"]
    assert roles_of("a-legal", day, *HERE) == []
