"""第十三条(一) 试运行: its admission, one trial per component, and what happened in it."""

from typing import Any, Literal

from guicheng.law.act import Act, Unfit
from guicheng.law.declare import Owed
from guicheng.law.fields import Day, Line, Paper, Papers, Ref, Words, field
from guicheng.people.roles import Role
from guicheng.records.initiation import Component
from guicheng.records.security import Assessment, System
from guicheng.records.stage import Stage, between
from guicheng.records.trial import Trial, TrialAcceptance, TrialEvent
from guicheng.regulations.huaian2023.articles import A13, R

BUILDING = (Stage.IMPLEMENTATION, Stage.TRIAL, Stage.RECONSIDERATION, Stage.RECTIFICATION)
"""Stages in which the work is in the contractor's hands, not before the acceptance team."""

Data = Literal["simulated", "desensitised", "real"]


@R.act("试运行验收", A13, 1, row=67, by=Role.CONSTRUCTION, at=BUILDING)
class AcceptTrialRun(Act):
    """信息化项目须经试运行验收

    Lighter than completion acceptance: it admits components to trial operation.
    """

    components: list[Ref] = field("组成部分", min_length=1, help="准予试运行的组成部分的简称")
    outcome: Literal["passed", "failed"] = field("结论", help="passed 准予试运行、failed 不准予")
    attended_by: list[Line] = field("参加单位", min_length=1, help="建设处室、网络信息技术处、承建单位、监理单位等")
    deployed: Words = field("安装部署情况")
    function_check: Words = field("功能核对情况")
    documents_check: Words = field("资料核对情况")
    issues: Words | None = field("遗留问题", default=None)
    minutes: Paper = field("试运行验收记录")
    papers: Papers | None = field("附件", default=None)

    def write(self, deed: Any) -> None:
        for i, ref in enumerate(self.components or [], 1):
            deed.find(Component, ref, "components", "组成部分")
            deed.keep(TrialAcceptance, ref=f"{deed.seq}.{i}", component=ref, held_on=deed.day)


@R.act("开始试运行", A13, 1, row=(67, 68, 69), by=Role.CONSTRUCTION, at=BUILDING)
class StartTrial(Act):
    """信息化项目须经试运行验收，稳定运行（软件至少3个月，硬件至少1个月）后

    One component each. Its clock runs from the day after this act's day; a restart is an event of the trial.
    """

    component: Ref = field("组成部分")
    system: Ref | None = field("所属系统", default=None, help="软件和安全部分必须属于台账中的系统")
    scope: Words = field("试运行范围")
    users: Words = field("试用用户")
    data_nature: Data = field("数据性质", help="simulated 模拟、desensitised 脱敏、real 真实数据")
    public: bool = field("是否面向公众开放")
    plan: Paper = field("试运行方案")
    rollback: Words = field("应急与回退措施")
    papers: Papers | None = field("附件", default=None)

    def write(self, deed: Any) -> None:
        component = deed.find(Component, self.component, "component", "组成部分")
        if self.system is not None:
            deed.find(System, self.system, "system", "系统")
        running = deed.seek(Trial, ref=self.component)
        deed.need(running is None, component="该组成部分已在试运行，需重新计时的请登记试运行事件并确认重新计时")
        real = None if self.data_nature is None else self.data_nature == "real"
        deed.keep(Trial, ref=self.component, kind=component.kind, real_data=real, started_on=deed.day)
        if deed.project.stage < Stage.TRIAL:
            deed.move(Stage.TRIAL)


@R.act(
    "登记试运行事件", A13, 1, row=68, by=(Role.CONTRACTOR, Role.SUPERVISOR, Role.CONSTRUCTION, Role.TECHNOLOGY),
    at=between(Stage.TRIAL, Stage.RECTIFICATION),
)  # fmt: skip
class LogTrialEvent(Act):
    """稳定运行（软件至少3个月，硬件至少1个月）后

    A major fault, or a release that changes agreed functions, calls for the component's clock to start again, which
    建设处室 decides. A planned outage does not.
    """

    ref: Ref = field("事件编号")
    component: Ref = field("组成部分")
    kind: Literal["fault", "release", "outage"] = field("类别", help="fault 故障、release 版本发布、outage 计划停机")
    severity: Literal["major", "general", "minor"] | None = field(
        "故障级别", default=None, help="major 重大、general 一般、minor 轻微；故障必填"
    )
    changes_functions: bool | None = field("是否改变约定功能", default=None, help="版本发布必填")
    needs_reassessment: bool = field("是否影响测评结论", default=False, help="是，则所属系统须重新测评")
    version: Line | None = field("发布的版本", default=None)
    happened_on: Day = field("发生日期")
    ended_on: Day | None = field("结束日期", default=None)
    cause: Words = field("原因或内容")
    handling: Words = field("处置情况")
    papers: Papers | None = field("附件", default=None)

    def write(self, deed: Any) -> None:
        trial = deed.find(Trial, self.component, "component", "试运行")
        if not deed.history:
            deed.need(self.kind != "fault" or self.severity, severity="故障须填写级别")
            deed.need(self.kind != "release" or self.changes_functions is not None, changes_functions="版本发布须填写")
            inside = trial.started_on <= self.happened_on <= deed.day
            deed.need(inside, happened_on=f"发生日期应在试运行开始（{trial.started_on}）之后，且不晚于办理日期")
        deed.keep(TrialEvent, trial=self.component, restarts=None, restart_on=None, decided_on=None)
        system = deed.seek(System, ref=trial.system) if self.kind == "release" and trial.system else None
        if system is None:
            return
        if self.version:
            deed.change(system, version=self.version)
        if self.needs_reassessment:
            _supersede_all(deed, trial.system)


def _supersede_all(deed: Any, system: str) -> None:
    """Another version than the assessed one: earlier reports on it lose their force, what does not apply still does not."""
    reports = deed.rows(Assessment, system=system, waived=False, superseded_seq__isnull=True)
    reports.update(superseded_seq=deed.seq)


@R.act("确认重新计时", A13, 1, row=68, by=Role.CONSTRUCTION, at=between(Stage.TRIAL, Stage.RECTIFICATION))
class ConfirmRestart(Act):
    """稳定运行（软件至少3个月，硬件至少1个月）后

    The supervisor proposes, 建设处室 confirms; a decision that the clock does not start again needs its reason.
    """

    event: Ref = field("试运行事件编号")
    restarts: bool = field("是否重新计时", default=True)
    restart_on: Day | None = field("重新计时之日", default=None, help="恢复稳定运行或新版本上线之日")
    supervisor_view: Words = field("监理意见", help="未引入监理的，写明“无监理”")
    decided_reason: Words | None = field("不重新计时的理由", default=None)

    def subject(self) -> str:
        return self.event

    def write(self, deed: Any) -> None:
        event = deed.find(TrialEvent, self.event, "event", "试运行事件")
        if not deed.history:
            self._check(deed, event)
        day = self.restart_on if self.restarts else None
        deed.change(
            event, restarts=self.restarts, restart_on=day, decided_on=deed.day, decided_by=deed.by,
            decided_reason=self.decided_reason,
        )  # fmt: skip

    def _check(self, deed: Any, event: Any) -> None:
        if not self.restarts:
            deed.need(self.decided_reason, decided_reason="不重新计时的，须写明理由")
            return
        if self.restart_on is None:
            raise Unfit(restart_on="重新计时的，须写明自何日起")
        inside = (event.happened_on or self.restart_on) <= self.restart_on <= deed.day
        deed.need(inside, restart_on="重新计时之日不早于事件发生之日，不晚于办理日期")


@R.duty(
    "决定是否重新计时", A13, 1, row=68, by=Role.CONSTRUCTION, opens="log-trial-event", closes="confirm-restart"
)  # fmt: skip
def decision_on_restart(deed: Any) -> Owed | None:
    """稳定运行（软件至少3个月，硬件至少1个月）后"""
    act = deed.act
    calls = (act.kind == "fault" and act.severity == "major") or (act.kind == "release" and act.changes_functions)
    return Owed(deed.day, subject=act.ref) if calls else None


R.left_to_people(
    A13, 1, row=68, quote="稳定运行",
    why="故障是否重大、发布是否改变约定功能，由登记人按故障分级判断，监理提出意见，建设处室确认；计时由规则计算",
)  # fmt: skip
