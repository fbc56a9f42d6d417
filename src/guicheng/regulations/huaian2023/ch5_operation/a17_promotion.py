"""第十七条 推广应用: training, promotion, and how much the system is used."""

from typing import Any, Literal

from guicheng.law.act import Act
from guicheng.law.fields import Count, Day, Line, Papers, Words, field
from guicheng.people.roles import Role
from guicheng.records.stage import Stage
from guicheng.records.upkeep import Training, Usage
from guicheng.regulations.huaian2023.articles import A17, R
from guicheng.regulations.huaian2023.ch3_duties.a08_operation import END_OF_USE, IN_USE


@R.act("培训推广", A17, row=95, by=Role.CONSTRUCTION, at=(Stage.TRIAL, *IN_USE))
class TrainUsers(Act):
    """信息化项目建设处室（中心）负责系统推广应用和日常管理。"""

    kind: Literal["training", "promotion", "guide"] = field(
        "种类", help="training 培训；promotion 宣传推广；guide 操作指南"
    )
    held_on: Day = field("日期")
    topic: Line = field("主题")
    audience: Line = field("对象")
    people: Count = field("人数")
    content: Words = field("内容与效果")
    papers: Papers | None = field("附件", help="签到、课件", default=None)

    def write(self, deed: Any) -> None:
        if not deed.history:
            deed.need(self.held_on <= deed.day, held_on="日期不得晚于办理日期")
        deed.keep(Training)


@R.act("记使用情况", A17, row=95, by=Role.CONSTRUCTION, at=IN_USE)
class RecordUsage(Act):
    """信息化项目建设处室（中心）负责系统推广应用和日常管理。

    What the effect of the next evaluation is measured by.
    """

    period_from: Day = field("期间自")
    period_to: Day = field("期间至")
    users: Count = field("活跃用户数")
    visits: Count = field("访问量（千次）")
    cases: Count = field("办件量")
    availability: Count | None = field("可用率（万分之几）", default=None, le=10_000)
    satisfaction: Count | None = field("满意度（%）", default=None, le=100)
    remarks: Words | None = field("说明", default=None)

    def write(self, deed: Any) -> None:
        if not deed.history:
            ordered = self.period_from <= self.period_to <= deed.day
            deed.need(ordered, period_to="期间应在办理日期之前，且止日不早于起日")
        deed.keep(Usage)


@R.duty(
    "统计使用情况", A17, row=95, by=Role.CONSTRUCTION, within="operation.usage_months",
    opens=("put-into-operation", "record-usage"), closes=("record-usage", *END_OF_USE),
)  # fmt: skip
def count_usage(deed: Any) -> Any:
    """信息化项目建设处室（中心）负责系统推广应用和日常管理。"""
    return deed.act.period_to if isinstance(deed.act, RecordUsage) else deed.day
