"""第二十二条 解释; 第二十三条 施行: interpretations that switch a reading, and later editions, from a day on."""

from typing import Any

from guicheng.law.act import Act, Unfit
from guicheng.law.fields import Count, Day, Line, Papers, Ref, Words, field
from guicheng.law.figures import BadFigure
from guicheng.people.roles import Role
from guicheng.records.bureau import EditionOf, Interpretation
from guicheng.regulations.huaian2023.articles import A22, A23, EDITION, R


def check_sets(sets: dict[str, str], starts: Any, field_name: str) -> None:
    """Each named figure takes its new text, within its floor and ceiling. Raises Unfit naming the figure."""
    for name, text in sets.items():
        try:
            R.figures[name].changed(starts, text, "")
        except KeyError as unknown:
            raise Unfit(**{field_name: str(unknown.args[0])}) from None
        except BadFigure as bad:
            raise Unfit(**{field_name: str(bad)}) from None


@R.act("发布解释", A22, row=109, by=Role.CYBER_OFFICE, scope="bureau")
class Interpret(Act):
    """本办法由市局网络安全和信息化领导小组办公室负责解释。

    The written interpretation may switch a reading or set an open figure, never below its floor or above its ceiling.
    """

    ref: Ref = field("文号")
    title: Line = field("标题")
    article: Count = field("所解释的条", ge=1, le=23)
    item: Count | None = field("项", default=None, ge=1)
    text: Words = field("解释正文")
    starts: Day = field("自何日起")
    sets: dict[str, str] = field("改变的数值", default={}, help='如 {"reaccept.mode": "WITHIN"}')
    papers: Papers | None = field("文件", default=None)

    def write(self, deed: Any) -> None:
        deed.need(self.starts and self.starts >= R.text.day, starts=f"须写明，且不得早于本办法施行之日 {EDITION}")
        check_sets(self.sets, self.starts, "sets")
        deed.keep(Interpretation, number=self.ref)


@R.act("发布新版本", A23, row=110, by=Role.CYBER_OFFICE, scope="bureau")
class PublishEdition(Act):
    """本办法自发布之日起施行。

    Projects filed from that day on live under the new edition; earlier ones keep theirs.
    """

    ref: Ref = field("版本", help="以施行日为名，如 2027-01-01")
    number: Line = field("文号")
    title: Line = field("名称")
    starts: Day = field("施行日")
    figures: dict[str, str] = field("数值", default={})

    def write(self, deed: Any) -> None:
        deed.need(self.ref != EDITION, ref="这是首版，已经施行")
        deed.need(self.starts and self.starts > R.text.day, starts=f"须写明，且晚于首版施行之日 {EDITION}")
        check_sets(self.figures, self.starts, "figures")
        deed.keep(EditionOf)


@R.act("转入新版本", A23, row=110, by=Role.CYBER_OFFICE)
class MoveToEdition(Act):
    """本办法自发布之日起施行。

    A transitional act: the project lives under another edition from now on.
    """

    edition: Ref = field("版本")
    reason: Words = field("依据与理由")

    def write(self, deed: Any) -> None:
        found = EditionOf.objects.filter(ref=self.edition).exists() or self.edition == EDITION
        deed.need(found, edition=f"没有名为“{self.edition}”的版本")
        deed.project.edition = self.edition
