"""第十三条(四) 验收结论: checked item by item, in four parts, concluded on the spot, in one of three words."""

from typing import Any, Literal

from guicheng.law.act import Act
from guicheng.law.declare import HARD, Breach, breach
from guicheng.law.fields import Day, Line, Paper, Papers, Ref, RowData, Words, field
from guicheng.law.terms import Term
from guicheng.law.words import count, either, has
from guicheng.people.roles import Role
from guicheng.records.acceptance import Acceptance, CheckItem, Member
from guicheng.records.stage import Stage
from guicheng.regulations.huaian2023.articles import A13, R
from guicheng.regulations.huaian2023.ch4_building.a13_2_application import known, pending
from guicheng.regulations.huaian2023.ch4_building.a13_3_meeting import MemberRow

LEADS_TO = {"passed": Stage.ACCEPTED, "reconsider": Stage.RECONSIDERATION, "failed": Stage.RECTIFICATION}
PARTS = ("trial_part", "inspection_part", "test_part", "questioning_part")


class CheckRow(RowData):
    """One requirement: where it stands, what shows it, whether it is met."""

    source: Literal["tender", "contract", "plan", "change", "process"] = field(
        "要求来源", help="tender 标书、contract 合同、plan 建设方案、change 变更、process 过程文档"
    )
    clause: Line = field("条款")
    requirement: Words = field("要求原文")
    category: Literal["technical", "service", "security", "business"] = field(
        "类别", help="technical 技术、service 服务、security 安全、business 商务"
    )
    method: Literal["inspection", "test", "demonstration", "document"] = field(
        "验证方式", help="inspection 查检、test 测试、demonstration 演示、document 文档"
    )
    evidence: Words = field("证据")
    result: Literal["met", "minor", "blocking"] = field(
        "结果", help="met 符合、minor 有不影响使用的差异、blocking 影响使用"
    )
    gap: Words | None = field("差异", default=None)


@R.act("作出验收结论", A13, 4, row=(19, 75, 77, 78, 79, 80), by=Role.CONSTRUCTION, at=(Stage.ACCEPTANCE,))
class ConcludeAcceptance(Act):
    """验收内容包括对照标书、合同、建设方案等以及建设过程文档内容，结合试运行、现场查检、测试和质询情况，现场出具项目验收报告。
    验收结果一般为“通过验收”、“需要复议”、“不通过验收”。

    Minor items go to the list of leftovers of a passed acceptance; what blocks use is 需要复议 or 不通过.
    """

    ref: Ref = field("验收报告编号")
    held_on: Day = field("验收会日期")
    place: Line = field("地点")
    members: list[MemberRow] = field("验收组成员", min_length=1)
    checks: list[CheckRow] = field("逐项核对表", default=[])
    trial_part: Words | None = field("试运行情况", default=None, help="无须试运行的，写明理由")
    inspection_part: Words | None = field("现场查检情况", default=None)
    test_part: Words | None = field("测试情况", default=None)
    questioning_part: Words | None = field("质询记录", default=None)
    documents_part: Words | None = field("资料审查意见", default=None)
    leftovers: Words | None = field("遗留问题与整改清单", default=None)
    outcome: Literal["passed", "reconsider", "failed"] = field(
        "验收结论", help="passed 通过验收、reconsider 需要复议、failed 不通过验收"
    )
    dissent: Words | None = field("不同意见", default=None)
    signed_on: Day = field("签字日期")
    late_reason: Words | None = field("未当日签字的理由", default=None)
    report: Paper = field("验收报告")
    papers: Papers | None = field("附件", default=None, help="签到、回避声明等")

    def write(self, deed: Any) -> None:
        self._days(deed)
        application = pending(deed)
        parts = {name: known(deed, getattr(self, name)) for name in (*PARTS, "late_reason")}
        deed.keep(Acceptance, application=application.ref if application else None, **parts)
        deed.keep_rows(Member, self.members, acceptance=self.ref)
        deed.keep_rows(CheckItem, self.checks, acceptance=self.ref)
        if self.outcome == "passed":
            deed.project.accepted_on = self.signed_on
        if self.outcome is not None:
            deed.move(LEADS_TO[self.outcome])

    def _days(self, deed: Any) -> None:
        held, signed = self.held_on or deed.day, self.signed_on or deed.day
        deed.need(held <= deed.day, held_on="验收会日期不能晚于办理日期")
        deed.need(held <= signed, signed_on="签字日期不能早于验收会日期")
        deed.need(signed <= deed.day, signed_on="签字日期不能晚于办理日期")


@R.rule(
    A13, 4, row=77, force=HARD, over=Acceptance, cured_by="conclude-acceptance",
    says="逐项核对表：标书{tender}项，合同{contract}项，建设方案{plan}项", cure="对照标书、合同、建设方案逐项核对，各至少一项",
)  # fmt: skip
def checks_missing(p: Any, a: Any) -> Breach:
    """验收内容包括对照标书、合同、建设方案等以及建设过程文档内容"""

    def items(source: str) -> Term:
        return count(CheckItem, lambda i: (i.acceptance == a.ref) & (i.source == source))

    tender, contract, plan = items("tender"), items("contract"), items("plan")
    return breach((tender < 1) | (contract < 1) | (plan < 1), tender=tender, contract=contract, plan=plan)


@R.rule(
    A13, 4, row=78, force=HARD, over=Acceptance, cured_by="conclude-acceptance",
    says="验收报告：试运行{trial}，现场查检{inspection}，测试{test}，质询{questioning}", cure="补齐四个部分的情况",
)  # fmt: skip
def part_missing(p: Any, a: Any) -> Breach:
    """结合试运行、现场查检、测试和质询情况"""
    blank = {name.removesuffix("_part"): getattr(a, name) == "" for name in PARTS}
    some = blank["trial"] | blank["inspection"] | blank["test"] | blank["questioning"]
    return breach(some, **{name: either(empty, "未写", "已写") for name, empty in blank.items()})


@R.rule(
    A13, 4, row=79, force=HARD, over=Acceptance, cured_by="conclude-acceptance",
    says="{held:day}验收，{signed:day}才签署验收报告，没有写明理由", cure="现场签署验收报告；确需另日签署的，写明理由",
)  # fmt: skip
def signed_later(p: Any, a: Any) -> Breach:
    """现场出具项目验收报告。"""
    return breach((a.signed_on > a.held_on) & (a.late_reason == ""), held=a.held_on, signed=a.signed_on)


@R.rule(
    A13, 4, row=80, force=HARD, over=Acceptance, cured_by=("conclude-acceptance", "correct"),
    says="结论为通过验收，仍有{blocking}项影响使用的问题", cure="有影响使用的问题，结论应为需要复议或不通过验收",
)  # fmt: skip
def passed_with_blocking_items(p: Any, a: Any) -> Breach:
    """验收结果一般为“通过验收”、“需要复议”、“不通过验收”。"""

    def stops(i: Any) -> Any:
        return (i.acceptance == a.ref) & (i.result == "blocking")

    return breach((a.outcome == "passed") & has(CheckItem, stops), blocking=count(CheckItem, stops))


@R.rule(
    A13, 4, row=80, force=HARD, over=Acceptance, cured_by="correct",
    says="验收结论为“{outcome}”", cure="结论只能是通过验收、需要复议、不通过验收之一",
)  # fmt: skip
def fourth_outcome(p: Any, a: Any) -> Breach:
    """验收结果一般为“通过验收”、“需要复议”、“不通过验收”。

    "Passed, but to be rectified" is none of the three.
    """
    return breach(~a.outcome.among(*LEADS_TO), outcome=a.outcome)


R.left_to_people(A13, row=19, quote="项目验收", why="条名，本身不作规定；由本条各项的行为和规则落实")
