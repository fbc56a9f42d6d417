"""第七条 政府采购计划申报: the plan is filed by 办公室 before anything is bought."""

from typing import Any, Literal

from guicheng.law.act import Act
from guicheng.law.declare import HARD, Breach, breach
from guicheng.law.fields import Line, Money, Paper, Papers, Ref, Words, field
from guicheng.law.words import lacks
from guicheng.people.roles import Role
from guicheng.records.procurement import Contract, Method, ProcurementPlan, Tender
from guicheng.records.stage import ONGOING, Stage
from guicheng.regulations.huaian2023.articles import A7, R
from guicheng.regulations.huaian2023.ch3_duties.a06_procurement import BOUGHT


@R.act("申报采购计划", A7, row=22, by=Role.GENERAL_OFFICE, at=ONGOING)
class FileProcurementPlan(Act):
    """政府采购计划申报

    One plan for each thing to be bought; below the limits it says that the bureau's own rule is followed.
    """

    ref: Ref = field("采购计划编号")
    item: Line = field("采购内容")
    category: Literal["goods", "services", "works"] = field("品目类别", help="货物、服务、工程")
    route: Literal["procurement-law", "tender-law", "own-rule"] = field(
        "适用规定", help="政府采购法；招标投标法（工程）；限额以下按市局采购规定"
    )
    method: Method = field("采购方式")
    budget: Money = field("采购预算（分）")
    filing_number: Line | None = field("财政备案号", default=None)
    method_reason: Words | None = field("采用非公开招标方式的理由", default=None)
    finance_consent: Line | None = field("财政部门批准文号", default=None, help="达到公开招标数额而采用其他方式的")
    survey: Paper | None = field("需求调查报告", default=None, help="定制开发的信息化项目应当开展")
    reviewed_by: Line = field("内部审查人")
    sme_reserved: Money = field("面向中小企业预留（分）", default=0)
    papers: Papers | None = field("附件", default=None)

    def write(self, deed: Any) -> None:
        own = {self.route == "own-rule", self.method == "own-rule"}
        deed.need(len(own) == 1 or deed.history, method="按市局采购规定采购的，适用规定和采购方式都应填 own-rule")
        small = self.sme_reserved is None or self.budget is None or self.sme_reserved <= self.budget
        deed.need(small, sme_reserved="预留金额不得超过采购预算")
        deed.keep(ProcurementPlan)
        if deed.project.stage >= Stage.APPROVED:
            deed.advance(Stage.PROCUREMENT)


@R.rule(
    A7, row=22, force=HARD, over=Tender, cured_by=("file-procurement-plan",),
    says="采购文件{tender}发布时，没有采购计划{plan}的申报记录", cure="由办公室先申报采购计划",
)  # fmt: skip
def tendered_without_plan(p: Any, t: Any) -> Breach:
    """政府采购计划申报"""
    unfiled = lacks(ProcurementPlan, lambda n: (n.ref == t.plan) & (n.day <= t.published_on))
    return breach(unfiled, tender=t.ref, plan=t.plan)


@R.rule(
    A7, row=22, force=HARD, over=Contract, cured_by=("file-procurement-plan",),
    says="合同{contract}签订时，没有相应的采购计划申报记录", cure="由办公室先申报采购计划，签订时写明计划编号",
)  # fmt: skip
def contracted_without_plan(p: Any, c: Any) -> Breach:
    """政府采购计划申报"""
    unfiled = lacks(ProcurementPlan, lambda n: (n.ref == c.plan) & (n.day <= c.signed_on))
    return breach(c.kind.among(*BOUGHT) & unfiled, contract=c.ref)
