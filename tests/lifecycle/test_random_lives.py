"""Random lives: a demonstration life bent at random places, act by act through the door. What must hold whatever comes.

The lives are long and true to the regulation, so that bent ones get far; what is bent is who, when, what and in which order."""

import os
from collections.abc import Iterator
from copy import deepcopy
from datetime import date, timedelta
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guicheng.demo import build, bureau
from guicheng.demo.life import BUREAU, Spec
from guicheng.door import fold
from guicheng.door.check import wrong_stage
from guicheng.door.outcome import Outcome, Request
from guicheng.door.perform import perform, preview
from guicheng.judge.edition import figures_of
from guicheng.judge.verdict import judge
from guicheng.law.declare import HARD
from guicheng.ledger.append import bodies
from guicheng.ledger.digest import GENESIS, entry_hash
from guicheng.ledger.models import Chain, Entry
from guicheng.records.project import Project
from guicheng.records.stage import ENDED
from guicheng.records.tables import looked_up, snapshot_project
from guicheng.regulations.base import regulation

LIVES = int(os.environ.get("GUICHENG_LIVES", "4"))
STORIES = ("restart", "reconsider", "fail", "conditional", "exempt-study", "change-near", "claim", "incident")
CODES = count(500)
LAW = regulation()


@st.composite
def bent_lives(draw: st.DrawFn) -> list[dict[str, Any]]:
    """A life with a few random bends."""
    stories = tuple(draw(st.sets(st.sampled_from(STORIES), max_size=3)))
    kind = draw(st.sampled_from(["software", "hardware", "mixed", "security"]))
    start = date(2023, 5, 8) + timedelta(days=draw(st.integers(0, 300)))
    spec = Spec(
        f"HA-2023-{next(CODES)}", "随机的一生", "zwfw", start, draw(st.integers(60, 800)), kind, "operation", stories
    )
    lines = build.live(spec, draw(st.integers(0, 6)))
    for _ in range(draw(st.integers(1, 8))):
        lines = draw(st.sampled_from(BENDS))(draw, lines)
    return lines


def drop(draw: st.DrawFn, lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Something was forgotten."""
    at = draw(st.integers(1, len(lines) - 1))
    return lines[:at] + lines[at + 1 :]


def swap(draw: st.DrawFn, lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Two things were done in the other order, on each other's day."""
    at = draw(st.integers(1, len(lines) - 2))
    one, other = lines[at], lines[at + 1]
    return [*lines[:at], other | {"on": one["on"]}, one | {"on": other["on"]}, *lines[at + 2 :]]


def shift(draw: st.DrawFn, lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """One thing was done on another day."""
    at = draw(st.integers(1, len(lines) - 1))
    day = date.fromisoformat(lines[at]["on"]) + timedelta(days=draw(st.integers(-40, 40)))
    return [*lines[:at], lines[at] | {"on": day.isoformat()}, *lines[at + 1 :]]


def impostor(draw: st.DrawFn, lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Someone else does it."""
    at = draw(st.integers(1, len(lines) - 1))
    by = draw(
        st.sampled_from(["sun.li", "cao.peng", "ding.haiyan", "he.qing", "fang.zhi", "qin.zheng", "meng.fan", "nobody"])
    )
    return [*lines[:at], lines[at] | {"by": f"user:{by}"}, *lines[at + 1 :]]


def amount(draw: st.DrawFn, lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """A sum is written wrong by some per cent, or by one fen."""
    at = draw(st.sampled_from([i for i, x in enumerate(lines) if "amount" in x["data"] or "cost" in x["data"]]))
    bent = deepcopy(lines[at])
    name = "amount" if "amount" in bent["data"] else "cost"
    was = bent["data"][name]
    bent["data"][name] = draw(st.sampled_from([was + 1, was - 1, was * 2, was * 103 // 100, was // 2]))
    return [*lines[:at], bent, *lines[at + 1 :]]


def twice(draw: st.DrawFn, lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same thing is done again."""
    at = draw(st.integers(1, len(lines) - 1))
    return [*lines[: at + 1], lines[at] | {"id": lines[at]["id"] + "-again"}, *lines[at + 1 :]]


BENDS = (drop, swap, shift, impostor, amount, twice)


def request(line: dict[str, Any]) -> Request:
    return Request(
        line["project"], line["act"], line["by"].removeprefix("user:"), line["on"], line["data"], id=line["id"]
    )


def state(code: str) -> Any:
    """Everything that is recorded of a project, and the head of its chain."""
    project = Project.objects.filter(code=code).first()
    head = Chain.objects.filter(code=code).values_list("seq", "head").first()
    return (snapshot_project(project) if project else None, head)


@pytest.fixture
def office(db: None) -> Iterator[None]:
    for line in bureau.opening():
        assert perform(request(line)).ok
    yield


def one_act(line: dict[str, Any]) -> Outcome:
    """The preview foretells the verdict and keeps nothing; whatever is not accepted changes nothing."""
    code, asked = line["project"], request(line)
    before = state(code)
    foretold = preview(asked)
    assert state(code) == before
    outcome = perform(asked)
    assert foretold.outcome == outcome.outcome
    assert [b["rule"] for b in foretold.breaches] == [b["rule"] for b in outcome.breaches]
    if outcome.outcome == "accepted":
        assert Chain.objects.get(code=code).seq == outcome.seq
    else:
        assert state(code) == before
        assert outcome.breaches or outcome.errors or outcome.outcome == "skipped"
    return outcome


def no_hard_breach(code: str, day: date) -> None:
    """No breach of a HARD rule is ever reached through the door on the day of the act."""
    project = Project.objects.filter(code=code).first()
    if project is not None:
        assert project.holds == looked_up(project)
        found = judge(LAW, project, day, figures_of(LAW, project.edition, 10_000))
        assert [i for i in found.breached if LAW.rules[i].force == HARD] == []
        assert found.unknown == frozenset()


def ledger_and_tables(code: str) -> None:
    """The chain's hashes follow from its entries, and its entries make the tables again."""
    head = GENESIS
    for entry in Entry.objects.filter(chain=code).order_by("seq"):
        head = entry_hash(head, entry.body.encode())
        assert entry.hash == head
    project = Project.objects.get(code=code)
    assert Chain.objects.get(code=code).head == head
    before = snapshot_project(project)
    fold.refold(LAW, project, bodies(code))
    assert snapshot_project(Project.objects.get(code=code)) == before


def somebody_can_act(code: str) -> None:
    project = Project.objects.get(code=code)
    general = {"attach-paper", "correct", "note-integrity", "read-for-integrity", "declare-interest"}
    open_acts = [
        s for s in LAW.acts.values() if s.scope == "project" and not s.opening and wrong_stage(s, project) is None
    ]
    assert project.stage in ENDED or {s.code for s in open_acts} - general


@settings(
    max_examples=LIVES, deadline=None, derandomize=True, database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)  # fmt: skip
@given(lines=bent_lives())
@pytest.mark.filterwarnings("ignore::guicheng.law.periods.YearWithoutData")
def test_what_always_holds(office: None, lines: list[dict[str, Any]]) -> None:
    code = next(line["project"] for line in lines if line["project"] != BUREAU)
    done = 0
    for line in lines:
        outcome = one_act(line)
        done += outcome.outcome == "accepted"
        if line["project"] != BUREAU and outcome.outcome == "accepted":
            no_hard_breach(code, date.fromisoformat(line["on"]))
    assert done > 1
    ledger_and_tables(code)
    somebody_can_act(code)
