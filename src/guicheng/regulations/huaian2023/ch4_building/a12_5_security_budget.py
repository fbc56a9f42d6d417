"""第十二条(五) 安全投入: at least 5 % of the whole, in fen, at the budget check, the approval, the contract, a change, the settlement."""

from typing import Any

from guicheng.law.act import Act
from guicheng.law.declare import EXPLAIN, HARD, Breach, breach
from guicheng.law.fields import Ref, Words, field
from guicheng.law.terms import Row, Term, Where
from guicheng.law.words import below_share, has, here, lacks, share_of, total, unstated
from guicheng.people.roles import Role
from guicheng.records.initiation import Approval, BudgetCheck, EstimateLine
from guicheng.records.money import Settlement
from guicheng.records.operation import Change
from guicheng.records.procurement import Contract
from guicheng.records.stage import BEFORE_APPROVAL
from guicheng.records.study import Plan
from guicheng.regulations.huaian2023.articles import A12, R
from guicheng.regulations.huaian2023.words import granted

CURE = "增加安全投入，或由网络信息技术处确认概算中的安全条目"
SAYS = "安全投入{security:wan}，占{whole:wan}的{share:percent}，应不低于{least:percent}"


@R.act("确认安全条目", A12, 5, row=61, by=Role.TECHNOLOGY, at=BEFORE_APPROVAL)
class ConfirmSecurityLines(Act):
    """保证安全建设投入不低于项目总预算的5%。

    建设处室 tags a line, 网络信息技术处 confirms that it is security; what is not confirmed does not count.
    """

    lines: list[Ref] = field("概算条目编号", min_length=1, max_length=500)
    opinion: Words | None = field("意见", default=None)

    def write(self, deed: Any) -> None:
        for i, ref in enumerate(self.lines or []):
            line = deed.find(EstimateLine, ref, f"lines.{i}", "概算条目")
            deed.need(line.tag in ("security", "assessment"), **{f"lines.{i}": f"“{ref}”没有标为安全或测评"})
            deed.change(line, confirmed_by=deed.by, confirmed_on=deed.day)


def counts(p: Any, day: Any, line: Row) -> Term:
    """This line counts as security, as the figure reads on that day."""
    assessed: Term = (line.tag == "assessment") & (p.security_tags.on(day) == "WITH_ASSESSMENT")
    return (line.tag == "security") | assessed


def secured(p: Any, day: Any, where: Where) -> Term:
    """The confirmed lines that count."""
    return total(
        EstimateLine,
        lambda line: line.amount,
        lambda line: counts(p, day, line) & line.confirmed_by.present & where(line),
    )


def too_low(p: Any, day: Any, where: Where, whole: Any, added: Any = 0) -> Breach:
    """Security lines, with what a change adds, are below the least share of the whole.

    Of what is confirmed; where no line waits for it, of what is tagged: a history may have lost who confirmed. What is
    confirmed is no more than what is tagged, and asked first: where it is enough, nothing else need be."""
    least = p.security_min_ratio.on(day)
    tagged = total(EstimateLine, lambda line: line.amount, lambda line: counts(p, day, line) & where(line))
    waiting = has(EstimateLine, lambda line: counts(p, day, line) & where(line) & unstated(line.confirmed_by))
    security = secured(p, day, where) + added
    when = below_share(security, whole, least) & (below_share(tagged + added, whole, least) | waiting)
    return breach(when, security=security, whole=whole, share=share_of(security, whole), least=least)


def only(when: Term, found: Breach) -> Breach:
    """The same breach in these cases alone."""
    return Breach(when & found.when, found.facts)


def every(line: Row) -> Term:
    return line.seq >= 0


@R.rule(
    A12,
    5,
    row=61,
    force=HARD,
    over=BudgetCheck,
    cured_by=("submit-estimate", "confirm-security-lines"),
    says=SAYS,
    cure=CURE,
)
def security_share_at_budget_check(p: Any, b: Any) -> Breach:
    """保证安全建设投入不低于项目总预算的5%。

    The estimate as it stood at the check; yearly checks after the approval do not judge the share again.
    """
    whole = total(EstimateLine, lambda line: line.amount, lambda line: line.seq < b.seq)
    first = (b.opinion == "agreed") & lacks(Approval, lambda a: a.seq < b.seq, kind="project")
    return only(first, too_low(p, b.day, lambda line: line.seq < b.seq, whole))


@R.rule(
    A12,
    5,
    row=61,
    force=HARD,
    over=Approval,
    cured_by=("submit-estimate", "confirm-security-lines"),
    says=SAYS,
    cure=CURE,
)
def security_share_too_low(p: Any, a: Any) -> Breach:
    """保证安全建设投入不低于项目总预算的5%。

    Of the whole approved budget, with supervision, audit and contingency in it.
    """
    return only(granted(a), too_low(p, a.day, every, a.amount))


@R.rule(
    A12, 5, row=61, force=HARD, over=Contract, cured_by=("revoke-approval", "submit-estimate"), says=SAYS, cure=CURE
)
def security_share_at_contract(p: Any, c: Any) -> Breach:
    """保证安全建设投入不低于项目总预算的5%。

    Judged again by the figure of the day on which the contract is signed.
    """
    return only(has(EstimateLine), too_low(p, c.signed_on, every, here.budget))


@R.rule(
    A12,
    5,
    row=61,
    force=HARD,
    over=Change,
    cured_by=("plan-change", "file-change"),
    says=SAYS,
    cure="在变更中同时增加安全投入",
)
def security_share_after_change(p: Any, c: Row) -> Breach:
    """保证安全建设投入不低于项目总预算的5%。

    A change adds its cost to the whole, and what it spends on security to the part.
    """

    def upto(x: Row) -> Term:
        return x.seq <= c.seq

    whole = here.budget + total(Change, lambda x: x.cost, upto)
    added = total(Change, lambda x: x.security_cost, upto)
    return only(has(EstimateLine) & (c.cost > 0), too_low(p, c.day, every, whole, added))


@R.rule(
    A12,
    5,
    row=61,
    force=HARD,
    over=Settlement,
    cured_by="settle",
    says=SAYS,
    cure="核实安全投入的结算金额，补足后再结算",
)
def security_share_at_settlement(p: Any, s: Any) -> Breach:
    """保证安全建设投入不低于项目总预算的5%。

    保证 is about what was spent, not only about what was planned.
    """
    least = p.security_min_ratio.on(s.day)
    return breach(
        below_share(s.security_amount, s.amount, least), security=s.security_amount, whole=s.amount,
        share=share_of(s.security_amount, s.amount), least=least,
    )  # fmt: skip


@R.rule(
    A12, 5, row=60, force=EXPLAIN, over=Plan, cured_by=("submit-plan", "explain"),
    says="建设方案“{plan}”的安全措施没有同步规划、同步建设、同步运行", cure="在方案中安排三同步，或说明理由",
)  # fmt: skip
def security_not_synchronous(p: Any, v: Any) -> Breach:
    """信息化项目建设应同步加强信息安全配套措施，能够满足信息系统安全运行的需要"""
    return breach(v.security_synchronous == False, plan=v.title)  # noqa: E712  # a term
