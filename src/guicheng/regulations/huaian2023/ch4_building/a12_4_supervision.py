"""第十二条(四) 监理与审计: both engaged before the start, or exempted under the city's rule; the supervisor stands apart."""

from typing import Any, Literal

from guicheng.law.act import Act, Unfit
from guicheng.law.declare import EXEMPTABLE, HARD, Breach, breach
from guicheng.law.fields import Day, Papers, Words, field
from guicheng.law.terms import Term, term
from guicheng.law.words import has, lacks
from guicheng.people.roles import Role
from guicheng.records.implementation import Start, SupervisionReport
from guicheng.records.initiation import Component
from guicheng.records.procurement import Contract
from guicheng.records.project import Exemption
from guicheng.records.stage import Stage, between
from guicheng.regulations.huaian2023.articles import A12, R

BUILDING = ("software", "hardware", "security", "other")
WATCHING = ("supervision", "audit", "assessment")
ReportKind = Literal["plan", "weekly", "monthly", "special", "notice", "stop", "resume", "witness", "summary"]


@R.act(
    "提交监理资料", A12, 4, row=57, by=Role.SUPERVISOR, at=between(Stage.APPROVED, Stage.OPERATION),
    keeps=SupervisionReport,
)  # fmt: skip
class ReportSupervision(Act):
    """引入具有资质的单位对项目建设进行工程监理和工程审计，确保项目建设质量。"""

    kind: ReportKind = field("种类", help="规划、周报、月报、专题、通知单、停工令、复工令、测试见证、总结")
    period_from: Day | None = field("期间起", default=None)
    period_to: Day | None = field("期间止", default=None)
    quality: Words = field("质量控制")
    schedule: Words = field("进度控制")
    cost: Words | None = field("投资控制", default=None)
    safety: Words | None = field("信息安全", default=None)
    opinion: Words = field("监理意见")
    papers: Papers = field("监理资料")

    def write(self, deed: Any) -> None:
        if self.period_from and self.period_to and self.period_to < self.period_from:
            raise Unfit(period_to="期间止不得早于期间起")
        super().write(deed)


def unengaged(kind: str, s: Any) -> Term:
    """A project that builds something started without a contract of this kind; pure operation needs neither."""
    builds = has(Component, lambda c: c.kind.among(*BUILDING))
    return builds & lacks(Contract, lambda c: c.signed_on <= s.started_on, kind=kind)


@R.rule(
    A12, 4, row=57, force=EXEMPTABLE, over=Start, cured_by=("sign-contract", "grant-exemption"),
    says="{started:day}开工，此前没有签订监理合同", cure="先委托监理单位；按市级办法可以不监理的，引用其条款办理豁免",
)  # fmt: skip
def supervision_missing(p: Any, s: Any) -> Breach:
    """信息化项目须按淮安市市级政务信息化项目建设管理办法的规定，引入具有资质的单位对项目建设进行工程监理和工程审计"""
    return breach(unengaged("supervision", s), started=s.started_on)


@R.rule(
    A12, 4, row=58, force=EXEMPTABLE, over=Start, cured_by=("sign-contract", "grant-exemption"),
    says="{started:day}开工，此前没有签订审计合同", cure="先委托审计机构；按市级办法可以不审计的，引用其条款办理豁免",
)  # fmt: skip
def audit_missing(p: Any, s: Any) -> Breach:
    """信息化项目须按淮安市市级政务信息化项目建设管理办法的规定，引入具有资质的单位对项目建设进行工程监理和工程审计"""
    return breach(unengaged("audit", s), started=s.started_on)


@R.rule(
    A12, 4, row=(57, 58), force=HARD, over=Exemption, cured_by=("grant-exemption", "correct"),
    says="免予监理或审计的依据是“{basis}”，没有引用市级政务信息化项目建设管理办法的条款", cure="写明所依据的市级办法条款",
)  # fmt: skip
def exempted_without_city_rule(p: Any, e: Any) -> Breach:
    """信息化项目须按淮安市市级政务信息化项目建设管理办法的规定"""
    about = e.rule.among(supervision_missing.id, audit_missing.id)
    cited = e.basis.contains("市级政务信息化项目建设管理办法") & e.basis.contains("第") & e.basis.contains("条")
    return breach(about & ~cited, basis=e.basis)


@R.rule(
    A12, 4, row=57, force=HARD, over=Contract, cured_by=("sign-contract", "correct"),
    says="合同{contract}的{watcher}与本项目承建单位是同一单位或有关联", cure="改由与承建单位没有关联的单位承担",
)  # fmt: skip
def watcher_related_to_builder(p: Any, w: Any) -> Breach:
    """引入具有资质的单位对项目建设进行工程监理和工程审计，确保项目建设质量。

    政府采购法实施条例第十八条: who supervises or tests a project does not build it, nor does a firm tied to it.
    """

    def tied(m: Any) -> Term:
        declared = w.related_to.present & (w.related_to == m.supplier)
        told = m.related_to.present & (m.related_to == w.supplier)
        return term((m.supplier == w.supplier) | declared | told)

    related = has(Contract, tied, kind="main")
    return breach(w.kind.among(*WATCHING) & related, contract=w.ref, watcher=w.supplier)
