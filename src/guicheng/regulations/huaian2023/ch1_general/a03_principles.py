"""第三条 原则: reuse before building, and sharing of data, asked as plain questions of the plan."""

from typing import Any

from guicheng.law.declare import EXPLAIN, Breach, breach
from guicheng.records.study import Plan
from guicheng.regulations.huaian2023.articles import A3, R

# ruff: noqa: E712  # conditions over columns, not truths


@R.rule(
    A3, row=4, force=EXPLAIN, over=Plan, cured_by=("submit-plan", "explain"),
    says="建设方案“{plan}”没有做复用和重复建设核查", cure="核查可复用的系统和公共组件、可能重复的系统，写入方案",
)  # fmt: skip
def reuse_not_checked(p: Any, v: Any) -> Breach:
    """遵循“统筹、集约、共享、协同、安全”的建设原则"""
    return breach(v.reuse_checked == False, plan=v.title)


@R.rule(
    A3, row=5, force=EXPLAIN, over=Plan, cured_by=("submit-plan", "explain"),
    says="建设方案“{plan}”使用或产生政务数据，没有数据共享方案", cure="补充数据资源目录和共享方式",
)  # fmt: skip
def sharing_not_planned(p: Any, v: Any) -> Breach:
    """推进政务数据资源共享共用"""
    return breach((v.uses_data == True) & (v.sharing_planned == False), plan=v.title)
