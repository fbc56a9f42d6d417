"""第十四条 保修条款: what the contract must say about the warranty."""

from typing import Any

from guicheng.law.declare import EXPLAIN, HARD, Breach, breach
from guicheng.law.terms import Term, term
from guicheng.law.words import unstated
from guicheng.records.procurement import Contract
from guicheng.regulations.huaian2023.articles import A14, R

SYSTEMS = ("development", "integration")
CURE = "在合同中写明保修起算、期限、响应和修复时间"


def clause_missing(c: Any) -> Term:
    """No clause, or one that does not say how soon the contractor answers and repairs."""
    hours = unstated(c.warranty_response_hours) | unstated(c.warranty_repair_hours)
    return term(~c.warranty_terms | hours)


@R.rule(
    A14, row=(85, 86), force=HARD, over=Contract, cured_by=("sign-contract", "correct"), cure=CURE,
    says="开发（集成）合同{contract}没有明确保修条款，或没有写明响应和修复时间",
)  # fmt: skip
def warranty_clause_missing(p: Any, c: Any) -> Breach:
    """系统建设项目实行质量保修制度，开发合同须明确系统保修条款"""
    return breach((c.kind == "main") & c.subject.among(*SYSTEMS) & clause_missing(c), contract=c.ref)


@R.rule(
    A14, row=85, force=EXPLAIN, over=Contract, cured_by=("sign-contract", "explain"), cure=CURE,
    says="供货合同{contract}没有明确保修条款，或没有写明响应和修复时间",
)  # fmt: skip
def supply_warranty_missing(p: Any, c: Any) -> Breach:
    """系统建设项目实行质量保修制度

    Literally for systems; a supply of goods has its maker's warranty, so an explanation is enough.
    """
    return breach((c.kind == "main") & (c.subject == "supply") & clause_missing(c), contract=c.ref)


@R.rule(
    A14, row=88, force=HARD, over=Contract, cured_by=("sign-contract", "correct"),
    says="合同{contract}的保修期不从竣工验收合格之日起算", cure="约定保修期自项目竣工验收合格之日起算",
)  # fmt: skip
def warranty_from_other_day(p: Any, c: Any) -> Breach:
    """保修期自项目竣工验收合格之日起不得少于2年。"""
    return breach((c.kind == "main") & ((c.warranty_from != "acceptance") | unstated(c.warranty_from)), contract=c.ref)
