"""第十一条(一) 报备: the act that opens a project, and the one that files a project again."""

from typing import Any, Literal

from guicheng.law.act import Act
from guicheng.law.declare import Rule
from guicheng.law.fields import Day, Line, Money, Papers, PersonName, Ref, RowData, Words, field
from guicheng.people.roles import Role
from guicheng.records.initiation import Component, Filing
from guicheng.records.planning import MajorFlag
from guicheng.regulations.huaian2023.articles import A11, R
from guicheng.regulations.huaian2023.ch7_closing.a21_classified import classified_project


class ComponentFiled(RowData):
    """A part of the project, by kind."""

    ref: Ref = field("简称", help="在项目内唯一，如 受理系统")
    kind: Literal["software", "hardware", "security", "om", "other"] = field(
        "类别", help="软件、硬件、安全、运维、其他"
    )
    name: Line = field("名称")
    quantity: Line | None = field("数量", default=None)
    new_system: bool = field("是否新建系统", default=False)


@R.act("项目报备", A11, 1, row=(2, 3, 20, 35), by=Role.CONSTRUCTION, opening=True)
class FileProject(Act):
    """信息化项目建设处室（中心）应向网信办报备项目建设相关情况。

    Filing is not approval: it opens the project and gives it its number. Secrecy is asked first.
    """

    classified: Literal["no", "yes", "unsure"] = field(
        "是否涉及国家秘密", help="先答此项。本系统为非涉密系统，严禁存储、处理、传输国家秘密信息"
    )
    judged_by: Line = field("涉密判定人")
    title: Line = field("项目名称")
    unit: Ref = field("建设处室（中心）代码")
    leader: Line = field("负责人")
    contact: Line = field("联系人")
    contact_phone: PersonName | None = field("联系电话", default=None)
    components: list[ComponentFiled] = field("建设内容", min_length=1, max_length=100)
    planned: bool = field("是否列入年度安排")
    plan_line: Ref | None = field("年度安排条目", default=None)
    unplanned_reason: Words | None = field("计划外的理由", default=None)
    basis: Words | None = field("依据文件", default=None)
    background: Words = field("背景与必要性")
    content: Words = field("主要内容")
    estimate: Money = field("估算")
    funds: Line = field("资金来源")
    starts_on: Day = field("拟开始日期")
    ends_on: Day = field("拟完成日期")
    reuse_checked: bool = field("是否核查过可复用的系统和公共组件")
    reuse: Words | None = field("复用情况", default=None)
    cloud: bool = field("是否使用政务云等公共平台")
    duplicates: Line | None = field("可能重复的系统", default=None)
    uses_data: bool = field("是否使用或产生政务数据")
    sharing: Words | None = field("数据共享意向", default=None)
    unit_opinion: Words = field("处室意见")
    papers: Papers | None = field("附件", default=None)

    @classmethod
    def barred(cls, data: Any) -> Rule | None:
        """A project that is secret, or may be, is turned away before a word of it is looked at."""
        answered = isinstance(data, dict) and "classified" in data
        return classified_project if answered and data["classified"] != "no" else None

    def write(self, deed: Any) -> None:
        deed.need(self.classified == "no", classified="须明确答“no”（不涉密）；涉密或不能确定的不得录入本系统")
        deed.need(self.title, title="必须填写")
        deed.need(self.unit, unit="必须填写")
        begins, ends = self.starts_on, self.ends_on
        deed.need(not (begins and ends) or begins <= ends, ends_on="拟完成日期不得早于拟开始日期")
        refs = [c.ref for c in self.components or []]
        deed.need(len(refs) == len(set(refs)), components="建设内容的简称有重复")
        deed.open(title=self.title, unit=self.unit)
        deed.keep(Filing, ref="filing", open_matter=True)
        deed.keep_rows(Component, self.components)
        self._flag_by_amount(deed)

    def _flag_by_amount(self, deed: Any) -> None:
        """The bureau's criterion of amount, when it has set one, makes the project major from the start."""
        least = deed.figure("major.amount")
        if self.estimate is not None and self.estimate >= least:
            deed.project.major = True
            reason = "估算金额达到本局认定重大项目的数额"
            deed.keep(MajorFlag, major=True, criterion="amount", reason=reason)


@R.act("重新报备", A11, 1, row=(20, 35), by=Role.CONSTRUCTION, opening=True)
class RefileProject(FileProject):
    """信息化项目建设处室（中心）应向网信办报备项目建设相关情况。

    After a rejection or a withdrawal: a project of its own, which names the earlier one and says what is different.
    """

    earlier: Ref = field("原项目编号")
    changed: Words = field("较原项目的改变")

    def write(self, deed: Any) -> None:
        deed.need(self.earlier != deed.code, earlier="原项目编号不能是本项目自己")
        super().write(deed)
