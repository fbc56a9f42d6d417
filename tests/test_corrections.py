"""Corrections: another act replaces or voids an earlier one, unless a later act would no longer fit or break a rule."""

from typing import Any

import pytest

from guicheng.door.outcome import Request
from guicheng.door.perform import preview
from guicheng.exchange.check import check_tables
from guicheng.ledger.append import bodies
from guicheng.records.deliberation import Comment
from guicheng.records.implementation import Guidance
from guicheng.records.initiation import Approval, BudgetCheck
from guicheng.records.procurement import Contract
from guicheng.records.project import DutyOf, PaperOf, Project
from guicheng.records.stage import Stage
from tests.support.door import everything, paper
from tests.support.life import CODE, act, correct, data_of, last_day, live, number_of

pytestmark = pytest.mark.django_db


def same_again() -> bool:
    """Replaying the entries gives the very tables that stand."""
    return list(check_tables(CODE)) == []


def refused_without_change(entry: int, replacement: dict[str, Any] | None = None) -> Any:
    before = everything()
    outcome = correct(entry, replacement)
    assert outcome.outcome in ("refused", "invalid"), outcome.as_json()
    assert everything() == before
    return outcome


def test_a_replacement_takes_the_place_of_what_was_written() -> None:
    live(until="check-budget")
    n = number_of("check-budget")
    assert correct(n, data_of(n) | {"remark": "更正后的意见"}).outcome == "accepted"
    row = BudgetCheck.objects.get()
    assert (row.remark, row.seq, row.by, row.day.isoformat()) == (
        "更正后的意见",
        n,
        "ding.haiyan",
        bodies(CODE)[n - 1]["on"],
    )
    assert Project.objects.get(code=CODE).seq == n + 1
    assert data_of(n) != data_of(n + 1)["replacement"]  # the entry itself is as it was
    assert same_again()


def test_the_last_of_several_corrections_counts() -> None:
    live(until="check-budget")
    n = number_of("check-budget")
    for words in ("第一次", "第二次"):
        assert correct(n, data_of(n) | {"remark": words}).outcome == "accepted"
    assert BudgetCheck.objects.get().remark == "第二次"
    assert correct(n).outcome == "accepted"
    assert not BudgetCheck.objects.exists()
    assert correct(n, data_of(n)).outcome == "accepted"  # what was voided can be put back
    assert BudgetCheck.objects.get().seq == n
    assert same_again()


def test_voiding_leaves_a_record_out() -> None:
    live(until="give-guidance")
    n = number_of("give-guidance")
    assert correct(n).outcome == "accepted"
    assert not Guidance.objects.exists()
    assert [b["seq"] for b in bodies(CODE)] == list(range(1, n + 2))
    assert same_again()


def test_the_opening_act_can_be_corrected_and_not_voided() -> None:
    live(until="acknowledge-filing")
    assert correct(1, data_of(1) | {"title": "改正的名称"}).outcome == "accepted"
    project = Project.objects.get(code=CODE)
    assert (project.title, project.stage, project.filed_on.isoformat()) == (
        "改正的名称",
        Stage.PREPARATION,
        "2024-01-08",
    )
    assert list(refused_without_change(1).errors) == ["entry"]
    assert same_again()


@pytest.mark.parametrize("entry", [0, 3, 4, 99, 10**9])
def test_only_an_earlier_entry_can_be_corrected(entry: int) -> None:
    live(until="acknowledge-filing")
    assert "entry" in refused_without_change(entry, {"x": 1}).errors
    assert "entry" in refused_without_change(entry).errors


def test_a_correction_itself_is_not_corrected() -> None:
    live(until="acknowledge-filing")
    assert correct(1, data_of(1) | {"title": "改正的名称"}).outcome == "accepted"
    assert "更正本身不能再更正" in refused_without_change(3).errors["entry"][0]
    assert "entry" in refused_without_change(3, {"entry": 1, "reason": "x"}).errors


def test_wrong_data_are_named_field_by_field() -> None:
    live(until="check-budget")
    n = number_of("check-budget")
    wrong = data_of(n) | {"amount": -1, "price": 1}
    assert set(refused_without_change(n, wrong).errors) == {"replacement.amount", "replacement.price"}
    assert set(refused_without_change(n, {}).errors) >= {"replacement.ref", "replacement.amount"}


def test_refused_when_a_later_act_no_longer_fits() -> None:
    live(until="close-comment")
    told = refused_without_change(number_of("hold-discussion"))
    assert f"第{number_of('close-comment')}号行为" in told.errors["entry"][0]
    assert Comment.objects.exists()


def test_refused_when_a_rule_would_then_be_in_breach() -> None:
    live(until="publish-tender")
    told = refused_without_change(number_of("approve-project"))
    assert told.outcome == "refused"
    assert any(b["rule"].startswith("huaian2023:11(3)") for b in told.breaches)
    assert Approval.objects.exists()


def test_refused_when_the_new_data_break_a_rule() -> None:
    live(until="sign-contract")
    n = number_of("sign-contract")
    told = refused_without_change(n, data_of(n) | {"confidentiality": None} | {"amount": data_of(n)["amount"] * 1000})
    assert told.outcome in ("refused", "invalid")
    assert Contract.objects.count() == 1


def test_an_exemption_that_a_later_act_rests_on_cannot_be_voided() -> None:
    live("exempt-supervision", until="start-implementation")
    n = number_of("grant-exemption")
    told = refused_without_change(n)
    assert told.outcome == "refused"
    assert data_of(n)["rule"] in [b["rule"] for b in told.breaches]


def test_voiding_what_closed_a_duty_opens_it_again() -> None:
    live(until="start-implementation")
    n = number_of("publish-contract", 3)  # of the main contract, bought under the procurement law
    duty = DutyOf.objects.get(code__contains="publi", subject=data_of(n)["contract"])
    assert duty.closed_on is not None
    assert correct(n).outcome == "accepted"
    again = DutyOf.objects.get(code=duty.code, subject=duty.subject)
    assert (again.closed_on, again.due_on, again.ref) == (None, duty.due_on, duty.ref)
    assert same_again()


def test_duties_of_a_corrected_act_are_kept_in_the_entry_of_the_correction() -> None:
    live(until="record-award")
    n = number_of("record-award")
    assert correct(n, data_of(n)).outcome == "accepted"
    owed = bodies(CODE)[-1]["owed"]
    assert owed == bodies(CODE)[n - 1]["owed"] != []
    assert same_again()


def test_a_preview_of_a_correction_keeps_nothing() -> None:
    live(until="check-budget")
    n = number_of("check-budget")
    before = everything()
    data = {"entry": n, "reason": "x", "replacement": data_of(n) | {"remark": "另一意见"}}
    assert preview(Request(CODE, "correct", "sun.li", last_day(), data)).outcome == "accepted"
    assert everything() == before


def test_acts_go_on_after_a_correction() -> None:
    live(until="check-budget")
    assert act("attach-paper", paper()).outcome == "accepted"
    n = number_of("attach-paper")
    assert correct(n, paper("改题")).outcome == "accepted"
    assert act("attach-paper", paper("又一件")).outcome == "accepted"
    assert [(p.title, p.seq) for p in PaperOf.objects.order_by("seq")] == [("改题", n), ("又一件", n + 2)]
    assert same_again()
