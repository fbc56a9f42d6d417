"""第十六条 日常运维: upkeep, drills, incidents; what must stand before a system is in use."""

from typing import Any, Literal

from guicheng.law.act import Act
from guicheng.law.declare import HARD, Breach, breach
from guicheng.law.fields import Count, Day, Line, Papers, Ref, Words, field
from guicheng.law.words import unstated
from guicheng.people.roles import Role
from guicheng.records.operation import Commissioning
from guicheng.records.stage import Stage
from guicheng.records.upkeep import Drill, Incident, Upkeep
from guicheng.regulations.huaian2023.articles import A16, R
from guicheng.regulations.huaian2023.ch3_duties.a08_operation import END_OF_USE, IN_USE


@R.act("记运维日志", A16, row=92, by=(Role.CONSTRUCTION, Role.CONTRACTOR), at=IN_USE)
class RecordUpkeep(Act):
    """应建立健全项目运维管理制度，加强日常运维管理"""

    kind: Literal["patrol", "ticket", "backup", "restore-test", "patch", "account-review", "other"] = field(
        "种类", help="patrol 巡检；ticket 工单；backup 备份；restore-test 恢复演练；patch 补丁；account-review 账号核查"
    )
    done_on: Day = field("日期")
    done_by: Line = field("办理人")
    content: Words = field("内容")
    result: Words = field("结果")
    papers: Papers | None = field("附件", default=None)

    def write(self, deed: Any) -> None:
        if not deed.history:
            deed.need(self.done_on <= deed.day, done_on="日期不得晚于办理日期")
        deed.keep(Upkeep)


@R.act("记应急演练", A16, row=93, by=Role.CONSTRUCTION, at=IN_USE)
class RecordDrill(Act):
    """制定应急预案，确保系统安全稳定运行。"""

    held_on: Day = field("演练日期")
    plan: Line = field("演练的预案")
    scenario: Words = field("场景")
    participants: Count = field("参加人数", ge=1)
    result: Words = field("结果")
    improvements: Words | None = field("改进事项", default=None)
    papers: Papers | None = field("记录", default=None)

    def write(self, deed: Any) -> None:
        if not deed.history:
            deed.need(self.held_on <= deed.day, held_on="演练日期不得晚于办理日期")
        deed.keep(Drill)


@R.act("记故障与事件", A16, row=(92, 93), by=(Role.CONSTRUCTION, Role.TECHNOLOGY), at=(Stage.TRIAL, *IN_USE))
class RecordIncident(Act):
    """制定应急预案，确保系统安全稳定运行。"""

    ref: Ref = field("事件编号")
    title: Line = field("事件")
    kind: Literal["outage", "attack", "leak", "data-damage", "equipment", "other"] = field(
        "种类", help="outage 中断；attack 攻击；leak 数据泄露；data-damage 数据损毁；equipment 设备故障"
    )
    grade: Literal["extraordinary", "serious", "considerable", "general"] = field(
        "级别", help="extraordinary 特别重大；serious 重大；considerable 较大；general 一般"
    )
    happened_on: Day = field("发生日期")
    restored_on: Day | None = field("恢复日期", default=None)
    impact: Words = field("影响", help="系统、用户、数据、时长")
    cause: Words = field("原因")
    handling: Words = field("处置经过")
    plan_used: bool = field("启动了应急预案")
    reported_to: Line | None = field("已报告", default=None, help="较大及以上的应写明报告了谁")
    papers: Papers | None = field("附件", default=None)

    def write(self, deed: Any) -> None:
        if not deed.history:
            last = self.restored_on or self.happened_on
            deed.need(self.happened_on <= last <= deed.day, restored_on="恢复日期应在发生之后、办理之前")
            reported = self.grade == "general" or self.reported_to
            deed.need(reported, reported_to="较大及以上事件应写明向谁报告")
        deed.keep(Incident)


@R.duty(
    "应急演练", A16, row=93, by=Role.CONSTRUCTION, within="operation.drill_months",
    opens=("put-into-operation", "record-drill"), closes=("record-drill", *END_OF_USE),
)  # fmt: skip
def drill_in_time(deed: Any) -> Any:
    """制定应急预案，确保系统安全稳定运行。"""
    return deed.act.held_on if isinstance(deed.act, RecordDrill) else deed.day


@R.rule(
    A16, row=91, force=HARD, over=Commissioning, cured_by=("put-into-operation", "correct"),
    says="{started:day}投入使用，没有明确运维责任人", cure="投入使用时明确运维责任人",
)  # fmt: skip
def used_without_owner(p: Any, m: Any) -> Breach:
    """项目建设处室（中心）是信息化项目运维的责任主体"""
    return breach(unstated(m.owner), started=m.started_on)


@R.rule(
    A16, row=92, force=HARD, over=Commissioning, cured_by=("put-into-operation", "correct"),
    says="{started:day}投入使用，没有运维管理制度", cure="建立运维管理制度后投入使用",
)  # fmt: skip
def used_without_regime(p: Any, m: Any) -> Breach:
    """应建立健全项目运维管理制度，加强日常运维管理"""
    return breach(unstated(m.regime), started=m.started_on)


@R.rule(
    A16, row=93, force=HARD, over=Commissioning, cured_by=("put-into-operation", "correct"),
    says="{started:day}投入使用，没有应急预案", cure="制定应急预案后投入使用",
)  # fmt: skip
def used_without_emergency_plan(p: Any, m: Any) -> Breach:
    """制定应急预案，确保系统安全稳定运行。"""
    return breach(unstated(m.emergency_plan), started=m.started_on)
