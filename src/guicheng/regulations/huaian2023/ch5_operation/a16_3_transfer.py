"""第十六条 责任主体: a system goes to another office with the duty to operate it, or out of service."""

from typing import Any, Literal

from guicheng.law.act import Act
from guicheng.law.fields import Day, Line, Papers, Ref, RowData, Words, field
from guicheng.people.models import Unit
from guicheng.people.roles import Role
from guicheng.records.asset import Asset
from guicheng.records.operation import Commissioning
from guicheng.records.stage import Stage
from guicheng.records.upkeep import Retirement, Transfer
from guicheng.regulations.huaian2023.articles import A16, R
from guicheng.regulations.huaian2023.ch3_duties.a08_operation import IN_USE


@R.act("移交系统", A16, row=91, by=Role.CONSTRUCTION, at=IN_USE)
class TransferSystem(Act):
    """项目建设处室（中心）是信息化项目运维的责任主体

    The project's office changes: from the next act on, people of the new office act for it.
    """

    to_unit: Ref = field("接收处室代码")
    owner: Line = field("新的运维责任人")
    regime: Line = field("运维管理制度", help="沿用或新订")
    emergency_plan: Line = field("应急预案", help="沿用或新订")
    handed: Words = field("移交内容", help="资产、文档、账号、合同、未了事项")
    agreed_by: Line = field("同意移交的领导或文号")
    papers: Papers | None = field("移交单", default=None)

    def write(self, deed: Any) -> None:
        before = deed.project.unit
        deed.need(self.to_unit != before, to_unit="系统已由该处室负责")
        deed.need(Unit.objects.filter(code=self.to_unit).exists(), to_unit=f"没有代码为“{self.to_unit}”的处室")
        deed.keep(Transfer, from_unit=before)
        if (use := deed.seek(Commissioning)) is not None:
            deed.change(use, owner=self.owner, regime=self.regime, emergency_plan=self.emergency_plan)
        deed.project.unit = self.to_unit


class Disposed(RowData):
    """What becomes of one asset."""

    asset: Ref = field("资产编号")
    disposal: Literal["scrapped", "transferred", "reused", "sold"] = field(
        "处置", help="scrapped 报废；transferred 调拨；reused 留用；sold 出让"
    )
    approval: Ref | None = field("批准文号", default=None, help="留用的可以不填")


@R.act("系统下线", A16, row=(92, 100), by=Role.CONSTRUCTION, at=IN_USE, to=Stage.RETIRED)
class RetireSystem(Act):
    """应建立健全项目运维管理制度，加强日常运维管理

    Data migrated, kept or destroyed, with the record; each booked asset with its disposal; the filing of its level cancelled.
    """

    reason: Words = field("下线理由")
    decided_by: Line = field("批准人")
    decision: Ref | None = field("批准文号", default=None)
    stopped_on: Day = field("停止服务日期")
    data_fate: Literal["migrated", "archived", "destroyed", "none"] = field(
        "数据去向", help="migrated 迁移；archived 封存；destroyed 销毁；none 没有业务数据"
    )
    data_record: Line | None = field("数据迁移、封存或销毁记录", default=None)
    filing_cancelled: Line | None = field("等保备案注销", default=None)
    replacement: Line | None = field("由何系统接替", default=None)
    assets: list[Disposed] | None = field("资产处置", default=None, max_length=1000)
    papers: Papers = field("附件")

    def write(self, deed: Any) -> None:
        if not deed.history:
            recorded = self.data_fate == "none" or self.data_record
            deed.need(recorded, data_record="应写明数据迁移、封存或销毁的记录")
            deed.need(self.stopped_on <= deed.day, stopped_on="停止服务日期不得晚于办理日期")
        for i, one in enumerate(self.assets or []):
            asset = deed.find(Asset, one.asset, f"assets.{i}.asset", "资产")
            if not deed.history:
                named = one.disposal == "reused" or one.approval
                deed.need(named, **{f"assets.{i}.approval": "资产处置应有批准文号"})
            deed.change(asset, disposal=one.disposal, disposal_approval=one.approval, disposed_on=deed.day)
        deed.keep(Retirement)
        deed.project.ended_on = deed.day
