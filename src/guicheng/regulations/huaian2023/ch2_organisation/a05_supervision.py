"""第五条 网信办: matters of major projects that it supervises, with their progress."""

from typing import Any

from guicheng.law.act import Act
from guicheng.law.declare import REMIND, Breach, Owed, breach
from guicheng.law.fields import Count, Day, Line, Papers, Ref, Words, field
from guicheng.law.words import lacks
from guicheng.people.roles import Role
from guicheng.records.initiation import Approval
from guicheng.records.planning import SupervisedMatter, SupervisedProgress
from guicheng.regulations.huaian2023.articles import A5, R
from guicheng.regulations.huaian2023.ch2_organisation.a04_leading_group import major_on
from guicheng.regulations.huaian2023.words import granted


@R.act("督办", A5, row=11, by=Role.CYBER_OFFICE, keeps=SupervisedMatter)
class SuperviseMatter(Act):
    """牵头组织和协调督促推进市局网络安全和信息化领导小组决定的重大项目建设"""

    ref: Ref = field("督办编号")
    title: Line = field("督办事项")
    requirement: Words = field("要求")
    responsible: Line = field("责任处室")
    due_on: Day = field("办结期限")

    def write(self, deed: Any) -> None:
        deed.need(self.due_on is None or self.due_on >= deed.day, due_on="办结期限不得早于办理日期")
        deed.keep(SupervisedMatter)


@R.act("报告督办进展", A5, row=11, by=Role.CONSTRUCTION, keeps=SupervisedProgress)
class ReportSupervisedProgress(Act):
    """协调督促推进市局网络安全和信息化领导小组决定的重大项目建设"""

    matter: Ref = field("督办编号")
    percent: Count = field("完成百分比", le=100)
    progress: Words = field("进展")
    difficulty: Words | None = field("困难与需协调事项", default=None)
    finished: bool = field("是否办结")
    papers: Papers | None = field("佐证", default=None)

    def subject(self) -> str:
        return self.matter

    def write(self, deed: Any) -> None:
        matter = deed.find(SupervisedMatter, self.matter, "matter", "督办事项")
        deed.need(matter.finished_on is None, matter="该督办事项已经办结")
        deed.need(not self.finished or self.percent == 100, percent="办结时完成百分比应为100")
        if self.finished:
            deed.change(matter, finished_on=deed.day)
        deed.keep(SupervisedProgress)


@R.duty(
    "办理督办事项", A5, row=11, by=Role.CONSTRUCTION,
    opens=("supervise-matter", "report-supervised-progress"), closes="report-supervised-progress",
)  # fmt: skip
def finish_supervised_matter(deed: Any) -> Owed | None:
    """协调督促推进市局网络安全和信息化领导小组决定的重大项目建设

    A report that does not finish the matter leaves it owed, by the same day.
    """
    name = deed.act.matter if deed.act.spec.code == "report-supervised-progress" else deed.act.ref
    matter = deed.seek(SupervisedMatter, ref=name)
    if matter is None or matter.finished_on is not None:
        return None
    return Owed(deed.day, subject=matter.ref, due=matter.due_on)


@R.rule(
    A5, row=11, force=REMIND, over=Approval, cured_by="supervise-matter",
    says="重大项目{approved:day}已批准立项，网信办尚未列入督办", cure="网信办列出督办事项和期限",
)  # fmt: skip
def major_not_supervised(p: Any, a: Any) -> Breach:
    """牵头组织和协调督促推进市局网络安全和信息化领导小组决定的重大项目建设"""
    return breach(granted(a) & major_on(a.day) & lacks(SupervisedMatter), approved=a.day)
