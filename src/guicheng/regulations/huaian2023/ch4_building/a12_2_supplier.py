"""第十二条(二) 供应商: its competence on record, never a cancelled certificate demanded; bonds and supplements capped."""

from typing import Any

from guicheng.law.declare import EXEMPTABLE, HARD, Breach, breach
from guicheng.law.words import above_share, lacks, latest, total
from guicheng.records.procurement import Competence, Contract, Tender, TenderDemand
from guicheng.regulations.huaian2023.articles import A12, R

AMENDING = ("supplementary", "change")


@R.rule(
    A12, 2, row=55, force=HARD, over=TenderDemand, cured_by=("publish-tender", "correct"),
    says="采购项目{tender}把已经取消的“{certificate}”作为资格条件", cure="删去已取消的资质，只要求现行法律规定的条件",
)  # fmt: skip
def cancelled_certificate_demanded(p: Any, d: Any) -> Breach:
    """应选择具有行业主管部门认可相应资质的单位从事信息化项目设计、软件开发、设备供应、安装、培训服务。

    系统集成资质 and 信息系统工程监理资质 no longer exist; asking for them is an unreasonable condition (实施条例第二十条).
    """
    integration = d.certificate.contains("系统集成")
    supervision = d.certificate.contains("信息系统") & d.certificate.contains("监理")
    cancelled = (integration | supervision) & d.certificate.contains("资质")
    return breach(cancelled, tender=d.tender, certificate=d.certificate)


@R.rule(
    A12, 2, row=(55, 57), force=EXEMPTABLE, over=Contract, cured_by=("sign-contract", "record-award", "grant-exemption", "correct"),
    says="合同{contract}签订时，没有供应商{supplier}仍在有效期内的能力证明", cure="核验并登记供应商的能力证明、出具单位和有效期",
)  # fmt: skip
def supplier_unproved(p: Any, c: Any) -> Breach:
    """应选择具有行业主管部门认可相应资质的单位从事信息化项目设计、软件开发、设备供应、安装、培训服务。

    相应资质 is what the law demands for the service, if anything; otherwise 政府采购法第二十二条's general conditions.
    """
    unproved = lacks(
        Competence,
        lambda k: (
            (k.supplier == c.supplier)
            & (k.day <= c.signed_on)
            & (k.valid_until.missing | (k.valid_until >= c.signed_on))
        ),
    )
    return breach(~c.kind.among(*AMENDING) & unproved, contract=c.ref, supplier=c.supplier)


@R.rule(
    A12, 2, row=54, force=HARD, over=Tender, cured_by=("publish-tender", "correct"),
    says="采购项目{tender}收取投标保证金{bond:wan}，超过最高限价{ceiling:wan}的规定比例", cure="降低投标保证金",
)  # fmt: skip
def bid_bond_too_high(p: Any, t: Any) -> Breach:
    """信息化项目采购工作遵循中华人民共和国政府采购法和市局采购相关规定执行"""
    too_high = above_share(t.bid_bond, t.ceiling, p.bond_bid_ratio.on(t.published_on))
    return breach(too_high, tender=t.ref, bond=t.bid_bond, ceiling=t.ceiling)


@R.rule(
    A12, 2, row=54, force=HARD, over=Contract, cured_by=("sign-contract", "correct"),
    says="合同{contract}约定履约保证金{bond:wan}，超过合同金额{amount:wan}的规定比例", cure="降低履约保证金",
)  # fmt: skip
def performance_bond_too_high(p: Any, c: Any) -> Breach:
    """信息化项目采购工作遵循中华人民共和国政府采购法和市局采购相关规定执行"""
    too_high = above_share(c.performance_bond, c.amount, p.bond_performance_ratio.on(c.signed_on))
    return breach(too_high, contract=c.ref, bond=c.performance_bond, amount=c.amount)


@R.rule(
    A12, 2, row=54, force=HARD, over=Contract, cured_by=("sign-contract", "correct"),
    says="对合同{original}的补充累计{added:wan}，超过原合同金额{amount:wan}的规定比例", cure="超出部分另行采购",
)  # fmt: skip
def supplement_too_large(p: Any, c: Any) -> Breach:
    """信息化项目采购工作遵循中华人民共和国政府采购法和市局采购相关规定执行

    政府采购法第四十九条: all supplements of one original contract together, in the order in which they were signed.
    """
    added = total(
        Contract,
        lambda s: s.amount,
        lambda s: (s.amends == c.amends) & s.kind.among(*AMENDING) & (s.seq <= c.seq),
    )
    original = latest(Contract, lambda o: o.amount, lambda o: o.ref == c.amends)
    too_large = above_share(added, original, p.procurement_supplement_ratio.on(c.signed_on))
    return breach(c.kind.among(*AMENDING) & too_large, original=c.amends, added=added, amount=original)
