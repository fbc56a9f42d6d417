"""第八条 全程指导: the technology division's guidance, on record before the contractor applies for acceptance."""

from typing import Any, Literal

from guicheng.law.act import Act
from guicheng.law.declare import EXPLAIN, Breach, breach
from guicheng.law.fields import Papers, Words, field
from guicheng.law.words import lacks
from guicheng.people.roles import Role
from guicheng.records.acceptance import Application
from guicheng.records.implementation import Guidance
from guicheng.records.stage import ONGOING
from guicheng.regulations.huaian2023.articles import A8, R

Occasion = Literal["plan", "tender", "implementation", "assessment", "trial", "acceptance", "operation"]


@R.act("指导项目", A8, row=26, by=Role.TECHNOLOGY, at=ONGOING, keeps=Guidance)
class GiveGuidance(Act):
    """网络信息技术处负责全程指导项目实施"""

    occasion: Occasion = field("环节", help="方案、采购文件、实施、测评、试运行、验收、运行")
    opinion: Words = field("指导意见")
    agreed: bool = field("会签同意", default=True)
    follow_up: Words | None = field("要求落实的事项", default=None)
    papers: Papers | None = field("附件", default=None)


@R.rule(
    A8, row=26, force=EXPLAIN, over=Application, cured_by=("give-guidance", "explain"),
    says="{applied:day}申请竣工验收时，没有网络信息技术处对实施环节的指导记录", cure="请网络信息技术处出具指导意见，或说明理由",
)  # fmt: skip
def not_guided(p: Any, a: Any) -> Breach:
    """网络信息技术处负责全程指导项目实施"""
    building = ("implementation", "assessment", "trial", "acceptance")
    alone = lacks(Guidance, lambda g: (g.day <= a.applied_on) & g.occasion.among(*building))
    return breach(alone, applied=a.applied_on)
