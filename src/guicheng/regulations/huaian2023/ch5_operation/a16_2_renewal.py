"""第十六条 持续合规: assessments lapse, and are renewed while the system is in use."""

from typing import Any

from guicheng.law.declare import EXPLAIN, Breach, Owed, breach
from guicheng.law.words import has, lacks, latest
from guicheng.people.roles import Role
from guicheng.records.operation import Commissioning, OperationBudget
from guicheng.records.security import Assessment
from guicheng.regulations.huaian2023.articles import A16, R
from guicheng.regulations.huaian2023.ch3_duties.a08_operation import END_OF_USE

REQUIRED = ("mlps", "risk", "crypto")


def lapses_about(system: str | None, kind: str | None) -> str:
    """The subject of a renewal: which assessment of which system."""
    return f"{system}/{kind}"[:64]


@R.duty(
    "续做测评", A16, row=94, by=Role.CONSTRUCTION,
    opens=("record-assessment", "put-into-operation"), closes=("record-assessment", "waive-assessment", *END_OF_USE),
)  # fmt: skip
def renew_assessments(deed: Any) -> list[Owed]:
    """系统运维需符合数据共享、网络安全、密码应用等有关要求。

    One duty for each assessment of a system in use, due on the day on which the present report lapses.
    """
    if deed.seek(Commissioning) is None:
        return []
    rows = deed.rows(Assessment, passed=True, superseded_seq=None, expires_on__isnull=False, kind__in=REQUIRED)
    if deed.act.spec.code != "put-into-operation":
        rows = rows.filter(seq=deed.seq)
    current = {(a.system, a.kind): a for a in rows}
    return [Owed(a.reported_on, lapses_about(*key), a.expires_on) for key, a in current.items()]


@R.rule(
    A16, row=94, force=EXPLAIN, over=OperationBudget, cured_by=("record-assessment", "explain"),
    says="{asked:day}申请{year}年度经费，系统{system}的测评已经过期", cure="续做等保测评、风险评估、密评，或说明理由",
)  # fmt: skip
def budget_with_lapsed_assessment(p: Any, b: Any) -> Breach:
    """系统运维需符合数据共享、网络安全、密码应用等有关要求。

    The assessments are not done once for all: no O&M money without a word about those that lapsed.
    """

    def lapsed(a: Any) -> Any:
        def current(n: Any) -> Any:
            same = (n.system == a.system) & (n.kind == a.kind) & n.superseded_seq.missing
            return same & (n.waived | (n.passed & (n.expires_on >= b.day)))

        return a.kind.among(*REQUIRED) & (a.day <= b.day) & lacks(Assessment, current)

    system = latest(Assessment, lambda a: a.system, lapsed)
    return breach(has(Assessment, lapsed), asked=b.day, year=b.year, system=system)
