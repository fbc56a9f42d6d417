"""第十三条(二) 竣工验收申请: contractor to supervisor with test reports, supervisor to the bureau with papers."""

from typing import Any, Literal

from guicheng.law.act import Act, Unfit
from guicheng.law.declare import HARD, Breach, Owed, breach
from guicheng.law.fields import Day, Line, Paper, Papers, Ref, RowData, Words, field
from guicheng.law.terms import Term
from guicheng.law.words import has, lacks
from guicheng.people.roles import Role
from guicheng.records.acceptance import Acceptance, Application, TestReport
from guicheng.records.initiation import Component
from guicheng.records.procurement import Contract
from guicheng.records.stage import Stage
from guicheng.regulations.huaian2023.articles import A13, R
from guicheng.regulations.huaian2023.ch4_building.a13_1_trial import BUILDING


class TestRow(RowData):
    """One test report."""

    __test__ = False  # not a test class of pytest

    kind: Literal["function", "performance", "security", "user", "third-party"] = field(
        "类别", help="function 功能、performance 性能、security 安全、user 用户测试、third-party 第三方"
    )
    title: Line = field("题名")
    tester: Line = field("测试单位")
    tested_on: Day = field("测试日期")
    digest: Paper = field("报告")


def known(deed: Any, value: str | None) -> str | None:
    """A text left open is known to be empty, except in recorded history, where it is not known."""
    return value if deed.history else value or ""


def pending(deed: Any) -> Application | None:
    """The application that is neither refused nor concluded."""
    application: Application | None = deed.seek(Application)
    if application is None or application.refused_on is not None:
        return None
    return None if deed.seek(Acceptance, application=application.ref) else application


@R.act("申请竣工验收", A13, 2, row=(70, 71, 72), by=Role.CONTRACTOR, at=BUILDING, to=Stage.ACCEPTANCE)
class ApplyForAcceptance(Act):
    """承建单位向监理单位提出项目竣工验收申请，提交相关测试报告；

    To the supervisor; to the bureau itself only where none was engaged, with the reason.
    """

    contract: Ref = field("合同编号")
    to: Literal["supervisor", "owner"] = field(
        "提交对象", default="supervisor", help="supervisor 监理单位；owner 未引入监理的，向建设处室提出"
    )
    owner_reason: Words | None = field("未经监理的理由", default=None, help="引用豁免监理的规定或文件")
    components: list[Ref] = field("组成部分", default=[])
    completed: Words = field("完成内容对照")
    tests: list[TestRow] = field("测试报告", default=[])
    trial_report: Paper | None = field("试运行报告", default=None)
    user_opinion: Paper | None = field("用户使用意见", default=None)
    changes: Words | None = field("变更汇总", default=None)
    self_assessment: Words = field("自评")
    papers: Papers | None = field("其他材料", default=None, help="项目建设总结、正版软件清单、文档清单等")

    def write(self, deed: Any) -> None:
        deed.find(Contract, self.contract, "contract", "合同")
        attempt = deed.rows(Application).count() + 1
        deed.keep(
            Application, ref=str(attempt), attempt=attempt, applied_on=deed.day, came_from=int(deed.project.stage),
            sent_to=self.to, owner_reason=known(deed, self.owner_reason), summary=known(deed, None),
            file_list=known(deed, None),
        )  # fmt: skip
        deed.keep_rows(TestReport, self.tests, application=str(attempt))


@R.act("监理同意并申请验收", A13, 2, row=(73, 74), by=Role.SUPERVISOR, at=(Stage.ACCEPTANCE,))
class EndorseApplication(Act):
    """监理单位根据项目建设完成情况，整理相关台账资料，履行项目监理职责，并向建设单位申请验收。"""

    summary: Paper | None = field("监理总结报告", default=None)
    file_list: Paper | None = field("台账资料清单", default=None)
    opinion: Words = field("监理意见")
    papers: Papers | None = field("台账资料", default=None)

    def write(self, deed: Any) -> None:
        found = pending(deed)
        deed.need(found is not None and found.sent_to != "owner", opinion="没有向监理单位提出的待处理验收申请")
        deed.change(
            found, endorsed_on=deed.day, endorsed_by=deed.by, summary=known(deed, self.summary),
            file_list=known(deed, self.file_list), opinion=self.opinion,
        )  # fmt: skip


@R.act("退回验收申请", A13, 2, row=74, by=(Role.SUPERVISOR, Role.CONSTRUCTION), at=(Stage.ACCEPTANCE,))
class RefuseApplication(Act):
    """履行项目监理职责，并向建设单位申请验收。

    Back to the contractor with reasons, to the stage that it came from. The bureau may send back what has come to it.
    """

    refused_reason: Words = field("退回理由")
    missing: Words | None = field("需补正的内容", default=None)

    def write(self, deed: Any) -> None:
        found = pending(deed)
        if found is None:
            raise Unfit(refused_reason="没有待处理的验收申请")
        came = deed.role == Role.SUPERVISOR or found.sent_to == "owner" or found.endorsed_on is not None
        deed.need(came, refused_reason="申请尚在监理单位，由监理单位先行审核")
        reason = "；".join(filter(None, (self.refused_reason, self.missing)))
        deed.change(found, refused_on=deed.day, refused_reason=reason)
        deed.move(Stage(found.came_from or Stage.TRIAL))


@R.duty(
    "审核竣工验收申请", A13, 2, row=73, by=(Role.SUPERVISOR, Role.CONSTRUCTION), opens="apply-for-acceptance",
    closes=("endorse-application", "refuse-application", "conclude-acceptance"),
)  # fmt: skip
def review_of_application(deed: Any) -> Owed:
    """监理单位根据项目建设完成情况，整理相关台账资料，履行项目监理职责"""
    return Owed(deed.day)


@R.duty(
    "组织竣工验收", A13, 2, row=74, by=Role.CONSTRUCTION, opens="endorse-application",
    closes=("conclude-acceptance", "refuse-application"),
)  # fmt: skip
def meeting_to_convene(deed: Any) -> Owed:
    """并向建设单位申请验收。"""
    return Owed(deed.day)


@R.rule(
    A13, 2, row=71, force=HARD, over=Application, cured_by="apply-for-acceptance",
    says="第{attempt}次验收申请越过监理单位，直接向建设处室提出", cure="向监理单位提出；确未引入监理的，写明理由",
)  # fmt: skip
def applied_past_supervisor(p: Any, w: Any) -> Breach:
    """承建单位向监理单位提出项目竣工验收申请"""
    engaged = has(Contract, lambda c: (c.kind == "supervision") & (c.seq < w.seq))
    return breach((w.sent_to == "owner") & (engaged | (w.owner_reason == "")), attempt=w.attempt)


@R.rule(
    A13, 2, row=72, force=HARD, over=Application, cured_by="apply-for-acceptance",
    says="第{attempt}次验收申请缺少测试报告", cure="提交测试报告；含软件的，至少有功能测试和用户测试报告",
)  # fmt: skip
def tests_missing(p: Any, w: Any) -> Breach:
    """提交相关测试报告；"""

    def handed_in(*kinds: str) -> Term:
        return has(TestReport, lambda t: (t.application == w.ref) & (t.kind.among(*kinds) if kinds else t.seq > 0))

    software = has(Component, lambda c: (c.kind == "software") & (c.seq < w.seq))
    both = handed_in("function", "third-party") & handed_in("user")
    return breach(~handed_in() | (software & ~both), attempt=w.attempt)


@R.rule(
    A13, 2, row=73, force=HARD, over=Application, cured_by="endorse-application",
    says="监理单位于{endorsed:day}同意验收，没有提交监理总结报告和台账资料清单",
    cure="整理台账资料，连同监理总结报告和资料清单一并提交",
)  # fmt: skip
def endorsed_without_papers(p: Any, w: Any) -> Breach:
    """监理单位根据项目建设完成情况，整理相关台账资料，履行项目监理职责"""
    return breach(w.endorsed_on.present & ((w.summary == "") | (w.file_list == "")), endorsed=w.endorsed_on)


@R.rule(
    A13, 2, row=(71, 74), force=HARD, over=Acceptance,
    cured_by=("apply-for-acceptance", "endorse-application"),
    says="{held:day}召开验收会，此前监理单位没有同意并申请验收", cure="由监理单位审核同意并向建设处室申请后，再组织验收",
)  # fmt: skip
def accepted_unendorsed(p: Any, a: Any) -> Breach:
    """承建单位向监理单位提出项目竣工验收申请，提交相关测试报告；监理单位根据项目建设完成情况，整理相关台账资料，履行项目监理职责，并向建设单位申请验收。"""

    def in_order(w: Any) -> Any:
        arrived = ((w.sent_to == "owner") & (w.applied_on <= a.held_on)) | (w.endorsed_on <= a.held_on)
        return (w.ref == a.application) & w.refused_on.missing & arrived

    return breach(lacks(Application, in_order), held=a.held_on)
