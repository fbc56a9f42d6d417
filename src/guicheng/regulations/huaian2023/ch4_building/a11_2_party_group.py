"""第十一条(二) 局党组会议审定: after the budget check of every year in which money is planned."""

from typing import Any, Literal

from guicheng.law.act import Act
from guicheng.law.declare import HARD, Breach, breach
from guicheng.law.fields import Count, Day, Line, Paper, Papers, Ref, Words, field
from guicheng.law.words import has, lacks, total
from guicheng.people.roles import Role
from guicheng.records.deliberation import Condition, PartyDecision, PartySubmission
from guicheng.records.initiation import Approval, BudgetCheck, EstimateLine
from guicheng.records.stage import BEFORE_APPROVAL, Stage
from guicheng.regulations.huaian2023.articles import A11, R
from guicheng.regulations.huaian2023.ch3_duties.a07_budget import agreed_on
from guicheng.regulations.huaian2023.words import granted, not_later, standing


@R.act(
    "提请党组会议审定", A11, 2, row=43, by=(Role.CONSTRUCTION, Role.GENERAL_OFFICE), at=BEFORE_APPROVAL, to=Stage.REVIEW,
    keeps=PartySubmission,
)  # fmt: skip
class SubmitToPartyGroup(Act):
    """提请局党组会议审定"""

    ref: Ref = field("议题编号")
    topic: Line = field("议题")
    reporter: Line = field("汇报处室")
    summary: Words = field("提请审定的内容", help="研讨和预算把关情况、金额、风险")
    papers: Papers | None = field("议题材料", default=None)


@R.act(
    "党组会议审定", A11, 2, row=43, by=(Role.PARTY_GROUP, Role.GENERAL_OFFICE), at=BEFORE_APPROVAL, keeps=PartyDecision
)
class DecideByPartyGroup(Act):
    """提请局党组会议审定

    The system records what was decided, in an extract; it does not run the vote.
    """

    ref: Ref = field("纪要文号")
    submission: Ref = field("议题编号")
    meeting: Line = field("会议届次")
    held_on: Day = field("会议日期")
    conclusion: Literal["agreed", "conditional", "deferred", "disagreed"] = field(
        "结论", help="同意、原则同意并附条件、缓议、不同意"
    )
    conditions: list[Words] | None = field("条件", default=None, max_length=50)
    opinion: Words = field("审定意见摘录")
    due: Count = field("应到人数", ge=1)
    present: Count = field("实到人数", ge=1)
    minutes: Paper | None = field("纪要摘录", default=None)

    def write(self, deed: Any) -> None:
        deed.find(PartySubmission, self.submission, "submission", "议题")
        not_later(deed, held_on=self.held_on)
        deed.need((self.present or 0) <= (self.due or 10**6), present="实到人数不得多于应到人数")
        named = (self.conclusion == "conditional") == bool(self.conditions)
        deed.need(named or deed.history, conditions="原则同意的，列出条件")
        deed.keep(PartyDecision)
        for i, words in enumerate(self.conditions or [], 1):
            deed.keep(Condition, ref=f"{self.ref}/{i}", source=self.ref, text=words)


@R.rule(
    A11, 2, row=(42, 43), force=HARD, over=PartySubmission, cured_by="check-budget",
    says="{submitted:day}提请党组会议，此前办公室没有对每个支出年度作出同意的预算把关意见",
    cure="办公室先对概算中的每个支出年度把关",
)  # fmt: skip
def submitted_before_budget_check(p: Any, s: Any) -> Breach:
    """经办公室根据当年财政预算安排统筹把关后，提请局党组会议审定

    当年 is each year in which money is planned, by the estimate as it stood then.
    """

    def unchecked(line: Any) -> Any:
        return (line.seq < s.seq) & lacks(BudgetCheck, lambda b: agreed_on(b, s.day) & (b.year == line.year))

    none = lacks(BudgetCheck, lambda b: agreed_on(b, s.day))
    return breach(none | has(EstimateLine, unchecked), submitted=s.day)


@R.rule(
    A11, 2, row=43, force=HARD, over=PartyDecision, cured_by="submit-to-party-group",
    says="党组会议{held:day}审定，此前没有提请", cure="先提请党组会议审定",
)  # fmt: skip
def decided_before_submission(p: Any, d: Any) -> Breach:
    """提请局党组会议审定"""
    submitted = has(PartySubmission, lambda s: (s.ref == d.submission) & (s.day <= d.held_on))
    return breach(~submitted, held=d.held_on)


@R.rule(
    A11, 2, row=43, force=HARD, over=Approval, cured_by="decide-by-party-group",
    says="{approved:day}批准立项，此前党组会议没有审定同意", cure="先经局党组会议审定",
)  # fmt: skip
def approved_before_party_group(p: Any, a: Any) -> Breach:
    """提请局党组会议审定"""
    agreed = standing(PartyDecision, a.day, "held_on", lambda d: d.conclusion.among("agreed", "conditional"))
    return breach(granted(a) & ~agreed, approved=a.day)


@R.rule(
    A11, 2, row=42, force=HARD, over=Approval, cured_by="check-budget",
    says="{approved:day}批准立项，概算中有的支出年度没有办公室同意的预算把关意见", cure="办公室对每个支出年度把关",
)  # fmt: skip
def approved_before_budget_check(p: Any, a: Any) -> Breach:
    """经办公室根据当年财政预算安排统筹把关后"""

    def unchecked(line: Any) -> Any:
        return lacks(BudgetCheck, lambda b: agreed_on(b, a.day) & (b.year == line.year))

    none = lacks(BudgetCheck, lambda b: agreed_on(b, a.day))
    return breach(granted(a) & (none | has(EstimateLine, unchecked)), approved=a.day)


@R.rule(
    A11, 2, row=42, force=HARD, over=Approval, cured_by=("check-budget", "approve-project"),
    says="批复{amount:wan}，超过预算把关同意安排的{checked:wan}", cure="批复不超过已同意安排的金额，或重新把关",
)  # fmt: skip
def approved_above_budget_check(p: Any, a: Any) -> Breach:
    """经办公室根据当年财政预算安排统筹把关后

    A check that was there is needed for this; that there is none is another breach.
    """
    checked = total(BudgetCheck, lambda b: b.amount, lambda b: agreed_on(b, a.day))
    some = has(BudgetCheck, lambda b: agreed_on(b, a.day))
    return breach(granted(a) & some & (a.amount > checked), amount=a.amount, checked=checked)
