"""第十八条 资金拨付: payments within contracts, contracts within the budget, the year's payments within the year's money."""

from typing import Any

from guicheng.law.declare import HARD, Breach, breach
from guicheng.law.terms import Term
from guicheng.law.words import has, here, latest, reached, total
from guicheng.records.money import Appropriation, Payment, PaymentRequest, Refund
from guicheng.records.procurement import Contract, Milestone
from guicheng.records.stage import Stage
from guicheng.regulations.huaian2023.articles import A18, R
from guicheng.regulations.huaian2023.ch6_money.original import of_budget

UNDO = ("return-payment", "correct")


def net(where: Any) -> Term:
    """What was paid, less what came back, of the rows that fit in both tables."""
    return total(Payment, lambda t: t.amount, where) - total(Refund, lambda t: t.amount, where)


@R.rule(
    A18, row=99, force=HARD, over=Contract, cured_by=UNDO, deepened_by="pay",
    says="合同{contract}已支付{paid:wan}，超过合同金额（含补充、变更合同）{most:wan}", cure="收回多付的款项；支付不得超过合同金额",
)  # fmt: skip
def paid_beyond_contract(p: Any, c: Any) -> Breach:
    """信息化项目资金拨付应当严格按照项目预算及合同约定进行。"""

    def own(t: Any) -> Any:
        amending = has(Contract, lambda s: (s.ref == t.contract) & (s.amends.otherwise("") == c.ref))
        return (t.contract == c.ref) | amending

    paid, most = net(own), c.amount + total(Contract, lambda s: s.amount, amends=c.ref)
    return breach((c.amends.otherwise("") == "") & (paid > most), contract=c.ref, paid=paid, most=most)


@R.rule(
    A18, row=99, force=HARD, cured_by=("approve-project", "correct"), deepened_by="sign-contract",
    says="合同合计{signed:wan}，超过批复预算{budget:wan}", cure="按批复预算签订合同，或先依程序调整批复",
)  # fmt: skip
def contracted_beyond_budget(p: Any) -> Breach:
    """信息化项目资金拨付应当严格按照项目预算及合同约定进行。

    Of the building itself: what is signed once the system is in use is yearly O&M money, or a change under 第二十条.
    """
    signed = total(Contract, lambda c: c.amount, of_budget)
    return breach(
        reached(Stage.APPROVED) & has(Contract, of_budget) & (signed > here.budget), signed=signed, budget=here.budget
    )


@R.rule(
    A18, row=99, force=HARD, over=Payment, cured_by=("reach-milestone", *UNDO),
    says="凭证{voucher}支付节点{milestone}，该节点在{paid_on:day}尚未达到", cure="付款节点达到并经确认后再支付",
)  # fmt: skip
def paid_before_milestone(p: Any, t: Any) -> Breach:
    """信息化项目资金拨付应当严格按照项目预算及合同约定进行。"""
    due = has(Milestone, lambda m: (m.ref == t.milestone) & (m.contract == t.contract) & (m.reached_on <= t.paid_on))
    return breach(~due, voucher=t.ref, milestone=t.milestone, paid_on=t.paid_on)


@R.rule(
    A18, row=99, force=HARD, over=Milestone, cured_by=UNDO, deepened_by="pay",
    says="节点{milestone}已支付{paid:wan}，超过约定的{most:wan}", cure="收回多付的款项；节点付款不得超过约定金额",
)  # fmt: skip
def paid_beyond_milestone(p: Any, m: Any) -> Breach:
    """信息化项目资金拨付应当严格按照项目预算及合同约定进行。"""
    paid = net(lambda t: t.milestone == m.ref)
    return breach(paid > m.amount, milestone=m.ref, paid=paid, most=m.amount)


@R.rule(
    A18, row=98, force=HARD, over=Payment, cured_by=("request-payment", "check-payment", "correct"),
    says="凭证{voucher}于{paid_on:day}支付，此前没有经审核的付款申请", cure="先由建设处室申请、办公室审核，再支付",
)  # fmt: skip
def paid_without_check(p: Any, t: Any) -> Breach:
    """并严格履行规定的审批程序。"""
    checked = has(PaymentRequest, lambda q: (q.ref == t.request) & (q.checked_on <= t.paid_on))
    return breach(~checked, voucher=t.ref, paid_on=t.paid_on)


@R.rule(
    A18, row=97, force=HARD, over=Payment, cured_by=UNDO,
    says="凭证{voucher}付给{payee}，合同{contract}的对方是{supplier}", cure="向合同约定的单位付款",
)  # fmt: skip
def paid_to_another(p: Any, t: Any) -> Breach:
    """专款专用"""
    wrong = has(Contract, lambda c: (c.ref == t.contract) & (c.supplier != t.payee))
    supplier = latest(Contract, lambda c: c.supplier, lambda c: c.ref == t.contract)
    return breach(wrong, voucher=t.ref, payee=t.payee, contract=t.contract, supplier=supplier)


@R.rule(
    A18, row=97, force=HARD, over=Payment, cured_by=("appropriate", *UNDO),
    says="凭证{voucher}列支{year}年预算项目{budget_code}，本项目当年没有该项资金", cure="从本项目当年的预算项目列支",
)  # fmt: skip
def paid_from_other_money(p: Any, t: Any) -> Breach:
    """专款专用"""
    own = has(Appropriation, lambda a: (a.year == t.year) & (a.budget_code == t.budget_code))
    return breach(~own, voucher=t.ref, year=t.year, budget_code=t.budget_code)


@R.rule(
    A18, row=99, force=HARD, over=Payment, cured_by=("appropriate", *UNDO), deepened_by="pay",
    says="{year}年预算项目{budget_code}已支付{paid:wan}，当年下达{given:wan}", cure="当年支付不得超过当年下达的资金",
)  # fmt: skip
def paid_beyond_year(p: Any, t: Any) -> Breach:
    """信息化项目资金拨付应当严格按照项目预算及合同约定进行。

    By budget code and year; what came back in the same year may be spent again, what came back later may not.
    """
    paid = total(Payment, lambda o: o.amount, lambda o: (o.year == t.year) & (o.budget_code == t.budget_code))
    back = total(
        Refund, lambda o: o.amount,
        lambda o: (o.year == t.year) & (o.paid_year == t.year) & (o.budget_code == t.budget_code),
    )  # fmt: skip
    given = total(Appropriation, lambda a: a.amount, lambda a: (a.year == t.year) & (a.budget_code == t.budget_code))
    return breach(paid - back > given, year=t.year, budget_code=t.budget_code, paid=paid - back, given=given)
