"""第十三条(五) 再次申请: after reconsideration when the month has passed, after failure when rectified."""

from typing import Any

from guicheng.law.declare import HARD, Breach, breach
from guicheng.law.terms import Term
from guicheng.law.words import days_after, has, lacks, last, latest, months_after
from guicheng.records.acceptance import Acceptance, Application, Reconsideration, Rectification
from guicheng.regulations.huaian2023.articles import A13, R


@R.rule(
    A13, 5, row=81, force=HARD, over=Reconsideration, cured_by="notify-reconsideration",
    says="{received:day}收到的复议通知不是监理单位发出的", cure="由监理单位以书面形式通知承建单位",
)  # fmt: skip
def notified_by_other(p: Any, n: Any) -> Breach:
    """需要复议的信息化项目，监理单位以书面形式通知承建单位

    Without a supervisor the notice is 建设处室's.
    """
    supervised = has(
        Acceptance,
        lambda a: (
            (a.ref == n.acceptance) & has(Application, lambda w: (w.ref == a.application) & (w.sent_to == "supervisor"))
        ),
    )
    return breach((n.role != "supervisor") & supervised, received=n.received_on)


@R.rule(
    A13, 5, row=81, force=HARD, over=Application, cured_by="notify-reconsideration",
    says="第{attempt}次申请之前，结论为需要复议的验收没有书面通知承建单位", cure="先由监理单位书面通知承建单位，记录收到日期",
)  # fmt: skip
def reapplied_without_notice(p: Any, w: Any) -> Breach:
    """需要复议的信息化项目，监理单位以书面形式通知承建单位，承建单位接到通知后一个月后，可再次提出验收申请；"""

    def unnotified(a: Any) -> Any:
        told = lacks(Reconsideration, lambda n: (n.acceptance == a.ref) & (n.seq < w.seq))
        return (a.outcome == "reconsider") & (a.seq < w.seq) & told

    return breach(has(Acceptance, unnotified), attempt=w.attempt)


def mode_of(p: Any, n: Any) -> Term:
    """Whether the month is a waiting period or a limit, as read on the day the notice was received."""
    found: Term = p.reaccept_mode.on(n.received_on)
    return found


@R.rule(
    A13, 5, row=82, force=HARD, over=Application, cured_by="apply-for-acceptance",
    says="{received:day}接到复议通知，至{last_day:day}满一个月，{earliest:day}起方可再次申请；{applied:day}申请过早",
    cure="待接到通知满规定期间的次日起再申请",
)  # fmt: skip
def reapplied_too_early(p: Any, w: Any) -> Breach:
    """承建单位接到通知后一个月后，可再次提出验收申请；

    Read as it stands: a waiting period from receipt, never rolled; possible from the day after its last day.
    """

    def end(n: Any) -> Any:
        return months_after(n.received_on, p.reaccept_months.on(n.received_on))

    def waiting(n: Any) -> Any:
        return (n.seq < w.seq) & (mode_of(p, n) == "NOT_BEFORE") & (w.applied_on <= end(n))

    last_day = last(Reconsideration, end, waiting)
    return breach(
        has(Reconsideration, waiting), received=last(Reconsideration, lambda n: n.received_on, waiting),
        last_day=last_day, earliest=days_after(last_day, 1), applied=w.applied_on,
    )  # fmt: skip


@R.rule(
    A13, 5, row=82, force=HARD, over=Application, cured_by=("interpret", "correct"),
    says="{received:day}接到复议通知，应在{last_day:day}前再次申请；{applied:day}申请已过期限",
    cure="期限已过，由网信办解释或决定如何处理",
)  # fmt: skip
def reapplied_too_late(p: Any, w: Any) -> Breach:
    """承建单位接到通知后一个月后，可再次提出验收申请；

    Only where 网信办 has interpreted the month as a limit; its last day was rolled when the notice was recorded.
    """

    def overdue(n: Any) -> Any:
        answered = has(Acceptance, lambda a: (a.seq > n.seq) & (a.seq < w.seq))
        return (n.seq < w.seq) & (mode_of(p, n) == "WITHIN") & (w.applied_on > n.last_day) & ~answered

    return breach(
        has(Reconsideration, overdue), received=latest(Reconsideration, lambda n: n.received_on, overdue),
        last_day=latest(Reconsideration, lambda n: n.last_day, overdue), applied=w.applied_on,
    )  # fmt: skip


@R.rule(
    A13, 5, row=83, force=HARD, over=Application, cured_by="order-rectification",
    says="第{attempt}次申请之前，不通过的验收没有下达限期整改", cure="先由建设处室下达限期整改通知，写明要求和期限",
)  # fmt: skip
def reapplied_without_order(p: Any, w: Any) -> Breach:
    """未能通过验收的信息化项目，限期整改，符合验收条件后，可再次提出验收申请。"""

    def unordered(a: Any) -> Any:
        ordered = lacks(Rectification, lambda r: (r.acceptance == a.ref) & (r.seq < w.seq))
        return (a.outcome == "failed") & (a.seq < w.seq) & ordered

    return breach(has(Acceptance, unordered), attempt=w.attempt)


@R.rule(
    A13, 5, row=84, force=HARD, over=Application, cured_by="report-rectification",
    says="{received:day}下达的整改尚未报告完成，{applied:day}即再次申请验收", cure="完成整改并报告，再次申请验收",
)  # fmt: skip
def reapplied_before_rectified(p: Any, w: Any) -> Breach:
    """未能通过验收的信息化项目，限期整改，符合验收条件后，可再次提出验收申请。"""

    def unfinished(r: Any) -> Any:
        return (r.seq < w.seq) & (r.reported_on.missing | (r.reported_on > w.applied_on))

    return breach(
        has(Rectification, unfinished), received=latest(Rectification, lambda r: r.received_on, unfinished),
        applied=w.applied_on,
    )  # fmt: skip


R.left_to_people(
    A13, 5, row=84, quote="符合验收条件后", why="整改是否到位由监理单位审核、验收组认定；程序只看整改是否已报告完成"
)
