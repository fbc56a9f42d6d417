"""第十二条(四) 概算: the fees of supervision and audit stand in the estimate, or their exemption is on record."""

from typing import Any

from guicheng.law.declare import HARD, Breach, Rule, breach
from guicheng.law.terms import Term
from guicheng.law.words import has, lacks
from guicheng.records.initiation import Approval, Component, EstimateLine
from guicheng.records.project import Exemption
from guicheng.regulations.huaian2023.articles import A12, R
from guicheng.regulations.huaian2023.ch4_building.a12_4_supervision import BUILDING, audit_missing, supervision_missing
from guicheng.regulations.huaian2023.words import granted


def without(tag: str, engaged: Rule) -> Term:
    """Something is built, no line has this tag, and the engagement itself was not exempted."""
    built = has(Component, lambda c: c.kind.among(*BUILDING))
    return built & lacks(EstimateLine, lambda line: line.amount > 0, tag=tag) & lacks(Exemption, rule=engaged.id)


@R.rule(
    A12, 4, row=59, force=HARD, over=Approval, cured_by=("submit-estimate", "grant-exemption"),
    says="{approved:day}批准立项，投资概算中没有监理费用", cure="把监理费用列入概算；依市级规定不监理的，先办理豁免",
)  # fmt: skip
def supervision_not_in_estimate(p: Any, a: Any) -> Breach:
    """项目监理和审计费用纳入项目投资概算。"""
    return breach(granted(a) & without("supervision", supervision_missing), approved=a.day)


@R.rule(
    A12, 4, row=59, force=HARD, over=Approval, cured_by=("submit-estimate", "grant-exemption"),
    says="{approved:day}批准立项，投资概算中没有审计费用", cure="把审计费用列入概算；依市级规定不审计的，先办理豁免",
)  # fmt: skip
def audit_not_in_estimate(p: Any, a: Any) -> Breach:
    """项目监理和审计费用纳入项目投资概算。"""
    return breach(granted(a) & without("audit", audit_missing), approved=a.day)
