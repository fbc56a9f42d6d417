"""From trial to operation through the door: a restart, a reconsideration, a failure and a report that loses its force."""

from datetime import date
from typing import Any

import pytest

from guicheng.door.outcome import Outcome, Request
from guicheng.door.perform import perform
from guicheng.people.roles import PROJECT_BOUND, UNIT_BOUND
from guicheng.records.acceptance import Acceptance, Application, Reconsideration, Rectification
from guicheng.records.project import DutyOf, Project
from guicheng.records.security import Assessment
from guicheng.records.stage import Stage
from tests.support.cases import _lay_people, lay

PAPER = "sm3:" + "0" * 64
ROLES = ("construction", "contractor", "supervisor", "technology")
START = {
    "act": "",
    "project": {"stage": "IMPLEMENTATION"},
    "records": {
        "component": [{"ref": "app", "name": "一窗平台", "kind": "software"}],
        "contract": [{"ref": "HT-1", "kind": "main"}, {"ref": "JL-1", "kind": "supervision"}],
        "start": [{"contract": "HT-1", "started_on": date(2024, 6, 1)}],
        "guidance": [{"occasion": "trial", "day": date(2024, 7, 1)}],
        "softwarelist": [{"title": "软件清单", "day": date(2024, 7, 1)}],
    },
}
SYSTEM = {
    "system": "sys-1", "name": "一窗平台", "boundary": "政务云", "data_level": 2, "service_level": 2, "level": 2,
    "graded_on": "2024-08-01", "report": PAPER,
}  # fmt: skip
TRIAL = {
    "component": "app", "system": "sys-1", "scope": "三个窗口", "users": "12人", "data_nature": "simulated",
    "public": False, "plan": PAPER, "rollback": "可回退",
}  # fmt: skip
APPLY = {
    "contract": "HT-1", "completed": "全部完成", "trial_report": PAPER, "self_assessment": "合格",
    "tests": [
        {"kind": k, "title": "测试", "tester": "承建单位", "tested_on": "2025-01-05", "digest": PAPER}
        for k in ("function", "user")
    ],
}  # fmt: skip
ENDORSE = {"summary": PAPER, "file_list": PAPER, "opinion": "具备条件"}


def act(by: str, on: str, code: str, **data: Any) -> Outcome:
    return perform(Request("HA-CASE", code, f"the-{by}", on, data))


def done(*args: Any, **data: Any) -> None:
    outcome = act(*args, **data)
    assert outcome.outcome == "accepted", outcome.as_json()


def refused(rule: str, *args: Any, **data: Any) -> None:
    outcome = act(*args, **data)
    assert [b["rule"] for b in outcome.breaches] == [f"huaian2023:{rule}"], outcome.as_json()


def report(kind: str, ref: str, on: str, passed: bool = True, **more: Any) -> dict[str, Any]:
    return {
        "ref": ref, "system": "sys-1", "kind": kind, "version": "1.0", "scope": "全系统", "assessor": "示例测评公司",
        "reported_on": on, "conclusion": "符合" if passed else "不符合", "passed": passed, "papers": [PAPER],
    } | more  # fmt: skip


def meeting(ref: str, on: str, outcome: str) -> dict[str, Any]:
    seats = [
        ("owner", True),
        ("technology", True),
        *[("expert", True)] * 5,
        ("contractor", False),
        ("supervisor", False),
    ]
    return {
        "ref": ref, "held_on": on, "signed_on": on, "place": "会议室", "outcome": outcome, "report": PAPER,
        "members": [{"capacity": c, "name": "某人", "unit": c, "votes": v} for c, v in seats],
        "checks": [
            {"source": s, "clause": "1", "requirement": "要求", "category": "technical", "method": "test", "evidence": "证据",
             "result": "met"}
            for s in ("tender", "contract", "plan")
        ],
        "trial_part": "平稳", "inspection_part": "相符", "test_part": "通过", "questioning_part": "已答",
    }  # fmt: skip


def open_duties() -> set[str]:
    return set(DutyOf.objects.filter(closed_on__isnull=True).values_list("code", flat=True))


@pytest.fixture
def begun(db: None) -> None:
    """A project under construction, its system graded and filed, its trial begun on 2024-10-08."""
    lay(START)
    for role in ROLES:
        bound = {"project": "HA-CASE"} if role in PROJECT_BOUND else {"unit": "wcs"} if role in UNIT_BOUND else {}
        _lay_people({"posts": [{"person": f"the-{role}", "role": role, "since": date(2020, 1, 1)} | bound]})
    done("technology", "2024-08-02", "grade-system", **SYSTEM)
    assert open_duties() == {"filing-of-grading"}
    done(
        "technology",
        "2024-08-20",
        "file-grading",
        system="sys-1",
        filing_number="1",
        filed_on="2024-08-19",
        filing_proof=PAPER,
    )
    assert open_duties() == set()
    done("technology", "2024-09-20", "record-assessment", **report("test", "T-1", "2024-09-20"))
    refused("13(1).tried-unaccepted", "construction", "2024-10-08", "start-trial", **TRIAL)
    done(
        "construction", "2024-10-07", "accept-trial-run", components=["app"], outcome="passed", attended_by=["建设处室"],
        deployed="已部署", function_check="已核对", documents_check="齐全", minutes=PAPER,
    )  # fmt: skip
    done("construction", "2024-10-08", "start-trial", **TRIAL)


@pytest.fixture
def applied(begun: None) -> None:
    """A restart on 2024-10-20, all three assessed, applied for on the first possible day and endorsed."""
    fault = {"component": "app", "kind": "fault", "severity": "major", "cause": "宕机", "handling": "修复"}
    done("supervisor", "2024-10-19", "log-trial-event", ref="sj-1", happened_on="2024-10-19", **fault)
    assert open_duties() == {"decision-on-restart"}
    for kind in ("mlps", "risk"):
        done("technology", "2025-01-10", "record-assessment", **report(kind, f"{kind}-1", "2025-01-10"))
    done(
        "construction",
        "2025-01-11",
        "confirm-restart",
        event="sj-1",
        restart_on="2024-10-20",
        supervisor_view="重新计时",
    )
    assert open_duties() == set()
    refused("12(5).applied-unassessed", "contractor", "2025-01-21", "apply-for-acceptance", **APPLY)
    done("technology", "2025-01-12", "record-assessment", **report("crypto", "crypto-1", "2025-01-10"))
    refused("13(1).applied-too-early", "contractor", "2025-01-20", "apply-for-acceptance", **APPLY)
    done("contractor", "2025-01-21", "apply-for-acceptance", **APPLY)
    refused(
        "13(2).accepted-unendorsed",
        "construction",
        "2025-01-22",
        "conclude-acceptance",
        **meeting("YS-0", "2025-01-22", "passed"),
    )
    done("supervisor", "2025-01-22", "endorse-application", **ENDORSE)


def stage() -> Stage:
    return Stage(Project.objects.get(code="HA-CASE").stage)


def test_reconsidered_then_failed_then_passed_and_used(applied: None) -> None:
    done("construction", "2025-01-24", "conclude-acceptance", **meeting("YS-1", "2025-01-24", "reconsider"))
    assert stage() == Stage.RECONSIDERATION
    assert open_duties() == {"notice-of-reconsideration"}
    refused("13(5).reapplied-without-notice", "contractor", "2025-03-10", "apply-for-acceptance", **APPLY)
    done(
        "supervisor", "2025-01-31", "notify-reconsideration", reasons="数据不全", materials="补测", sent_on="2025-01-27",
        received_on="2025-01-31", delivery="直接送达", receipt=PAPER,
    )  # fmt: skip
    assert Reconsideration.objects.get().last_day == date(2025, 2, 28)
    refused("13(5).reapplied-too-early", "contractor", "2025-02-28", "apply-for-acceptance", **APPLY)
    done("contractor", "2025-03-01", "apply-for-acceptance", **APPLY)
    done("supervisor", "2025-03-03", "endorse-application", **ENDORSE)
    done("construction", "2025-03-04", "conclude-acceptance", **meeting("YS-2", "2025-03-04", "failed"))
    assert stage() == Stage.RECTIFICATION
    refused("13(5).reapplied-without-order", "contractor", "2025-03-05", "apply-for-acceptance", **APPLY)
    done(
        "construction",
        "2025-03-05",
        "order-rectification",
        demands="补齐接口",
        period=30,
        received_on="2025-03-05",
        notice=PAPER,
    )
    assert Rectification.objects.get().due_on == date(2025, 4, 7)  # 30 days end on 清明; the last day rolls
    refused("13(5).reapplied-before-rectified", "contractor", "2025-03-06", "apply-for-acceptance", **APPLY)
    done("contractor", "2025-03-20", "report-rectification", done="已补齐", report=PAPER)
    done("contractor", "2025-03-20", "apply-for-acceptance", **APPLY)
    done("supervisor", "2025-03-21", "endorse-application", **ENDORSE)
    done("construction", "2025-03-22", "conclude-acceptance", **meeting("YS-3", "2025-03-22", "passed"))
    assert Project.objects.get().accepted_on == date(2025, 3, 22)
    assert list(Acceptance.objects.order_by("seq").values_list("application", flat=True)) == ["1", "2", "3"]
    assert open_duties() & {"rectification", "notice-of-reconsideration", "review-of-application"} == set()
    done("construction", "2025-03-25", "put-into-operation", **used())
    assert stage() == Stage.OPERATION


def used() -> dict[str, Any]:
    return {"owner": "窗口处", "regime": PAPER, "emergency_plan": PAPER}


def test_what_happens_after_an_application_is_recorded_and_does_not_undo_it(applied: None) -> None:
    """A later failed report and a later fault are facts: they are taken, and count for what follows."""
    bad = report(
        "mlps", "mlps-2", "2025-01-23", passed=False, findings=[{"ref": "W-1", "title": "弱口令", "severity": "high"}]
    )
    done("technology", "2025-01-23", "record-assessment", **bad)
    assert Assessment.objects.get(ref="mlps-1").superseded_seq is not None
    fault = {"component": "app", "kind": "fault", "severity": "major", "cause": "宕机", "handling": "修复"}
    done("contractor", "2025-01-23", "log-trial-event", ref="sj-2", happened_on="2025-01-23", **fault)
    done("construction", "2025-01-24", "conclude-acceptance", **meeting("YS-1", "2025-01-24", "passed"))
    refused("12(5).operated-unassessed", "construction", "2025-02-05", "put-into-operation", **used())
    refused(
        "12(5).retested-before-rectified", "technology", "2025-02-10", "record-assessment",
        **report("mlps", "mlps-3", "2025-02-10", retest_of="mlps-2"),
    )  # fmt: skip
    done("contractor", "2025-02-08", "rectify-finding", finding="W-1", measures="已改", evidence=PAPER)
    done("technology", "2025-02-10", "record-assessment", **report("mlps", "mlps-3", "2025-02-10", retest_of="mlps-2"))
    done("construction", "2025-02-11", "put-into-operation", **used())


def test_a_refused_application_goes_back_to_where_it_came_from(begun: None) -> None:
    for kind in ("mlps", "risk", "crypto"):
        done("technology", "2025-01-10", "record-assessment", **report(kind, f"{kind}-1", "2025-01-10"))
    done("contractor", "2025-01-10", "apply-for-acceptance", **APPLY)
    done("supervisor", "2025-01-11", "refuse-application", refused_reason="手册不符")
    assert stage() == Stage.TRIAL
    done("contractor", "2025-01-15", "apply-for-acceptance", **APPLY)
    assert Application.objects.get(ref="2").attempt == 2


def test_another_level_takes_the_force_from_the_old_report(begun: None) -> None:
    for kind in ("mlps", "risk", "crypto"):
        done("technology", "2025-01-10", "record-assessment", **report(kind, f"{kind}-1", "2025-01-10"))
    done(
        "technology", "2025-01-11", "grade-system",
        **SYSTEM | {"level": 3, "data_level": 3, "graded_on": "2025-01-11"},
    )  # fmt: skip
    refused("12(5).applied-unassessed", "contractor", "2025-01-12", "apply-for-acceptance", **APPLY)
