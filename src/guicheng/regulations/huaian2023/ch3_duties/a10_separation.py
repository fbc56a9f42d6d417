"""第十条 廉政监管: who drafted, signed or reviewed does not pay; who declared a tie does not decide on that party."""

from typing import Any

from guicheng.law.declare import HARD, Breach, breach
from guicheng.law.terms import Term
from guicheng.law.words import has, lacks, latest
from guicheng.records.acceptance import Acceptance, Member
from guicheng.records.integrity import Interest
from guicheng.records.money import Payment
from guicheng.records.procurement import Contract, ContractDraft, ContractOpinion
from guicheng.regulations.huaian2023.articles import A10, R


def tied(person: Term, party: Term, row: Any) -> Term:
    """This person had declared a tie to this party before the row was written, and it had not ended on its day.

    Earlier by entry, not by day: a tie declared after the deed accuses nobody, so that declaring late is never punished."""
    return has(
        Interest,
        lambda i: (
            (i.person == person) & (i.party == party) & (i.seq < row.seq) & (i.until.missing | (i.until >= row.day))
        ),
    )


def supplier_of(contract: Term) -> Term:
    return latest(Contract, lambda c: c.supplier, lambda c: c.ref == contract)


@R.rule(
    A10, row=(18, 23, 32), force=HARD, over=Payment, cured_by=("pay", "correct"),
    says="付款{payment}由{person}办理，其起草、签订或审查过合同{contract}", cure="由没有经手该合同的人办理付款",
)  # fmt: skip
def payer_handled_contract(p: Any, m: Any) -> Breach:
    """对项目建设全程进行廉政监管"""
    signed = has(Contract, lambda c: (c.ref == m.contract) & ((c.by == m.by) | (c.drafted_by == m.by)))
    drafted = has(ContractDraft, lambda d: d.by == m.by, contract=m.contract)
    reviewed = has(ContractOpinion, lambda o: o.by == m.by, contract=m.contract)
    return breach(signed | drafted | reviewed, payment=m.ref, person=m.by, contract=m.contract)


@R.rule(
    A10, row=32, force=HARD, over=Payment, cured_by=("pay", "correct"),
    says="付款{payment}的经办人申报过与收款单位{supplier}的利害关系", cure="由没有利害关系的人申请、审核和办理付款",
)  # fmt: skip
def tied_person_pays(p: Any, m: Any) -> Breach:
    """对项目建设全程进行廉政监管"""
    supplier = supplier_of(m.contract)
    handled = tied(m.by, supplier, m) | tied(m.requested_by, supplier, m) | tied(m.checked_by, supplier, m)
    return breach(handled, payment=m.ref, supplier=supplier)


@R.rule(
    A10, row=32, force=HARD, over=Contract, cured_by=("review-contract-legality", "correct"),
    says="合同{contract}仅由与{supplier}有利害关系的人审查", cure="由没有利害关系的人重新审查合同",
)  # fmt: skip
def tied_person_reviews(p: Any, c: Any) -> Breach:
    """对项目建设全程进行廉政监管"""

    def of_this_text(o: Any) -> Term:
        same: Term = (o.contract == c.ref) & (o.digest == c.digest)
        passed: Term = o.outcome == "passed"
        return same & passed

    by_tied = has(ContractOpinion, lambda o: of_this_text(o) & tied(o.by, c.supplier, o))
    by_nobody_else = lacks(ContractOpinion, lambda o: of_this_text(o) & ~tied(o.by, c.supplier, o))
    return breach(by_tied & by_nobody_else, contract=c.ref, supplier=c.supplier)


@R.rule(
    A10, row=32, force=HARD, over=Acceptance, cured_by=("conclude-acceptance", "correct"),
    says="验收{acceptance}的结论由{person}作出，其申报过与本项目供应商的利害关系", cure="由没有利害关系的人作出验收结论",
)  # fmt: skip
def tied_person_concludes(p: Any, a: Any) -> Breach:
    """对项目建设全程进行廉政监管"""
    return breach(has(Contract, lambda c: tied(a.by, c.supplier, a)), acceptance=a.ref, person=a.by)


@R.rule(
    A10, row=32, force=HARD, over=Member, cured_by=("conclude-acceptance", "correct"),
    says="验收组成员{name}有表决资格，其申报过与本项目供应商的利害关系", cure="请其回避，不参与验收表决",
)  # fmt: skip
def tied_member_decides(p: Any, m: Any) -> Breach:
    """对项目建设全程进行廉政监管"""
    return breach(m.votes & has(Contract, lambda c: tied(m.person, c.supplier, m)), name=m.person)
