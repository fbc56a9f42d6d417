"""第六条 建设处室: the estimate by tagged lines; a new version takes the place of the one before."""

from typing import Any, Literal

from guicheng.law.act import Act
from guicheng.law.declare import HARD, Breach, breach
from guicheng.law.fields import Count, Line, Money, Papers, Ref, RowData, Words, field
from guicheng.law.words import total
from guicheng.people.roles import Role
from guicheng.records.initiation import Approval, BudgetCheck, Component, Estimate, EstimateLine
from guicheng.records.stage import BEFORE_APPROVAL
from guicheng.regulations.huaian2023.articles import A6, R
from guicheng.regulations.huaian2023.words import granted, none_by

Tag = Literal["security", "supervision", "audit", "assessment", "preliminary", "contingency", "none"]


class LineOfEstimate(RowData):
    """One line: what, for which component, in which fiscal year, and its tag."""

    ref: Ref = field("条目编号")
    name: Line = field("名称")
    tag: Tag = field("标签", help="安全、监理、审计、测评、前期费用、预备费，或无")
    amount: Money = field("金额")
    year: Count = field("支出年度", ge=2000, le=2099)
    component: Ref | None = field("所属建设内容", default=None)
    quantity: Line | None = field("数量与单价", default=None)


@R.act("提交投资概算", A6, row=14, by=Role.CONSTRUCTION, at=BEFORE_APPROVAL, keeps=Estimate)
class SubmitEstimate(Act):
    """开展项目规划计划、预算编制、项目立项

    Each sum stands in one line with one tag, so that nothing is counted twice. The lines of the version before stay in
    its entry; security lines wait for confirmation again.
    """

    ref: Ref = field("版本编号", help="如 GS-1")
    lines: list[LineOfEstimate] = field("概算条目", min_length=1, max_length=500)
    price_basis: Words = field("价格依据", help="询价单、历史合同、定额")
    yearly_om: Money | None = field("预计年运维费", default=None)
    prepared_by: Line = field("编制人")
    papers: Papers | None = field("附件", default=None)

    def write(self, deed: Any) -> None:
        lines = self.lines or []
        known = set(deed.rows(Component).values_list("ref", flat=True))
        for i, line in enumerate(lines):
            fits = line.component is None or line.component in known
            deed.need(fits, **{f"lines.{i}.component": f"报备中没有“{line.component}”这项建设内容"})
        deed.need(len({line.ref for line in lines}) == len(lines), lines="条目编号有重复")
        deed.rows(EstimateLine).delete()
        deed.keep_rows(EstimateLine, lines, confirmed_by=None, confirmed_on=None)
        amounts = [line.amount for line in lines]
        deed.keep(
            Estimate,
            version=deed.rows(Estimate).count() + 1,
            total=None if None in amounts or not lines else sum(amounts),
        )


@R.rule(
    A6, row=14, force=HARD, over=BudgetCheck, cured_by="submit-estimate",
    says="办公室{checked:day}作预算把关，此前没有投资概算", cure="建设处室先提交投资概算",
)  # fmt: skip
def estimate_missing(p: Any, b: Any) -> Breach:
    """开展项目规划计划、预算编制"""
    return breach(none_by(Estimate, b.day), checked=b.day)


@R.rule(
    A6, row=14, force=HARD, over=Approval, cured_by=("submit-estimate", "approve-project"),
    says="批复{amount:wan}，超过投资概算{estimate:wan}", cure="批复金额不超过概算，或先修订概算",
)  # fmt: skip
def approved_above_estimate(p: Any, a: Any) -> Breach:
    """预算编制、项目立项"""
    estimate = total(EstimateLine, lambda line: line.amount)
    return breach(granted(a) & (a.amount > estimate), amount=a.amount, estimate=estimate)
