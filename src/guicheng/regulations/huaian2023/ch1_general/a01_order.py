"""第一条 目的: what may always be done to keep the record in order."""

from typing import Any

from guicheng.law.act import Act
from guicheng.law.fields import Count, Day, Line, Paper, Papers, Ref, Words, field
from guicheng.people.groups import ANYONE
from guicheng.people.roles import Role
from guicheng.records.project import Exemption, Explanation, PaperOf
from guicheng.records.stage import ONGOING, Stage
from guicheng.records.tables import project_tables
from guicheng.regulations.huaian2023.articles import A1, R

EVER = tuple(Stage)


@R.act("附文件", A1, row=1, by=ANYONE, at=EVER, keeps=PaperOf)
class AttachPaper(Act):
    """规范管理，明确职责分工，理顺工作程序

    The bytes are kept elsewhere; the ledger keeps the digest.
    """

    title: Line = field("题名")
    kind: Line = field("种类", help="如 会议纪要、合同文本、测试报告")
    digest: Paper = field("摘要", help="sm3:… 或 sha256:…")
    size: int | None = field("字节数", default=None, ge=0, le=10**12)


@R.act("更正", A1, row=1, by=(Role.CONSTRUCTION, Role.CYBER_OFFICE, Role.GENERAL_OFFICE), at=EVER)
class Correct(Act):
    """规范管理，明确职责分工，理顺工作程序

    The project's records are written again from its entries with this one replaced, or left out; when a later entry no
    longer fits, or a rule would then be in breach, the correction is refused.
    """

    entry: Count = field("更正第几号行为", ge=1)
    reason: Words = field("理由")
    replacement: dict[str, Any] | None = field("更正后的内容", default=None, help="留空即作废该行为")

    def write(self, deed: Any) -> None:
        deed.need(self.entry < deed.seq, entry=f"本项目还没有第{self.entry}号行为")
        deed.need(self.entry > 1 or self.replacement is not None, entry="报备不能作废，可以撤回项目")


@R.act("豁免", A1, row=1, by=Role.CYBER_OFFICE, at=EVER)
class GrantExemption(Act):
    """规范管理，明确职责分工，理顺工作程序

    Only for a rule that may be exempted; named, reasoned, dated, and counted in public.
    """

    rule: Line = field("规则", help="规则编号，如 huaian2023:12(4).supervision-missing")
    reason: Words = field("理由")
    basis: Line = field("依据", help="引用的上级规定条款或文件")
    until: Day | None = field("有效至", default=None)
    papers: Papers | None = field("附件", default=None)

    def write(self, deed: Any) -> None:
        rule = R.rules.get(self.rule) if self.rule else None
        deed.need(rule is not None and rule.force == "exemptable", rule=f"“{self.rule}”不是可以豁免的规则")
        deed.keep(Exemption, agreed_by=deed.by)


@R.act("说明理由", A1, row=1, by=(Role.CONSTRUCTION, Role.GENERAL_OFFICE), at=EVER)
class Explain(Act):
    """规范管理，明确职责分工，理顺工作程序

    原则上 means: comply, or say why not. Only for a rule of that force.
    """

    rule: Line = field("规则")
    reason: Words = field("理由")
    agreed_by: Line = field("同意人", help="谁同意不照此办理")
    until: Day | None = field("有效至", default=None)
    papers: Papers | None = field("附件", default=None)

    def write(self, deed: Any) -> None:
        rule = R.rules.get(self.rule) if self.rule else None
        deed.need(rule is not None and rule.force == "explain", rule=f"“{self.rule}”不是可以说明理由的规则")
        own = tuple(R.acts[a].title for a in rule.cured_by) if rule and "explain" not in rule.cured_by else ()
        deed.need(not own, rule=f"这条规则不能以说明代替，应办理：{'、'.join(own)}")
        deed.keep(Explanation)


@R.act("中止项目", A1, row=1, by=(Role.CONSTRUCTION, Role.CYBER_OFFICE), at=ONGOING)
class Suspend(Act):
    """规范管理，明确职责分工，理顺工作程序"""

    reason: Words = field("理由")

    def write(self, deed: Any) -> None:
        deed.project.suspended_on = deed.day


@R.act("恢复项目", A1, row=1, by=(Role.CONSTRUCTION, Role.CYBER_OFFICE), at=ONGOING)
class Resume(Act):
    """规范管理，明确职责分工，理顺工作程序"""

    reason: Words = field("理由")

    def write(self, deed: Any) -> None:
        deed.need(deed.project.suspended_on is not None, reason="项目没有中止，无须恢复")
        deed.project.suspended_on = None


@R.act("终止项目", A1, row=1, by=(Role.CONSTRUCTION, Role.CYBER_OFFICE), at=ONGOING, to=Stage.TERMINATED)
class Terminate(Act):
    """规范管理，明确职责分工，理顺工作程序"""

    reason: Words = field("理由")
    decided_by: Line = field("决定机关")
    paper: Ref | None = field("决定文号", default=None)

    def write(self, deed: Any) -> None:
        deed.project.suspended_on = None
        deed.project.ended_on = deed.day


@R.act("登记资料缺失", A1, row=1, by=(Role.CONSTRUCTION, Role.CYBER_OFFICE), at=EVER)
class RecordGaps(Act):
    """规范管理，明确职责分工，理顺工作程序

    Only for a project recorded as history: the kinds of records whose papers are lost, so that what they would show is
    unknown and not simply absent; or found again, so that what is not there was never done.
    """

    lost: list[Line] = field("查不到的记录种类", default=[], max_length=100, help="记录表名，如 approval、contract")
    found: list[Line] = field("已经查清的记录种类", default=[], max_length=100)
    reason: Words = field("查找经过")

    def write(self, deed: Any) -> None:
        deed.need(deed.project.gaps, reason="只有补录的历史项目才能登记资料缺失")
        tables = {str(t._meta.model_name) for t in project_tables()}
        for name in (*(self.lost or []), *(self.found or [])):
            deed.need(name in tables, lost=f"没有名为“{name}”的记录种类")
        known = {t for t in deed.project.gaps.split(",") if t}
        left = sorted((known | set(self.lost or [])) - set(self.found or []))
        deed.project.gaps = f",{','.join(left)}," if left else ","


@R.act(
    "归档",
    A1,
    row=1,
    by=Role.CONSTRUCTION,
    at=(Stage.ACCEPTED, Stage.OPERATION, *(s for s in Stage if s >= Stage.RETIRED)),
)
class Archive(Act):
    """规范管理，明确职责分工，理顺工作程序"""

    catalogue: Paper = field("归档目录")
    pieces: Count = field("件数", ge=1)
    received_by: Line = field("接收人")

    def write(self, deed: Any) -> None:
        deed.project.archived_on = deed.day


R.left_to_people(
    A1, row=1, quote="根据国家、省市有关法律法规规定，结合市局工作实际，制定本办法。",
    why="制定依据；上位法优先，由每条规则所记来源体现，冲突由人判断",
)  # fmt: skip
