"""第十三条(五) 复议与整改: what follows an acceptance that was not passed, and when to apply again."""

from typing import Any, Literal

from guicheng.law.act import Act
from guicheng.law.declare import Owed
from guicheng.law.fields import Count, Day, Line, Paper, Papers, Words, field
from guicheng.law.periods import deadline
from guicheng.people.roles import Role
from guicheng.records.acceptance import Acceptance, Reconsideration, Rectification
from guicheng.records.stage import Stage
from guicheng.regulations.huaian2023.articles import A13, R


def received_in_time(deed: Any, acceptance: Acceptance | None, received: Any) -> None:
    """The day of receipt lies between the signed conclusion and today."""
    if received is None:
        return
    deed.need(received <= deed.day, received_on="收到日期不能晚于办理日期")
    signed = acceptance.signed_on if acceptance else None
    deed.need(signed is None or received >= signed, received_on=f"收到日期不能早于验收结论签署之日 {signed}")


@R.act(
    "书面通知复议", A13, 5, row=81, by=(Role.SUPERVISOR, Role.CONSTRUCTION), at=(Stage.RECONSIDERATION,)
)  # fmt: skip
class NotifyReconsideration(Act):
    """需要复议的信息化项目，监理单位以书面形式通知承建单位

    The day that counts is the contractor's receipt, not the sending.
    """

    reasons: Words = field("复议事由")
    materials: Words = field("需补充的材料")
    sent_on: Day = field("发出日期")
    received_on: Day = field("承建单位收到日期")
    delivery: Line = field("送达方式")
    receipt: Paper = field("签收回执")

    def write(self, deed: Any) -> None:
        acceptance = deed.seek(Acceptance, outcome="reconsider")
        deed.need(acceptance is not None, reasons="没有结论为需要复议的验收")
        earlier = deed.seek(Reconsideration, acceptance=acceptance.ref)
        deed.need(earlier is None, reasons=f"已于 {earlier and earlier.received_on} 送达，不重复通知")
        received_in_time(deed, acceptance, self.received_on)
        in_order = not (self.sent_on and self.received_on) or self.sent_on <= self.received_on
        deed.need(in_order, received_on="收到日期不能早于发出日期")
        last_day = None
        if self.received_on:
            months = deed.figures["reaccept.months"].on(self.received_on)
            last_day = deadline(self.received_on, int(months), "months")
        deed.keep(Reconsideration, acceptance=acceptance.ref, last_day=last_day)


@R.act("下达限期整改", A13, 5, row=83, by=Role.CONSTRUCTION, at=(Stage.RECTIFICATION,))
class OrderRectification(Act):
    """未能通过验收的信息化项目，限期整改

    The text sets no period: it is filled in, and its last day rolls over days off.
    """

    demands: Words = field("整改要求")
    period: Count = field("整改期限", ge=1, le=3650)
    unit: Literal["days", "months"] = field("期限单位", default="days", help="days 日、months 个月")
    received_on: Day = field("承建单位收到日期")
    notice: Paper = field("整改通知书")

    def write(self, deed: Any) -> None:
        acceptance = deed.seek(Acceptance, outcome="failed")
        deed.need(acceptance is not None, demands="没有结论为不通过的验收")
        received_in_time(deed, acceptance, self.received_on)
        due = deadline(self.received_on, self.period, self.unit) if self.received_on and self.period else None
        deed.keep(Rectification, acceptance=acceptance.ref, due_on=due, reported_on=None)


@R.act("报告整改结果", A13, 5, row=(83, 84), by=Role.CONTRACTOR, at=(Stage.RECTIFICATION,))
class ReportRectification(Act):
    """限期整改，符合验收条件后，可再次提出验收申请。"""

    done: Words = field("整改情况", help="逐条对应整改要求")
    report: Paper = field("整改报告")
    papers: Papers | None = field("证明材料", default=None)

    def write(self, deed: Any) -> None:
        order = deed.seek(Rectification, reported_on__isnull=True)
        deed.need(order is not None, done="没有待完成的整改通知")
        deed.change(order, reported_on=deed.day, done=self.done, report=self.report, papers=self.papers or [])


@R.duty("书面通知承建单位复议", A13, 5, row=81, by=(Role.SUPERVISOR, Role.CONSTRUCTION), opens="conclude-acceptance",
        closes="notify-reconsideration")  # fmt: skip
def notice_of_reconsideration(deed: Any) -> Owed | None:
    """需要复议的信息化项目，监理单位以书面形式通知承建单位"""
    return Owed(deed.day) if deed.act.outcome == "reconsider" else None


@R.duty("下达限期整改通知", A13, 5, row=83, by=Role.CONSTRUCTION, opens="conclude-acceptance",
        closes="order-rectification")  # fmt: skip
def order_of_rectification(deed: Any) -> Owed | None:
    """未能通过验收的信息化项目，限期整改"""
    return Owed(deed.day) if deed.act.outcome == "failed" else None


@R.duty("按期完成整改", A13, 5, row=83, by=Role.CONTRACTOR, opens="order-rectification", closes="report-rectification")
def rectification(deed: Any) -> Owed | None:
    """未能通过验收的信息化项目，限期整改"""
    order = deed.seek(Rectification)
    return Owed(order.received_on, due=order.due_on) if order.received_on else None


@R.duty(
    "在复议期限内再次申请验收", A13, 5, row=82, by=Role.CONTRACTOR, opens="notify-reconsideration",
    closes="apply-for-acceptance",
)  # fmt: skip
def reapplication(deed: Any) -> Owed | None:
    """承建单位接到通知后一个月后，可再次提出验收申请；

    Owed only where 网信办 reads the month as a limit; read as a waiting period it is a right.
    """
    notice = deed.seek(Reconsideration)
    if notice.received_on is None or deed.figures["reaccept.mode"].on(notice.received_on) != "WITHIN":
        return None
    return Owed(notice.received_on, due=notice.last_day)
