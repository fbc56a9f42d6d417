"""第十九条 成果归属: results, source code and registered rights come to the bureau."""

from typing import Any, Literal

from guicheng.law.act import Act
from guicheng.law.declare import HARD, Breach, Owed, breach
from guicheng.law.fields import Count, Day, Line, Paper, Papers, PersonName, Ref, RowData, Words, field
from guicheng.law.words import has, here, lacks
from guicheng.people.roles import Role
from guicheng.records.acceptance import Acceptance
from guicheng.records.asset import HandOver, RightOf
from guicheng.records.procurement import Contract
from guicheng.regulations.huaian2023.articles import A19, R
from guicheng.regulations.huaian2023.ch6_money.a19_1_assets import AFTER_DELIVERY, passed_now


class HandedItem(RowData):
    """One thing handed over."""

    kind: Literal["source", "build", "document", "data", "account", "licence", "device", "other"] = field(
        "种类", help="source 源代码；build 构建与部署脚本；document 文档；data 数据；account 账号；licence 许可"
    )
    name: Line = field("名称")
    version: Line | None = field("版本", default=None)
    quantity: Count = field("数量", default=1, ge=1)
    digest: Paper | None = field("摘要", default=None, help="交付文件的 sm3 或 sha256")


@R.act("移交成果", A19, row=101, by=Role.CONSTRUCTION, at=AFTER_DELIVERY)
class HandOverResults(Act):
    """项目建设产生的成果、信息资源、著作权或专利权等，除特殊约定外，归市局所有。

    Source counts as handed over when the bureau has built the system from it.
    """

    contract: Ref = field("合同编号")
    handed_by: PersonName = field("移交人")
    received_by: Line = field("接收人")
    items: list[HandedItem] = field("移交清单", min_length=1, max_length=500)
    source_place: Line | None = field("源代码存放处", default=None)
    verified: Words = field("核验情况", help="源代码应能据以构建出所交付的版本")
    papers: Papers | None = field("移交单", default=None)

    def write(self, deed: Any) -> None:
        deed.find(Contract, self.contract, "contract", "合同")
        source = any(i.kind == "source" for i in self.items or [])
        if not deed.history:
            deed.need(not source or self.source_place, source_place="移交源代码应写明存放处")
        deed.keep(HandOver, source_code=source)
        deed.subject = self.contract if source else f"{deed.seq}"


@R.act("登记权利", A19, row=101, by=Role.CONSTRUCTION, at=AFTER_DELIVERY, keeps=RightOf)
class RegisterRight(Act):
    """项目建设产生的成果、信息资源、著作权或专利权等，除特殊约定外，归市局所有。"""

    ref: Ref = field("证书号")
    kind: Literal["copyright", "patent", "trademark", "other"] = field("权利", help="copyright 著作权；patent 专利权")
    name: Line = field("名称")
    contract: Ref = field("来源合同")
    owner: Line = field("权利人")
    authority: Line = field("登记机关")
    registered_on: Day = field("登记日期")
    papers: Papers | None = field("证书", default=None)

    def write(self, deed: Any) -> None:
        contract = deed.find(Contract, self.contract, "contract", "合同")
        if not deed.history:
            supplier = contract.supplier is not None and contract.supplier == self.owner
            deed.need(
                contract.ip_exception or not supplier, owner="合同没有特殊约定，成果归市局所有，权利人不能是承建单位"
            )
        deed.keep(RightOf)


@R.duty(
    "移交成果和源代码", A19, row=101, by=Role.CONSTRUCTION, within="asset.handover_days",
    opens=("conclude-acceptance",), closes=("hand-over-results",),
)  # fmt: skip
def hand_over_source(deed: Any) -> list[Owed] | None:
    """项目建设产生的成果、信息资源、著作权或专利权等，除特殊约定外，归市局所有。"""
    if (day := passed_now(deed)) is None:
        return None
    owed = deed.rows(Contract, custom_software=True, ip_exception=None)
    return [Owed(day, c.ref) for c in owed if deed.seek(HandOver, contract=c.ref, source_code=True) is None]


@R.rule(
    A19, row=101, force=HARD, over=Contract, cured_by=("hand-over-results",),
    says="项目于{archived:day}归档，合同{contract}所开发软件的源代码尚未移交", cure="先移交成果和源代码，再归档",
)  # fmt: skip
def archived_without_source(p: Any, c: Any) -> Breach:
    """项目建设产生的成果、信息资源、著作权或专利权等，…归市局所有。"""
    accepted = has(Acceptance, outcome="passed")
    missing = lacks(HandOver, contract=c.ref, source_code=True)
    closed = here.archived_on.present & accepted
    return breach(closed & c.custom_software & missing, archived=here.archived_on, contract=c.ref)


@R.proviso(A19, to=archived_without_source, row=101)
def agreed_otherwise(p: Any, c: Any) -> Any:
    """除特殊约定外

    The exception stands in the contract, in words.
    """
    return c.ip_exception.present
