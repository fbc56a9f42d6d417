"""Duties that acts open and close: about what, due when, and what a late payment costs."""

from datetime import date
from typing import Any

import pytest

from guicheng.door.outcome import Outcome, Request
from guicheng.door.perform import perform
from guicheng.records.money import Payment
from guicheng.records.operation import Commissioning
from guicheng.records.project import DutyOf, Project
from guicheng.regulations.huaian2023.ch5_operation.a14_warranty_run import warranty_of
from tests.support.cases import _lay_people, lay

PAPERS = ["sm3:" + "1" * 64]
ROLES = {"asker": "construction", "checker": "general-office", "payer": "general-office", "boss": "general-office"}
POSTS = [{"person": p, "role": r, "unit": "wcs" if r == "construction" else ""} for p, r in ROLES.items()]


def at_work(records: dict[str, Any], stage: str = "IMPLEMENTATION") -> Project:
    posts = [one | {"since": date(2020, 1, 1)} for one in POSTS]
    about = {"stage": stage, "budget": 500_000_000}
    return lay({"project": about, "records": records, "posts": posts})


def do(act: str, by: str, on: str, **data: Any) -> Outcome:
    outcome = perform(Request("HA-CASE", act, by, on, data))
    assert outcome.outcome == "accepted", outcome.as_json()
    return outcome


def signed(size: str = "small", pay_days: int | None = None) -> dict[str, Any]:
    contract = {"ref": "HT-1", "kind": "main", "supplier": "示例软件", "supplier_size": size, "amount": 300_000_000}
    owner = {"ip_owner": "bureau", "warranty_months": 36, "signed_on": date(2025, 2, 1), "pay_days": pay_days}
    milestone = {"ref": "HT-1/初验", "contract": "HT-1", "amount": 90_000_000, "reached_on": date(2025, 4, 1)}
    return {
        "approval": [{"ref": "立-1", "kind": "project", "amount": 500_000_000, "day": date(2025, 1, 10)}],
        "contract": [contract | owner],
        "milestone": [milestone],
        "appropriation": [{"ref": "指-1", "year": 2025, "budget_code": "YS-01", "amount": 200_000_000}],
    }


def ask(ref: str, amount: int, on: str) -> None:
    do(
        "request-payment", "asker", on, ref=ref, contract="HT-1", milestone="HT-1/初验", amount=amount, payee="示例软件",
        budget_code="YS-01", purpose="第二笔款", conditions="初验通过", invoice="1", invoice_amount=amount, papers=PAPERS,
    )  # fmt: skip
    do(
        "check-payment", "checker", on, request=ref, against_contract=True, against_budget=True, invoice_valid=True,
        budget_left=1, opinion="同意",
    )  # fmt: skip


def pay(ref: str, request: str, amount: int, on: str) -> None:
    do(
        "pay",
        "payer",
        on,
        ref=ref,
        request=request,
        contract="HT-1",
        milestone="HT-1/初验",
        amount=amount,
        papers=PAPERS,
    )


@pytest.mark.django_db
def test_a_part_payment_leaves_the_duty_to_a_small_supplier_open_until_the_milestone_is_paid() -> None:
    at_work(signed())
    ask("FK-1", 90_000_000, "2025-04-10")
    duty = DutyOf.objects.get(code="pay-small-supplier-in-time")
    assert (duty.subject, duty.due_on) == ("HT-1/初验", date(2025, 5, 6))  # 1 May is a holiday: the next working day
    pay("PZ-1", "FK-1", 40_000_000, "2025-05-06")
    duty.refresh_from_db()
    assert duty.closed_on is None
    pay("PZ-2", "FK-1", 50_000_000, "2025-05-09")
    duty.refresh_from_db()
    assert duty.closed_on == date(2025, 5, 9)
    late = Payment.objects.get(ref="PZ-2")
    assert (late.overdue_days, late.late_interest) == (3, 50_000_000 * 5 * 3 // 10_000)
    assert Payment.objects.get(ref="PZ-1").late_interest == 0


@pytest.mark.django_db
@pytest.mark.parametrize(("agreed", "due"), [(45, date(2025, 5, 16)), (90, date(2025, 6, 3)), (None, date(2025, 5, 6))])
def test_the_contract_may_agree_another_period_but_never_more_than_the_cap(agreed: int | None, due: date) -> None:
    at_work(signed(pay_days=agreed))
    ask("FK-1", 90_000_000, "2025-04-10")
    assert DutyOf.objects.get(code="pay-small-supplier-in-time").due_on == due


@pytest.mark.django_db
def test_a_large_supplier_has_no_statutory_day() -> None:
    at_work(signed(size="large"))
    ask("FK-1", 90_000_000, "2025-04-10")
    assert not DutyOf.objects.filter(code="pay-small-supplier-in-time").exists()


@pytest.mark.django_db
def test_a_second_request_for_the_same_milestone_opens_no_second_duty() -> None:
    at_work(signed())
    ask("FK-1", 40_000_000, "2025-04-10")
    ask("FK-2", 50_000_000, "2025-04-11")
    assert DutyOf.objects.filter(code="pay-small-supplier-in-time").count() == 1


def change(ref: str, **more: Any) -> dict[str, Any]:
    text = {
        "title": "补漏洞",
        "reason": "通报",
        "content": "升级组件",
        "impact": "无",
        "plan": "方案",
        "emergency": "回退",
    }
    return {"ref": ref, "phase": "use", "category": "security", "cost": 0, "finish_by": "2025-06-30", **text, **more}


@pytest.mark.django_db
def test_an_urgent_change_is_filed_within_working_days_and_only_its_own_duty_closes() -> None:
    use = {"started_on": date(2025, 1, 10), "owner": "张三", "regime": "制度", "emergency_plan": "预案"}
    at_work({"commissioning": [use]}, "OPERATION")
    do("plan-change", "asker", "2025-04-30", **change("BG-1", urgent="高危漏洞"))
    do("plan-change", "asker", "2025-04-30", **change("BG-2", urgent="高危漏洞"))
    do("plan-change", "asker", "2025-04-30", **change("BG-3"))
    owed = DutyOf.objects.filter(code="file-urgent-change")
    assert {d.subject: d.due_on for d in owed} == {"BG-1": date(2025, 5, 12), "BG-2": date(2025, 5, 12)}
    do("file-change", "asker", "2025-05-06", change="BG-1", situation="已处置", receipt="回执1", filed_by="值班员")
    assert [d.subject for d in owed.filter(closed_on=None)] == ["BG-2"]


@pytest.mark.django_db
def test_a_transferred_system_is_operated_by_the_new_office() -> None:
    use = {"started_on": date(2025, 1, 10), "owner": "张三", "regime": "制度", "emergency_plan": "预案"}
    project = at_work({"commissioning": [use]}, "OPERATION")
    _lay_people({"posts": [{"person": "new", "role": "construction", "unit": "spc", "since": date(2020, 1, 1)}]})
    handed = {"regime": "沿用", "emergency_plan": "沿用", "handed": "资产与文档", "agreed_by": "局长办公会"}
    do("transfer-system", "asker", "2025-05-06", to_unit="spc", owner="李四", **handed)
    project.refresh_from_db()
    assert (project.unit, Commissioning.objects.get().owner) == ("spc", "李四")
    usage = {"period_from": "2025-01-01", "period_to": "2025-03-31", "users": 1, "visits": 1, "cases": 1}
    assert perform(Request("HA-CASE", "record-usage", "asker", "2025-05-07", usage)).outcome == "denied"
    do("record-usage", "new", "2025-05-07", **usage)


@pytest.mark.django_db
def test_what_is_owed_on_a_system_goes_to_the_new_office_with_it() -> None:
    use = {"started_on": date(2025, 1, 10), "owner": "张三", "regime": "制度", "emergency_plan": "预案"}
    at_work({"commissioning": [use]}, "OPERATION")
    _lay_people({"posts": [{"person": "new", "role": "construction", "unit": "spc", "since": date(2020, 1, 1)}]})
    do("plan-change", "asker", "2025-04-30", **change("BG-1", urgent="高危漏洞"))
    do("plan-change", "asker", "2025-04-30", **change("BG-2", urgent="高危漏洞"))
    do("file-change", "asker", "2025-05-06", change="BG-1", situation="已处置", receipt="回执1", filed_by="值班员")
    assert set(DutyOf.objects.values_list("unit", flat=True)) == {"wcs"}
    handed = {"regime": "沿用", "emergency_plan": "沿用", "handed": "资产与文档", "agreed_by": "局长办公会"}
    do("transfer-system", "asker", "2025-05-06", to_unit="spc", owner="李四", **handed)
    assert set(DutyOf.objects.values_list("unit", flat=True)) == {"spc"}
    do("plan-change", "new", "2025-05-07", **change("BG-3", urgent="高危漏洞"))
    urgent = DutyOf.objects.filter(code="file-urgent-change", closed_on=None)
    assert {d.subject: d.unit for d in urgent} == {"BG-2": "spc", "BG-3": "spc"}


@pytest.mark.parametrize(
    ("passed", "months", "end", "safe"),
    [
        (date(2023, 4, 19), 24, date(2025, 4, 19), date(2025, 4, 21)),
        (date(2024, 2, 29), 24, date(2026, 2, 28), date(2026, 2, 28)),
        (date(2022, 2, 28), 24, date(2024, 2, 28), date(2024, 2, 28)),
        (date(2021, 8, 31), 30, date(2024, 2, 29), date(2024, 2, 29)),
    ],
)
def test_a_warranty_runs_from_the_pass_by_calendar_months(passed: date, months: int, end: date, safe: date) -> None:
    found = warranty_of(passed, months)
    assert found is not None
    assert (found.start, found.end, found.safe) == (passed, end, safe)
    assert warranty_of(None, months) is None
