"""第十二条(五) 未经或不通过的，不得投入运行: all three valid for every system, on the day that counts."""

from typing import Any

from guicheng.law.declare import HARD, Breach, breach
from guicheng.law.terms import Term
from guicheng.law.words import either, has, lacks, latest, months_after
from guicheng.records.acceptance import Application
from guicheng.records.operation import Commissioning
from guicheng.records.security import Assessment, Grading, System
from guicheng.records.trial import Trial
from guicheng.regulations.huaian2023.articles import A12, R

THREE = ("mlps", "risk", "crypto")
CURES = ("record-assessment", "waive-assessment", "rectify-finding")


def in_force(p: Any, a: Any, day: Any, seq: Any) -> Any:
    """The report (or its 不适用) had force on a day, for a record of that seq: passed, not expired, not superseded."""
    months = either(
        a.level.otherwise(0) >= 3, p.assess_level3_months.on(a.reported_on), p.assess_other_months.on(a.reported_on)
    )
    lasting = a.waived | (months_after(a.reported_on, months) >= day)
    standing = a.superseded_seq.missing | (a.superseded_seq > seq)
    return (
        (a.waived | a.passed) & (a.reported_on <= day) & lasting & (a.valid_until.otherwise(day) >= day) & standing
    )  # fmt: skip


def assessed(p: Any, system: Any, kind: str, day: Any, seq: Any) -> Term:
    """Some report of this kind on this system was in force."""
    return has(Assessment, lambda a: (a.system == system) & (a.kind == kind) & in_force(p, a, day, seq))


def lacking(p: Any, system: Any, day: Any, seq: Any) -> Term:
    """One of the three was not in force for this system."""
    found = [~assessed(p, system, kind, day, seq) for kind in THREE]
    return found[0] | found[1] | found[2]


def shown(p: Any, day: Any, row: Any, systems: Any) -> dict[str, Term]:
    """For the refusal: the day, the first system that lacks something, and how its three stand."""

    def state(kind: str) -> Term:
        return either(has(System, lambda s: systems(s) & ~assessed(p, s.ref, kind, day, row.seq)), "缺", "有效")

    name = latest(System, lambda s: s.ref, lambda s: systems(s) & lacking(p, s.ref, day, row.seq))
    return {"day": day, "system": name, **{kind: state(kind) for kind in THREE}}


def needs_system(t: Any) -> Any:
    """Software and security parts belong to a system; so does whatever is open to the public or runs on real data."""
    return t.kind.among("software", "security") | t.system.present | t.public | t.real_data


SAYS = "等级保护测评{mlps}，信息安全风险评估{risk}，密码应用安全性评估{crypto}（如系统{system}）"


def unassessed(p: Any, row: Any, day: Any) -> Breach:
    """A system that was in the register when the row was written lacked one of the three on its day."""

    def known(s: Any) -> Any:
        return s.seq < row.seq

    return breach(
        has(System, lambda s: known(s) & lacking(p, s.ref, day, row.seq)), **shown(p, day, row, known)
    )  # fmt: skip


@R.rule(
    A12, 5, row=(62, 63, 64, 66), force=HARD, over=Application, cured_by=CURES,
    says="{day:day}申请竣工验收：" + SAYS, cure="三项测评均通过且在有效期内（或依法不适用）后，再申请验收",
)  # fmt: skip
def applied_unassessed(p: Any, w: Any) -> Breach:
    """信息化项目须根据省市有关规定开展等级保护测评、信息安全风险评估、密码应用安全性评估及相关整改工作，未经或不通过的，不得投入运行。"""
    return unassessed(p, w, w.applied_on)


@R.rule(
    A12, 5, row=(62, 63, 64, 66), force=HARD, over=Commissioning, cured_by=CURES,
    says="{day:day}投入使用：" + SAYS, cure="三项测评均通过且在有效期内（或依法不适用）后，再投入使用",
)  # fmt: skip
def operated_unassessed(p: Any, c: Any) -> Breach:
    """信息化项目须根据省市有关规定开展等级保护测评、信息安全风险评估、密码应用安全性评估及相关整改工作，未经或不通过的，不得投入运行。"""
    return unassessed(p, c, c.started_on)


@R.rule(
    A12, 5, row=66, force=HARD, over=Trial, cured_by=CURES,
    says="{component}的试运行面向公众或使用真实数据，视为投入运行：" + SAYS,
    cure="三项测评均通过后再面向公众或使用真实数据；此前只在受控范围内试运行",
)  # fmt: skip
def opened_unassessed(p: Any, t: Any) -> Breach:
    """未经或不通过的，不得投入运行。

    A trial open to the public or on real data is a run like any other. One inside a controlled scope may begin earlier.
    """
    used = t.public | t.real_data

    def own(s: Any) -> Any:
        return s.ref == t.system

    facts = shown(p, t.started_on, t, own) | {"component": t.component, "system": t.system.otherwise("未列入台账")}
    return breach(used & lacking(p, t.system, t.started_on, t.seq), **facts)


@R.rule(
    A12, 5, row=(62, 66), force=HARD, over=Trial, cured_by=("grade-system", "file-grading"),
    says="{component}于{started:day}开始试运行，此前所属系统没有定级备案",
    cure="先将所属系统定级，第二级以上并取得备案证明，再开始试运行",
)  # fmt: skip
def tried_before_filed(p: Any, t: Any) -> Breach:
    """未经或不通过的，不得投入运行。"""

    def filed(g: Any) -> Any:
        done = (g.filed_on <= t.started_on) | ((g.level == 1) & (g.graded_on <= t.started_on))
        return (g.system == t.system) & (g.seq < t.seq) & done

    return breach(needs_system(t) & lacks(Grading, filed), component=t.component, started=t.started_on)


@R.rule(
    A12, 5, row=(62, 66), force=HARD, over=Trial, cured_by="record-assessment",
    says="{component}于{started:day}开始试运行，此前所属系统没有通过安全测试", cure="先通过安全测试，再开始试运行",
)  # fmt: skip
def tried_before_tested(p: Any, t: Any) -> Breach:
    """能够满足信息系统安全运行的需要"""

    def tested(a: Any) -> Any:
        own = (a.system == t.system) & a.kind.among("test", "mlps") & ~a.waived
        return own & in_force(p, a, t.started_on, t.seq)

    return breach(needs_system(t) & lacks(Assessment, tested), component=t.component, started=t.started_on)
