"""第十二条(一) 正版软件、知识产权: the list of software and its proofs, whole before the contractor applies for acceptance."""

from typing import Any, Literal

from guicheng.law.act import Act
from guicheng.law.declare import HARD, Breach, breach
from guicheng.law.fields import Count, Day, Line, Paper, Papers, Ref, RowData, field
from guicheng.law.terms import Term, term
from guicheng.law.words import has, lacks, last, unstated
from guicheng.people.roles import Role
from guicheng.records.acceptance import Application
from guicheng.records.implementation import SoftwareItem, SoftwareList
from guicheng.records.initiation import Component
from guicheng.records.stage import Stage, between
from guicheng.regulations.huaian2023.articles import A12, R

BUILT = ("software", "hardware", "security")


class Item(RowData):
    """One piece of software, or one open-source component."""

    name: Line = field("名称")
    version: Line = field("版本")
    supplier: Line | None = field("来源", default=None)
    origin: Literal["commercial", "open-source", "custom", "free"] = field("性质", help="商业、开源、定制、免费")
    licence: Line | None = field("许可证", default=None, help="开源组件填许可证名称，如 Apache-2.0")
    copies: Count | None = field("授权数量", default=None)
    valid_until: Day | None = field("授权有效至", default=None)
    proof: Paper | None = field("授权证明", default=None, help="商业软件必须有")


@R.act(
    "登记软件清单", A12, 1, row=(50, 51), by=(Role.CONSTRUCTION, Role.CONTRACTOR),
    at=between(Stage.APPROVED, Stage.OPERATION),
)  # fmt: skip
class ListSoftware(Act):
    """保护知识产权，使用正版软件

    The whole list each time; the latest counts. Open-source components and their licences belong to it.
    """

    ref: Ref = field("清单编号")
    title: Line = field("清单名称")
    scope: Line = field("适用的系统和版本")
    checked_by: Line = field("核对人")
    items: list[Item] = field("软件", min_length=1, max_length=5000)
    papers: Papers | None = field("附件", default=None, help="如软件物料清单文件")

    def write(self, deed: Any) -> None:
        deed.keep(SoftwareList)
        deed.keep_rows(SoftwareItem, self.items, list_ref=self.ref)


def current(s: Any, a: Any) -> Term:
    """The item stood in the latest list on the day of the application."""
    return term(last(SoftwareList, lambda n: n.seq, lambda n: n.day <= a.applied_on) == s.seq)


def expired(s: Any, a: Any) -> Term:
    return term(s.valid_until.present & (s.valid_until < a.applied_on))


@R.rule(
    A12, 1, row=51, force=HARD, over=Application, cured_by=("list-software",),
    says="{applied:day}申请竣工验收时，没有正版软件和开源组件清单", cure="先登记软件清单，附授权证明",
)  # fmt: skip
def software_unlisted(p: Any, a: Any) -> Breach:
    """保护知识产权，使用正版软件"""
    unlisted = lacks(SoftwareList, lambda s: s.day <= a.applied_on)
    return breach(has(Component, lambda c: c.kind.among(*BUILT)) & unlisted, applied=a.applied_on)


@R.rule(
    A12, 1, row=(50, 51), force=HARD, over=SoftwareItem, cured_by=("list-software",),
    says="申请竣工验收时，清单中的{name}没有授权证明或许可证", cure="补齐授权证明、许可证，重新登记清单",
)  # fmt: skip
def software_without_right(p: Any, s: Any) -> Breach:
    """保护知识产权，使用正版软件

    Only the list that stood last when the contractor applied is judged: an honest list may be filed before it is whole.
    """
    unproved = ((s.origin == "commercial") & unstated(s.proof)) | ((s.origin == "open-source") & unstated(s.licence))
    lapsed = has(Application, lambda a: (a.applied_on >= s.day) & current(s, a) & (unproved | expired(s, a)))
    return breach(lapsed, name=s.name)


R.left_to_people(A12, row=49, quote="项目实施", why="条文标题，本身不设义务，各项义务见其后各项")
