"""第十八条 部门预算: no budget check agrees to money that is not in the department's budget."""

from typing import Any

from guicheng.law.declare import HARD, Breach, breach
from guicheng.records.initiation import BudgetCheck
from guicheng.regulations.huaian2023.articles import A18, R


@R.rule(
    A18, row=96, force=HARD, over=BudgetCheck, cured_by="check-budget",
    says="预算把关同意安排{year}年资金{amount:wan}，但未纳入部门预算", cure="先纳入部门预算并取得预算项目编码，再同意安排",
)  # fmt: skip
def not_in_department_budget(p: Any, b: Any) -> Breach:
    """信息化项目专项资金应当纳入部门预算管理"""
    outside = (b.opinion == "agreed") & (b.in_budget == False)  # noqa: E712  # a term
    return breach(outside, year=b.year, amount=b.amount)
