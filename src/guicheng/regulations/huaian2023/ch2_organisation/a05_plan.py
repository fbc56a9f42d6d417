"""第五条 网信办: drafts, the annual plan and its lines, and that a project stands in it or says why not."""

from typing import Any, Literal

from guicheng.law.act import Act
from guicheng.law.declare import EXPLAIN, Breach, breach
from guicheng.law.fields import Count, Day, Line, Money, Paper, Papers, Ref, RowData, Words, field
from guicheng.law.words import here, unstated
from guicheng.people.roles import Role
from guicheng.records.initiation import Filing
from guicheng.records.planning import AnnualPlan, AnnualPlanLine, RegulationDraft
from guicheng.regulations.huaian2023.articles import A5, R
from guicheng.regulations.huaian2023.words import not_later

# ruff: noqa: E712  # conditions over columns, not truths


@R.act("起草规划和规章制度", A5, row=8, by=Role.CYBER_OFFICE, scope="bureau", keeps=RegulationDraft)
class PublishRegulationDraft(Act):
    """负责起草市局信息化建设发展规划和有关规章制度

    One row for each version, from the first draft to the one issued.
    """

    ref: Ref = field("编号", help="每一稿一个编号")
    kind: Literal["plan", "rule", "standard", "procedure"] = field(
        "种类", help="发展规划、规章制度、技术标准、办事规程"
    )
    title: Line = field("名称")
    version: Line = field("稿次")
    status: Literal["draft", "consulting", "issued"] = field("状态", help="起草、征求意见、印发")
    summary: Words = field("主要内容")
    consulted: list[Line] | None = field("已征求意见的单位", default=None, max_length=100)
    digest: Paper | None = field("文稿", default=None)


class PlanLine(RowData):
    """One line of the annual plan."""

    ref: Ref = field("条目编号", help="全局唯一，如 2026-07")
    title: Line = field("项目名称")
    unit: Ref = field("建设处室（中心）代码")
    kind: Literal["software", "hardware", "security", "om", "other"] = field("类别")
    amount: Money = field("估算金额")
    funds: Line = field("资金来源")
    quarter: Count | None = field("拟启动季度", default=None, ge=1, le=4)


@R.act("发布年度安排", A5, row=10, by=Role.CYBER_OFFICE, scope="bureau", keeps=AnnualPlan)
class PublishAnnualPlan(Act):
    """提出年度信息化建设工作安排方案"""

    ref: Ref = field("文号")
    year: Count = field("年度", ge=2000, le=2099)
    title: Line = field("名称")
    agreed_by: Line = field("议定机构")
    agreed_on: Day = field("议定日期")
    lines: list[PlanLine] = field("条目", min_length=1, max_length=1000)
    papers: Papers | None = field("文件", default=None)

    def write(self, deed: Any) -> None:
        not_later(deed, agreed_on=self.agreed_on)
        refs = [line.ref for line in self.lines or []]
        deed.need(len(refs) == len(set(refs)), lines="条目编号有重复")
        taken = AnnualPlanLine.objects.filter(ref__in=refs).first()
        deed.need(taken is None, lines=f"条目编号 {taken} 已在其他年度安排中用过")
        deed.keep(AnnualPlan)
        deed.keep_rows(AnnualPlanLine, self.lines, plan=self.ref, year=self.year)


@R.rule(
    A5, row=10, force=EXPLAIN, over=Filing, cured_by=("correct", "explain"),
    says="项目“{title}”没有写明年度安排条目，也没有说明计划外的理由", cure="填写年度安排条目编号；计划外的，写明理由",
)  # fmt: skip
def outside_annual_plan(p: Any, f: Any) -> Breach:
    """提出年度信息化建设工作安排方案"""
    unplaced = ((f.planned == True) & unstated(f.plan_line)) | ((f.planned == False) & unstated(f.unplanned_reason))
    return breach(unplaced, title=here.title)
