"""第七条 办公室: it checks what is asked for, pays, refuses, and takes back."""

from datetime import date
from typing import Any, Literal

from guicheng.law.act import Act
from guicheng.law.declare import HARD, Breach, breach
from guicheng.law.fields import Money, Papers, Ref, Words, field
from guicheng.people.roles import Role
from guicheng.records.money import Payment, PaymentRequest, Refund
from guicheng.records.procurement import Milestone
from guicheng.records.project import DutyOf
from guicheng.records.stage import Stage, between
from guicheng.regulations.huaian2023.articles import A7, R

PAYABLE = (*between(Stage.FILED, Stage.RETIRED), Stage.TERMINATED)
"""What was earned is owed after the end, too."""
SME_DUTY = "pay-small-supplier-in-time"


def left_of(deed: Any, request: PaymentRequest) -> int:
    """What of a request is not paid yet, refunds apart: they are asked for again."""
    paid = sum(p.amount or 0 for p in deed.rows(Payment, request=request.ref))
    return (request.amount or 0) - paid


def open_request(deed: Any, ref: str | None) -> PaymentRequest:
    """The request of that number, neither refused nor fully paid. Raises Unfit."""
    found: PaymentRequest = deed.find(PaymentRequest, ref, "request", "付款申请")
    deed.need(found.refused_on is None, request=f"付款申请{ref}已于{found.refused_on}退回，请重新申请")
    deed.need(left_of(deed, found) > 0, request=f"付款申请{ref}已经付清")
    return found


@R.act("审核付款申请", A7, row=(23, 24), by=Role.GENERAL_OFFICE, at=PAYABLE)
class CheckPayment(Act):
    """承担信息化专项资金使用监管和审计

    A check that finds something amiss is no check: refuse the request instead, with the reason.
    """

    request: Ref = field("付款申请编号")
    against_contract: Literal[True] = field("与合同约定相符", help="金额、节点、收款单位")
    against_budget: Literal[True] = field("与项目预算相符", help="预算项目、年度、余额")
    invoice_valid: Literal[True] = field("发票经查验")
    budget_left: Money = field("预算项目余额")
    deducted: Money = field("扣款", default=0)
    deduct_basis: Words | None = field("扣款依据", default=None)
    opinion: Words = field("审核意见")

    def write(self, deed: Any) -> None:
        request = open_request(deed, self.request)
        if not deed.history:
            deed.need(request.checked_on is None, request=f"付款申请{self.request}已经审核")
            deed.need(not self.deducted or self.deduct_basis, deduct_basis="扣款应写明依据")
            deed.need(self.deducted < (request.amount or 0), deducted="扣款应少于申请金额，否则请退回申请")
        due = (request.amount or 0) - (self.deducted or 0)
        deed.change(request, checked_on=deed.day, checked_by=deed.by, opinion=self.opinion, amount=due)


@R.act("退回付款申请", A7, row=23, by=Role.GENERAL_OFFICE, at=PAYABLE)
class RefusePayment(Act):
    """办公室负责项目资金争取和落实、政府采购计划申报和项目资金结算支付"""

    request: Ref = field("付款申请编号")
    refusal: Literal["refused", "incomplete"] = field("处理", help="refused 不予支付；incomplete 退回补正")
    refused_reason: Words = field("理由")

    def write(self, deed: Any) -> None:
        request = open_request(deed, self.request)
        deed.change(request, refused_on=deed.day, refusal=self.refusal, refused_reason=self.refused_reason)


@R.act("支付", A7, row=23, by=Role.GENERAL_OFFICE, at=PAYABLE)
class Pay(Act):
    """项目资金结算支付

    The undisputed part may be paid first: the amount may be less than what was requested.
    """

    ref: Ref = field("支付凭证号")
    request: Ref = field("付款申请编号")
    contract: Ref = field("合同编号")
    milestone: Ref = field("付款节点")
    amount: Money = field("支付金额")
    papers: Papers = field("支付凭证")

    def write(self, deed: Any) -> None:
        request = None if deed.history else open_request(deed, self.request)
        asked = {"year": deed.day.year, "paid_on": deed.day}
        if request is not None:
            self._fits(deed, request)
            asked |= {
                "requested_by": request.by, "checked_by": request.checked_by, "payee": request.payee,
                "budget_code": request.budget_code,
            }  # fmt: skip
        days = self._overdue(deed)
        interest = self.amount * days * int(deed.figure("pay.late_ratio")) // 10_000 if self.amount else 0
        deed.keep(Payment, **asked, overdue_days=days, late_interest=interest)
        deed.subject = self._settles(deed)

    def _fits(self, deed: Any, request: PaymentRequest) -> None:
        same = request.contract == self.contract and request.milestone == self.milestone
        deed.need(same, milestone=f"付款申请{request.ref}申请的是合同{request.contract}的节点{request.milestone}")
        left = left_of(deed, request)
        deed.need(0 < self.amount <= left, amount=f"付款申请{request.ref}尚可支付{left}分，请核对金额")

    def _overdue(self, deed: Any) -> int:
        duty = deed.seek(DutyOf, code=SME_DUTY, subject=self.milestone, closed_on=None)
        due: date | None = duty.due_on if duty else None
        return max(0, (deed.day - due).days) if due else 0

    def _settles(self, deed: Any) -> str:
        """The milestone when it is now paid in full: only then is nothing owed for it."""
        milestone = deed.seek(Milestone, ref=self.milestone)
        paid = sum(p.amount or 0 for p in deed.rows(Payment, milestone=self.milestone))
        full = milestone is None or paid >= (milestone.amount or 0)
        return str(self.milestone if full else self.ref)


@R.act("收回款项", A7, row=(23, 24), by=Role.GENERAL_OFFICE, at=PAYABLE)
class ReturnPayment(Act):
    """承担信息化专项资金使用监管和审计

    Money that was paid by mistake or beyond what was owed comes back; the payment stays on record.
    """

    ref: Ref = field("收回凭证号")
    payment: Ref = field("原支付凭证号")
    amount: Money = field("收回金额")
    reason: Words = field("理由")
    papers: Papers = field("收款凭证")

    def write(self, deed: Any) -> None:
        payment = deed.find(Payment, self.payment, "payment", "支付凭证")
        back = sum(r.amount or 0 for r in deed.rows(Refund, payment=payment.ref)) + (self.amount or 0)
        if not deed.history:
            deed.need(
                self.amount > 0 and back <= (payment.amount or 0), amount="收回的合计应大于零，且不多于原支付金额"
            )
        deed.keep(
            Refund, contract=payment.contract, milestone=payment.milestone, year=deed.day.year, paid_year=payment.year,
            budget_code=payment.budget_code, returned_on=deed.day,
        )  # fmt: skip


@R.rule(
    A7, row=23, force=HARD, over=Payment, cured_by=("correct",),
    says="凭证{voucher}：申请人{asker}、审核人{checker}、支付人{payer}，三者应为不同的人", cure="由另一人支付",
)  # fmt: skip
def paid_by_one_hand(p: Any, t: Any) -> Breach:
    """办公室负责项目资金争取和落实、政府采购计划申报和项目资金结算支付

    The construction office requests, 办公室 checks and pays: three acts, three people.
    """
    same = (t.requested_by == t.by) | (t.requested_by == t.checked_by) | (t.checked_by == t.by)
    return breach(same, voucher=t.ref, asker=t.requested_by, checker=t.checked_by, payer=t.by)
