"""第十一条 立项: approval, and the ways in which a project ends before it, or loses it."""

from typing import Any

from guicheng.law.act import Act
from guicheng.law.fields import Day, Line, Money, Papers, Ref, Words, field
from guicheng.people.roles import Role
from guicheng.records.initiation import Approval, Ending
from guicheng.records.stage import BEFORE_APPROVAL, ONGOING, Stage
from guicheng.regulations.huaian2023.articles import A6, A11, R


@R.act(
    "批准立项", A11, 2, row=(15, 44, 45), by=Role.CYBER_OFFICE, at=BEFORE_APPROVAL, to=Stage.APPROVED, keeps=Approval
)
class ApproveProject(Act):
    """报大数据、发改委、密码等部门评审立项。

    Which organ grants 立项 depends on the city's rule, so it is a field; the amount becomes the project's budget.
    """

    ref: Ref = field("批复文号")
    body: Line = field("批复机关")
    amount: Money = field("批复金额", ge=1)
    valid_until: Day | None = field("批复有效至", default=None)
    conditions: Words | None = field("批复要求", default=None)
    papers: Papers | None = field("批复文件", default=None)

    def write(self, deed: Any) -> None:
        early = self.valid_until is not None and self.valid_until < deed.day
        deed.need(not early or deed.history, valid_until="有效期不得早于批复日")
        deed.project.budget = self.amount
        deed.keep(Approval, kind="project", items=[])


@R.act("撤销批复", A11, row=15, by=Role.CYBER_OFFICE, at=tuple(s for s in ONGOING if s >= Stage.APPROVED))
class RevokeApproval(Act):
    """项目立项

    The project stands again before its approval and has no budget until there is a new one.
    """

    approval: Ref = field("批复文号")
    reason: Words = field("理由")

    def write(self, deed: Any) -> None:
        approval = deed.find(Approval, self.approval, "approval", "批复")
        deed.need(approval.revoked_on is None, approval="该批复已经撤销")
        deed.change(approval, revoked_on=deed.day, revoked_reason=self.reason)
        if approval.kind == "project":
            deed.project.budget = None
            deed.move(Stage.REVIEW)


@R.act("不予立项", A11, row=15, by=Role.CYBER_OFFICE, at=BEFORE_APPROVAL, to=Stage.REJECTED, keeps=Ending)
class RejectProject(Act):
    """项目立项"""

    body: Line = field("决定机关")
    number: Line = field("决定文号")
    reason: Words = field("理由")
    may_refile: bool = field("可否修改后重新报备")
    papers: Papers | None = field("文件", default=None)

    def write(self, deed: Any) -> None:
        deed.project.ended_on = deed.day
        deed.keep(Ending, kind="rejected")


@R.act("撤回项目", A6, row=15, by=Role.CONSTRUCTION, at=BEFORE_APPROVAL, to=Stage.WITHDRAWN, keeps=Ending)
class WithdrawProject(Act):
    """开展项目规划计划、预算编制、项目立项

    The office that owns the application may take it back until it is approved.
    """

    reason: Words = field("理由")
    agreed_by: Line = field("处室负责人")

    def write(self, deed: Any) -> None:
        deed.project.ended_on = deed.day
        deed.keep(Ending, kind="withdrawn", body=self.agreed_by, may_refile=True, papers=[])
