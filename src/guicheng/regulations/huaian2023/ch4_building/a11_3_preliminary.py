"""第十一条(三) 前期费用: early costs (study, design) under an approval of their own, and nothing else before 立项."""

from typing import Any, Literal

from guicheng.law.act import Act
from guicheng.law.fields import Day, Line, Money, Papers, Ref, field
from guicheng.people.roles import Role
from guicheng.records.initiation import Approval
from guicheng.records.stage import BEFORE_APPROVAL
from guicheng.regulations.huaian2023.articles import A11, R

Item = Literal["feasibility", "design", "survey", "expert-review", "security-plan"]


@R.act("批准前期费用", A11, 3, row=46, by=Role.CYBER_OFFICE, at=BEFORE_APPROVAL, keeps=Approval)
class ApprovePreliminary(Act):
    """未经批准的建设项目，不得自行筹集经费建设。"""

    ref: Ref = field("批准文号")
    body: Line = field("批准机关")
    amount: Money = field("批准金额", ge=1)
    items: list[Item] = field("费用项目", min_length=1, help="可研、设计、调研、专家评审、安全方案")
    valid_until: Day | None = field("有效至", default=None)
    papers: Papers | None = field("文件", default=None)

    def write(self, deed: Any) -> None:
        deed.keep(Approval, kind="preliminary")
