"""第十一条(四) 职责分工: who does what is said after approval and before the work starts; then the steps in their order."""

from typing import Any, Literal

from guicheng.law.act import Act, Unfit
from guicheng.law.declare import HARD, Breach, breach
from guicheng.law.fields import Day, Line, Paper, Papers, Ref, RowData, field
from guicheng.law.terms import Term
from guicheng.law.words import lacks
from guicheng.people.roles import Role
from guicheng.records.acceptance import Application
from guicheng.records.implementation import Assignment, Division, Start
from guicheng.records.procurement import Contract
from guicheng.records.stage import ONGOING
from guicheng.regulations.huaian2023.articles import A11, R
from guicheng.regulations.huaian2023.ch4_building.a11_3_unapproved import approved_on

Task = Literal["tender-papers", "procurement", "implementation", "acceptance", "security", "finance", "other"]
NAMED = ("tender-papers", "procurement", "implementation", "acceptance")
"""标书制作、政府采购、开发实施、评估验收: the four pieces of work that the sentence names."""


class Piece(RowData):
    """One piece of work and who does it."""

    task: Task = field("工作", help="标书制作、政府采购、开发实施、评估验收、安全、资金、其他")
    unit: Line = field("责任处室")
    person: Line = field("责任人")
    content: Line | None = field("具体内容", default=None)
    finish_by: Day | None = field("完成时间", default=None)


@R.act("职责分工", A11, 4, row=47, by=Role.CYBER_OFFICE, at=ONGOING)
class DivideDuties(Act):
    """项目立项后，网信办组织网络信息技术处、相关处室（中心）开展职责分工"""

    ref: Ref = field("分工文件编号")
    title: Line = field("标题")
    leader: Line = field("项目牵头人")
    pieces: list[Piece] = field("分工", min_length=1, max_length=200)
    paper: Paper = field("任务分工表或责任书")
    papers: Papers | None = field("附件", default=None)

    def write(self, deed: Any) -> None:
        lacking = set(NAMED) - {piece.task for piece in self.pieces or []}
        if lacking and not deed.history:
            raise Unfit(pieces=f"标书制作、政府采购、开发实施、评估验收都要有人负责，还缺 {'、'.join(sorted(lacking))}")
        deed.keep(Division)
        deed.keep_rows(Assignment, self.pieces, division=self.ref)


@R.rule(
    A11, 4, row=47, force=HARD, over=Division, cured_by=("approve-project",),
    says="{day:day}作职责分工，当时项目没有立项", cure="立项后再组织职责分工",
)  # fmt: skip
def divided_before_approval(p: Any, d: Any) -> Breach:
    """项目立项后，网信办组织网络信息技术处、相关处室（中心）开展职责分工"""
    return breach(~approved_on(d.day), day=d.day)


@R.rule(
    A11, 4, row=47, force=HARD, over=Start, cured_by=("divide-duties",),
    says="{started:day}开工，网信办此前没有组织职责分工", cure="由网信办先组织职责分工，标书、采购、实施、验收各有责任人",
)  # fmt: skip
def started_undivided(p: Any, s: Any) -> Breach:
    """网信办组织网络信息技术处、相关处室（中心）开展职责分工、标书制作、政府采购、开发实施、评估验收等工作。"""

    def nobody_for(task: str) -> Term:
        return lacks(Assignment, lambda a: a.day <= s.started_on, task=task)

    undivided = nobody_for(NAMED[0])
    for task in NAMED[1:]:
        undivided = undivided | nobody_for(task)
    return breach(undivided, started=s.started_on)


@R.rule(
    A11, 4, row=48, force=HARD, over=Start, cured_by=("sign-contract",),
    says="{started:day}按合同{contract}开工，当时没有签订这份主合同或运维合同", cure="先签订合同，再开工",
)  # fmt: skip
def started_before_contract(p: Any, s: Any) -> Breach:
    """项目立项后，网信办组织……开展职责分工、标书制作、政府采购、开发实施、评估验收等工作。"""
    unsigned = lacks(
        Contract, lambda c: (c.ref == s.contract) & c.kind.among("main", "om") & (c.signed_on <= s.started_on)
    )
    return breach(unsigned, started=s.started_on, contract=s.contract)


@R.rule(
    A11, 4, row=48, force=HARD, over=Application, cured_by=("start-implementation",),
    says="{applied:day}申请竣工验收，此前没有开工记录", cure="先办理开工，实施完成后再申请验收",
)  # fmt: skip
def accepted_before_start(p: Any, a: Any) -> Breach:
    """项目立项后，网信办组织……开展职责分工、标书制作、政府采购、开发实施、评估验收等工作。"""
    return breach(lacks(Start, lambda s: s.started_on <= a.applied_on), applied=a.applied_on)
