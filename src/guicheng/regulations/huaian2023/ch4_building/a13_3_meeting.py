"""第十三条(三) 验收组: who must be there, who decides, and who may not."""

from typing import Any, Literal

from guicheng.law.declare import HARD, Breach, breach
from guicheng.law.fields import Line, PersonName, Ref, RowData, field
from guicheng.law.terms import Term
from guicheng.law.words import count, either, has
from guicheng.records.acceptance import Acceptance, Application, Member
from guicheng.records.integrity import Interest
from guicheng.regulations.huaian2023.articles import A13, R

Capacity = Literal["owner", "technology", "expert", "contractor", "supervisor", "other"]


class MemberRow(RowData):
    """One who was at the meeting."""

    capacity: Capacity = field(
        "身份",
        help="owner 建设处室、technology 网络信息技术处、expert 专家、contractor 承建、supervisor 监理、other 其他",
    )
    name: PersonName = field("姓名")
    person: Ref | None = field("用户名", default=None, help="在本系统有账号的填写")
    unit: Line = field("单位")
    title: Line | None = field("职务职称", default=None)
    votes: bool = field("是否参与作出结论")
    tie: bool = field("与承建或监理单位有无利害关系", default=False)
    recused: bool = field("是否回避", default=False)
    signed: bool = field("是否签字", default=True)


def attends(a: Any, capacity: str) -> Term:
    """Someone of this capacity was at the meeting and not recused."""
    return has(Member, lambda m: (m.acceptance == a.ref) & (m.capacity == capacity) & ~m.recused)


def deciding_experts(a: Any) -> Term:
    return count(Member, lambda m: (m.acceptance == a.ref) & (m.capacity == "expert") & m.votes)


@R.rule(
    A13, 3, row=75, force=HARD, over=Acceptance, cured_by="conclude-acceptance",
    says="验收会：建设处室{owner}，网络信息技术处{technology}，承建单位{contractor}，监理单位{supervisor}",
    cure="建设处室会同网络信息技术处、承建单位、监理单位、专家组重新组织验收",
)  # fmt: skip
def team_incomplete(p: Any, a: Any) -> Breach:
    """信息化项目建设处室（中心）会同网络信息技术处、承建单位、监理单位、专家组等进行验收。"""
    unsupervised = has(Application, lambda w: (w.ref == a.application) & (w.sent_to == "owner"))
    present = {c: attends(a, c) for c in ("owner", "technology", "contractor")}
    present["supervisor"] = attends(a, "supervisor") | unsupervised
    absent = ~present["owner"] | ~present["technology"] | ~present["contractor"] | ~present["supervisor"]
    return breach(absent, **{c: either(there, "到会", "缺席") for c, there in present.items()})


@R.rule(
    A13, 3, row=75, force=HARD, over=Acceptance, cured_by="conclude-acceptance",
    says="参与作出结论的专家{experts}人，应为不少于{least}人的单数", cure="另行组织专家组，人数为单数且不少于规定人数",
)  # fmt: skip
def experts_few_or_even(p: Any, a: Any) -> Breach:
    """信息化项目建设处室（中心）会同网络信息技术处、承建单位、监理单位、专家组等进行验收。"""
    experts, least = deciding_experts(a), p.acceptance_min_experts.on(a.held_on)
    return breach((experts < least) | (experts % 2 == 0), experts=experts, least=least)


@R.rule(
    A13, 3, row=75, force=HARD, over=Member, cured_by="conclude-acceptance",
    says="{unit}的人员（{capacity}）参与作出验收结论", cure="承建单位、监理单位到会陈述、答疑，不参与作出结论",
)  # fmt: skip
def party_decides(p: Any, m: Any) -> Breach:
    """信息化项目建设处室（中心）会同网络信息技术处、承建单位、监理单位、专家组等进行验收。

    The contractor is among those who take part, but nobody judges their own work.
    """
    side = either(m.capacity == "contractor", "承建单位", "监理单位")
    return breach(m.votes & m.capacity.among("contractor", "supervisor"), unit=m.unit, capacity=side)


@R.rule(
    A13, 3, row=75, force=HARD, over=Member, cured_by="conclude-acceptance",
    says="{unit}的一名成员有利害关系或已回避，仍参与作出验收结论", cure="有利害关系的成员回避，另请他人",
)  # fmt: skip
def tied_member_decides(p: Any, m: Any) -> Breach:
    """信息化项目建设处室（中心）会同网络信息技术处、承建单位、监理单位、专家组等进行验收。"""

    def declared(i: Any) -> Any:
        return (i.person == m.person) & (i.seq < m.seq) & (i.until.missing | (i.until >= m.day))

    return breach(m.votes & (m.tie | m.recused | has(Interest, declared)), unit=m.unit)


@R.rule(
    A13, 3, row=75, force=HARD, over=Member, cured_by="conclude-acceptance",
    says="{unit}的一名成员参与作出结论而没有签字", cure="参与作出结论的成员均应签字，有不同意见的一并写明",
)  # fmt: skip
def deciding_member_unsigned(p: Any, m: Any) -> Breach:
    """信息化项目建设处室（中心）会同网络信息技术处、承建单位、监理单位、专家组等进行验收。"""
    return breach(m.votes & ~m.signed, unit=m.unit)
