"""第六条 建设处室: the construction plan, in versions; articles 3 and 12 judge its answers."""

from typing import Any

from guicheng.law.act import Act
from guicheng.law.declare import HARD, Breach, breach
from guicheng.law.fields import Count, Line, Paper, Papers, Ref, RowData, Words, field
from guicheng.people.roles import Role
from guicheng.records.initiation import Approval
from guicheng.records.stage import BEFORE_APPROVAL
from guicheng.records.study import Plan, Standard
from guicheng.regulations.huaian2023.articles import A6, R
from guicheng.regulations.huaian2023.words import granted, none_by


class StandardUsed(RowData):
    """A law or standard with its year."""

    code: Line = field("编号", help="如 GB/T 22239")
    title: Line = field("名称")
    year: Count = field("发布年", ge=1980, le=2099)


@R.act("提交建设方案", A6, row=13, by=Role.CONSTRUCTION, at=BEFORE_APPROVAL, keeps=Plan)
class SubmitPlan(Act):
    """编制相应项目功能需求及建设方案"""

    ref: Ref = field("版本编号", help="如 FA-1")
    title: Line = field("题名")
    digest: Paper = field("方案文本")
    goals: Words = field("建设目标与绩效目标")
    content: Words = field("建设内容")
    route: Words = field("技术路线")
    deployment: Words = field("部署", help="政务云、机房、网络")
    reuse_checked: bool = field("是否做过复用和重复建设核查")
    reuse: Words | None = field("复用与重复核查情况", default=None)
    uses_data: bool = field("是否使用或产生政务数据")
    sharing_planned: bool = field("是否有数据共享方案和资源目录")
    sharing: Words | None = field("数据共享安排", default=None)
    security_met: bool = field("是否满足信息系统安全运行需要")
    security: Words = field("安全措施")
    security_synchronous: bool = field("安全措施是否同步规划、同步建设、同步运行")
    secrecy_met: bool = field("是否满足保密要求")
    secrecy: Words = field("保密审查结论")
    secrecy_reviewed_by: Line = field("保密审查人")
    standards: list[StandardUsed] = field("执行的法规标准", max_length=200)
    proposed_level: Count | None = field("拟定等级保护级别", default=None, ge=1, le=4)
    cryptography: Words | None = field("密码应用", default=None)
    schedule: Words = field("进度安排")
    risks: Words | None = field("风险与对策", default=None)
    changes: Words | None = field("较上一版的修改", default=None)
    papers: Papers | None = field("附件", default=None)

    def write(self, deed: Any) -> None:
        deed.need(not self.reuse_checked or self.reuse, reuse="做过核查的，写明核查了哪些系统和公共组件")
        deed.need(not self.sharing_planned or self.sharing, sharing="有共享方案的，写明目录和共享方式")
        version = deed.rows(Plan).count() + 1
        deed.need(deed.history or version == 1 or self.changes, changes="写明较上一版的修改")
        listed = None if deed.history and not self.standards else len(self.standards)
        deed.keep(Plan, version=version, standards=listed)
        deed.keep_rows(Standard, self.standards, plan=self.ref)


@R.rule(
    A6, row=13, force=HARD, over=Approval, cured_by="submit-plan",
    says="{approved:day}批准立项，此前没有建设方案", cure="建设处室先提交建设方案",
)  # fmt: skip
def plan_missing(p: Any, a: Any) -> Breach:
    """编制相应项目功能需求及建设方案"""
    return breach(granted(a) & none_by(Plan, a.day), approved=a.day)
