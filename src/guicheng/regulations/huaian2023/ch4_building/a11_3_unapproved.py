"""第十一条(三) 未经批准: nothing tendered, contracted, started or paid before a valid approval; 前期费用 has its own."""

from typing import Any

from guicheng.law.declare import HARD, Breach, breach
from guicheng.law.terms import Term, term
from guicheng.law.words import has, total
from guicheng.records.implementation import Start
from guicheng.records.initiation import Approval
from guicheng.records.money import Payment
from guicheng.records.procurement import Contract, Tender
from guicheng.regulations.huaian2023.articles import A11, R

CURE = "先取得立项批复；前期费用须另有前期费用批复，并不超过其金额"
CURED_BY = ("approve-project", "approve-preliminary")


def in_force(a: Any, day: Term, to_begin: bool = False) -> Term:
    """This approval had been given on that day and not revoked before it; to begin something, it was also still valid.

    Its validity is the time within which the work must begin: what was begun in time may be finished and paid later."""
    given = (a.day <= day) & (a.revoked_on.missing | (a.revoked_on >= day))
    return term(given & (a.valid_until.missing | (a.valid_until >= day)) if to_begin else given)


def approved_on(day: Term, to_begin: bool = False, kind: str = "project") -> Term:
    """The project (or its preliminary work) stood approved on that day."""
    return has(Approval, lambda a: in_force(a, day, to_begin), kind=kind)


def preliminary_money(day: Term) -> Term:
    """What the approvals of preliminary costs allow on that day."""
    return total(Approval, lambda a: a.amount, lambda a: in_force(a, day), kind="preliminary")


def is_study(contract: Term) -> Term:
    return has(Contract, lambda c: c.ref == contract, kind="study")


@R.rule(
    A11, 3, row=(46, 48), force=HARD, over=Tender, cured_by=CURED_BY, cure=CURE,
    says="{published:day}发布采购文件{tender}，当时没有有效的立项批复",
)  # fmt: skip
def tendered_unapproved(p: Any, t: Any) -> Breach:
    """未经批准的建设项目，不得自行筹集经费建设。"""
    return breach(~approved_on(t.published_on, to_begin=True), tender=t.ref, published=t.published_on)


@R.proviso(A11, 3, to=tendered_unapproved, row=46)
def study_tendered_under_preliminary(p: Any, t: Any) -> Term:
    """未经批准的建设项目，不得自行筹集经费建设。

    A study is commissioned before there is a project to approve: its own approval, and its amount, are enough.
    """
    allowed = approved_on(t.published_on, kind="preliminary") & (t.ceiling <= preliminary_money(t.published_on))
    return term((t.kind == "study") & allowed)


@R.rule(
    A11, 3, row=46, force=HARD, over=Contract, cured_by=CURED_BY, cure=CURE,
    says="{signed:day}签订合同{contract}，当时没有有效的立项批复",
)  # fmt: skip
def contracted_unapproved(p: Any, c: Any) -> Breach:
    """未经批准的建设项目，不得自行筹集经费建设。"""
    begun = approved_on(c.signed_on, to_begin=True) | ((c.kind != "main") & approved_on(c.signed_on))
    return breach(~begun, contract=c.ref, signed=c.signed_on)


@R.proviso(A11, 3, to=contracted_unapproved, row=46)
def study_contracted_under_preliminary(p: Any, c: Any) -> Term:
    """未经批准的建设项目，不得自行筹集经费建设。

    All study contracts signed without an approval of the project together stay within the preliminary approvals.
    """
    signed_early = total(
        Contract, lambda s: s.amount, lambda s: (s.seq <= c.seq) & ~approved_on(s.signed_on), kind="study"
    )
    allowed = approved_on(c.signed_on, kind="preliminary") & (signed_early <= preliminary_money(c.signed_on))
    return term((c.kind == "study") & allowed)


@R.rule(
    A11, 3, row=(46, 48), force=HARD, over=Start, cured_by=CURED_BY, cure="先取得立项批复，再开工",
    says="{started:day}开工，当时没有有效的立项批复",
)  # fmt: skip
def started_unapproved(p: Any, s: Any) -> Breach:
    """未经批准的建设项目，不得自行筹集经费建设。"""
    return breach(~approved_on(s.started_on, to_begin=True), started=s.started_on)


@R.rule(
    A11, 3, row=46, force=HARD, over=Payment, cured_by=CURED_BY, cure=CURE,
    says="{paid:day}付款{payment}，当时没有有效的立项批复",
)  # fmt: skip
def paid_unapproved(p: Any, m: Any) -> Breach:
    """未经批准的建设项目，不得自行筹集经费建设。"""
    return breach(~approved_on(m.paid_on), payment=m.ref, paid=m.paid_on)


@R.proviso(A11, 3, to=paid_unapproved, row=46)
def study_paid_under_preliminary(p: Any, m: Any) -> Term:
    """未经批准的建设项目，不得自行筹集经费建设。

    Payments of studies made without an approval of the project together stay within the preliminary approvals.
    """
    paid_early = total(
        Payment, lambda x: x.amount, lambda x: (x.seq <= m.seq) & is_study(x.contract) & ~approved_on(x.paid_on)
    )
    allowed = approved_on(m.paid_on, kind="preliminary") & (paid_early <= preliminary_money(m.paid_on))
    return is_study(m.contract) & allowed
