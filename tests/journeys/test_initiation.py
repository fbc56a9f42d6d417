"""From filing to approval through the door, with each refusal of the order in which article 11 wants it, and its cure."""

from datetime import date
from typing import Any

import pytest

from guicheng.door import fold
from guicheng.door.outcome import Outcome, Request
from guicheng.door.perform import perform
from guicheng.ledger.append import bodies
from guicheng.people.models import Person, Post, Unit
from guicheng.records.initiation import EstimateLine
from guicheng.records.project import Project
from guicheng.records.stage import Stage
from guicheng.records.tables import snapshot_project
from guicheng.regulations.base import regulation

CODE = "HA-2025-001"
PAPER = "sm3:" + "0" * 64
WHO = {
    "zhang": "construction", "wang": "cyber-office", "qian": "general-office", "ji": "technology", "fa": "legal",
    "dang": "party-group", "ling": "leading-group",
}  # fmt: skip
FILING = {
    "classified": "no", "judged_by": "保密员", "title": "受理平台升级", "unit": "wcs", "leader": "处长", "contact": "科员",
    "contact_phone": "0517-00000000", "components": [{"ref": "系统", "kind": "software", "name": "受理系统"}],
    "planned": False, "unplanned_reason": "上级临时部署", "background": "并联受理", "content": "升级", "estimate": 100_000_00,
    "funds": "财政预算", "starts_on": "2025-05-01", "ends_on": "2026-06-30", "reuse_checked": True, "reuse": "身份认证",
    "cloud": True, "uses_data": False, "unit_opinion": "同意",
}  # fmt: skip
PLAN = {
    "ref": "FA-1", "title": "建设方案", "digest": PAPER, "goals": "减时", "content": "系统一套", "route": "微服务",
    "deployment": "政务云", "reuse_checked": True, "reuse": "身份认证", "uses_data": False, "sharing_planned": False,
    "security_met": True, "security": "三级", "security_synchronous": True, "secrecy_met": True, "secrecy": "不涉密",
    "secrecy_reviewed_by": "保密员", "schedule": "六个月",
    "standards": [{"code": "GB/T 22239", "title": "等级保护基本要求", "year": 2019}],
}  # fmt: skip
CHECK = {
    "requested": 50_000_00, "amount": 50_000_00, "funds": "fiscal", "funds_secured": True, "in_budget": True,
    "budget_code": "320800", "opinion": "agreed",
}  # fmt: skip
DECISION = {"meeting": "第一次会议", "opinion": "同意", "due": 7, "present": 7}
APPROVAL = {"ref": "批〔2025〕1号", "body": "市数据局", "amount": 100_000_00}


def estimate(ref: str, security: int) -> dict[str, Any]:
    """Four lines over two years, 100,000 yuan in all."""
    rest = 100_000_00 - security - 2_000_00 - 2_000_00
    lines = [("1", "开发", "none", rest, 2025), ("2", "安全", "security", security, 2025)]
    lines += [("3", "监理", "supervision", 2_000_00, 2025), ("4", "审计", "audit", 2_000_00, 2026)]
    keys = ("ref", "name", "tag", "amount", "year")
    return {
        "ref": ref,
        "lines": [dict(zip(keys, x, strict=True)) for x in lines],
        "price_basis": "询价",
        "prepared_by": "甲",
    }


@pytest.fixture
def people(db: None) -> None:
    unit = Unit.objects.create(code="wcs", name="信息中心", seq=1, day=date(2020, 1, 1))
    for name, role in WHO.items():
        person = Person.objects.create(username=name, name=name, unit=unit, seq=1, day=date(2020, 1, 1))
        where = "wcs" if role == "construction" else ""
        Post.objects.create(person=person, role=role, unit=where, since=date(2020, 1, 1), seq=1, day=date(2020, 1, 1))


def do(act: str, by: str, on: str, data: dict[str, Any]) -> Outcome:
    return perform(Request(CODE, act, by, on, data))


def done(act: str, by: str, on: str, data: dict[str, Any]) -> Outcome:
    outcome = do(act, by, on, data)
    assert outcome.outcome == "accepted", outcome.as_json()
    return outcome


def refused(rule: str, act: str, by: str, on: str, data: dict[str, Any]) -> None:
    outcome = do(act, by, on, data)
    assert outcome.outcome == "refused", outcome.as_json()
    assert f"huaian2023:{rule}" in [b["rule"] for b in outcome.breaches]


def papers() -> None:
    done("file-project", "zhang", "2025-03-01", FILING)
    done("acknowledge-filing", "wang", "2025-03-02", {"received_by": "网信办"})
    need = {"ref": "XQ-1", "title": "需求", "digest": PAPER, "business": "受理", "functions": "收件", "surveyed": False}
    done("submit-requirement", "zhang", "2025-03-03", {**need, "signed_by": "处长"})
    done("submit-plan", "zhang", "2025-03-04", PLAN)
    done("submit-estimate", "zhang", "2025-03-05", estimate("GS-1", 4_999_99))
    done("confirm-security-lines", "ji", "2025-03-06", {"lines": ["2"]})
    items = [{"number": n, "answer": "有"} for n in range(1, 17)]
    chapter = {"ref": "AQ-1", "carrier": "plan", "digest": PAPER, "items": items, "written_by": "安全员"}
    done("submit-security-chapter", "zhang", "2025-03-07", chapter)


def discussion_and_budget() -> None:
    refused(
        "11(2).checked-before-discussion", "check-budget", "qian", "2025-03-08", {**CHECK, "ref": "B1", "year": 2025}
    )
    bodies_there = [{"body": b, "person": b} for b in ("construction", "technology", "general-office", "legal")]
    comment = {"ref": "YJ-1", "body": "technology", "text": "补充备份方案"}
    done("hold-discussion", "wang", "2025-03-10", {
        "ref": "YT-1", "plan": "FA-1", "held_on": "2025-03-10", "place": "会议室", "host": "主任", "attendees": bodies_there,
        "comments": [comment], "conclusion": "proceed", "summary": "可行",
    })  # fmt: skip
    refused(
        "11(2).checked-with-open-comments", "check-budget", "qian", "2025-03-11", {**CHECK, "ref": "B1", "year": 2025}
    )
    done("submit-plan", "zhang", "2025-03-12", {**PLAN, "ref": "FA-2", "changes": "增加备份"})
    done("close-comment", "zhang", "2025-03-12", {"comment": "YJ-1", "outcome": "adopted", "plan": "FA-2"})
    first = {**CHECK, "ref": "B1", "year": 2025}
    refused("12(5).security-share-at-budget-check", "check-budget", "qian", "2025-03-13", first)
    done("submit-estimate", "zhang", "2025-03-14", estimate("GS-2", 5_000_00))
    done("confirm-security-lines", "ji", "2025-03-14", {"lines": ["2"]})
    done("check-budget", "qian", "2025-03-15", first)


def party_group_and_reviews() -> None:
    topic = {"topic": "受理平台", "reporter": "信息中心", "summary": "提请审定"}
    refused(
        "11(2).submitted-before-budget-check", "submit-to-party-group", "zhang", "2025-03-16", {"ref": "T1", **topic}
    )
    done("check-budget", "qian", "2025-03-16", {**CHECK, "ref": "B2", "year": 2026})
    done("flag-major", "wang", "2025-03-16", {"major": True, "criterion": "public-facing", "reason": "面向公众"})
    refused("4.submitted-before-leading-group", "submit-to-party-group", "zhang", "2025-03-17", {"ref": "T1", **topic})
    led = {**DECISION, "ref": "领〔2025〕1号", "held_on": "2025-03-17", "conclusion": "agreed"}
    done("decide-by-leading-group", "ling", "2025-03-17", led)
    letter = {"organ": "市某局", "letter": "函〔2025〕1号", "sender": "bureau", "liaison": "联系人"}
    early = {**letter, "ref": "S-data", "department": "data"}
    refused("11(2).dispatched-before-submission", "dispatch-review", "wang", "2025-03-17", early)
    done("submit-to-party-group", "zhang", "2025-03-18", {"ref": "T1", **topic})
    for department in ("data", "development", "cryptography"):
        sent = {**letter, "ref": f"S-{department}", "department": department}
        done("dispatch-review", "wang", "2025-03-18", sent)
    passed = {"method": "written", "outcome": "passed", "opinion": "同意", "answered_on": "2025-03-25"}
    done("record-review", "ji", "2025-03-25", {**passed, "review": "S-data"})
    with_condition = {**passed, "review": "S-development", "outcome": "conditional", "conditions": ["核减两项"]}
    done("record-review", "ji", "2025-03-25", with_condition)
    agreed = {**DECISION, "ref": "党〔2025〕1号", "submission": "T1", "held_on": "2025-03-26", "conclusion": "agreed"}
    done("decide-by-party-group", "dang", "2025-03-26", agreed)


def approval() -> None:
    refused("11(2).approved-with-reviews-open", "approve-project", "wang", "2025-03-27", APPROVAL)
    late = {"method": "written", "outcome": "passed", "opinion": "同意", "answered_on": "2025-03-28"}
    done("record-review", "ji", "2025-03-28", {**late, "review": "S-cryptography"})
    refused("11(2).approved-with-conditions-open", "approve-project", "wang", "2025-03-29", APPROVAL)
    closed = {"condition": "S-development/1", "how": "已核减", "checked_by": "市某局"}
    done("close-condition", "zhang", "2025-03-29", closed)
    refused("11(1).feasibility-missing", "approve-project", "wang", "2025-03-30", APPROVAL)
    free = {"ref": "免〔2025〕1号", "cause": "small", "reason": "总额十万元", "agreed_on": "2025-03-30"}
    done("exempt-feasibility", "wang", "2025-03-30", free)
    refused("9.process-not-reviewed", "approve-project", "wang", "2025-03-30", APPROVAL)
    opinion = {"ref": "法〔2025〕1号", "scope": "initiation", "steps": ["研讨"], "outcome": "passed", "opinion": "合法"}
    done("review-process-legality", "fa", "2025-03-31", opinion)
    one_fen_more = {**APPROVAL, "amount": 100_000_01}
    refused("12(5).security-share-too-low", "approve-project", "wang", "2025-04-01", one_fen_more)
    done("approve-project", "wang", "2025-04-01", APPROVAL)


def test_from_filing_to_approval_and_again_from_the_entries(people: None) -> None:
    papers()
    discussion_and_budget()
    party_group_and_reviews()
    approval()
    project = Project.objects.get(code=CODE)
    assert (project.stage, project.budget, project.major) == (Stage.APPROVED, 100_000_00, True)
    assert EstimateLine.objects.filter(project=project).count() == 4
    before = snapshot_project(project)
    fold.refold(regulation(), project, bodies(CODE))
    assert snapshot_project(Project.objects.get(code=CODE)) == before


def test_after_a_revocation_everything_but_the_money_stands(people: None) -> None:
    papers()
    discussion_and_budget()
    party_group_and_reviews()
    approval()
    done("revoke-approval", "wang", "2025-04-02", {"approval": APPROVAL["ref"], "reason": "调整规划"})
    project = Project.objects.get(code=CODE)
    assert (project.stage, project.budget) == (Stage.REVIEW, None)
    done("submit-estimate", "zhang", "2025-04-03", estimate("GS-3", 6_000_00))
    again = {**APPROVAL, "ref": "批〔2025〕2号"}
    refused("12(5).security-share-too-low", "approve-project", "wang", "2025-04-04", again)
    done("confirm-security-lines", "ji", "2025-04-04", {"lines": ["2"]})
    done("approve-project", "wang", "2025-04-04", again)


def test_a_withdrawn_project_is_filed_again_as_another(people: None) -> None:
    done("file-project", "zhang", "2025-03-01", FILING)
    done("withdraw-project", "zhang", "2025-03-02", {"reason": "需求改变", "agreed_by": "处长"})
    assert do("submit-plan", "zhang", "2025-03-03", PLAN).outcome == "refused"
    again = {**FILING, "earlier": CODE, "changed": "缩减范围"}
    outcome = perform(Request("HA-2025-002", "refile-project", "zhang", "2025-03-04", again))
    assert outcome.outcome == "accepted", outcome.as_json()


def test_no_correction_makes_a_project_classified(people: None) -> None:
    done("file-project", "zhang", "2025-03-01", FILING)
    secret = {"entry": 1, "reason": "更正", "replacement": {**FILING, "classified": "unsure"}}
    assert do("correct", "zhang", "2025-03-02", secret).outcome in ("invalid", "refused")
    assert len(bodies(CODE)) == 1
