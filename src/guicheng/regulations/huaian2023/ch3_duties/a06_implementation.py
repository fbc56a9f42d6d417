"""第六条 项目实施: start and progress reports by the owner."""

from typing import Any

from guicheng.law.act import Act, Unfit
from guicheng.law.fields import Count, Day, Line, Paper, Papers, PersonName, Ref, Words, field
from guicheng.people.roles import Role
from guicheng.records.implementation import ProgressReport, Start
from guicheng.records.stage import Stage, between
from guicheng.regulations.huaian2023.articles import A6, R

BUILDING = between(Stage.FILED, Stage.RECTIFICATION)


@R.act("开工", A6, row=19, by=Role.CONSTRUCTION, at=BUILDING)
class StartImplementation(Act):
    """项目实施

    The day of the act is the day of the start.
    """

    contract: Ref = field("合同编号")
    finish_by: Day = field("计划完成日")
    leader: Line = field("建设处室项目负责人")
    contractor_leader: PersonName = field("承建单位项目经理")
    plan: Paper = field("实施计划")
    order: Paper | None = field("开工报告或开工令", default=None)
    security_measures: Words = field("同步采取的安全措施")
    papers: Papers | None = field("附件", default=None)

    def write(self, deed: Any) -> None:
        if self.finish_by and self.finish_by < deed.day:
            raise Unfit(finish_by="计划完成日不得早于开工日")
        if self.contract and (earlier := deed.seek(Start, contract=self.contract)):
            raise Unfit(contract=f"合同{self.contract}已于{earlier.started_on}开工")
        deed.keep(Start, started_on=deed.day)
        deed.advance(Stage.IMPLEMENTATION)


@R.act(
    "报告进度", A6, row=19, by=(Role.CONSTRUCTION, Role.CONTRACTOR), at=between(Stage.APPROVED, Stage.RECTIFICATION),
    keeps=ProgressReport,
)  # fmt: skip
class ReportProgress(Act):
    """项目实施"""

    contract: Ref = field("合同编号")
    period_from: Day = field("报告期起")
    period_to: Day = field("报告期止")
    percent: Count = field("累计完成（%）", le=100)
    done: Words = field("本期完成")
    following: Words = field("下期计划")
    problems: Words | None = field("问题与措施", default=None)
    behind: bool = field("进度滞后", default=False)
    papers: Papers = field("佐证", help="例会纪要、阶段成果、到货验收单等")

    def write(self, deed: Any) -> None:
        if self.period_from and self.period_to and self.period_to < self.period_from:
            raise Unfit(period_to="报告期止不得早于报告期起")
        super().write(deed)
