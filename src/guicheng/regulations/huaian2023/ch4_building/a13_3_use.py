"""第十三条(三) 投入使用: never before a passed acceptance."""

from typing import Any

from guicheng.law.act import Act
from guicheng.law.declare import HARD, Breach, breach
from guicheng.law.fields import Line, Paper, Papers, Words, field
from guicheng.law.words import lacks
from guicheng.people.roles import Role
from guicheng.records.acceptance import Acceptance
from guicheng.records.operation import Commissioning
from guicheng.records.stage import Stage, between
from guicheng.regulations.huaian2023.articles import A13, R


@R.act(
    "投入使用", A13, 3, row=(66, 76), by=Role.CONSTRUCTION, at=between(Stage.IMPLEMENTATION, Stage.ACCEPTED),
    to=Stage.OPERATION,
)  # fmt: skip
class PutIntoOperation(Act):
    """未经验收或验收不合格的项目不得投入使用。"""

    owner: Line | None = field("运维责任人", default=None)
    regime: Paper | None = field("运维管理制度", default=None)
    emergency_plan: Paper | None = field("应急预案", default=None)
    scope: Words | None = field("投入使用的范围", default=None)
    notice: Line | None = field("上线公告文号", default=None)
    papers: Papers | None = field("附件", default=None)

    def write(self, deed: Any) -> None:
        deed.keep(Commissioning, started_on=deed.day)


@R.rule(
    A13, 3, row=76, force=HARD, over=Commissioning, cured_by=("apply-for-acceptance", "conclude-acceptance"),
    says="{started:day}投入使用，此前没有通过验收的记录", cure="先通过竣工验收，再投入使用",
)  # fmt: skip
def used_before_accepted(p: Any, c: Any) -> Breach:
    """未经验收或验收不合格的项目不得投入使用。"""
    passed = lacks(Acceptance, lambda a: (a.outcome == "passed") & (a.signed_on <= c.started_on))
    return breach(passed, started=c.started_on)
