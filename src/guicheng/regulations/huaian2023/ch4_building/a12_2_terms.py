"""第十二条(一)(二) 合同条款: acceptance, payment within the lawful time, confidentiality; and the item that is missing."""

from typing import Any

from guicheng.law.declare import HARD, Breach, breach
from guicheng.law.terms import Term
from guicheng.law.words import unstated
from guicheng.records.procurement import Contract
from guicheng.regulations.huaian2023.articles import A12, R

SME = ("medium", "small", "micro")
AMENDING = ("supplementary", "change")


@R.rule(
    A12, 2, row=54, force=HARD, over=Contract, cured_by=("sign-contract", "correct"),
    says="合同{contract}没有载明验收方案和验收期限", cure="在合同中写明验收方案，逐项对应采购需求，并写明验收期限",
)  # fmt: skip
def acceptance_clause_missing(p: Any, c: Any) -> Breach:
    """信息化项目采购工作遵循中华人民共和国政府采购法和市局采购相关规定执行

    采购需求管理办法第二十四条; 保障中小企业款项支付条例第十条 asks for the period as well.
    """
    silent = ~c.acceptance_terms | (c.acceptance_days == 0) | unstated(c.acceptance_days)
    return breach((c.kind == "main") & silent, contract=c.ref)


@R.rule(
    A12, 1, row=54, force=HARD, over=Contract, cured_by=("sign-contract", "correct"),
    says="合同{contract}约定{days}日付款，对中小企业不得超过{most}日", cure="缩短约定的付款期限",
)  # fmt: skip
def pay_days_too_long(p: Any, c: Any) -> Breach:
    """信息化项目建设应遵守国家相关法律、法规

    保障中小企业款项支付条例第九条; size is judged when the contract is made.
    """
    most = p.pay_sme_cap_days.on(c.signed_on)
    return breach(c.supplier_size.among(*SME) & (c.pay_days > most), contract=c.ref, days=c.pay_days, most=most)


@R.rule(
    A12, 1, row=53, force=HARD, over=Contract, cured_by=("sign-contract", "correct"),
    says="合同{contract}没有保密条款", cure="在合同中写明保密条款或附保密协议",
)  # fmt: skip
def confidentiality_missing(p: Any, c: Any) -> Breach:
    """满足信息系统安全运行需要和保密要求"""
    amended: Term = c.kind.among(*AMENDING)
    return breach(~amended & ~c.confidentiality, contract=c.ref)


R.left_to_people(
    A12, 3, row=56, quote="原文缺失",
    why="所据文本没有第（三）项，项号照旧，不得补写；待市局提供正式文本",
)  # fmt: skip
