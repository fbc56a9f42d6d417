"""第六条 建设处室: the requirement in detail, in versions."""

from typing import Any

from guicheng.law.act import Act
from guicheng.law.declare import HARD, Breach, breach
from guicheng.law.fields import Line, Paper, Papers, Ref, Words, field
from guicheng.people.roles import Role
from guicheng.records.initiation import Approval
from guicheng.records.stage import BEFORE_APPROVAL
from guicheng.records.study import Requirement
from guicheng.regulations.huaian2023.articles import A6, R
from guicheng.regulations.huaian2023.words import granted, none_by


@R.act("提交业务需求", A6, row=12, by=Role.CONSTRUCTION, at=BEFORE_APPROVAL, keeps=Requirement)
class SubmitRequirement(Act):
    """信息化项目建设处室（中心）负责确定详细业务需求"""

    ref: Ref = field("版本编号", help="如 XQ-1")
    title: Line = field("题名")
    digest: Paper = field("需求说明书")
    business: Words = field("业务需求", help="办什么事、谁来办、现状与问题")
    functions: Words = field("功能需求")
    performance: Words | None = field("性能与数据量", default=None)
    users: Words | None = field("用户与使用范围", default=None)
    surveyed: bool = field("是否做过需求调查")
    survey: Words | None = field("需求调查情况", default=None)
    signed_by: Line = field("处室负责人签认")
    papers: Papers | None = field("附件", default=None)

    def write(self, deed: Any) -> None:
        deed.need(not self.surveyed or self.survey, survey="做过需求调查的，写明对象、方式和结果")
        deed.keep(Requirement, version=deed.rows(Requirement).count() + 1)


@R.rule(
    A6, row=12, force=HARD, over=Approval, cured_by="submit-requirement",
    says="{approved:day}批准立项，此前没有业务需求说明书", cure="建设处室先提交业务需求",
)  # fmt: skip
def requirement_missing(p: Any, a: Any) -> Breach:
    """信息化项目建设处室（中心）负责确定详细业务需求"""
    return breach(granted(a) & none_by(Requirement, a.day), approved=a.day)
