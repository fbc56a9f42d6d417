"""The sums equal what is kept added up, and what is kept equals the full count: after a refresh, after acts, in any order."""

from collections import Counter
from random import Random
from typing import Any

import pytest
from django.db.models import F, Q

from guicheng.door.clock import today
from guicheng.portfolio import standing
from guicheng.portfolio.audit import audit
from guicheng.portfolio.clauses import by_rule, kept_audit
from guicheng.portfolio.cockpit import age, cells, figures
from guicheng.portfolio.models import Kept, KeptFinding, Refreshed
from guicheng.portfolio.sight import Reach
from guicheng.portfolio.standing import refresh
from guicheng.portfolio.sweep import sweep
from guicheng.records.project import DutyOf, Project
from guicheng.records.stage import ENDED
from guicheng.regulations.base import regulation
from tests.engines.random_book import write
from tests.portfolio.test_paging import EVERYWHERE
from tests.support.door import CODE, found_bureau, open_project, paper, project_act
from tests.support.kept import added_up, refresh_one, summed

pytestmark = pytest.mark.django_db
LAW = regulation()


def full_count() -> dict[str, int]:
    """The figures of the cockpit, counted over the book itself."""
    day, every = today(), Project.objects
    return {
        "全部项目": every.count(), "进行中": every.exclude(stage__in=ENDED).count(),
        "须处理": every.filter(kept__colour="red").count(),
        "逾期职责": DutyOf._default_manager.filter(closed_on__isnull=True, due_on__lt=day).count(),
        f"{day.year}年报备": every.filter(filed_on__year=day.year).count(),
        "批准金额": sum(b or 0 for b in every.values_list("budget", flat=True)),
    }  # fmt: skip


def shown() -> dict[str, int]:
    found = cells(EVERYWHERE)
    return {f.zh: f.value for f in figures(found, found, today())}


@pytest.mark.parametrize("portion", [1, 7, 5000])
def test_after_a_refresh_the_sums_equal_the_full_count(portion: int, monkeypatch: pytest.MonkeyPatch) -> None:
    write(portion, 40)
    monkeypatch.setattr(standing, "PORTION", portion)
    ticks: list[tuple[int, int]] = []
    assert refresh(today(), lambda done, of: ticks.append((done, of))) == 40
    assert ticks[-1] == (40, 40)
    assert summed() == added_up()
    assert shown() == full_count()
    full = {(f.project, f.rule, f.verdict) for f in sweep(LAW, today(), LAW.rules.values())}
    assert set(KeptFinding._default_manager.values_list("project__code", "rule", "verdict")) == full
    tallies = by_rule(LAW, EVERYWHERE)
    assert {(r, v): getattr(tallies[r], v) for _, r, v in full} == Counter((r, v) for _, r, v in full)
    assert all(t.breached + t.unknown + t.exempted + t.kept == 40 for t in tallies.values())


def test_the_kept_audit_has_the_counts_of_the_full_one() -> None:
    assert kept_audit(LAW) is None
    write(5, 30)
    refresh(today())
    full, kept = audit(today()).as_json(), kept_audit(LAW)
    assert kept is not None
    assert {k: kept[k] for k in ("regulation", "edition", "as_of", "projects", "rules")} == {
        k: full[k] for k in ("regulation", "edition", "as_of", "projects", "rules")
    }
    assert kept["moved"] == 0
    assert any(r["breached"] for r in kept["rules"])


@pytest.mark.parametrize("seed", range(3))
def test_after_any_changes_one_by_one_and_all_together_they_still_do(seed: int) -> None:
    write(seed, 25)
    r = Random(seed)
    refresh(today())
    for _ in range(30):
        one = r.choice(list(Project.objects.all()))
        changed = {"unit": r.choice("abc"), "stage": r.choice((10, 70, 120)), "budget": r.choice((None, 5, 10**9))}
        Project.objects.filter(pk=one.pk).update(seq=F("seq") + 1, **dict(r.sample(sorted(changed.items()), 2)))
        refresh_one(one.code)
        assert summed() == added_up()
    assert shown() == full_count()
    before = summed()
    refresh(today())
    assert summed() == before == added_up()


def test_acts_through_the_door_move_the_figures() -> None:
    found_bureau()
    open_project()
    refresh_one(CODE)
    assert shown() == full_count()
    assert shown()["全部项目"] == 1
    project_act("attach-paper", paper())
    refresh_one(CODE)
    assert (shown(), summed()) == (full_count(), added_up())


def test_what_moved_on_while_it_was_judged_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    write(4, 10)
    refresh(today())
    judged, moved = standing._judged, Project.objects.order_by("pk")[3]

    def meanwhile(*args: Any) -> Any:
        found = judged(*args)
        Project.objects.filter(pk=moved.pk).update(seq=F("seq") + 1, unit="elsewhere")
        refresh_one(moved.code)
        return found

    monkeypatch.setattr(standing, "_judged", meanwhile)
    refresh(today())
    assert Kept._default_manager.get(project=moved).unit == "elsewhere"
    assert summed() == added_up()


def test_the_age_of_the_figures_and_what_moved_on_since() -> None:
    found_bureau()
    open_project()
    refresh(today())
    assert age(EVERYWHERE) == (today(), 0)
    project_act("attach-paper", paper())
    assert age(EVERYWHERE) == (today(), 1)
    assert age(Reach(False, frozenset({"elsewhere"}), frozenset())) == (today(), 0)
    refresh_one(CODE)
    assert age(EVERYWHERE) == (today(), 0)
    assert Refreshed._default_manager.count() == 1


def test_readers_of_a_unit_or_of_single_projects_have_their_own_sums() -> None:
    write(9, 40)
    for i, key in enumerate(Project.objects.values_list("pk", flat=True)):
        Project.objects.filter(pk=key).update(unit="abcd"[i % 4])
    refresh(today())
    codes = frozenset(Project.objects.filter(unit="d").values_list("code", flat=True)[:3])
    fits = {
        Reach(False, frozenset("a"), frozenset()): Q(unit="a"),
        Reach(False, frozenset("ab"), frozenset()): Q(unit__in="ab"),
        Reach(False, frozenset(), codes): Q(code__in=codes),
        Reach(False, frozenset("d"), codes): Q(unit="d"),
        Reach(False, frozenset("a"), codes): Q(unit="a") | Q(code__in=codes),
    }
    for reach, fit in fits.items():
        mine = Project.objects.filter(fit)
        assert sum(c.projects for c in cells(reach)) == mine.count() > 0
        assert sum(c.budget for c in cells(reach)) == sum(b or 0 for b in mine.values_list("budget", flat=True))
        breached = KeptFinding._default_manager.filter(project__in=mine, verdict="breached").count()
        assert sum(t.breached for t in by_rule(LAW, reach).values()) == breached
