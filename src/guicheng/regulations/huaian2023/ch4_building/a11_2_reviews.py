"""第十一条(二) 评审: departments outside the bureau review in parallel, from the party-group submission on."""

from functools import reduce
from operator import add, or_
from typing import Any, Literal

from guicheng.law.act import Act
from guicheng.law.declare import EXPLAIN, HARD, Breach, breach
from guicheng.law.fields import Line, Papers, Ref, Words, field
from guicheng.law.terms import Row, Term
from guicheng.law.words import count, either, has, lacks
from guicheng.people.roles import Role
from guicheng.records.deliberation import Condition, PartySubmission, Review
from guicheng.records.initiation import Approval
from guicheng.records.stage import BEFORE_APPROVAL
from guicheng.regulations.huaian2023.articles import A11, R
from guicheng.regulations.huaian2023.words import granted, open_on

Department = Literal["data", "development", "cryptography", "cyberspace", "secrecy", "finance", "archives", "other"]
NAMED = ("data", "development", "cryptography")
"""大数据、发改委、密码: named in the text; 等 leaves the list open."""


@R.act("报送评审", A11, 2, row=(44, 45), by=(Role.CYBER_OFFICE, Role.GENERAL_OFFICE), at=BEFORE_APPROVAL)
class DispatchReview(Act):
    """同时报大数据、发改委、密码等部门评审立项。

    The letter goes out in the bureau's name, or its Office's; an inner office writes none to the outside.
    """

    ref: Ref = field("送审编号")
    department: Department = field("部门", help="大数据、发展改革、密码、网信、保密、财政、档案，或其他")
    organ: Line = field("机关名称", help="现在的全称，名称随机构改革而变")
    letter: Line = field("发文字号")
    sender: Literal["bureau", "general-office"] = field("发文机关", help="bureau 市局，general-office 市局办公室")
    liaison: Line = field("网络信息技术处联系人")
    papers: Papers | None = field("报送材料", default=None)

    def write(self, deed: Any) -> None:
        deed.keep(Review, dispatched_on=deed.day)


@R.act("落实评审条件", A11, 2, row=44, by=(Role.CONSTRUCTION, Role.TECHNOLOGY), at=BEFORE_APPROVAL)
class CloseCondition(Act):
    """进一步完善项目建设方案……报大数据、发改委、密码等部门评审立项。"""

    condition: Ref = field("条件编号", help="送审编号或纪要文号/序号")
    how: Words = field("落实情况")
    checked_by: Line = field("复核人", help="提出条件的部门或网络信息技术处")
    papers: Papers | None = field("佐证", default=None)

    def subject(self) -> str:
        return self.condition

    def write(self, deed: Any) -> None:
        condition = deed.find(Condition, self.condition, "condition", "条件")
        deed.need(condition.closed_on is None, condition="该条件已经落实")
        papers = self.papers or []
        deed.change(condition, closed_on=deed.day, how=self.how, checked_by=self.checked_by, papers=papers)


def passed_by(r: Row, day: Term) -> Term:
    """This review had passed by that day, with conditions or without."""
    return (r.answered_on <= day) & r.outcome.among("passed", "conditional")


@R.rule(
    A11, 2, row=44, force=HARD, over=Review, cured_by="submit-to-party-group",
    says="{sent:day}报送“{organ}”评审，此前没有提请党组会议", cure="提请党组会议的同时或之后报送",
)  # fmt: skip
def dispatched_before_submission(p: Any, r: Any) -> Breach:
    """提请局党组会议审定，同时报大数据、发改委、密码等部门评审立项。"""
    early = lacks(PartySubmission, lambda s: s.day <= r.dispatched_on)
    return breach(early, sent=r.dispatched_on, organ=r.organ)


@R.rule(
    A11, 2, row=44, force=HARD, over=Approval, cured_by=("dispatch-review", "record-review"),
    says="{approved:day}批准立项，没有任何部门评审通过", cure="报送大数据、发展改革、密码等部门评审",
)  # fmt: skip
def approved_without_review(p: Any, a: Any) -> Breach:
    """同时报大数据、发改委、密码等部门评审立项。"""
    return breach(granted(a) & lacks(Review, lambda r: passed_by(r, a.day)), approved=a.day)


@R.rule(
    A11, 2, row=44, force=HARD, over=Approval, cured_by=("record-review", "dispatch-review"),
    says="{approved:day}批准立项，已报送的评审中有{waiting}个没有通过", cure="等待评审意见；未通过的，修改方案后重新报送",
)  # fmt: skip
def approved_with_reviews_open(p: Any, a: Row) -> Breach:
    """同时报大数据、发改委、密码等部门评审立项。

    Any one that refuses stops the approval, until the same department passes it later.
    """

    def unsettled(r: Row) -> Term:
        unpassed = r.answered_on.missing | (r.answered_on > a.day) | (r.outcome == "refused")
        again = has(Review, lambda n: (n.department == r.department) & (n.seq > r.seq) & passed_by(n, a.day))
        return (r.dispatched_on <= a.day) & unpassed & ~again

    waiting = count(Review, unsettled)
    return breach(granted(a) & (waiting > 0), approved=a.day, waiting=waiting)


@R.rule(
    A11, 2, row=45, force=EXPLAIN, over=Approval, cured_by=("dispatch-review", "explain"),
    says="{approved:day}批准立项，大数据、发展改革、密码部门中有{missing}个没有报送评审", cure="报送评审，或说明不报送的理由",
)  # fmt: skip
def department_left_out(p: Any, a: Any) -> Breach:
    """同时报大数据、发改委、密码等部门评审立项。"""

    unsent = [lacks(Review, lambda r: r.dispatched_on <= a.day, department=one) for one in NAMED]
    missing = reduce(add, (either(one, 1, 0) for one in unsent))
    return breach(granted(a) & reduce(or_, unsent), approved=a.day, missing=missing)


@R.rule(
    A11, 2, row=44, force=HARD, over=Approval, cured_by="close-condition",
    says="{approved:day}批准立项，还有{open}个附加条件没有落实", cure="逐项落实条件",
)  # fmt: skip
def approved_with_conditions_open(p: Any, a: Any) -> Breach:
    """同时报大数据、发改委、密码等部门评审立项。"""
    still = count(Condition, lambda c: (c.day <= a.day) & open_on(c, a.day))
    return breach(granted(a) & (still > 0), approved=a.day, open=still)
