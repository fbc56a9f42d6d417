"""第二十条 变更: what a change of a system in use must have, and how much all changes together may cost."""

from typing import Any

from guicheng.law.declare import HARD, Breach, breach
from guicheng.law.terms import Term
from guicheng.law.words import above_share, either, has, latest, total, unstated
from guicheng.records.money import Settlement
from guicheng.records.operation import Change
from guicheng.records.procurement import Contract
from guicheng.regulations.huaian2023.articles import A20, R
from guicheng.regulations.huaian2023.ch6_money.original import of_original


def in_use(x: Any) -> Any:
    """Of a system in use, and not given up: what the first sentence of the article speaks of."""
    return (x.phase == "use") & x.withdrawn_on.missing


@R.rule(
    A20, row=102, force=HARD, over=Change, cured_by=("plan-change",),
    says="变更{change}没有实施方案", cure="制定实施方案",
)  # fmt: skip
def changed_without_plan(p: Any, x: Any) -> Breach:
    """信息化项目建设处室（中心）在使用过程中如对信息系统变更的，应制定实施方案"""
    return breach(in_use(x) & unstated(x.plan), change=x.ref)


@R.rule(
    A20, row=103, force=HARD, over=Change, cured_by=("plan-change",),
    says="变更{change}没有明确完成时间", cure="明确完成时间",
)  # fmt: skip
def changed_without_date(p: Any, x: Any) -> Breach:
    """明确完成时间"""
    return breach(in_use(x) & unstated(x.finish_by), change=x.ref)


@R.rule(
    A20, row=104, force=HARD, over=Change, cured_by=("plan-change",),
    says="变更{change}没有应急措施", cure="写明应急与回退措施",
)  # fmt: skip
def changed_without_emergency(p: Any, x: Any) -> Breach:
    """强化应急措施"""
    return breach(in_use(x) & unstated(x.emergency), change=x.ref)


@R.rule(
    A20, row=106, force=HARD, over=Change, cured_by=("file-change",),
    says="变更{change}于{finished:day}完成，尚未报备网信办", cure="先报备网信办，再办理完成",
)  # fmt: skip
def finished_before_filed(p: Any, x: Any) -> Breach:
    """相关情况及时报备网信办。"""
    return breach(in_use(x) & x.finished_on.present & unstated(x.filed_on), change=x.ref, finished=x.finished_on)


@R.rule(
    A20, row=106, force=HARD, over=Change, cured_by=("file-change", "correct"),
    says="变更{change}于{started:day}开始实施，{filed:day}才报备网信办，也没有写明紧急原因", cure="先报备网信办，再实施；紧急的写明原因",
)  # fmt: skip
def started_before_filed(p: Any, x: Any) -> Breach:
    """相关情况及时报备网信办。

    An urgent change may be filed afterwards, within the working days of its duty.
    """
    early = x.started_on.present & (x.started_on < x.filed_on)
    return breach(in_use(x) & x.urgent.missing & early, change=x.ref, started=x.started_on, filed=x.filed_on)


def original_cost(x: Any) -> Term:
    """The cost of the original project on a change's day: as settled by then, else the sum of its contracts."""
    settled = has(Settlement, lambda s: s.day <= x.day)
    amount = latest(Settlement, lambda s: s.amount, lambda s: s.day <= x.day)
    contracts = total(Contract, lambda c: c.amount, of_original)
    return either(settled, amount, either(~settled, contracts, None))


@R.rule(
    A20, row=107, force=HARD, over=Change, cured_by=("withdraw-change", "file-project"), deepened_by="plan-change",
    says="变更经费累计{spent:wan}，原建设项目总费用{base:wan}，累计不得超过{most:wan}",
    cure="压减变更经费，或将超出部分作为新项目报备立项",
)  # fmt: skip
def changes_beyond_share(p: Any, x: Any) -> Breach:
    """变更项目的经费支出不得超过原建设项目总费用的10%。

    All changes up to a change's day count together, while building and in use alike: the sentence speaks of the changes
    of the project, and a ceiling on those in use alone could be passed under by changing the day before. The base is as
    on that day, so that a later settlement below the contracts does not undo a change that was lawful; it never holds
    an earlier change, nor a supplementary or change contract. Exactly the share is allowed.
    """
    spent = total(Change, lambda y: y.cost, lambda y: (y.day <= x.day) & y.withdrawn_on.missing)
    base, share = original_cost(x), p.change_max_ratio.on(x.day)
    most = base * share // 10000
    return breach(x.withdrawn_on.missing & above_share(spent, base, share), spent=spent, base=base, most=most)


@R.rule(
    A20, row=107, force=HARD, cured_by=("plan-change", "correct"), deepened_by="sign-contract",
    says="变更合同合计{signed:wan}，超过变更方案的经费合计{planned:wan}", cure="先制定变更方案并列明经费，再签订变更合同",
)  # fmt: skip
def contracted_beyond_changes(p: Any) -> Breach:
    """变更项目的经费支出不得超过原建设项目总费用的10%。

    What is signed as a change has been planned as one: the ceiling cannot be passed by contract.
    """
    signed = total(Contract, lambda c: c.amount, kind="change")
    planned = total(Change, lambda y: y.cost, lambda y: y.withdrawn_on.missing)
    return breach(has(Contract, kind="change") & (signed > planned), signed=signed, planned=planned)
