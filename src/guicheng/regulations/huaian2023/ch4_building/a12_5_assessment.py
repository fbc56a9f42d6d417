"""第十二条(五) 测评: the three assessments and the security test of a system, their findings, and 不适用 with its ground."""

from typing import Any, Literal

from guicheng.law.act import Act
from guicheng.law.declare import HARD, Breach, Owed, breach
from guicheng.law.fields import Day, Line, Paper, Papers, Ref, RowData, Words, field
from guicheng.law.periods import add_months
from guicheng.law.words import count, has, lacks
from guicheng.people.roles import Role
from guicheng.records.security import Assessment, Finding, Grading, System
from guicheng.records.stage import ONGOING
from guicheng.regulations.huaian2023.articles import A12, R

Kind = Literal["mlps", "risk", "crypto", "test"]
Severity = Literal["high", "medium", "low"]
KIND_ZH = {"mlps": "等级保护测评", "risk": "信息安全风险评估", "crypto": "密码应用安全性评估", "test": "安全测试"}


class FindingRow(RowData):
    """One problem found."""

    ref: Ref = field("问题编号")
    title: Line = field("问题")
    severity: Severity = field("风险等级", help="high 高、medium 中、low 低")
    due_on: Day | None = field("整改期限", default=None)


@R.act("登记测评报告", A12, 5, row=(62, 63, 64, 65), by=(Role.TECHNOLOGY, Role.CONSTRUCTION, Role.ASSESSOR), at=ONGOING)
class RecordAssessment(Act):
    """信息化项目须根据省市有关规定开展等级保护测评、信息安全风险评估、密码应用安全性评估及相关整改工作

    A report binds to one system, its version and level. Whether it is passed is what the report concludes, never that its
    tickets are closed; a re-test is another report that names the first.
    """

    ref: Ref = field("报告编号")
    system: Ref = field("系统编号")
    kind: Kind = field("类型", help="mlps 等保测评、risk 风险评估、crypto 密评、test 安全测试")
    version: Line = field("所测版本")
    scope: Words = field("所测范围")
    assessor: Line = field("测评机构")
    competence: Line | None = field("机构资质", default=None)
    reported_on: Day = field("报告日期")
    conclusion: Line = field("结论原文", help="照录报告用语，如 符合、基本符合、不符合")
    passed: bool = field("是否通过")
    findings: list[FindingRow] = field("发现的问题", default=[])
    retest_of: Ref | None = field("复测的原报告编号", default=None)
    valid_until: Day | None = field("报告载明的有效期至", default=None)
    papers: Papers = field("报告")

    def write(self, deed: Any) -> None:
        system = deed.seek(System, ref=self.system)
        deed.need(not self.reported_on or self.reported_on <= deed.day, reported_on="报告日期不能晚于办理日期")
        if self.retest_of is not None:
            first = deed.find(Assessment, self.retest_of, "retest_of", "测评报告")
            same = (first.system, first.kind) == (self.system, self.kind)
            deed.need(same, retest_of="复测应与原报告同一系统、同一类型")
        level = system.level if system else None
        deed.keep(
            Assessment, report_number=self.ref, level=level, waived=False, expires_on=_expires(self, deed, level),
            superseded_seq=None, **_counts(self.findings),
        )  # fmt: skip
        deed.keep_rows(Finding, self.findings, assessment=self.ref, system=self.system, kind=self.kind)
        deed.subject = f"{self.system}/{self.kind}" if self.passed else str(deed.seq)
        if self.passed is False:
            _earlier(deed, self.system, self.kind).exclude(seq=deed.seq).update(superseded_seq=deed.seq)


def _earlier(deed: Any, system: str, kind: str) -> Any:
    """The reports of one kind on one system that still have force."""
    return deed.rows(Assessment, system=system, kind=kind, superseded_seq__isnull=True)


def _expires(act: Any, deed: Any, level: int | None) -> Any:
    if act.reported_on is None:
        return None
    figure = deed.figures["assess.level3_months" if (level or 0) >= 3 else "assess.other_months"]
    return add_months(act.reported_on, figure.on(act.reported_on))


def _counts(findings: list[FindingRow] | None) -> dict[str, int]:
    return {s: sum(f.severity == s for f in findings or []) for s in ("high", "medium", "low")}


@R.act("整改测评问题", A12, 5, row=65, by=(Role.CONTRACTOR, Role.CONSTRUCTION), at=ONGOING)
class RectifyFinding(Act):
    """密码应用安全性评估及相关整改工作

    Rectified with evidence; or, for a residual risk of a 风险评估, accepted in writing by the owner alone.
    """

    finding: Ref = field("问题编号")
    how: Literal["rectified", "accepted"] = field("处置方式", default="rectified", help="accepted 为接受残余风险")
    measures: Words = field("整改措施或接受理由")
    evidence: Paper = field("整改证据或签字文件")

    def subject(self) -> str:
        return self.finding

    def write(self, deed: Any) -> None:
        found = deed.find(Finding, self.finding, "finding", "测评问题")
        if self.how != "accepted":
            deed.change(found, rectified_on=deed.day, measures=self.measures, evidence=self.evidence)
            return
        deed.need(deed.role == Role.CONSTRUCTION, how="残余风险只能由建设处室签字接受")
        deed.need(found.kind == "risk", how="只有风险评估的残余风险可以接受，其他问题须整改后复测")
        deed.change(found, accepted_on=deed.day, accepted_reason=self.measures, evidence=self.evidence)


@R.duty("整改测评发现的问题", A12, 5, row=65, by=Role.CONTRACTOR, opens="record-assessment", closes="rectify-finding")
def rectification_of_findings(deed: Any) -> list[Owed]:
    """密码应用安全性评估及相关整改工作

    The last day is the one set for each finding; none is set by the text.
    """
    rows = deed.act.findings or []
    return [Owed(deed.day, subject=f.ref, due=f.due_on) for f in rows if f.severity != "low" or f.due_on]


@R.act("认定测评不适用", A12, 5, row=(62, 64), by=Role.TECHNOLOGY, at=ONGOING)
class WaiveAssessment(Act):
    """须根据省市有关规定开展等级保护测评、信息安全风险评估、密码应用安全性评估

    Only 等保测评 of a level 1 system, and 密评 by a written view of the 密码 department or a cited rule. Never 风险评估.
    """

    system: Ref = field("系统编号")
    kind: Literal["mlps", "crypto"] = field("类型")
    ground: Literal["level-1", "crypto-view", "cited-rule"] = field(
        "依据", help="level-1 定级为第一级；crypto-view 密码管理部门书面意见；cited-rule 引用的规定"
    )
    conclusion: Line = field("依据文号或条款", help="定级报告、书面意见的文号，或规定的名称与条款")
    assessor: Line = field("出具单位")
    reported_on: Day = field("依据日期")
    valid_until: Day | None = field("有效期至", default=None)
    papers: Papers = field("依据文件")

    def write(self, deed: Any) -> None:
        system = deed.find(System, self.system, "system", "系统")
        deed.need(not self.reported_on or self.reported_on <= deed.day, reported_on="依据日期不能晚于办理日期")
        deed.keep(Assessment, version=system.version, level=system.level, waived=True, passed=None, superseded_seq=None)
        deed.subject = f"{self.system}/{self.kind}"


def _regraded(g: Any, a: Any) -> Any:
    """The system was graded once more between this grading and that report."""
    return has(Grading, lambda later: (later.system == g.system) & (later.seq > g.seq) & (later.seq < a.seq))


@R.rule(
    A12, 5, row=(62, 64), force=HARD, over=Assessment, cured_by=("grade-system", "record-assessment", "correct"),
    says="系统{system}的测评（{kind}）认定为不适用，依据“{ground}”不成立",
    cure="等级保护测评须有第一级的定级结果，密评须有密码管理部门书面意见或引用的规定；否则开展测评",
)  # fmt: skip
def waived_without_ground(p: Any, a: Any) -> Breach:
    """须根据省市有关规定开展等级保护测评、信息安全风险评估、密码应用安全性评估"""
    graded = lacks(Grading, lambda g: (g.system == a.system) & (g.seq < a.seq) & (g.level == 1) & ~_regraded(g, a))
    mlps = (a.kind == "mlps") & ((a.ground != "level-1") | graded)
    crypto = (a.kind == "crypto") & ~a.ground.among("crypto-view", "cited-rule")
    return breach(
        a.waived & (mlps | crypto | (a.kind == "risk")), system=a.system, kind=a.kind, ground=a.ground
    )  # fmt: skip


@R.rule(
    A12, 5, row=(63, 65), force=HARD, over=Assessment, cured_by=("record-assessment", "rectify-finding", "correct"),
    says="报告{report}记为通过，但仍有{high}项高风险问题", cure="先整改并复测；风险评估的残余风险须由建设处室签字接受",
)  # fmt: skip
def passed_with_high_risk(p: Any, a: Any) -> Breach:
    """信息安全风险评估、密码应用安全性评估及相关整改工作，未经或不通过的，不得投入运行。

    风险评估 knows no grade "passed": it is passed when no high risk is left that nobody accepted.
    """

    def standing(f: Any) -> Any:
        own = (f.assessment == a.ref) & (f.severity == "high")
        return own & ((a.kind != "risk") | f.accepted_on.missing)

    return breach(a.passed & has(Finding, standing), report=a.ref, high=count(Finding, standing))


@R.rule(
    A12, 5, row=65, force=HARD, over=Assessment, cured_by="rectify-finding",
    says="报告{report}记为通过，而此前报告的{open}项高、中风险问题尚未整改", cure="先逐项整改此前发现的问题，再复测",
)  # fmt: skip
def retested_before_rectified(p: Any, a: Any) -> Breach:
    """密码应用安全性评估及相关整改工作，未经或不通过的，不得投入运行。"""

    def still_open(f: Any) -> Any:
        same = (f.system == a.system) & (f.kind == a.kind) & (f.seq < a.seq) & f.severity.among("high", "medium")
        return same & f.rectified_on.missing & f.accepted_on.missing

    return breach(a.passed & has(Finding, still_open), report=a.ref, open=count(Finding, still_open))
