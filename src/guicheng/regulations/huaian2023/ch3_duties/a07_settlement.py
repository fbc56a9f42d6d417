"""第七条 办公室: it settles what a project cost, and watches over the special funds."""

from typing import Any

from guicheng.law.act import Act
from guicheng.law.fields import Day, Money, Papers, Ref, Words, field
from guicheng.people.roles import Role
from guicheng.records.money import FundsInspection, Settlement, SettlementAudit
from guicheng.regulations.huaian2023.articles import A7, R
from guicheng.regulations.huaian2023.ch3_duties.a06_audit import BUILT
from guicheng.regulations.huaian2023.ch3_duties.a07_money import PAYABLE


@R.act("办理结算", A7, row=23, by=Role.GENERAL_OFFICE, at=BUILT)
class Settle(Act):
    """办公室负责项目资金争取和落实、政府采购计划申报和项目资金结算支付

    审定结算: the final cost of the original project without its changes; from then on the base of the ceiling on changes.
    """

    amount: Money = field("结算金额", help="原建设项目总费用，不含变更")
    security_amount: Money = field("其中安全投入", default=0)
    report: Ref | None = field("审计报告文号", default=None, help="依规定免审的可以不填")
    papers: Papers = field("结算书")

    def write(self, deed: Any) -> None:
        audit = deed.find(SettlementAudit, self.report, "report", "结算审计报告") if self.report else None
        if not deed.history:
            deed.need(self.security_amount <= self.amount, security_amount="安全投入不得多于结算金额")
        deed.keep(Settlement, audited_by=audit.auditor if audit else None)


@R.act("专项资金监管", A7, row=24, by=Role.GENERAL_OFFICE, at=PAYABLE, keeps=FundsInspection)
class InspectFunds(Act):
    """承担信息化专项资金使用监管和审计"""

    period_from: Day = field("期间自")
    period_to: Day = field("期间至")
    scope: Words = field("检查范围")
    budgeted: Money = field("预算数")
    spent: Money = field("支出数")
    findings: Words = field("检查发现")
    demands: Words | None = field("整改要求", default=None)
    report: Ref | None = field("报告文号", default=None)

    def write(self, deed: Any) -> None:
        if not deed.history:
            deed.need(
                self.period_from <= self.period_to <= deed.day, period_to="期间应在办理日期之前，且止日不早于起日"
            )
        deed.keep(FundsInspection)
