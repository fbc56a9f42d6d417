"""第八条 网络信息技术处: contact for the reviews by departments outside the bureau."""

from typing import Any, Literal

from guicheng.law.act import Act
from guicheng.law.fields import Day, Line, Papers, PersonName, Ref, Words, field
from guicheng.people.roles import Role
from guicheng.records.deliberation import Condition, Review
from guicheng.records.stage import BEFORE_APPROVAL
from guicheng.regulations.huaian2023.articles import A8, R
from guicheng.regulations.huaian2023.words import not_later


@R.act("登记评审意见", A8, row=28, by=(Role.TECHNOLOGY, Role.CYBER_OFFICE, Role.EXTERNAL), at=BEFORE_APPROVAL)
class RecordReview(Act):
    """配合市信息化建设主管部门开展项目方案评审；

    The department's words; each condition is kept apart, to be closed one by one.
    """

    review: Ref = field("送审编号")
    method: Literal["meeting", "written", "online", "site"] = field("评审方式", help="会议、书面、线上、现场")
    outcome: Literal["passed", "conditional", "refused"] = field("结论", help="通过、有条件通过、不通过")
    opinion: Words = field("意见")
    opinion_number: Line | None = field("意见文号", default=None)
    answered_on: Day = field("意见日期")
    conditions: list[Words] | None = field("条件清单", default=None, max_length=100)
    experts: list[PersonName] | None = field("评审专家", default=None, max_length=50)
    papers: Papers | None = field("附件", default=None)

    def subject(self) -> str:
        return self.review

    def write(self, deed: Any) -> None:
        review = deed.find(Review, self.review, "review", "送审")
        not_later(deed, answered_on=self.answered_on)
        deed.need(review.outcome is None, review="该送审已有意见；再次评审请重新报送")
        sent, answered = review.dispatched_on, self.answered_on
        deed.need(not (sent and answered) or sent <= answered, answered_on=f"意见日期不得早于报送日期 {sent}")
        deed.need(
            (self.outcome == "conditional") == bool(self.conditions) or deed.history,
            conditions="有条件通过的，列出条件",
        )
        deed.change(
            review, method=self.method, outcome=self.outcome, opinion=self.opinion, opinion_number=self.opinion_number,
            answered_on=self.answered_on, experts=self.experts or [], papers=self.papers or [],
        )  # fmt: skip
        for i, words in enumerate(self.conditions or [], 1):
            deed.keep(Condition, ref=f"{self.review}/{i}", source=self.review, text=words, papers=[])
