"""第六条 招标文件编制、政府采购: the owner issues the documents and records whom they led to."""

from typing import Any

from guicheng.law.act import Act, Unfit
from guicheng.law.declare import HARD, Breach, breach
from guicheng.law.fields import Count, Day, Line, Money, Paper, Papers, Ref, RowData, field
from guicheng.law.periods import add_workdays
from guicheng.law.words import has, lacks
from guicheng.people.roles import Role
from guicheng.records.procurement import (
    Award,
    Competence,
    Contract,
    ContractKind,
    Method,
    ProcurementPlan,
    SupplierSize,
    Tender,
    TenderDemand,
)
from guicheng.records.stage import ONGOING, Stage
from guicheng.regulations.huaian2023.articles import A6, R

BOUGHT = ("main", "supervision", "audit", "assessment", "om")
"""Kinds of contract that are bought after approval; study has its own money, supplementary and change amend another."""
WORKDAYS_COUNT = ("negotiation", "inquiry")


class Demand(RowData):
    """A qualification demanded of suppliers."""

    certificate: Line = field("要求的资格或证书")
    basis: Line = field("法律依据", help="哪部法律、行政法规要求具备；没有依据的不得设为门槛")


class Proof(RowData):
    """What shows that a supplier is able."""

    shows: Line = field("证明材料", help="现行有效的许可、备案、资信证明，或政府采购法第二十二条的承诺")
    number: Line | None = field("编号", default=None)
    issuer: Line = field("出具机关或单位")
    valid_until: Day | None = field("有效至", default=None)


@R.act("发布采购文件", A6, row=17, by=Role.CONSTRUCTION, at=ONGOING)
class PublishTender(Act):
    """招标文件编制、政府采购

    The day of the act is the day of issue.
    """

    ref: Ref = field("采购项目编号")
    plan: Ref = field("采购计划编号")
    kind: ContractKind = field("拟签合同的类型", help="main 主合同，supervision 监理，audit 审计，study 前期")
    title: Line = field("采购标的")
    method: Method = field("采购方式")
    documents: Paper = field("采购文件摘要")
    deadline_on: Day = field("响应截止日")
    ceiling: Money = field("最高限价（分）")
    bid_bond: Money = field("投标保证金（分）", default=0)
    place: Line | None = field("公告媒体", default=None)
    demands: list[Demand] = field("资格要求", default=[])
    papers: Papers | None = field("附件", default=None)

    def write(self, deed: Any) -> None:
        if self.deadline_on and self.deadline_on < deed.day:
            raise Unfit(deadline_on="响应截止日不得早于发布之日")
        counted = self.method in WORKDAYS_COUNT
        earliest = add_workdays(deed.day, deed.figure("tender.short_workdays")) if counted else None
        deed.keep(Tender, published_on=deed.day, earliest_on=earliest)
        deed.keep_rows(TenderDemand, self.demands, tender=self.ref)
        if self.kind == "main":
            deed.advance(Stage.PROCUREMENT)


@R.act("登记中标（成交）结果", A6, row=17, by=Role.CONSTRUCTION, at=ONGOING)
class RecordAward(Act):
    """招标文件编制、政府采购

    The day of the act is the day on which the notice was issued.
    """

    ref: Ref = field("中标（成交）通知书编号")
    tender: Ref = field("采购项目编号")
    supplier: Line = field("供应商")
    supplier_size: SupplierSize = field("供应商规模", help="大型、中型、小型、微型；none 为非企业")
    amount: Money = field("中标（成交）金额（分）")
    decided_on: Day | None = field("确定供应商之日", default=None)
    committee: Count = field("评审人数", ge=1)
    experts: Count = field("其中评审专家人数")
    report: Paper = field("评审报告")
    published_at: Line | None = field("结果公告媒体", default=None)
    competence: list[Proof] = field("供应商能力证明", default=[])
    papers: Papers | None = field("附件", default=None)

    def write(self, deed: Any) -> None:
        if self.committee is not None and self.experts is not None and self.experts > self.committee:
            raise Unfit(experts="评审专家人数不得多于评审人数")
        deed.keep(Award, issued_on=deed.day)
        deed.keep_rows(Competence, self.competence, supplier=self.supplier)


@R.rule(
    A6, row=(17, 54), force=HARD, over=Award, cured_by=("record-award", "correct"),
    says="中标（成交）通知书{award}发出时，采购项目{tender}没有发布采购文件，或响应截止日未到", cure="先发布采购文件，截止后再确定供应商",
)  # fmt: skip
def awarded_without_tender(p: Any, a: Any) -> Breach:
    """招标文件编制、政府采购"""
    open_till_then = lacks(Tender, lambda t: (t.ref == a.tender) & (t.deadline_on <= a.issued_on))
    return breach(open_till_then, award=a.ref, tender=a.tender)


@R.rule(
    A6, row=(17, 54), force=HARD, over=Contract, cured_by=("record-award", "correct"),
    says="合同{contract}签订时，没有供应商为{supplier}、金额不低于合同金额的中标（成交）通知书",
    cure="按中标（成交）通知书的供应商和金额签订",
)  # fmt: skip
def contract_departs_from_award(p: Any, c: Any) -> Breach:
    """招标文件编制、政府采购

    What is bought under the bureau's own rule or a framework agreement needs no award of its own.
    """
    awarded = has(
        Award,
        lambda a: (
            (a.ref == c.award) & (a.supplier == c.supplier) & (c.amount <= a.amount) & (a.issued_on <= c.signed_on)
        ),
    )
    freely = has(ProcurementPlan, lambda n: (n.ref == c.plan) & n.method.among("own-rule", "framework"))
    return breach(c.kind.among(*BOUGHT) & ~freely & ~awarded, contract=c.ref, supplier=c.supplier)
