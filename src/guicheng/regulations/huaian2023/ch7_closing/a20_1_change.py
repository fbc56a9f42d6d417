"""第二十条 变更: planned, filed with 网信办, carried out, or given up."""

from typing import Any, Literal

from guicheng.law.act import Act
from guicheng.law.declare import Owed
from guicheng.law.fields import Day, Line, Money, Papers, Ref, Words, field
from guicheng.people.roles import Role
from guicheng.records.operation import Change, Commissioning
from guicheng.records.stage import Stage, between
from guicheng.regulations.huaian2023.articles import A20, R

CHANGEABLE = between(Stage.CONTRACTED, Stage.OPERATION)
STILL_FILED = (*CHANGEABLE, Stage.RETIRED)


def open_change(deed: Any, ref: str | None) -> Change:
    """The change of that number, neither finished nor given up. Raises Unfit."""
    found: Change = deed.find(Change, ref, "change", "变更")
    deed.need(found.finished_on is None, change=f"变更{ref}已于{found.finished_on}完成")
    deed.need(found.withdrawn_on is None, change=f"变更{ref}已于{found.withdrawn_on}撤销")
    return found


@R.act("制定变更方案", A20, row=(102, 103, 104), by=Role.CONSTRUCTION, at=CHANGEABLE)
class PlanChange(Act):
    """信息化项目建设处室（中心）在使用过程中如对信息系统变更的，应制定实施方案、明确完成时间、强化应急措施、有序开展实施，相关情况及时报备网信办。

    Changes while building and in use go through the same act; `phase` says which. Plan, date and emergency measures are
    demanded of a system in use; the ceiling on the cost counts both.
    """

    ref: Ref = field("变更编号")
    phase: Literal["building", "use"] = field("阶段", help="building 建设中；use 使用中")
    category: Literal["function", "performance", "data", "security", "crypto", "interface", "deployment", "other"] = (
        field(
            "类型",
            help="function 功能；performance 性能；data 数据；security 安全；crypto 密码；interface 接口；deployment 部署",
        )
    )
    title: Line = field("事项")
    reason: Words = field("原因")
    content: Words = field("内容")
    impact: Words = field("影响", help="功能、数据、安全级别、密码、接口、工期")
    reassess: bool = field("重大变更，须重新测评", default=False)
    cost: Money = field("经费")
    security_cost: Money = field("其中安全投入", default=0)
    plan: Line | None = field("实施方案", default=None, help="方案名称与版本")
    begins_on: Day | None = field("计划开始日期", default=None)
    finish_by: Day | None = field("完成时间", default=None)
    emergency: Words | None = field("应急与回退措施", default=None)
    urgent: Line | None = field("紧急原因", default=None, help="须先实施后报备的才填写")
    papers: Papers | None = field("附件", default=None)

    def write(self, deed: Any) -> None:
        within = self.security_cost is None or self.cost is None or self.security_cost <= self.cost
        deed.need(within, security_cost="其中安全投入不得超过变更经费")
        if not deed.history:
            in_use = deed.seek(Commissioning) is not None
            deed.need(in_use == (self.phase == "use"), phase=f"系统{'已经' if in_use else '尚未'}投入使用，请改选阶段")
            ordered = not (self.begins_on and self.finish_by) or self.begins_on <= self.finish_by
            deed.need(ordered, finish_by="完成时间不得早于计划开始日期")
        deed.keep(Change, planned_cost=self.cost)


@R.act("报备变更", A20, row=106, by=Role.CONSTRUCTION, at=STILL_FILED)
class FileChange(Act):
    """相关情况及时报备网信办。

    A filing, not an approval: before the change is carried out, or after an urgent one within some working days.
    """

    change: Ref = field("变更编号")
    situation: Words = field("报备内容", help="实施方案、完成时间、应急措施与经费的要点")
    receipt: Ref = field("网信办回执编号")
    filed_by: Line = field("网信办接收人")
    papers: Papers | None = field("附件", default=None)

    def write(self, deed: Any) -> None:
        found = deed.find(Change, self.change, "change", "变更")
        deed.need(found.withdrawn_on is None, change=f"变更{self.change}已撤销，无须报备")
        deed.need(found.filed_on is None, change=f"变更{self.change}已于{found.filed_on}报备")
        deed.change(found, filed_on=deed.day, receipt=self.receipt, filed_by=self.filed_by)

    def subject(self) -> str:
        return self.change


@R.act("完成变更", A20, row=105, by=Role.CONSTRUCTION, at=STILL_FILED)
class FinishChange(Act):
    """有序开展实施"""

    change: Ref = field("变更编号")
    started_on: Day = field("开始实施日期")
    finished_on: Day = field("完成日期")
    cost: Money = field("实际经费")
    carried_out: Words = field("实施情况")
    verification: Words = field("验证情况", help="测试、备份、回退演练的结果")
    papers: Papers | None = field("附件", default=None)

    def write(self, deed: Any) -> None:
        found = open_change(deed, self.change)
        if not deed.history:
            ordered = self.started_on <= self.finished_on <= deed.day
            deed.need(ordered, finished_on="完成日期应在开始之后、办理之前")
        deed.change(
            found, started_on=self.started_on, finished_on=self.finished_on, cost=self.cost,
            carried_out=self.carried_out, verification=self.verification,
        )  # fmt: skip

    def subject(self) -> str:
        return self.change


@R.act("撤销变更", A20, row=102, by=Role.CONSTRUCTION, at=STILL_FILED)
class WithdrawChange(Act):
    """在使用过程中如对信息系统变更的，应制定实施方案、明确完成时间、强化应急措施、有序开展实施

    A change that is not carried out costs nothing: it no longer counts towards the ceiling.
    """

    change: Ref = field("变更编号")
    reason: Words = field("理由")

    def write(self, deed: Any) -> None:
        deed.change(open_change(deed, self.change), withdrawn_on=deed.day)

    def subject(self) -> str:
        return self.change


@R.duty(
    "紧急变更事后报备", A20, row=106, by=Role.CONSTRUCTION, within="change.report_workdays",
    opens=("plan-change",), closes=("file-change", "withdraw-change"),
)  # fmt: skip
def file_urgent_change(deed: Any) -> Owed | None:
    """相关情况及时报备网信办。"""
    return Owed(deed.day, deed.act.ref) if deed.act.urgent else None


@R.duty(
    "按期完成变更", A20, row=(103, 105), by=Role.CONSTRUCTION,
    opens=("plan-change",), closes=("finish-change", "withdraw-change"),
)  # fmt: skip
def finish_change_in_time(deed: Any) -> Owed | None:
    """明确完成时间、强化应急措施、有序开展实施"""
    act = deed.act
    return Owed(deed.day, act.ref, act.finish_by) if act.finish_by else None
