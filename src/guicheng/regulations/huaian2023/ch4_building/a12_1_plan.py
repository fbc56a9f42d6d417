"""第十二条(一) 建设方案: standards with their years, security in operation, secrecy."""

from typing import Any

from guicheng.law.declare import EXPLAIN, HARD, Breach, breach
from guicheng.records.study import Plan
from guicheng.regulations.huaian2023.articles import A12, R

# ruff: noqa: E712  # conditions over columns, not truths


@R.rule(
    A12, 1, row=49, force=EXPLAIN, over=Plan, cured_by=("submit-plan", "explain"),
    says="建设方案“{plan}”没有列出执行的法规和标准", cure="列出法规、标准的编号和年份",
)  # fmt: skip
def standards_not_listed(p: Any, v: Any) -> Breach:
    """信息化项目建设应遵守国家相关法律、法规，执行相关业务规范和技术标准"""
    return breach(v.standards < 1, plan=v.title)


@R.rule(
    A12, 1, row=52, force=HARD, over=Plan, cured_by="submit-plan",
    says="建设方案“{plan}”不能满足信息系统安全运行需要", cure="补充安全措施后重新提交方案",
)  # fmt: skip
def plan_not_secure(p: Any, v: Any) -> Breach:
    """建设方案应能满足信息系统安全运行需要"""
    return breach(v.security_met == False, plan=v.title)


@R.rule(
    A12, 1, row=53, force=HARD, over=Plan, cured_by="submit-plan",
    says="建设方案“{plan}”没有通过保密审查", cure="完成保密审查、落实保密要求后重新提交方案",
)  # fmt: skip
def plan_against_secrecy(p: Any, v: Any) -> Breach:
    """建设方案应能满足信息系统安全运行需要和保密要求。"""
    return breach(v.secrecy_met == False, plan=v.title)
