"""第十九条 成果归属: the contract must say that results belong to the bureau; silence gives them to the developer."""

from typing import Any

from guicheng.law.declare import HARD, Breach, breach
from guicheng.law.terms import Term, term
from guicheng.records.procurement import Contract
from guicheng.regulations.huaian2023.articles import A19, R

CREATING = ("main", "study")
AMENDING = ("supplementary", "change")


@R.rule(
    A19, row=101, force=HARD, over=Contract, cured_by=("sign-contract", "correct"),
    says="合同{contract}没有约定成果归市局所有，也没有经批准的特殊约定",
    cure="约定著作权、专利权等归市局所有；特殊约定须写明理由和批准",
)  # fmt: skip
def results_not_reserved(p: Any, c: Any) -> Breach:
    """项目建设产生的成果、信息资源、著作权或专利权等，除特殊约定外，归市局所有。

    An internal rule does not bind the contractor; an amending contract that is silent leaves the original's clause as it is.
    """
    unreserved = c.kind.among(*CREATING) & (c.ip_owner != "bureau")
    given_away = c.kind.among(*AMENDING) & c.ip_owner.among("supplier", "shared")
    return breach(unreserved | given_away, contract=c.ref)


@R.proviso(A19, to=results_not_reserved, row=101)
def special_agreement(p: Any, c: Any) -> Term:
    """除特殊约定外

    An agreement, not a silence: with its reason, and who approved it.
    """
    agreed = c.ip_exception.present & c.ip_exception_agreed_by.present
    return term(c.ip_owner.among("supplier", "shared") & agreed)
