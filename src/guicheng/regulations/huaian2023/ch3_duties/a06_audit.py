"""第六条 财务审计: the audit of a project's cost, and the settlement that rests on it."""

from typing import Any

from guicheng.law.act import Act
from guicheng.law.declare import EXEMPTABLE, HARD, Breach, breach
from guicheng.law.fields import Day, Line, Money, Papers, Ref, Words, field
from guicheng.law.words import has, lacks, latest
from guicheng.people.roles import Role
from guicheng.records.money import Settlement, SettlementAudit
from guicheng.records.stage import Stage, between
from guicheng.regulations.huaian2023.articles import A6, R

BUILT = (*between(Stage.CONTRACTED, Stage.RETIRED), Stage.TERMINATED)
"""A terminated project is settled for what was done."""


@R.act("提交结算审计报告", A6, row=16, by=(Role.AUDITOR, Role.CONSTRUCTION), at=BUILT, keeps=SettlementAudit)
class AuditSettlement(Act):
    """财务审计

    The construction office has the audit done and sees to its papers; the auditor may hand in the report itself. All
    amounts are of the original project: changes are counted apart.
    """

    ref: Ref = field("审计报告文号")
    auditor: Line = field("审计机构")
    submitted: Money = field("报审金额", help="不含变更")
    amount: Money = field("审定金额", help="不含变更")
    security_amount: Money = field("其中安全投入", default=0)
    cut_reason: Words | None = field("核减理由", default=None)
    reported_on: Day = field("报告日期")
    findings: Words = field("审计发现")
    unresolved: bool = field("有待整改的问题", default=False)
    papers: Papers = field("结算书与审计报告")

    def write(self, deed: Any) -> None:
        if not deed.history:
            deed.need(self.reported_on <= deed.day, reported_on="报告日期不得晚于办理日期")
            deed.need(
                self.amount >= self.submitted or self.cut_reason, cut_reason="审定金额低于报审金额，请说明核减理由"
            )
            deed.need(self.security_amount <= self.amount, security_amount="安全投入不得多于审定金额")
        deed.keep(SettlementAudit)


@R.rule(
    A6, row=16, force=EXEMPTABLE, over=Settlement, cured_by=("audit-settlement", "grant-exemption"),
    says="{settled:day}办理结算{amount:wan}，此前没有结算审计报告", cure="先提交结算审计报告；依规定可以免审的，引用条款办理豁免",
)  # fmt: skip
def settled_without_audit(p: Any, s: Any) -> Breach:
    """财务审计"""
    audited = has(SettlementAudit, lambda a: a.reported_on <= s.day)
    return breach(~audited, settled=s.day, amount=s.amount)


@R.rule(
    A6, row=16, force=HARD, over=Settlement, cured_by=("audit-settlement", "settle", "correct"),
    says="结算{amount:wan}，超过审定金额{audited:wan}", cure="按审定金额结算",
)  # fmt: skip
def settled_beyond_audit(p: Any, s: Any) -> Breach:
    """财务审计

    Judged against the last report that was there on the day of the settlement.
    """
    audited = latest(SettlementAudit, lambda a: a.amount, lambda a: a.reported_on <= s.day)
    known = ~lacks(SettlementAudit, lambda a: a.reported_on <= s.day)
    return breach(known & (s.amount > audited), amount=s.amount, audited=audited)
