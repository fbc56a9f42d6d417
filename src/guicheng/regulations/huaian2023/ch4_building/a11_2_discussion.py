"""第十一条(二) 初步研讨: 网信办 discusses the plan with the offices concerned; each comment is closed."""

from functools import reduce
from operator import add, or_
from typing import Any, Literal

from guicheng.law.act import Act
from guicheng.law.declare import EXPLAIN, HARD, Breach, breach
from guicheng.law.fields import Day, Line, Paper, Papers, Ref, RowData, Words, field
from guicheng.law.words import count, either, lacks
from guicheng.people.roles import Role
from guicheng.records.deliberation import Attendance, Comment, Discussion
from guicheng.records.initiation import Approval, BudgetCheck
from guicheng.records.stage import BEFORE_APPROVAL
from guicheng.records.study import Plan
from guicheng.regulations.huaian2023.articles import A11, R
from guicheng.regulations.huaian2023.words import granted, not_later, open_on

Body = Literal[
    "construction", "cyber-office", "general-office", "technology", "legal", "discipline", "other-office", "expert"
]  # fmt: skip
EXPECTED = ("construction", "technology", "general-office", "legal")
"""有关处室, at the least: what the bureau takes these words to mean."""


class Attendee(RowData):
    """A body at the meeting and who spoke for it."""

    body: Body = field("处室或身份")
    person: Line = field("参加人")


class CommentMade(RowData):
    """A comment on the plan."""

    ref: Ref = field("意见编号")
    body: Body = field("提出方")
    text: Words = field("意见")


@R.act("初步研讨", A11, 2, row=40, by=Role.CYBER_OFFICE, at=BEFORE_APPROVAL, keeps=Discussion)
class HoldDiscussion(Act):
    """网信办组织有关处室（中心）对建设方案进行初步研讨"""

    ref: Ref = field("纪要编号")
    plan: Ref = field("研讨的方案版本")
    held_on: Day = field("研讨日期")
    place: Line = field("地点")
    host: Line = field("主持人")
    attendees: list[Attendee] = field("参加处室", min_length=1, max_length=100)
    comments: list[CommentMade] | None = field("意见清单", default=None, max_length=500)
    conclusion: Literal["proceed", "revise"] = field("结论", help="proceed 修改完善后继续，revise 重新研讨")
    summary: Words = field("研讨情况")
    minutes: Paper | None = field("纪要", default=None)
    papers: Papers | None = field("附件", default=None)

    def write(self, deed: Any) -> None:
        not_later(deed, held_on=self.held_on)
        deed.keep(Discussion)
        deed.keep_rows(Attendance, self.attendees, discussion=self.ref)
        deed.keep_rows(Comment, self.comments, discussion=self.ref)


@R.act("办结研讨意见", A11, 2, row=41, by=Role.CONSTRUCTION, at=BEFORE_APPROVAL)
class CloseComment(Act):
    """进一步完善项目建设方案"""

    comment: Ref = field("意见编号")
    outcome: Literal["adopted", "partly", "not"] = field("采纳情况", help="采纳、部分采纳、不采纳")
    reason: Words | None = field("理由", default=None, help="没有全部采纳的，写明理由")
    plan: Ref | None = field("落实于方案版本", default=None)

    def subject(self) -> str:
        return self.comment

    def write(self, deed: Any) -> None:
        comment = deed.find(Comment, self.comment, "comment", "研讨意见")
        deed.need(comment.closed_on is None, comment="该意见已经办结")
        deed.need(self.outcome == "adopted" or self.reason or deed.history, reason="没有全部采纳的，写明理由")
        deed.need(self.outcome == "not" or self.plan or deed.history, plan="采纳的意见，写明落实于哪一版方案")
        if self.plan:
            deed.find(Plan, self.plan, "plan", "建设方案")
        deed.change(comment, outcome=self.outcome, reason=self.reason, plan=self.plan, closed_on=deed.day)


@R.rule(
    A11, 2, row=40, force=HARD, over=Discussion, cured_by="submit-plan",
    says="{held:day}研讨时还没有建设方案", cure="建设处室先提交建设方案，再组织研讨",
)  # fmt: skip
def discussed_without_plan(p: Any, d: Any) -> Breach:
    """网信办组织有关处室（中心）对建设方案进行初步研讨"""
    return breach(lacks(Plan, lambda v: (v.ref == d.plan) & (v.day <= d.held_on)), held=d.held_on)


@R.rule(
    A11, 2, row=40, force=EXPLAIN, over=Discussion, cured_by=("hold-discussion", "explain"),
    says="{held:day}的研讨，建设处室、网络信息技术处、办公室、政策法规处中有{absent}个没有参加", cure="请有关处室参加研讨，或说明理由",
)  # fmt: skip
def offices_absent(p: Any, d: Any) -> Breach:
    """网信办组织有关处室（中心）对建设方案进行初步研讨"""

    away = [lacks(Attendance, lambda t: t.discussion == d.ref, body=body) for body in EXPECTED]
    absent = reduce(add, (either(one, 1, 0) for one in away))
    return breach(reduce(or_, away), held=d.held_on, absent=absent)


@R.rule(
    A11, 2, row=(40, 42), force=HARD, over=BudgetCheck, cured_by="hold-discussion",
    says="办公室{checked:day}作预算把关，此前网信办没有组织初步研讨", cure="先由网信办组织初步研讨",
)  # fmt: skip
def checked_before_discussion(p: Any, b: Any) -> Breach:
    """网信办组织有关处室（中心）对建设方案进行初步研讨，进一步完善项目建设方案，经办公室根据当年财政预算安排统筹把关后"""
    return breach(lacks(Discussion, lambda d: d.held_on <= b.day), checked=b.day)


@R.rule(
    A11, 2, row=41, force=HARD, over=BudgetCheck, cured_by="close-comment",
    says="办公室{checked:day}作预算把关，还有{open}条研讨意见没有办结", cure="逐条办结研讨意见并完善方案",
)  # fmt: skip
def checked_with_open_comments(p: Any, b: Any) -> Breach:
    """进一步完善项目建设方案，经办公室根据当年财政预算安排统筹把关后"""
    still = count(Comment, lambda c: (c.day <= b.day) & open_on(c, b.day))
    return breach(still > 0, checked=b.day, open=still)


@R.rule(
    A11, 2, row=40, force=HARD, over=Approval, cured_by="hold-discussion",
    says="{approved:day}批准立项，此前网信办没有组织初步研讨", cure="先由网信办组织初步研讨",
)  # fmt: skip
def approved_before_discussion(p: Any, a: Any) -> Breach:
    """网信办组织有关处室（中心）对建设方案进行初步研讨"""
    return breach(granted(a) & lacks(Discussion, lambda d: d.held_on <= a.day), approved=a.day)


@R.rule(
    A11, 2, row=41, force=HARD, over=Approval, cured_by="close-comment",
    says="{approved:day}批准立项，还有{open}条研讨意见没有办结", cure="逐条办结研讨意见并完善方案",
)  # fmt: skip
def approved_with_open_comments(p: Any, a: Any) -> Breach:
    """进一步完善项目建设方案"""
    still = count(Comment, lambda c: (c.day <= a.day) & open_on(c, a.day))
    return breach(granted(a) & (still > 0), approved=a.day, open=still)
