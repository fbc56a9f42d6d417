"""Exemptions and explanations set a rule aside from day to day; old breaches stop only what deepens them; history is told."""

from copy import deepcopy
from datetime import date, timedelta
from typing import Any

import pytest

from guicheng.door.outcome import Outcome, Request
from guicheng.door.perform import perform, preview
from guicheng.records.project import DutyOf, Project
from guicheng.regulations.base import regulation
from tests.support.cases import all_cases, lay, outcome_of, verdict_of
from tests.support.door import CODE, DAY, FILING, everything, hire, open_project, paper, project_act

pytestmark = pytest.mark.django_db
START = date(2025, 5, 6)
UNSUPERVISED = "huaian2023:12(4).supervision-missing"
UNPLACED = "huaian2023:5.outside-annual-plan"
EXPLAINED = "5.outside-annual-plan"
OVERPAID = "huaian2023:18.paid-beyond-contract"


def case_named(name: str) -> dict[str, Any]:
    return deepcopy(next(c for c in all_cases() if c["name"] == name))


def start_without_supervision(**records: Any) -> dict[str, Any]:
    case = case_named("立项、分工、签约、监理、审计齐备，开工")
    case["records"]["contract"] = [c for c in case["records"]["contract"] if c["kind"] != "supervision"]
    case["records"] |= records
    return case


def rules(outcome: Outcome) -> list[str]:
    return [b["rule"] for b in outcome.breaches]


# --- exemptions -------------------------------------------------------------------------------------------------------


def test_a_refusal_says_all_that_it_promises() -> None:
    told = outcome_of(start_without_supervision())
    assert told.outcome == "refused"
    (breach,) = told.breaches
    assert breach["rule"] == UNSUPERVISED
    assert (breach["clause"], breach["force"]) == ("第十二条(四)", "exemptable")
    assert breach["sentence"].startswith("信息化项目须按淮安市市级政务信息化项目建设管理办法的规定")
    assert breach["facts"] == {"started": "2025-05-06"}
    assert breach["says"] == "2025年5月6日开工，此前没有签订监理合同"
    assert breach["cured_by"] == ["sign-contract", "grant-exemption"]
    assert "豁免" in breach["cure"]


@pytest.mark.parametrize(
    ("until", "rule", "may"),
    [
        (None, UNSUPERVISED, True),
        (START + timedelta(days=1), UNSUPERVISED, True),
        (START, UNSUPERVISED, True),  # its last day
        (START - timedelta(days=1), UNSUPERVISED, False),
        (None, "huaian2023:12(4).audit-missing", False),  # another rule's
    ],
)
def test_an_exemption_holds_to_its_last_day_for_its_rule(until: date | None, rule: str, may: bool) -> None:
    exemption = {"rule": rule, "until": until, "reason": "小额", "day": START - timedelta(days=30)}
    outcome = outcome_of(start_without_supervision(exemption=[exemption]))
    assert (outcome.outcome, rules(outcome)) == (("accepted", []) if may else ("refused", [UNSUPERVISED]))


def test_an_explanation_does_not_release_from_what_may_only_be_exempted() -> None:
    outcome = outcome_of(start_without_supervision(explanation=[{"rule": UNSUPERVISED, "reason": "x"}]))
    assert rules(outcome) == [UNSUPERVISED]


def test_an_exemption_that_has_run_out_stops_nothing_afterwards() -> None:
    exemption = {"rule": UNSUPERVISED, "until": START, "reason": "小额"}
    assert outcome_of(start_without_supervision(exemption=[exemption])).outcome == "accepted"
    after = {"project": "HA-CASE", "by": "the-actor", "on": START + timedelta(days=1)}
    assert project_act("attach-paper", paper(), **after).outcome == "accepted"


@pytest.mark.parametrize("rule", ["huaian2023:14.warranty-too-short", UNPLACED, "huaian2023:9.none", "", "x"])
def test_only_an_exemptable_rule_is_exempted(rule: str) -> None:
    open_project()
    hire("wang.xin", "cyber-office")
    before = everything()
    told = project_act("grant-exemption", {"rule": rule, "reason": "x", "basis": "x"}, by="wang.xin")
    assert (told.outcome, list(told.errors)) == ("invalid", ["rule"])
    assert everything() == before


# --- explanations -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("until", "may"), [(None, True), (DAY, True), (DAY - timedelta(days=1), False)])
def test_an_explanation_holds_to_its_last_day(until: date | None, may: bool) -> None:
    case = deepcopy(next(c for c in all_cases() if c["then"] == "exempted" and c["rule"] == EXPLAINED))
    (row,) = case["records"]["explanation"]
    row |= {"until": until}
    found = verdict_of(case | {"day": DAY})
    assert found.verdict == ("exempted" if may else "breached")


def test_comply_or_explain() -> None:
    hire("li.wei", "construction")
    silent = {k: v for k, v in FILING.items() if k != "unplanned_reason"}
    told = perform(Request(CODE, "file-project", "li.wei", DAY, silent))
    assert rules(told) == [UNPLACED]
    assert told.breaches[0]["force"] == "explain"
    assert not Project.objects.exists()


# --- old breaches -----------------------------------------------------------------------------------------------------


def overpaid(**more: Any) -> dict[str, Any]:
    case = case_named("审核后支付")
    earlier = {
        "ref": "PZ-旧",
        "contract": "HT-1",
        "amount": 400_000_000,
        "year": 2024,
        "budget_code": "YS-01",
        "payee": "示例软件",
    }
    case["records"]["appropriation"] += [{"ref": "指-0", "year": 2024, "budget_code": "YS-01", "amount": 500_000_000}]
    case["records"]["payment"] = [
        earlier | {"milestone": "HT-1/旧", "paid_on": date(2024, 12, 1), "day": date(2024, 12, 1)}
    ]
    return case | more


def test_an_old_breach_stops_what_deepens_it_and_nothing_else() -> None:
    told = outcome_of(overpaid())
    assert told.outcome == "refused"
    assert OVERPAID in rules(told)
    after = {"project": "HA-CASE", "by": "the-actor"}
    assert project_act("attach-paper", paper(), **after).outcome == "accepted"


def test_history_is_not_refused_and_its_breaches_are_told() -> None:
    outcome = outcome_of(start_without_supervision() | {"history": True})
    assert (outcome.outcome, rules(outcome)) == ("accepted", [UNSUPERVISED])


def test_what_is_not_known_is_told_and_stops_nothing() -> None:
    case = start_without_supervision()
    case["project"]["gaps"] = ",contract,"
    outcome = outcome_of(case)
    assert outcome.outcome == "accepted"
    assert UNSUPERVISED in [u["rule"] for u in outcome.unknown]


def test_a_late_duty_reminds_once_it_is_late_and_never_stops() -> None:
    project = lay({"project": {"stage": "FILED"}})
    hire("an.yi", "technology")
    code = next(iter(regulation().duties))
    DutyOf.objects.create(
        project=project, seq=1, ref="1.1", day=DAY, by="x", role="x", code=code, title="例", owed_by="legal", started_on=DAY,
        due_on=DAY + timedelta(days=5),
    )  # fmt: skip
    for day in (DAY + timedelta(days=5), DAY + timedelta(days=6)):
        asked = Request("HA-CASE", "attach-paper", "an.yi", day, paper())
        assert preview(asked).outcome == perform(asked).outcome == "accepted"


def test_the_same_moment_before_and_after_are_judged_on_the_acts_own_day() -> None:
    """What time alone brought counts on both sides: a back-dated act is judged as of its day."""
    project = lay({"project": {"stage": "FILED"}, "records": {"filing": [{"planned": False}]}})
    hire("an.yi", "technology")
    for day in (DAY, DAY - timedelta(days=30), DAY + timedelta(days=30)):
        assert perform(Request(project.code, "attach-paper", "an.yi", day, paper())).outcome == "accepted"
