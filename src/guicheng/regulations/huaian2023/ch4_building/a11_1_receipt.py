"""第十一条(一) 报备: 网信办 acknowledges a filing, or asks for what is missing."""

from typing import Any

from guicheng.law.act import Act
from guicheng.law.declare import HARD, Breach, breach
from guicheng.law.fields import Line, Papers, Words, field
from guicheng.law.words import lacks
from guicheng.people.roles import Role
from guicheng.records.initiation import Approval, Filing
from guicheng.records.stage import BEFORE_APPROVAL, Stage
from guicheng.regulations.huaian2023.articles import A11, R
from guicheng.regulations.huaian2023.words import granted


def filing_of(deed: Any, field_name: str) -> Any:
    """The project's filing, not yet acknowledged."""
    filing = deed.seek(Filing)
    deed.need(filing is not None, **{field_name: "本项目没有报备表"})
    deed.need(filing.received_on is None, **{field_name: f"报备已于{filing.received_on}接收"})
    return filing


@R.act("接收报备", A11, 1, row=35, by=Role.CYBER_OFFICE, at=BEFORE_APPROVAL)
class AcknowledgeFiling(Act):
    """应向网信办报备项目建设相关情况。

    A receipt, not an approval.
    """

    received_by: Line = field("接收人")
    received_opinion: Words | None = field("意见", default=None)

    def write(self, deed: Any) -> None:
        filing = filing_of(deed, "received_by")
        waiting = filing.returned_on is not None and filing.completed_on is None
        deed.need(not waiting, received_by="报备已退回补充，补充后再接收")
        deed.change(filing, received_on=deed.day, received_by=self.received_by, received_opinion=self.received_opinion)
        deed.advance(Stage.PREPARATION)


@R.act("退回补充报备", A11, 1, row=35, by=Role.CYBER_OFFICE, at=BEFORE_APPROVAL)
class ReturnFiling(Act):
    """应向网信办报备项目建设相关情况。"""

    returned_reason: Words = field("需要补充的内容")

    def write(self, deed: Any) -> None:
        filing = filing_of(deed, "returned_reason")
        deed.change(filing, returned_on=deed.day, returned_reason=self.returned_reason, completed_on=None)


@R.act("补充报备", A11, 1, row=35, by=Role.CONSTRUCTION, at=BEFORE_APPROVAL)
class CompleteFiling(Act):
    """应向网信办报备项目建设相关情况。"""

    completion: Words = field("补充的内容")
    papers: Papers | None = field("附件", default=None)

    def write(self, deed: Any) -> None:
        filing = filing_of(deed, "completion")
        deed.need(filing.returned_on is not None, completion="报备没有被退回，无须补充")
        papers = [*filing.papers, *(self.papers or [])]
        deed.change(filing, completed_on=deed.day, completion=self.completion, papers=papers)


@R.rule(
    A11, 1, row=(20, 35), force=HARD, over=Approval, cured_by="acknowledge-filing",
    says="{approved:day}批准立项，此前网信办没有接收报备", cure="先由网信办接收报备",
)  # fmt: skip
def approved_before_receipt(p: Any, a: Any) -> Breach:
    """信息化项目建设处室（中心）应向网信办报备项目建设相关情况。"""
    return breach(granted(a) & lacks(Filing, lambda f: f.received_on <= a.day), approved=a.day)
