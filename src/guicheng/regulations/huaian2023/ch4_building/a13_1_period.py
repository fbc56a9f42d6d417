"""第十三条(一) 期间: who needs a trial, for how long, and from which day completion acceptance may be applied for."""

from typing import Any

from guicheng.law.declare import HARD, Breach, breach
from guicheng.law.terms import Term
from guicheng.law.words import days_after, earliest, either, has, lacks, last, months_after
from guicheng.records.acceptance import Application
from guicheng.records.initiation import Component
from guicheng.records.trial import Trial, TrialAcceptance, TrialEvent
from guicheng.regulations.huaian2023.articles import A13, R

TRIED = ("software", "hardware", "security")
"""Kinds of component that need a trial; 运维 and other services need none. Security devices count as hardware."""


@R.rule(
    A13, 1, row=67, force=HARD, over=Trial, cured_by="accept-trial-run",
    says="{component}于{started:day}开始试运行，没有在此之前（合并验收的，在申请竣工验收之前）通过试运行验收",
    cure="先通过试运行验收，再开始试运行",
)  # fmt: skip
def tried_unaccepted(p: Any, t: Any) -> Breach:
    """信息化项目须经试运行验收

    Where the bureau merges the two (MERGED), the record is there at the latest when completion acceptance is applied for.
    """

    def accepted_by(day: Any) -> Term:
        return has(
            TrialAcceptance,
            lambda a: (a.component == t.component) & (a.outcome == "passed") & (a.held_on <= day),
        )

    first = (p.trial_initial_acceptance.on(t.started_on) == "SEPARATE") & ~accepted_by(t.started_on)
    at_last = has(Application, lambda w: (w.seq > t.seq) & ~accepted_by(w.applied_on))
    return breach(first | at_last, component=t.component, started=t.started_on)


@R.rule(
    A13, 1, row=(67, 68, 69), force=HARD, over=Component, cured_by=("accept-trial-run", "start-trial"),
    says="{component}没有经过试运行，{applied:day}即申请竣工验收", cure="先开始试运行并满规定期间，再申请验收",
)  # fmt: skip
def untried(p: Any, c: Any) -> Breach:
    """信息化项目须经试运行验收，稳定运行（软件至少3个月，硬件至少1个月）后，可申请竣工验收。"""

    def without(w: Any) -> Any:
        began = lacks(Trial, lambda t: (t.component == c.ref) & (t.started_on <= w.applied_on))
        return (w.seq > c.seq) & began

    applied = earliest(Application, lambda w: w.applied_on, without)
    return breach(c.kind.among(*TRIED) & has(Application, without), component=c.name, applied=applied)


def months_for(p: Any, t: Any) -> Term:
    """The shortest period of this component's kind, as in force on the day its trial began."""
    hardware = either(
        t.kind == "security", p.trial_security_months.on(t.started_on), p.trial_hardware_months.on(t.started_on)
    )
    return either(t.kind == "software", p.trial_software_months.on(t.started_on), hardware)


def _restarted(e: Any, t: Any, w: Any) -> Any:
    return (e.trial == t.component) & e.restarts & (e.seq < w.seq)


@R.rule(
    A13, 1, row=(68, 69, 70), force=HARD, over=Trial, cured_by="apply-for-acceptance",
    says="{component}自{clock:day}起试运行，应稳定运行{months}个月，至{last_day:day}届满，{earliest:day}起方可申请；"
    "{applied:day}申请过早", cure="待全部组成部分试运行期满的次日起再申请",
)  # fmt: skip
def applied_too_early(p: Any, t: Any) -> Breach:
    """稳定运行（软件至少3个月，硬件至少1个月）后，可申请竣工验收。

    Calendar months from the day the trial began or began again; never rolled over a day off; possible from the day after.
    """
    months = months_for(p, t)

    def within(w: Any) -> Any:
        """The application lies inside the period of the start, or of a restart known when it was made."""
        again = has(TrialEvent, lambda e: _restarted(e, t, w) & (w.applied_on <= months_after(e.restart_on, months)))
        return (w.seq > t.seq) & ((w.applied_on <= months_after(t.started_on, months)) | again)

    restart = last(TrialEvent, lambda e: e.restart_on, lambda e: (e.trial == t.component) & e.restarts)
    clock = restart.otherwise(t.started_on)
    last_day = months_after(clock, months)
    return breach(
        t.kind.among(*TRIED) & has(Application, within), component=t.component, clock=clock, months=months,
        last_day=last_day, earliest=days_after(last_day, 1), applied=last(Application, lambda w: w.applied_on, within),
    )  # fmt: skip


@R.rule(
    A13, 1, row=68, force=HARD, over=TrialEvent, cured_by="confirm-restart",
    says="{component}于{happened:day}发生重大故障或改变功能的发布（{event}），是否重新计时尚未决定，即申请竣工验收",
    cure="由建设处室根据监理意见确认是否重新计时",
)  # fmt: skip
def restart_undecided(p: Any, e: Any) -> Breach:
    """稳定运行（软件至少3个月，硬件至少1个月）后，可申请竣工验收。"""
    calls = ((e.kind == "fault") & (e.severity == "major")) | ((e.kind == "release") & e.changes_functions)
    applied = has(Application, lambda w: w.seq > e.seq)
    return breach(
        calls & e.decided_on.missing & applied, component=e.trial, happened=e.happened_on, event=e.ref
    )  # fmt: skip
