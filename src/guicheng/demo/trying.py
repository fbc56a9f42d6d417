"""Assessments and the trial run: grading, the security test, the clock of each component and what starts it again."""

from datetime import date, timedelta
from typing import Any

from guicheng.demo import cast
from guicheng.demo.life import Life
from guicheng.demo.paying import pay
from guicheng.law.periods import add_months

ASSESSED = (
    ("mlps", "等级保护测评", "符合"), ("risk", "信息安全风险评估", "无不可接受风险"), ("crypto", "密码应用安全性评估", "符合"),
)  # fmt: skip
"""The three assessments of 第十二条(五)."""


def assess(life: Life) -> None:
    """Grading and its filing, a security test before the trial; the three assessments while it runs."""
    if not life.software:
        return
    level = 3 if life.spec.wan >= 200 else 2
    life.wait(6)
    life.act(
        "grade-system", "fang.zhi", system="XT-1", name=life.spec.title, boundary="政务云业务区及其接入边界", version="1.0",
        components=[r for r, *_ in life.components], data_level=level, service_level=2, level=level, graded_on=life.day,
        expert_review="专家评审通过", report=life.paper("定级报告"),
    )  # fmt: skip
    life.wait(12)
    life.act(
        "file-grading", "fang.zhi", system="XT-1", filing_number=life.number("淮公网安备", "号"), filed_on=life.day,
        filed_with="淮安市公安局", filing_proof=life.paper("备案证明"),
    )  # fmt: skip
    assessment(life, "test", "安全测试", "未发现高危问题", 8)


def assessment(life: Life, kind: str, name: str, conclusion: str, wait: int, **more: Any) -> None:
    life.wait(wait)
    firm = cast.ASSESSORS[1 if kind == "crypto" else 0]
    life.act(
        "record-assessment", "fang.zhi", ref=f"{name}-{sum(x['act'] == 'record-assessment' for x in life.lines) + 1}",
        system="XT-1", kind=kind, version="1.0", scope="全系统", assessor=firm.name, competence="现行有效的测评机构资质",
        reported_on=life.day, conclusion=conclusion, passed=True, papers=[life.paper(f"{name}报告")], **more,
    )  # fmt: skip


def trial(life: Life) -> None:
    refs = [r for r, *_ in life.components]
    life.act(
        "accept-trial-run", life.filer, 8, components=refs, outcome="passed", deployed="已按方案安装部署",
        function_check="功能与合同逐项相符", documents_check="资料齐全", minutes=life.paper("试运行验收记录"),
        attended_by=["建设处室", "网络信息技术处", life.contractor.name],
    )  # fmt: skip
    pay(life, "HT-1", "初验", life.contractor)
    life.wait(2)
    for ref, *_ in life.components:
        life.act(
            "start-trial", life.filer, component=ref, system="XT-1" if life.software else None, scope="两个窗口、内部用户",
            users="窗口人员20名", data_nature="desensitised", public=False, plan=life.paper(f"试运行方案{ref}"),
            rollback="保留原流程，数据每日备份，可在1小时内回退",
        )  # fmt: skip
    begun = life.day
    if life.told("restart"):
        begun = restart(life, refs[0])
    if life.told("restart-twice"):
        begun = restart(life, refs[0], 2)
    if life.software:
        for kind, name, conclusion in ASSESSED:
            assessment(life, kind, name, conclusion, 12)
    life.mark("trial")
    life.act("give-guidance", "fang.zhi", 2, occasion="trial", opinion="试运行平稳，资料完整", agreed=True)
    life.act(
        "list-software", life.staff["contractor"], 1, ref="RJ-1", title="软件清单", scope="全系统 1.0",
        checked_by="方志",
        items=[
            {"name": "业务系统", "version": "1.0", "origin": "custom"},
            {"name": "国产数据库", "version": "8", "origin": "commercial", "copies": 2, "proof": life.paper("数据库授权")},
            {"name": "开源组件集", "version": "2024", "origin": "open-source", "licence": "Apache-2.0"},
        ],
    )  # fmt: skip
    life.until(add_months(begun, 3 if life.software else 1) + timedelta(days=1))


def restart(life: Life, component: str, n: int = 1) -> date:
    """A major fault: the contractor logs it, the supervisor gives a view, the owner confirms; the clock starts again."""
    life.wait(20)
    happened = life.day
    event = f"SJ-{n}"
    life.act(
        "log-trial-event", life.staff["contractor"], ref=event, component=component, kind="fault", severity="major",
        happened_on=happened, ended_on=happened, cause="数据库连接耗尽，业务中断两小时", handling="扩容连接池并修复泄漏",
    )  # fmt: skip
    life.act(
        "confirm-restart", life.filer, 2, event=event, restarts=True, restart_on=life.day, supervisor_view="属重大故障，应重新计时",
    )  # fmt: skip
    return life.day
