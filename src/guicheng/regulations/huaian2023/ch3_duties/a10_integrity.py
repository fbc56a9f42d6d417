"""第十条 廉政监管: the discipline office reads, notes and flags; everyone declares their ties; other offices assist."""

from typing import Any, Literal

from guicheng.law.act import Act
from guicheng.law.fields import Day, Line, Paper, Papers, Ref, Words, field
from guicheng.people.groups import ANYONE
from guicheng.people.roles import Role
from guicheng.records.integrity import Assistance, IntegrityNote, IntegrityRead, Interest
from guicheng.records.stage import Stage
from guicheng.regulations.huaian2023.articles import A10, R

EVER = tuple(Stage)
NoteKind = Literal["risk", "talk", "finding", "recusal", "other"]
"""廉政风险提示、谈话提醒、发现问题、要求回避、其他."""
Relation = Literal["kinship", "shareholding", "employment", "former-employment", "teaching", "economic", "other"]
"""亲属、持股、任职、曾任职、师生、经济往来、其他."""


@R.act("廉政监督记录", A10, row=32, by=Role.DISCIPLINE, at=EVER)
class NoteIntegrity(Act):
    """组织人事处（纪检）依照有关规定对项目建设全程进行廉政监管

    The words of a note are for the discipline office alone: they are written in the sealed room, and only their digest comes
    here. What the project's people are asked to do is written openly.
    """

    kind: NoteKind = field("种类", help="risk 风险提示、talk 谈话提醒、finding 发现问题、recusal 要求回避、other 其他")
    note: Paper = field("记录摘要", help="封存库给出的 sm3:…，正文不写在这里")
    about: Ref | None = field("所涉行为或记录编号", default=None)
    asks: Words | None = field("向项目提出的要求", default=None, help="公开的一句；不写线索和人名")
    answer_by: Day | None = field("答复期限", default=None)

    def write(self, deed: Any) -> None:
        late = self.answer_by is not None and self.answer_by < deed.day
        deed.need(not late, answer_by=f"答复期限不得早于办理日 {deed.day}")
        deed.keep(IntegrityNote)


@R.act("廉政查阅", A10, row=32, by=Role.DISCIPLINE, at=EVER, keeps=IntegrityRead)
class ReadForIntegrity(Act):
    """组织人事处（纪检）依照有关规定对项目建设全程进行廉政监管

    The discipline office may read every project; that it read is on record.
    """

    what: Line = field("查阅内容", help="如 全部、合同、付款、验收")
    ground: Line = field("依据", help="如 年度监督计划、专项检查、核查需要")


@R.act("申报利害关系", A10, row=32, by=ANYONE, at=EVER)
class DeclareInterest(Act):
    """组织人事处（纪检）依照有关规定对项目建设全程进行廉政监管

    A person's own tie to a party, or, by the discipline office, that of somebody who did not declare it.
    """

    party: Line = field("对方单位", help="与合同所写供应商名称一致")
    relation: Relation = field("关系")
    detail: Words | None = field("说明", default=None)
    recused: bool = field("是否回避", help="回避即不参与与该单位有关的审查、付款和验收决定")
    until: Day | None = field("关系终止日", default=None)
    person: Ref | None = field("何人", default=None, help="不填即为本人；代他人登记限纪检")

    def write(self, deed: Any) -> None:
        own = self.person in (None, deed.by)
        deed.need(own or deed.role == Role.DISCIPLINE, person="只能申报本人的利害关系，代他人登记限纪检")
        deed.keep(Interest, person=self.person or deed.by)


@R.act("协办意见", A10, row=34, by=Role.OTHER_OFFICE, at=EVER)
class Assist(Act):
    """与项目相关的其他职能处室（中心）根据职能职责参与项目建设相关工作。

    Another office sees and touches a project only through a post on that project.
    """

    subject: Line = field("协办事项")
    opinion: Literal["agree", "advise", "object"] = field("意见", help="agree 同意、advise 建议、object 不同意")
    text: Words | None = field("意见内容", default=None)
    papers: Papers | None = field("附件", default=None)

    def write(self, deed: Any) -> None:
        deed.need(self.opinion == "agree" or self.text, text="提出建议或不同意的，须写明内容")
        deed.keep(Assistance)


R.left_to_people(
    A10, row=33, quote="及时受理有关举报",
    why="举报不进入项目记录：由纪检在封存库中登记、受理告知、办结反馈，两个十五个工作日期限也只在库内提示，任何人不能从项目或账本得知",
)  # fmt: skip
