"""第十四条 保修: how long the warranty runs, and the contractor's answer to each claim."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from guicheng.law.act import Act
from guicheng.law.declare import REMIND, Breach, Owed, breach
from guicheng.law.fields import Day, Line, Papers, Ref, Words, field
from guicheng.law.periods import add_months, deadline, rolled
from guicheng.law.words import has, last, months_after, the_day, unstated
from guicheng.people.roles import Role
from guicheng.records.acceptance import Acceptance
from guicheng.records.operation import WarrantyClaim
from guicheng.records.procurement import Contract
from guicheng.records.stage import Stage, between
from guicheng.regulations.huaian2023.articles import A14, R

UNDER_WARRANTY = between(Stage.ACCEPTED, Stage.RETIRED)


@dataclass(frozen=True)
class Warranty:
    """A contract's warranty: from the pass that counts to its last day; `safe` is that day moved past a holiday."""

    start: date
    end: date
    safe: date


def warranty_of(accepted_on: date | None, months: int | None) -> Warranty | None:
    """The warranty of so many months from the passed acceptance; None while one of the two is not known.

    Claims are in time until the end of the last day; a claimant may rely on `safe` (民法典 203)."""
    if accepted_on is None or months is None:
        return None
    end = add_months(accepted_on, months)
    return Warranty(accepted_on, end, rolled(end))


def passed_on(deed: Any) -> date | None:
    """The day of the pass that counts: the last one, never contract, delivery or first use."""
    found = deed.seek(Acceptance, outcome="passed")
    return found.signed_on if found else None


@R.act("报修", A14, row=87, by=Role.CONSTRUCTION, at=UNDER_WARRANTY)
class ClaimWarranty(Act):
    """承建单位切实履行保修责任。"""

    ref: Ref = field("报修单号")
    contract: Ref = field("合同编号")
    component: Ref | None = field("建设内容", default=None)
    title: Line = field("事项")
    fault: Words = field("故障现象")
    severity: Literal["major", "general", "minor"] = field("级别", help="major 重大；general 一般；minor 轻微")
    found_on: Day = field("发现日期")
    papers: Papers | None = field("附件", default=None)

    def write(self, deed: Any) -> None:
        contract = deed.find(Contract, self.contract, "contract", "合同")
        warranty = warranty_of(passed_on(deed), contract.warranty_months)
        if not deed.history:
            deed.need(warranty is not None, contract=f"合同{contract.ref}没有保修期，或项目尚未通过竣工验收")
            within = warranty and warranty.start <= self.found_on <= warranty.end and deed.day <= warranty.safe
            end = warranty and warranty.end
            deed.need(within, found_on=f"合同{contract.ref}的保修期自{warranty and warranty.start}起，至{end}止")
        deed.keep(WarrantyClaim)

    def subject(self) -> str:
        return self.ref


@R.act("答复报修", A14, row=87, by=(Role.CONTRACTOR, Role.CONSTRUCTION), at=UNDER_WARRANTY)
class AnswerClaim(Act):
    """承建单位切实履行保修责任。

    The contractor answers; the construction office may record an answer that came on paper.
    """

    claim: Ref = field("报修单号")
    responded_on: Day = field("响应日期")
    repaired_on: Day | None = field("修复日期", default=None, help="尚未修复的先不填，修复后再办一次")
    cause: Words = field("原因")
    measures: Words = field("处理措施")
    accepted: bool | None = field("使用人是否认可", default=None)
    papers: Papers | None = field("附件", default=None)

    def write(self, deed: Any) -> None:
        claim = deed.find(WarrantyClaim, self.claim, "claim", "报修单")
        if not deed.history:
            deed.need(claim.repaired_on is None, claim=f"报修单{claim.ref}已于{claim.repaired_on}修复")
            deed.need(claim.found_on <= self.responded_on <= deed.day, responded_on="响应日期应在发现之后、办理之前")
            fixed = self.repaired_on is None or self.responded_on <= self.repaired_on <= deed.day
            deed.need(fixed, repaired_on="修复日期应在响应之后、办理之前")
        deed.change(
            claim, responded_on=claim.responded_on or self.responded_on, repaired_on=self.repaired_on,
            cause=self.cause, measures=self.measures, accepted=self.accepted,
        )  # fmt: skip

    def subject(self) -> str:
        return self.claim


@R.duty(
    "响应报修", A14, row=87, by=Role.CONTRACTOR, within="warranty.answer_workdays",
    opens=("claim-warranty",), closes=("answer-claim",),
)  # fmt: skip
def answer_claim_in_time(deed: Any) -> Owed:
    """承建单位切实履行保修责任。

    Where the contract fixes hours, they are rounded up to days.
    """
    contract = deed.seek(Contract, ref=deed.act.contract)
    hours = contract.warranty_response_hours if contract else None
    due = deadline(deed.day, -(-hours // 24), "days") if hours else None
    return Owed(deed.day, deed.act.ref, due)


@R.rule(
    A14, row=(87, 88), force=REMIND, over=WarrantyClaim, cured_by=("answer-claim",),
    says="合同{contract}的保修期至{end:day}届满，报修单{claim}尚未修复", cure="督促承建单位修复；保修期内提出的报修，期满后仍应修复",
)  # fmt: skip
def unrepaired_at_end(p: Any, w: Any) -> Breach:
    """承建单位切实履行保修责任。保修期自项目竣工验收合格之日起不得少于2年。

    The period runs from the pass that counts, by the months of the contract.
    """
    accepted = last(Acceptance, lambda a: a.signed_on, outcome="passed")

    def over(c: Any) -> Any:
        return (c.ref == w.contract) & (months_after(accepted, c.warranty_months) < the_day)

    end = last(Contract, lambda c: months_after(accepted, c.warranty_months), lambda c: c.ref == w.contract)
    return breach(unstated(w.repaired_on) & has(Contract, over), contract=w.contract, end=end, claim=w.ref)
