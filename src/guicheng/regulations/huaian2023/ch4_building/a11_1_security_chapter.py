"""第十一条(一) 网络安全内容: a chapter in the study, or in the plan when the study is exempted."""

from typing import Any, Literal

from guicheng.law.act import Act
from guicheng.law.declare import EXPLAIN, HARD, Breach, breach
from guicheng.law.fields import Count, Line, Paper, Papers, Ref, RowData, Words, field
from guicheng.people.roles import Role
from guicheng.records.initiation import Approval
from guicheng.records.stage import BEFORE_APPROVAL
from guicheng.records.study import Feasibility, Plan, SecurityChapter, SecurityItem
from guicheng.regulations.huaian2023.articles import A11, R
from guicheng.regulations.huaian2023.words import granted, none_by

CHECKLIST = (
    "涉密判定", "系统边界与拟定级", "数据分类分级与个人信息最小化", "网络与部署架构、互联网暴露面", "等级保护要求逐项对应",
    "密码应用方案", "身份与权限、三员分设、运维通道", "日志与审计", "备份与恢复", "供应链安全", "安全投入明细与占比",
    "测评计划", "试运行控制措施", "应急预案与演练", "运行期年度测评与漏洞管理", "下线与数据销毁",
)  # fmt: skip
"""A stand-in until the city's own rule is supplied; how many points are asked for is a figure."""


class ItemAnswered(RowData):
    """A point of the checklist and its answer."""

    number: Count = field("要点序号", ge=1, le=99, help="；".join(f"{i} {w}" for i, w in enumerate(CHECKLIST, 1)))
    answer: Words = field("应答")


@R.act("提交网络安全篇章", A11, 1, row=(38, 39), by=Role.CONSTRUCTION, at=BEFORE_APPROVAL, keeps=SecurityChapter)
class SubmitSecurityChapter(Act):
    """并应当编制网络安全内容"""

    ref: Ref = field("版本编号")
    carrier: Literal["feasibility", "plan"] = field("载于", help="feasibility 可研报告，plan 建设方案")
    digest: Paper = field("篇章文本")
    items: list[ItemAnswered] = field("逐项应答", min_length=1, max_length=99)
    written_by: Line = field("编写人")
    papers: Papers | None = field("附件", default=None)

    def write(self, deed: Any) -> None:
        if self.carrier and not deed.history:
            table, name = (Feasibility, "可行性研究报告") if self.carrier == "feasibility" else (Plan, "建设方案")
            deed.need(deed.seek(table), carrier=f"本项目还没有{name}")
        numbers = {i.number for i in self.items or []}
        deed.need(len(numbers) == len(self.items or []), items="要点序号有重复")
        answered = None if deed.history and not numbers else len(numbers)
        deed.keep(SecurityChapter, version=deed.rows(SecurityChapter).count() + 1, items=answered)
        deed.keep_rows(SecurityItem, self.items, chapter=self.ref)


@R.rule(
    A11, 1, row=38, force=HARD, over=Approval, cured_by="submit-security-chapter",
    says="{approved:day}批准立项，此前没有编制网络安全内容", cure="提交网络安全篇章；免做可研的，写入建设方案",
)  # fmt: skip
def security_chapter_missing(p: Any, a: Any) -> Breach:
    """并应当编制网络安全内容

    Owed in either case, with the study or without it.
    """
    return breach(granted(a) & none_by(SecurityChapter, a.day), approved=a.day)


@R.rule(
    A11, 1, row=39, force=EXPLAIN, over=SecurityChapter, cured_by=("submit-security-chapter", "explain"),
    says="网络安全篇章应答{items}项，清单要求{least}项", cure="按清单逐项应答，或说明不适用的理由",
)  # fmt: skip
def security_chapter_incomplete(p: Any, c: Any) -> Breach:
    """具体标准和要求参看淮安市政务信息化项目建设网络安全管理规定。

    参看 is softer than must, and the text referred to is not at hand: comply with the list, or say why not.
    """
    least = p.security_checklist_items.on(c.day)
    return breach(c.items < least, items=c.items, least=least)
