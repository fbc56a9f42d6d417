"""第十九条 资产登记: every part delivered stands in the register, and the project's final accounts are made."""

from typing import Any, Literal

from guicheng.law.act import Act
from guicheng.law.declare import HARD, Breach, Owed, breach
from guicheng.law.fields import Count, Day, Line, Money, Months, Papers, Ref, Words, field
from guicheng.law.words import count, has, here, lacks
from guicheng.people.roles import Role
from guicheng.records.acceptance import Acceptance
from guicheng.records.asset import Asset, ClosingAccounts
from guicheng.records.initiation import Component
from guicheng.records.procurement import Contract
from guicheng.records.stage import Stage, between
from guicheng.regulations.huaian2023.articles import A7, A19, R

TANGIBLE = ("software", "hardware")
"""Components that leave an asset: a card in the books, or a line in the ledger for what is only subscribed to."""
AFTER_DELIVERY = (*between(Stage.IMPLEMENTATION, Stage.RETIRED), Stage.TERMINATED)


@R.act("登记资产", A7, row=(25, 100), by=Role.GENERAL_OFFICE, at=AFTER_DELIVERY)
class RegisterAsset(Act):
    """固定资产入账和登记造册

    Hardware is a fixed asset, software that is no part of hardware an intangible one; 办公室 books both. What is only
    subscribed to (cloud, licences by the year) is an expense and stands in the ledger.
    """

    ref: Ref = field("资产编号")
    kind: Literal["fixed", "intangible", "low-value", "ledger"] = field(
        "类别", help="fixed 固定资产；intangible 无形资产；low-value 低值品；ledger 仅登记备查（如云服务）"
    )
    name: Line = field("名称")
    component: Ref | None = field("所属建设内容", default=None, help="报备时该部分的简称")
    contract: Ref = field("来源合同")
    acceptance: Ref | None = field("验收报告号", default=None)
    quantity: Count = field("数量", ge=1)
    unit_price: Money = field("单价")
    value: Money = field("入账价值")
    acquired_on: Day = field("取得日期")
    user_unit: Line = field("使用部门")
    custodian: Line = field("保管人")
    place: Line = field("存放或部署地点")
    licences: Count | None = field("许可数", default=None)
    licensed_until: Day | None = field("许可到期日", default=None)
    rights: Line | None = field("著作权归属与登记号", default=None)
    voucher: Ref | None = field("入账凭证号", default=None, help="仅登记备查的可以不填")
    life_months: Months | None = field("折旧或摊销月数", default=None)
    papers: Papers | None = field("附件", default=None)

    def write(self, deed: Any) -> None:
        deed.find(Contract, self.contract, "contract", "合同")
        if self.component is not None:
            deed.find(Component, self.component, "component", "建设内容")
        if not deed.history:
            deed.need(self.kind == "ledger" or self.voucher, voucher="入账的资产应填写入账凭证号")
        deed.keep(Asset)

    def subject(self) -> str:
        return self.component or self.ref


@R.act("竣工财务决算", A19, row=100, by=Role.GENERAL_OFFICE, at=AFTER_DELIVERY, keeps=ClosingAccounts)
class FinalAccounts(Act):
    """信息化项目建设形成的国有资产要及时办理资产登记相关手续。"""

    ref: Ref = field("决算文号")
    amount: Money = field("决算金额")
    fixed_assets: Money = field("转入固定资产")
    intangible_assets: Money = field("转入无形资产")
    expensed: Money = field("列入费用", default=0)
    balance: Money = field("结余资金", default=0)
    approved_by: Line = field("批复机关")
    report: Words = field("决算说明")
    papers: Papers = field("决算报表与批复")

    def write(self, deed: Any) -> None:
        if not deed.history:
            parts = self.fixed_assets + self.intangible_assets + self.expensed
            deed.need(parts == self.amount, amount="决算金额应等于转入固定资产、无形资产与列入费用之和")
        deed.keep(ClosingAccounts)


def passed_now(deed: Any) -> Any:
    """The day of the acceptance that this act concluded, when it passed."""
    found = deed.seek(Acceptance)
    return found.signed_on if found and found.seq == deed.seq and found.outcome == "passed" else None


@R.duty(
    "登记资产", A19, row=(25, 100), by=Role.GENERAL_OFFICE, within="asset.register_days",
    opens=("conclude-acceptance",), closes=("register-asset",),
)  # fmt: skip
def register_assets(deed: Any) -> list[Owed] | None:
    """信息化项目建设形成的国有资产要及时办理资产登记相关手续。

    One duty for each part that leaves an asset and stands in no register yet.
    """
    if (day := passed_now(deed)) is None:
        return None
    parts = deed.rows(Component, kind__in=TANGIBLE)
    return [Owed(day, c.ref) for c in parts if deed.seek(Asset, component=c.ref) is None]


@R.duty(
    "编报竣工财务决算", A19, row=100, by=Role.GENERAL_OFFICE, within="asset.final_accounts_months",
    opens=("conclude-acceptance",), closes=("final-accounts",),
)  # fmt: skip
def make_final_accounts(deed: Any) -> Owed | None:
    """信息化项目建设形成的国有资产要及时办理资产登记相关手续。"""
    day = passed_now(deed)
    return Owed(day) if day and deed.seek(ClosingAccounts) is None else None


@R.rule(
    A19, row=(25, 100), force=HARD, cured_by=("register-asset",),
    says="项目于{archived:day}归档，尚有{open}项软件或硬件没有登记资产", cure="先登记全部资产，再归档",
)  # fmt: skip
def archived_before_assets(p: Any) -> Breach:
    """信息化项目建设形成的国有资产要及时办理资产登记相关手续。

    The files of a project close last: an accepted project is not archived before its assets stand in the register.
    """

    def missing(c: Any) -> Any:
        return c.kind.among(*TANGIBLE) & lacks(Asset, lambda a: a.component == c.ref)

    closed = here.archived_on.present & has(Acceptance, outcome="passed")
    return breach(closed & has(Component, missing), archived=here.archived_on, open=count(Component, missing))


@R.rule(
    A19, row=100, force=HARD, cured_by=("final-accounts",),
    says="项目于{archived:day}归档，尚未编报竣工财务决算", cure="先编报竣工财务决算，再归档",
)  # fmt: skip
def archived_before_accounts(p: Any) -> Breach:
    """信息化项目建设形成的国有资产要及时办理资产登记相关手续。

    Final accounts within a year of acceptance at the latest; a project of O&M alone leaves no asset and makes none.
    """
    built = has(Acceptance, outcome="passed") & has(Component, lambda c: c.kind.among(*TANGIBLE))
    return breach(here.archived_on.present & built & lacks(ClosingAccounts), archived=here.archived_on)


@R.rule(
    A19, row=100, force=HARD, over=Asset, cured_by=("retire-system", "correct"),
    says="系统已下线，资产{asset}（{name}）没有处置记录", cure="下线时逐项写明资产的处置与批准文号",
)  # fmt: skip
def retired_with_assets(p: Any, a: Any) -> Breach:
    """信息化项目建设形成的国有资产要及时办理资产登记相关手续。

    What is in the books leaves them by an approved disposal, or goes on serving elsewhere.
    """
    retired = here.stage == int(Stage.RETIRED)
    booked = a.kind.among("fixed", "intangible")
    return breach(retired & booked & a.disposal.missing, asset=a.ref, name=a.name)
