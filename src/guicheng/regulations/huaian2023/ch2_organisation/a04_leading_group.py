"""第四条 领导小组: plans of the bureau, and the decision on major projects."""

from typing import Any, Literal

from guicheng.law.act import Act
from guicheng.law.declare import HARD, Breach, breach
from guicheng.law.fields import Count, Day, Line, Paper, Papers, Ref, Words, field
from guicheng.law.terms import Term
from guicheng.people.roles import Role
from guicheng.records.deliberation import PartySubmission
from guicheng.records.initiation import Approval
from guicheng.records.planning import LeadingDecision, MajorFlag, Planning
from guicheng.records.stage import BEFORE_APPROVAL
from guicheng.regulations.huaian2023.articles import A4, R
from guicheng.regulations.huaian2023.words import granted, not_later, standing

DECIDERS = (Role.LEADING_GROUP, Role.CYBER_OFFICE)
"""The group decides; its office may record what was decided."""
Conclusion = Literal["agreed", "deferred", "disagreed"]
Criterion = Literal["amount", "public-facing", "critical", "data-scale", "manual"]


@R.act("发布规划或重大决策", A4, row=6, by=DECIDERS, scope="bureau", keeps=Planning)
class PublishPlanning(Act):
    """研究制定市局信息化发展规划和重大决策"""

    ref: Ref = field("文号")
    kind: Literal["plan", "decision"] = field("种类", help="plan 发展规划，decision 重大决策")
    title: Line = field("名称")
    summary: Words = field("主要内容")
    meeting: Line = field("会议", help="如 领导小组2026年第一次会议")
    decided_on: Day = field("议定日期")
    first_year: Count | None = field("规划起始年", default=None, ge=2000, le=2099)
    last_year: Count | None = field("规划末年", default=None, ge=2000, le=2099)
    papers: Papers | None = field("文件", default=None)

    def write(self, deed: Any) -> None:
        not_later(deed, decided_on=self.decided_on)
        ordered = not (self.first_year and self.last_year) or self.first_year <= self.last_year
        deed.need(ordered, last_year="规划末年不得早于起始年")
        deed.keep(Planning)


@R.act("认定重大项目", A4, row=7, by=Role.CYBER_OFFICE, at=BEFORE_APPROVAL, keeps=MajorFlag)
class FlagMajor(Act):
    """审定相关重大信息化建设项目

    The text sets no measure: 网信办 flags by hand and says why, and may take the flag back in the same way.
    """

    major: bool = field("是否重大")
    criterion: Criterion = field("认定标准", help="金额、面向公众、关键信息基础设施、数据规模，或逐项认定")
    reason: Words = field("理由")

    def write(self, deed: Any) -> None:
        deed.project.major = self.major
        deed.keep(MajorFlag)


@R.act("领导小组审定", A4, row=7, by=DECIDERS, at=BEFORE_APPROVAL, keeps=LeadingDecision)
class DecideByLeadingGroup(Act):
    """市局网络安全和信息化领导小组是市局信息化工作的领导决策机构……审定相关重大信息化建设项目"""

    ref: Ref = field("纪要文号")
    meeting: Line = field("会议届次")
    held_on: Day = field("会议日期")
    conclusion: Conclusion = field("结论", help="agreed 同意，deferred 缓议，disagreed 不同意")
    opinion: Words = field("审定意见")
    due: Count = field("应到人数", ge=1)
    present: Count = field("实到人数", ge=1)
    minutes: Paper | None = field("纪要摘录", default=None)

    def write(self, deed: Any) -> None:
        not_later(deed, held_on=self.held_on)
        deed.need((self.present or 0) <= (self.due or 10**6), present="实到人数不得多于应到人数")
        deed.keep(LeadingDecision)


def major_on(day: Any) -> Term:
    """The project counts as major on that day."""
    return standing(MajorFlag, day, "day", lambda f: f.major == True)  # noqa: E712  # a term


def led_by(day: Any) -> Term:
    """The leading group had agreed by that day, and had not taken it back."""
    return standing(LeadingDecision, day, "held_on", lambda d: d.conclusion == "agreed")


@R.rule(
    A4, row=7, force=HARD, over=PartySubmission, cured_by="decide-by-leading-group",
    says="重大项目于{submitted:day}提请党组会议，此前领导小组没有审定同意", cure="先提请领导小组审定，再提请党组会议",
)  # fmt: skip
def submitted_before_leading_group(p: Any, s: Any) -> Breach:
    """审定相关重大信息化建设项目

    For a major project both bodies decide, the leading group first.
    """
    return breach(major_on(s.day) & ~led_by(s.day), submitted=s.day)


@R.rule(
    A4, row=7, force=HARD, over=Approval, cured_by="decide-by-leading-group",
    says="重大项目于{approved:day}批准立项，此前领导小组没有审定同意", cure="先提请领导小组审定，再批准立项",
)  # fmt: skip
def approved_before_leading_group(p: Any, a: Any) -> Breach:
    """审定相关重大信息化建设项目

    Also when the project was found to be major only after it went to the party group.
    """
    return breach(granted(a) & major_on(a.day) & ~led_by(a.day), approved=a.day)
