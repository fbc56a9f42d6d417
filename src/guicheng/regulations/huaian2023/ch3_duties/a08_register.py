"""第八条 安全防护和检测: the register of systems, their level, and its filing, held by the technology division."""

from typing import Any, Literal

from guicheng.law.act import Act
from guicheng.law.declare import HARD, Breach, Owed, breach
from guicheng.law.fields import Day, Line, Paper, Ref, Words, field
from guicheng.law.words import has, lacks
from guicheng.people.roles import Role
from guicheng.records.acceptance import Application
from guicheng.records.initiation import Component
from guicheng.records.security import Assessment, Grading, System
from guicheng.records.stage import ONGOING
from guicheng.regulations.huaian2023.articles import A8, R

Level = Literal[1, 2, 3, 4, 5]


@R.act("系统定级", A8, row=(29, 62), by=(Role.TECHNOLOGY, Role.CONSTRUCTION), at=ONGOING)
class GradeSystem(Act):
    """统筹全局信息化项目安全防护和检测

    Enters the system in the register, or grades it again. Another level takes the force from the 等保 report of the old one.
    """

    system: Ref = field("系统编号", help="项目内简称，如 sys-1")
    name: Line = field("系统名称")
    boundary: Words = field("系统边界", help="网络与部署范围、对外接口、互联网暴露面")
    version: Line = field("版本", default="1.0")
    components: list[Ref] = field("所含组成部分", default=[], help="组成部分的简称")
    data_level: Level = field("业务信息安全等级")
    service_level: Level = field("系统服务安全等级")
    level: Level = field("安全保护等级", help="取业务信息与系统服务两者中较高者")
    graded_on: Day = field("定级日期")
    expert_review: Line | None = field("定级专家评审意见", default=None)
    report: Paper = field("定级报告")

    def subject(self) -> str:
        return self.system

    def write(self, deed: Any) -> None:
        deed.need(_fits(self), level=f"安全保护等级应为业务信息与系统服务两者中较高者，即第{_higher(self)}级")
        deed.need(not _after(self.graded_on, deed.day), graded_on="定级日期不能晚于办理日期")
        known = deed.seek(System, ref=self.system)
        if known is None:
            deed.keep(System, ref=self.system)
        else:
            if known.level != self.level:
                deed.rows(Assessment, system=self.system, kind="mlps", superseded_seq__isnull=True).update(
                    superseded_seq=deed.seq
                )
            deed.change(
                known, name=self.name, boundary=self.boundary, version=self.version, level=self.level,
                components=self.components or [],
            )  # fmt: skip
        deed.keep(Grading)


def _higher(act: GradeSystem) -> int:
    return max(act.data_level, act.service_level)


def _fits(act: GradeSystem) -> bool:
    """True also when the past did not say all three levels."""
    return None in (act.data_level, act.service_level, act.level) or act.level == _higher(act)


def _after(day: Any, limit: Any) -> bool:
    return day is not None and day > limit


@R.act("定级备案", A8, row=(29, 62), by=(Role.TECHNOLOGY, Role.CONSTRUCTION), at=ONGOING)
class FileGrading(Act):
    """统筹全局信息化项目安全防护和检测"""

    system: Ref = field("系统编号")
    filing_number: Line = field("备案编号")
    filed_with: Line = field("受理备案机关", default="市公安局")
    filed_on: Day = field("备案日期")
    filing_proof: Paper = field("备案证明")

    def subject(self) -> str:
        return self.system

    def write(self, deed: Any) -> None:
        deed.find(System, self.system, "system", "系统")
        graded = deed.seek(Grading, system=self.system)
        deed.need(graded.level is None or graded.level > 1, system="第一级系统只定级，不备案")
        deed.need(not _after(self.filed_on, deed.day), filed_on="备案日期不能晚于办理日期")
        early = self.filed_on and graded.graded_on and self.filed_on < graded.graded_on
        deed.need(not early, filed_on=f"备案日期不能早于定级日期 {graded.graded_on}")
        deed.change(
            graded, filing_number=self.filing_number, filed_with=self.filed_with, filed_on=self.filed_on,
            filing_proof=self.filing_proof,
        )  # fmt: skip


@R.duty(
    "办理等级保护备案", A8, row=(29, 62), by=(Role.TECHNOLOGY, Role.CONSTRUCTION), opens="grade-system",
    closes="file-grading", within="grading.file_days",
)  # fmt: skip
def filing_of_grading(deed: Any) -> Owed | None:
    """统筹全局信息化项目安全防护和检测

    A second grading of the same level needs no new filing; level 1 needs none.
    """
    graded = deed.act
    if graded.graded_on is None or (graded.level or 0) < 2:
        return None
    filed = deed.rows(Grading, system=graded.system, level=graded.level, filed_on__isnull=False).exists()
    return None if filed else Owed(graded.graded_on, subject=graded.system)


@R.rule(
    A8, row=29, force=HARD, over=Application, cured_by="grade-system",
    says="项目含有软件或安全部分，{applied:day}申请竣工验收时系统台账中没有本项目的系统",
    cure="先将所建系统定级并列入系统台账，再申请验收",
)  # fmt: skip
def system_unregistered(p: Any, w: Any) -> Breach:
    """统筹全局信息化项目安全防护和检测

    A project of hardware alone may serve a system of another project, which is assessed there; where it has a system of
    its own, that system is in the register and needs its assessments like any other.
    """
    needs_one = has(Component, lambda c: c.kind.among("software", "security") & (c.seq < w.seq))
    return breach(needs_one & lacks(System, lambda s: s.seq < w.seq), applied=w.applied_on)


@R.rule(
    A8, row=29, force=HARD, over=Assessment, cured_by="grade-system",
    says="系统{system}尚未列入台账，{reported:day}的报告无所归属", cure="先将系统定级并列入系统台账",
)  # fmt: skip
def assessed_before_registered(p: Any, a: Any) -> Breach:
    """统筹全局信息化项目安全防护和检测"""
    registered = lacks(System, lambda s: (s.ref == a.system) & (s.seq < a.seq))
    return breach(registered, system=a.system, reported=a.reported_on)
