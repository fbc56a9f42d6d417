"""An act through the site keeps how its project stands, in its own transaction: what is kept is what an audit would find."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from guicheng.door.clock import today
from guicheng.door.outcome import Outcome, Request
from guicheng.door.perform import perform
from guicheng.judge.verdict import judge
from guicheng.ledger.models import Entry
from guicheng.portfolio import standing
from guicheng.portfolio.models import Kept, KeptFinding
from guicheng.portfolio.standing import beside, refresh
from guicheng.portfolio.sweep import figures_now, sweep
from guicheng.records.project import Project
from guicheng.records.stage import Stage
from guicheng.regulations.base import regulation
from tests.support.door import paper
from tests.support.kept import added_up, summed
from tests.web.test_act_doing import CODE, FILED, OWNER, PLAN, head, here, own

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]
LAW = regulation()
Pairs = set[tuple[str, str]]


@pytest.fixture(autouse=True)
def _judged(demo_site: None) -> None:
    refresh(today())


def kept(code: str) -> Pairs:
    return set(KeptFinding._default_manager.filter(project__code=code).values_list("rule", "verdict"))


def audited(code: str) -> Pairs:
    return {(f.rule, f.verdict) for f in sweep(LAW, today(), LAW.rules.values()) if f.project == code}


def stands_as_audited(code: str) -> Pairs:
    """What is kept of the project, once it is seen that it is of its last act, of today, and what an audit finds."""
    row, project = Kept._default_manager.get(project__code=code), Project.objects.get(code=code)
    assert (row.seq, row.day, row.stage, row.budget) == (project.seq, today(), project.stage, project.budget or 0)
    found = kept(code)
    assert found == audited(code)
    assert summed() == added_up()
    return found


def done(code: str, act: str, by: str, on: date, data: dict[str, Any]) -> Outcome:
    """Through the door as the site goes through it."""
    outcome = perform(Request(code, act, by, on.isoformat(), data), beside)
    assert outcome.outcome == "accepted", outcome
    return outcome


def test_an_act_of_today(sign_in: SignIn) -> None:
    assert sign_in(OWNER).post(here("submit-estimate"), PLAN | own(_after=head())).status_code == 302
    stands_as_audited(CODE)


def test_a_project_just_filed(sign_in: SignIn) -> None:
    assert sign_in(OWNER).post("/new/file-project/", FILED | own(_code="HA-2026-099")).status_code == 302
    stands_as_audited("HA-2026-099")


@pytest.mark.parametrize("back", [False, True], ids=["of today", "of its last day"])
def test_an_act_of_an_earlier_day_is_kept_as_it_stands_today(back: bool) -> None:
    """The door judges the day of the act; on the last day on which something was done here, no evaluation was late yet."""
    code, late = "HA-2024-003", ("huaian2023:15.evaluate-in-time-late", "breached")
    project = Project.objects.get(code=code)
    assert project.last_on is not None
    figures = figures_now(LAW, project.edition)
    assert late[0] not in judge(LAW, project, project.last_on, figures).breached
    KeptFinding._default_manager.filter(project=project, rule=late[0]).delete()
    done(code, "attach-paper", "zhou.mingyuan", project.last_on if back else today(), paper())
    assert late in kept(code)
    assert kept(code) == audited(code)


def test_a_correction(sign_in: SignIn) -> None:
    browser = sign_in(OWNER)
    browser.post(here("submit-estimate"), PLAN | own(_after=head()))
    asked = own(_after=head(), entry=str(head()), reason="重复提交", _void="yes")
    assert browser.post(here("correct"), asked).status_code == 302
    stands_as_audited(CODE)


def test_what_is_set_aside_stays_set_aside() -> None:
    under_way = KeptFinding._default_manager.filter(verdict="exempted", project__stage__lt=Stage.TERMINATED)
    code = under_way.values_list("project__code", flat=True)[0]
    done(code, "attach-paper", "zhou.mingyuan", today(), paper())
    assert {verdict for _, verdict in stands_as_audited(code)} >= {"exempted"}


@pytest.mark.parametrize(("months", "short"), [("24", False), ("25", True)])
def test_a_project_that_moves_to_another_edition_is_kept_as_judged_by_that(months: str, short: bool) -> None:
    """Its warranty is of 24 months. The door judges the move by the edition that it leaves."""
    code, edition = (
        "HA-2025-005",
        {"ref": "2026-01-01", "number": "淮审批发〔2026〕1号", "title": "管理办法", "starts": "2026-01-01"},
    )
    done("bureau", "publish-edition", "zhou.mingyuan", today(), edition | {"figures": {"warranty.min_months": months}})
    done(code, "move-to-edition", "zhou.mingyuan", today(), {"edition": "2026-01-01", "reason": "新版施行"})
    assert (("huaian2023:14.warranty-too-short", "breached") in stands_as_audited(code)) is short


def test_of_a_refused_act_nothing_is_kept(sign_in: SignIn) -> None:
    before = list(Kept._default_manager.order_by("pk").values())
    late = PLAN | own(_on=(today() + timedelta(days=1)).isoformat())
    assert sign_in(OWNER).post(here("submit-estimate"), late).status_code == 422
    assert list(Kept._default_manager.order_by("pk").values()) == before


def test_where_it_cannot_be_kept_the_act_is_not_done(sign_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any) -> None:
        raise RuntimeError("full")

    monkeypatch.setattr(standing, "keep", broken)
    entries, rows = Entry.objects.count(), list(Kept._default_manager.order_by("pk").values())
    with pytest.raises(RuntimeError, match="full"):
        sign_in(OWNER).post(here("submit-estimate"), PLAN | own(_after=head()))
    assert (Entry.objects.count(), list(Kept._default_manager.order_by("pk").values())) == (entries, rows)
