"""第九条 政策法规处: the legality of the process, before the project is approved."""

from typing import Any, Literal

from guicheng.law.act import Act
from guicheng.law.declare import EXPLAIN, Breach, breach
from guicheng.law.fields import Line, Papers, Ref, Words, field
from guicheng.people.roles import Role
from guicheng.records.deliberation import ProcessOpinion
from guicheng.records.initiation import Approval
from guicheng.regulations.huaian2023.articles import A9, R
from guicheng.regulations.huaian2023.words import granted, standing


@R.act("流程合法性审查", A9, row=30, by=Role.LEGAL, keeps=ProcessOpinion)
class ReviewProcessLegality(Act):
    """政策法规处负责对项目流程及合同进行合法性审查。

    An opinion of its own: countersigning or answering a consultation does not take its place.
    """

    ref: Ref = field("审查意见文号")
    scope: Literal["initiation", "procurement"] = field("审查环节", help="initiation 立项，procurement 采购")
    steps: list[Line] = field("已审查的步骤", min_length=1, max_length=50)
    outcome: Literal["passed", "failed"] = field("结论", help="passed 合法，failed 存在问题")
    opinion: Words = field("审查意见")
    issues: Words | None = field("问题与建议", default=None)
    papers: Papers | None = field("附件", default=None)

    def write(self, deed: Any) -> None:
        deed.need(self.outcome != "failed" or self.issues or deed.history, issues="存在问题的，写明问题与建议")
        deed.keep(ProcessOpinion)


@R.rule(
    A9, row=30, force=EXPLAIN, over=Approval, cured_by=("review-process-legality", "explain"),
    says="{approved:day}批准立项，此前政策法规处没有出具通过的流程合法性审查意见", cure="先由政策法规处审查立项流程",
)  # fmt: skip
def process_not_reviewed(p: Any, a: Any) -> Breach:
    """政策法规处负责对项目流程及合同进行合法性审查。"""
    passed = standing(ProcessOpinion, a.day, "day", lambda o: (o.outcome == "passed") & (o.scope == "initiation"))
    return breach(granted(a) & ~passed, approved=a.day)
