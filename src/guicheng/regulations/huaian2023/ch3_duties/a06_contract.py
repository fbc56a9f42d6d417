"""第六条 合同制定: a text is drafted, reviewed, signed; its milestones are given when it is signed."""

from typing import Any, Literal

from guicheng.law.act import Act, Unfit
from guicheng.law.fields import Count, Day, Line, Money, Months, Paper, Papers, Ref, RowData, Words, field
from guicheng.people.roles import Role
from guicheng.records.procurement import Competence, Contract, ContractDraft, ContractKind, Milestone, SupplierSize
from guicheng.records.stage import ONGOING, Stage, between
from guicheng.regulations.huaian2023.articles import A6, R
from guicheng.regulations.huaian2023.ch3_duties.a06_procurement import Proof

AMENDING = ("supplementary", "change")
Subject = Literal["development", "integration", "supply", "service"]


class Node(RowData):
    """A payment milestone."""

    name: Line = field("节点名称", max_length=40)
    amount: Money = field("金额（分）")
    condition: Line = field("付款条件")


@R.act("起草合同", A6, row=18, by=Role.CONSTRUCTION, at=ONGOING)
class DraftContract(Act):
    """合同制定

    Who performs this act is the drafter; a changed text is drafted again and needs another opinion.
    """

    contract: Ref = field("合同编号")
    kind: ContractKind = field("合同类型")
    title: Line = field("合同名称")
    digest: Paper = field("合同文本摘要")
    changes: Words | None = field("与前一稿的不同", default=None)

    def write(self, deed: Any) -> None:
        signed = deed.seek(Contract, ref=self.contract)
        deed.need(signed is None, contract="合同已经签订，改动须另签补充合同")
        deed.keep(ContractDraft)


@R.act("签订合同", A6, row=18, by=Role.CONSTRUCTION, at=ONGOING)
class SignContract(Act):
    """合同制定

    The day of the act is the day of signing; the text must be one that was drafted here.
    """

    ref: Ref = field("合同编号")
    kind: ContractKind = field("合同类型")
    title: Line = field("合同名称")
    subject_matter: Subject = field("标的", help="development 开发，integration 集成，supply 供货，service 服务")
    plan: Ref | None = field("采购计划编号", default=None)
    award: Ref | None = field("中标（成交）通知书编号", default=None)
    amends: Ref | None = field("所补充或变更的合同", default=None)
    supplier: Line = field("供应商")
    supplier_size: SupplierSize = field("供应商规模", help="签订时供应商声明的企业规模")
    related_to: Line | None = field("与其有关联的供应商", default=None, help="与本项目哪家供应商有隶属或其他利害关系")
    competence: list[Proof] = field("供应商能力证明", default=[])
    amount: Money = field("合同金额（分）")
    digest: Paper = field("所签文本摘要")
    starts_on: Day | None = field("工期起", default=None)
    finish_on: Day | None = field("工期止", default=None)
    milestones: list[Node] = field("付款节点")
    pay_days: Count = field("付款期限（日）", help="自交付或验收合格之日起，中小企业不得超过60日", le=3650)
    performance_bond: Money = field("履约保证金（分）", default=0)
    acceptance_terms: bool = field("载明验收方案")
    acceptance_days: Count | None = field("验收期限（日）", default=None, le=3650)
    trial_months: Months | None = field("试运行期（月）", default=None)
    warranty_terms: bool = field("载明保修条款", default=False)
    warranty_months: Months = field("保修期（月）", default=0)
    warranty_from: Literal["acceptance", "delivery", "signing", "go-live"] | None = field("保修起算", default=None)
    warranty_response_hours: Count | None = field("保修响应（小时）", default=None)
    warranty_repair_hours: Count | None = field("保修修复（小时）", default=None)
    warranty_exclusions: Words | None = field("保修例外", default=None)
    ip_owner: Literal["bureau", "supplier", "shared", "silent"] = field("成果归属", help="silent 为合同未约定")
    ip_exception: Words | None = field("权属特殊约定的理由", default=None)
    ip_exception_agreed_by: Line | None = field("特殊约定的批准", default=None, help="批准人或文号")
    confidentiality: bool = field("载明保密条款")
    data_security: bool = field("载明数据安全条款", default=False)
    custom_software: bool = field("含定制软件", default=False)
    components: list[Ref] = field("所含组成部分", default=[])
    papers: Papers | None = field("附件", default=None)

    def write(self, deed: Any) -> None:
        draft = deed.seek(ContractDraft, contract=self.ref, digest=self.digest)
        deed.need(draft or deed.history, digest="所签文本没有起草记录，请先起草并送审这一文本")
        original = self._amended(deed)
        self._milestones_fit()
        deed.keep(
            Contract, signed_on=deed.day, subject=self.subject_matter, drafted_by=draft.by if draft else None,
            plan=self.plan or (original.plan if original else None),
        )  # fmt: skip
        for node in self.milestones or []:
            name = f"{self.ref}/{node.name}"
            deed.keep(
                Milestone, ref=name, contract=self.ref, name=node.name, amount=node.amount, condition=node.condition
            )
        deed.keep_rows(Competence, self.competence, supplier=self.supplier)
        if self.kind == "main":
            deed.advance(Stage.CONTRACTED)

    def _amended(self, deed: Any) -> Any:
        if self.kind in AMENDING and (self.amends or not deed.history):
            return deed.find(Contract, self.amends, "amends", "合同")
        deed.need(self.kind in AMENDING or not self.amends, amends="只有补充合同和变更合同才填所补充的合同")
        return None

    def _milestones_fit(self) -> None:
        names = [m.name for m in self.milestones or []]
        if len(set(names)) < len(names):
            raise Unfit(milestones="付款节点的名称不得重复")
        amounts = [m.amount for m in self.milestones or []]
        if self.amount is not None and None not in amounts and sum(amounts) > self.amount:
            raise Unfit(milestones=f"付款节点合计{sum(amounts)}分，不得超过合同金额{self.amount}分")
        if self.starts_on and self.finish_on and self.finish_on < self.starts_on:
            raise Unfit(finish_on="工期止不得早于工期起")

    def subject(self) -> str:
        return self.award or self.ref


@R.act("付款节点达成", A6, row=19, by=Role.CONSTRUCTION, at=between(Stage.FILED, Stage.OPERATION))
class ReachMilestone(Act):
    """项目实施

    The owner certifies with evidence that a milestone's condition is met; the day of the act is the day of it.
    """

    milestone: Ref = field("付款节点", help="合同号/节点名称")
    evidence: Papers = field("佐证")
    note: Words | None = field("说明", default=None)

    def write(self, deed: Any) -> None:
        found = deed.find(Milestone, self.milestone, "milestone", "付款节点")
        deed.need(found.reached_on is None, milestone=f"这一节点已于{found.reached_on}达成")
        deed.change(found, reached_on=deed.day, reached_by=deed.by, evidence=list(self.evidence or []))
