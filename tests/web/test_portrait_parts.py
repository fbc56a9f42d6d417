"""The parts of a portrait against the demonstration: the way, readiness, meters, clocks, health."""

from datetime import date

import pytest

from guicheng.door.outcome import Request
from guicheng.door.perform import perform
from guicheng.ledger.models import Entry
from guicheng.portfolio.portrait.book import Book
from guicheng.portfolio.portrait.clocks import clocks
from guicheng.portfolio.portrait.health import health
from guicheng.portfolio.portrait.history import page
from guicheng.portfolio.portrait.meters import meters
from guicheng.portfolio.portrait.readiness import Readiness, readiness
from guicheng.portfolio.portrait.verdicts import standing
from guicheng.portfolio.portrait.way import LOOPS, way
from guicheng.records.project import Project
from guicheng.records.stage import ENDED, Stage
from guicheng.records.tables import snapshot_project

pytestmark = [
    pytest.mark.usefixtures("demo_site"),
    pytest.mark.filterwarnings("ignore::guicheng.law.periods.YearWithoutData"),
]
DAY = date(2026, 11, 24)


def book(code: str, day: date = DAY) -> Book:
    return Book(Project.objects.get(code=code), day)


def ready(code: str) -> Readiness:
    opened = book(code)
    return readiness(opened, way(opened))


def missing(code: str) -> set[str]:
    return {i.rule.rpartition(".")[2] for i in ready(code).items if i.rule}


def every() -> list[Book]:
    return [Book(p, DAY) for p in Project.objects.order_by("code")]


def test_the_way_stands_where_the_project_stands() -> None:
    for opened in every():
        found, stage = way(opened), Stage(opened.project.stage)
        here = [s.stage for s in found.steps if s.state == "here"]
        assert here == [Stage.ACCEPTANCE if stage in LOOPS else stage]
        assert found.ended == (stage in ENDED)


def test_days_of_the_way_never_run_backwards_and_none_is_lost() -> None:
    for opened in every():
        if opened.project.gaps:
            continue
        steps = [s for s in way(opened).steps if s.state in {"done", "here"}]
        known = [s.on for s in steps if s.on]
        assert known == sorted(known), opened.project.code
        assert not [s for s in way(opened).steps if s.state == "unknown"], opened.project.code


def test_looking_changes_nothing() -> None:
    for code in ("HA-2026-002", "HA-2025-008", "HA-2025-006", "HA-2025-005", "HA-2025-002"):
        opened = book(code)
        before = snapshot_project(opened.project), Entry.objects.count()
        readiness(opened, way(opened))
        assert (snapshot_project(Project.objects.get(code=code)), Entry.objects.count()) == before


@pytest.mark.parametrize(
    ("code", "rule", "act", "by", "data"),
    [
        ("HA-2026-002", "process-not-reviewed", "review-process-legality", "tan.lvyan",
         {"ref": "LC-9", "scope": "initiation", "outcome": "passed", "opinion": "流程合法", "steps": ["研讨", "把关", "党组"]}),
        ("HA-2024-017", "reapplied-before-rectified", "report-rectification", None,
         {"done": "逐条整改完成", "report": "sha256:" + "1" * 64}),
        ("HA-2024-001", "not-guided", "give-guidance", "fang.zhi",
         {"occasion": "implementation", "opinion": "按方案实施", "agreed": True}),
    ],
)  # fmt: skip
def test_an_item_disappears_when_the_act_that_cures_it_is_performed(
    code: str, rule: str, act: str, by: str | None, data: dict[str, object]
) -> None:
    items = {i.rule.rpartition(".")[2]: i for i in ready(code).items if i.rule}
    assert rule in items
    assert act in {c.code for c in items[rule].cures}
    done = perform(Request(code, act, by or contractor(code), DAY.isoformat(), data))
    assert done.outcome == "accepted", done.as_json()
    assert rule not in missing(code)


def contractor(code: str) -> str:
    from guicheng.people.models import Post

    return str(Post.objects.filter(project=code, role="contractor").values_list("person_id", flat=True)[0])


def test_what_is_ready_can_be_done() -> None:
    """Where nothing is missing, the leading act has no rule against it but those of its own form."""
    found = ready("HA-2026-012")
    assert found.ready and found.gate is not None and found.gate.spec.code == "acknowledge-filing"
    done = perform(
        Request("HA-2026-012", "acknowledge-filing", "zhou.mingyuan", DAY.isoformat(), {"received_by": "周明远"})
    )
    assert done.outcome == "accepted"
    assert ready("HA-2026-012").gate.spec.code == "submit-to-party-group"  # type: ignore[union-attr]  # it goes on


def test_a_trial_that_is_not_over_is_a_thing_to_wait_for() -> None:
    opened = book("HA-2025-006", date(2026, 6, 1))
    found = readiness(opened, way(opened))
    waits = [i for i in found.items if i.kind == "wait"]
    clock = next(c for c in clocks(opened) if c.title[0] == "试运行")
    assert [w.until for w in waits] == [clock.day]
    assert clock.state(opened.day) == "running" and not found.ready


def test_a_restart_moves_the_clock() -> None:
    clock = next(c for c in clocks(book("HA-2025-006")) if c.title[0] == "试运行")
    assert clock.restarts and clock.start == clock.restarts[-1]


def test_meters_agree_with_the_verdicts() -> None:
    """A meter is over its limit exactly where its rule is in breach."""
    rules = {
        "changes": "changes-beyond-share",
        "contracts": "contracted-beyond-budget",
        "payments": "paid-beyond-contract",
    }
    for opened in every():
        against = {f.rule.code for f in standing(opened) if f.verdict != "unknown"}
        for m in meters(opened):
            if m.kept is not None and m.code in rules:
                assert (not m.kept) <= (rules[m.code] in against), (opened.project.code, m)
            if m.kept is not None and m.code == "security":
                assert m.kept or any(c.startswith("security-share") for c in against), (opened.project.code, m)


def test_a_meter_says_number_unit_and_limit() -> None:
    security = next(m for m in meters(book("HA-2024-018")) if m.code == "security")
    assert security.words == "23.94万元，占342.00万元的7%，应不低于5%（17.10万元）"
    assert 0 < security.mark < 100 and security.kept


def test_health_has_a_reason_for_every_colour_but_green() -> None:
    seen = set()
    for opened in every():
        found = health(opened, standing(opened))
        seen.add(found.colour)
        assert (found.colour == "green") == (not found.reasons)
    assert seen == {"red", "amber", "green"}


def history(code: str) -> list[tuple[int, str, str]]:
    return list(Entry.objects.filter(chain=code).order_by("-seq").values_list("seq", "body", "hash"))


def test_a_correction_strikes_its_entry_through() -> None:
    code = "HA-2025-006"
    opened = book(code)
    target = next(line for line in page(opened, history(code), 200).lines if line.spec.code == "report-progress")
    done = perform(Request(code, "correct", "luo.an", DAY.isoformat(), {"entry": target.seq, "reason": "重复登记"}))
    assert done.outcome == "accepted", done.as_json()
    lines = {line.seq: line for line in page(book(code), history(code), 200).lines}
    assert lines[target.seq].corrected_by == done.seq and lines[target.seq].voided
