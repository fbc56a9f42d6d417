"""第十八条 资金管理: money in the budget, and the request to pay."""

from typing import Any, Literal

from guicheng.law.act import Act
from guicheng.law.declare import Owed
from guicheng.law.fields import Count, Line, Money, Papers, Ref, Words, field
from guicheng.law.periods import deadline
from guicheng.people.roles import Role
from guicheng.records.money import Appropriation, PaymentRequest
from guicheng.records.procurement import Contract, Milestone
from guicheng.records.project import DutyOf
from guicheng.records.stage import ONGOING
from guicheng.regulations.huaian2023.articles import A18, R
from guicheng.regulations.huaian2023.ch3_duties.a07_money import PAYABLE, SME_DUTY

SMALL = ("medium", "small", "micro")


@R.act("下达资金", A18, row=(96, 97), by=Role.GENERAL_OFFICE, at=ONGOING, keeps=Appropriation)
class Appropriate(Act):
    """信息化项目专项资金应当纳入部门预算管理，专款专用"""

    ref: Ref = field("预算批复或指标文号")
    year: Count = field("预算年度", ge=2000, le=2099)
    budget_code: Ref = field("预算项目编码")
    amount: Money = field("金额", gt=0)
    origin: Literal["annual", "carried-over", "adjusted"] = field(
        "来源", default="annual", help="annual 本年预算；carried-over 上年结转；adjusted 调剂追加"
    )
    source: Line = field("资金性质", help="如 一般公共预算")
    papers: Papers | None = field("附件", default=None)


@R.act("申请付款", A18, row=98, by=Role.CONSTRUCTION, at=PAYABLE)
class RequestPayment(Act):
    """并严格履行规定的审批程序。

    The construction office certifies that the milestone's conditions are met; 办公室 checks and pays.
    """

    ref: Ref = field("付款申请编号")
    contract: Ref = field("合同编号")
    milestone: Ref = field("付款节点")
    amount: Money = field("申请金额", gt=0)
    disputed: Money = field("其中有争议、暂不支付", default=0)
    payee: Line = field("收款单位")
    budget_code: Ref = field("预算项目编码")
    purpose: Words = field("用途")
    conditions: Words = field("付款条件核对", help="节点所列条件逐项说明")
    invoice: Ref = field("发票号码")
    invoice_amount: Money = field("发票金额")
    papers: Papers = field("附件", help="发票、节点证明、合同约定的其他材料")

    def write(self, deed: Any) -> None:
        contract = deed.find(Contract, self.contract, "contract", "合同")
        milestone = deed.find(Milestone, self.milestone, "milestone", "付款节点")
        if not deed.history:
            deed.need(milestone.contract == contract.ref, milestone=f"合同{contract.ref}没有节点{milestone.ref}")
            deed.need(self.disputed < self.amount, disputed="全部有争议时不能申请付款，请先就无争议部分申请")
            deed.need(
                self.invoice_amount >= self.amount - self.disputed, invoice_amount="发票金额不足以支付所申请的金额"
            )
        amount = self.amount if self.amount is None else self.amount - (self.disputed or 0)
        deed.keep(PaymentRequest, amount=amount)


@R.duty(
    "按期向中小企业付款", A18, row=99, by=Role.GENERAL_OFFICE, within="pay.sme_days",
    opens=("reach-milestone", "request-payment"), closes=("pay",),
)  # fmt: skip
def pay_small_supplier_in_time(deed: Any) -> Owed | None:
    """信息化项目资金拨付应当严格按照项目预算及合同约定进行。

    Neither early nor late: a small or medium supplier is paid within 30 days from the day on which the milestone was
    reached, or within what the contract says, never more than 60. Internal procedure does not stop the clock.
    """
    milestone = deed.seek(Milestone, ref=getattr(deed.act, "milestone", None) or getattr(deed.act, "ref", None))
    contract = deed.seek(Contract, ref=milestone.contract) if milestone else None
    if contract is None or contract.supplier_size not in SMALL or milestone.reached_on is None:
        return None
    if deed.seek(DutyOf, code=SME_DUTY, subject=milestone.ref) is not None:
        return None
    figures, start = deed.figures, milestone.reached_on
    days = contract.pay_days or figures["pay.sme_days"].on(start)
    days = min(int(days), int(figures["pay.sme_cap_days"].on(start)))
    return Owed(start, milestone.ref, deadline(start, days, "days"))
