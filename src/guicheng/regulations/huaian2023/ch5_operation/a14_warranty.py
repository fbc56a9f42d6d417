"""第十四条 质量保修."""

from typing import Any

from guicheng.law.declare import HARD, Breach, breach
from guicheng.records.procurement import Contract
from guicheng.regulations.huaian2023.articles import A14, R


@R.rule(
    A14, row=88, force=HARD, over=Contract, cured_by=("sign-contract", "correct"),
    says="合同{contract}约定保修{months}个月，应不少于{least}个月", cure="与承建单位重新约定保修期，不少于规定月数",
)  # fmt: skip
def warranty_too_short(p: Any, c: Any) -> Breach:
    """保修期自项目竣工验收合格之日起不得少于2年。"""
    least = p.warranty_min_months.on(c.signed_on)
    return breach(
        (c.kind == "main") & (c.warranty_months < least), contract=c.ref, months=c.warranty_months, least=least
    )
