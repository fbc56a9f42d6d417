"""第十五条 绩效评估: four dimensions, a score, a grade; the next budget rests on it."""

from typing import Any, Literal

from guicheng.law.act import Act
from guicheng.law.declare import EXPLAIN, Breach, breach
from guicheng.law.fields import Count, Day, Line, Money, Papers, Ref, RowData, Words, field
from guicheng.law.words import has, latest, months_after
from guicheng.people.roles import Role
from guicheng.records.operation import Commissioning, Evaluation, OperationBudget
from guicheng.records.stage import Stage
from guicheng.regulations.huaian2023.articles import A15, R
from guicheng.regulations.huaian2023.ch3_duties.a08_operation import END_OF_USE

Dimension = Literal["building", "funds", "efficiency", "effect"]
DIMENSION_ZH = {"building": "建设情况", "funds": "资金使用", "efficiency": "运行效率", "effect": "应用效果"}
Grade = Literal["优", "良", "中", "差"]
PARTS = 100
"""A score is kept in hundredths of a point: weights in per cent times whole points are exact, and 89.99 is not 90."""


class DimensionScore(RowData):
    """One of the four dimensions: weight in per cent, points of 100, and what they rest on."""

    dimension: Dimension = field("维度", help="、".join(f"{k} {v}" for k, v in DIMENSION_ZH.items()))
    weight: Count = field("权重（%）", le=100)
    score: Count = field("得分", le=100)
    indicators: Words = field("指标与完成情况")
    deviation: Words | None = field("偏差说明", default=None)
    evidence: Line | None = field("佐证", default=None)


def grade_of(score: int, figures: Any, day: Any) -> str:
    """The grade of a score in hundredths, by the figures of that day: each band includes its least score."""
    bands = (("优", "evaluation.excellent"), ("良", "evaluation.good"), ("中", "evaluation.fair"))
    return next((g for g, name in bands if score >= int(figures[name].on(day)) * PARTS), "差")


@R.act("绩效评估", A15, row=89, by=Role.CONSTRUCTION, at=(Stage.OPERATION, Stage.RETIRED))
class EvaluatePerformance(Act):
    """信息化项目建设处室（中心）应定期对运行期内项目建设情况、资金使用、运行效率、应用效果进行绩效评估"""

    ref: Ref = field("评估报告编号")
    year: Count = field("年度", ge=2000, le=2099)
    period_from: Day = field("期间自")
    period_to: Day = field("期间至")
    goals: Words = field("绩效目标")
    budgeted: Money = field("预算数")
    executed: Money = field("执行数")
    dimensions: list[DimensionScore] = field("四个维度", min_length=4, max_length=4)
    grade: Grade = field("等级", help="优≥90，良≥80，中≥60，其余为差")
    evaluator: Line = field("评估人或机构")
    problems: Words = field("问题")
    advice: Words = field("建议", help="包括对下一年度预算的建议")
    papers: Papers = field("评估报告")

    def write(self, deed: Any) -> None:
        points = {d.dimension: d.score for d in self.dimensions or []}
        known = [d for d in self.dimensions or [] if d.weight is not None and d.score is not None]
        score = sum(d.weight * d.score for d in known) if len(known) == 4 else None
        if not deed.history:
            self._fits(deed, len(points), score or 0)
        deed.keep(Evaluation, score=score, **points)

    def _fits(self, deed: Any, different: int, score: int) -> None:
        deed.need(different == 4, dimensions="四个维度各评一次：建设情况、资金使用、运行效率、应用效果")
        deed.need(sum(d.weight for d in self.dimensions) == 100, dimensions="四个维度的权重之和应为100")
        ordered = self.period_from <= self.period_to <= deed.day
        deed.need(ordered, period_to="期间应在办理日期之前，且止日不早于起日")
        right = grade_of(score, deed.figures, deed.day)
        deed.need(self.grade == right, grade=f"总分{score // PARTS}.{score % PARTS:02d}，等级应为“{right}”")


class BudgetItem(RowData):
    """One line of a budget request."""

    name: Line = field("支出内容")
    amount: Money = field("金额")
    basis: Line | None = field("测算依据", default=None)


@R.act("申请下年度经费", A15, row=90, by=Role.CONSTRUCTION, at=(Stage.ACCEPTED, Stage.OPERATION))
class RequestOperationBudget(Act):
    """评估结果作为下一年度安排项目预算、运行维护经费的重要依据。"""

    ref: Ref = field("申请编号")
    year: Count = field("预算年度", ge=2000, le=2100)
    kind: Literal["om", "project"] = field("种类", default="om", help="om 运行维护经费；project 项目预算")
    amount: Money = field("申请金额")
    items: list[BudgetItem] = field("明细", min_length=1, max_length=200)
    content: Words = field("主要内容")
    rests_on: Ref | None = field("依据的评估报告", default=None)
    poor_reason: Words | None = field("评为“差”仍安排经费的理由", default=None)
    papers: Papers | None = field("附件", default=None)

    def write(self, deed: Any) -> None:
        if self.rests_on is not None:
            deed.find(Evaluation, self.rests_on, "rests_on", "评估报告")
        if not deed.history:
            deed.need(self.year > deed.day.year, year="申请的应是下一年度及以后的经费")
            deed.need(sum(i.amount for i in self.items) == self.amount, amount="申请金额应等于明细之和")
        deed.keep(OperationBudget)


@R.duty(
    "绩效评估", A15, row=89, by=Role.CONSTRUCTION, within="evaluation.months",
    opens=("put-into-operation", "evaluate-performance"), closes=("evaluate-performance", *END_OF_USE),
)  # fmt: skip
def evaluate_in_time(deed: Any) -> Any:
    """信息化项目建设处室（中心）应定期对运行期内项目建设情况、资金使用、运行效率、应用效果进行绩效评估"""
    if deed.project.stage >= Stage.RETIRED:
        return None
    begun = deed.seek(Commissioning)
    return begun.started_on if begun and begun.seq == deed.seq else deed.day


@R.rule(
    A15, row=(89, 90), force=EXPLAIN, over=OperationBudget, cured_by=("evaluate-performance", "explain"),
    says="{asked:day}申请{year}年度经费，此前{months}个月内没有绩效评估",
    cure="先做绩效评估，再申请下一年度经费；确有原因的说明理由",
)  # fmt: skip
def budget_without_evaluation(p: Any, b: Any) -> Breach:
    """应定期对运行期内项目建设情况、资金使用、运行效率、应用效果进行绩效评估，评估结果作为下一年度安排项目预算、运行维护经费的重要依据。"""
    months = p.evaluation_months.on(b.day)
    current = has(Evaluation, lambda e: (e.day <= b.day) & (b.day <= months_after(e.day, months)))
    return breach(~current, asked=b.day, year=b.year, months=months)


@R.rule(
    A15, row=90, force=EXPLAIN, over=OperationBudget, cured_by=("request-operation-budget", "explain"),
    says="最近一次绩效评估为“差”，申请{year}年度经费{amount:wan}没有写明理由", cure="写明评为“差”仍安排经费的理由",
)  # fmt: skip
def budget_after_poor_evaluation(p: Any, b: Any) -> Breach:
    """评估结果作为下一年度安排项目预算、运行维护经费的重要依据。"""
    grade = latest(Evaluation, lambda e: e.grade, lambda e: e.day <= b.day)
    poor = has(Evaluation, lambda e: e.day <= b.day) & (grade == "差")
    return breach(poor & b.poor_reason.missing, year=b.year, amount=b.amount)
