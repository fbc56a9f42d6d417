"""第七条 办公室: the budget check of a fiscal year, and that the money is secured."""

from typing import Any, Literal

from guicheng.law.act import Act
from guicheng.law.declare import HARD, Breach, breach
from guicheng.law.fields import Count, Line, Money, Papers, Ref, Words, field
from guicheng.law.terms import Row, Term
from guicheng.law.words import has
from guicheng.people.roles import Role
from guicheng.records.initiation import Approval, BudgetCheck
from guicheng.regulations.huaian2023.articles import A7, R
from guicheng.regulations.huaian2023.words import granted


@R.act("预算把关", A7, row=(21, 42), by=Role.GENERAL_OFFICE, keeps=BudgetCheck)
class CheckBudget(Act):
    """办公室负责项目资金争取和落实

    One check for each fiscal year in which money is planned; a later check of the same year takes its place.
    """

    ref: Ref = field("意见编号")
    year: Count = field("财政年度", ge=2000, le=2099)
    requested: Money = field("申请金额")
    amount: Money = field("同意安排金额")
    quota: Money | None = field("当年预算额度", default=None)
    arranged: Money | None = field("当年已安排", default=None)
    funds: Literal["fiscal", "special", "superior", "self-raised", "other"] = field(
        "资金性质", help="财政预算、专项资金、上级补助、单位自有、其他"
    )
    funds_secured: bool = field("资金是否落实")
    in_budget: bool = field("是否纳入部门预算")
    budget_code: Line | None = field("预算项目编码", default=None)
    last_grade: Literal["excellent", "good", "fair", "poor", "none"] | None = field("上年绩效等级", default=None)
    opinion: Literal["agreed", "disagreed"] = field("把关意见", help="agreed 同意，disagreed 不同意")
    remark: Words | None = field("说明", default=None)
    papers: Papers | None = field("附件", default=None)

    def write(self, deed: Any) -> None:
        fits = self.amount is None or self.requested is None or self.amount <= self.requested
        deed.need(fits, amount="同意安排金额不得超过申请金额")
        deed.need(
            not self.in_budget or self.budget_code or deed.history, budget_code="已纳入部门预算的，填写预算项目编码"
        )
        deed.need(self.opinion != "disagreed" or self.remark or deed.history, remark="不同意的，说明理由")
        for earlier in deed.rows(BudgetCheck, year=self.year, superseded_on=None):
            deed.change(earlier, superseded_on=deed.day)
        deed.keep(BudgetCheck)


def agreed_on(b: Row, day: Term) -> Term:
    """This check agrees, and was the one of its year on that day."""
    in_force = b.superseded_on.missing | (b.superseded_on > day)
    return (b.opinion == "agreed") & (b.day <= day) & in_force


@R.rule(
    A7, row=21, force=HARD, over=Approval, cured_by="check-budget",
    says="{approved:day}批准立项，预算把关意见表明资金尚未落实", cure="办公室落实资金后重新出具预算把关意见",
)  # fmt: skip
def funds_not_secured(p: Any, a: Any) -> Breach:
    """办公室负责项目资金争取和落实"""
    unsecured = has(BudgetCheck, lambda b: agreed_on(b, a.day) & (b.funds_secured == False))  # noqa: E712  # a term
    return breach(granted(a) & unsecured, approved=a.day)
