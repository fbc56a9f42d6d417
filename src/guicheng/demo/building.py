"""From the procurement plan to the end of the trial run: buying, contracts, implementation, assessments, trial."""

from datetime import date, timedelta
from typing import Any

from guicheng.demo import cast
from guicheng.demo.life import Life, Reached
from guicheng.law.periods import add_months

WATCHED = {"supervision": ("监理", 200), "audit": ("审计", 60), "assessment": ("测评", 180)}
ASSESSED = (
    ("mlps", "等级保护测评", "符合"), ("risk", "信息安全风险评估", "无不可接受风险"), ("crypto", "密码应用安全性评估", "符合"),
)  # fmt: skip
"""The three assessments of 第十二条(五)."""


def build(life: Life) -> None:
    """From approval to a finished trial; raises Reached where this life stops."""
    appropriate(life)
    buy(life)
    contract(life)
    start(life)
    if life.spec.kind == "om":
        return
    assess(life)
    trial(life)


def main_kind(life: Life) -> str:
    return "om" if life.spec.kind == "om" else "main"


def main_amount(life: Life) -> int:
    """The award: 95 per cent of the money for the main thing, in whole hundreds of yuan."""
    return life.share(8600)


def appropriate(life: Life) -> None:
    life.act(
        "appropriate", "ding.haiyan", 6, ref=life.number("淮财指", "号"), year=life.day.year, source="财政预算资金",
        budget_code=f"YS{life.spec.code[3:]}", amount=life.spec.amount, origin="annual",
    )  # fmt: skip


def carry_over(life: Life) -> None:
    """Money that was not spent in its year is made available again in the next one before it is paid."""
    given = [x["data"] for x in life.lines if x["act"] == "appropriate"]
    if life.day.year in {g["year"] for g in given}:
        return
    paid = sum(x["data"]["amount"] for x in life.lines if x["act"] == "pay")
    life.act(
        "appropriate", "ding.haiyan", ref=life.number("淮财结转", f"-{life.day.year}号"), year=life.day.year,
        source="上年结转", budget_code=f"YS{life.spec.code[3:]}", amount=life.spec.amount - paid, origin="carried-over",
    )  # fmt: skip


def buy(life: Life) -> None:
    """The plan by 办公室, the documents, the award: openly above 200 万元, by consultation below."""
    open_tender = life.spec.wan >= 200
    ref, kind = "CG-1", main_kind(life)
    life.act(
        "file-procurement-plan", "ding.haiyan", 5, ref=ref, item=life.spec.title, category="services",
        route="procurement-law", method="open-tender" if open_tender else "consultation", budget=life.spec.amount,
        filing_number=life.number("采计", "号"), survey=life.paper("需求调查报告"), reviewed_by="采购审查小组",
        method_reason=None if open_tender else "技术复杂，需与供应商磋商确定", sme_reserved=0,
    )  # fmt: skip
    life.mark("procurement")
    life.act("give-guidance", "fang.zhi", 4, occasion="tender", opinion="采购需求完整，安全要求明确", agreed=True)
    life.wait(3)
    life.act(
        "publish-tender", life.follower, ref="ZB-1", plan=ref, kind=kind, title=life.spec.title,
        method="open-tender" if open_tender else "consultation", documents=life.paper("采购文件"),
        deadline_on=life.day + timedelta(days=22 if open_tender else 12), ceiling=life.share(9000), bid_bond=0,
        place="江苏政府采购网", demands=[],
    )  # fmt: skip
    life.wait(24 if open_tender else 14)
    life.act(
        "record-award", life.follower, ref="TZS-1", tender="ZB-1", supplier=life.contractor.name,
        supplier_size=life.contractor.size, amount=main_amount(life), decided_on=life.day, committee=7 if life.spec.wan >= 1000 else 5,
        experts=5 if life.spec.wan >= 1000 else 4, report=life.paper("评审报告"), published_at="江苏政府采购网",
        competence=[{"shows": "依法缴税和社保承诺", "issuer": life.contractor.name}],
    )  # fmt: skip
    life.mark("awarded")


def contract(life: Life) -> None:
    """The main contract, then those of supervision, audit and assessment, each reviewed on its very text."""
    if life.supervised:
        small_contract(life, "supervision", life.supervisor)
        small_contract(life, "audit", cast.AUDITORS[0])
    if life.spec.kind != "om":
        small_contract(life, "assessment", cast.ASSESSORS[0])
    amount, kind = main_amount(life), main_kind(life)
    sign(
        life, "HT-1", kind, life.contractor, amount, award="TZS-1", plan="CG-1", subject="service" if kind == "om" else "development",
        milestones=[("首付", 30, "合同生效"), ("初验", 30, "通过试运行验收"), ("终验", 35, "通过竣工验收"), ("质保", 5, "质保期满")],
    )  # fmt: skip
    life.mark("contracted")


def small_contract(life: Life, kind: str, firm: cast.Firm) -> None:
    """Below the limits the bureau's own purchase rule is followed: a plan, no award."""
    name, share = WATCHED[kind]
    amount = life.share(share)
    ref = f"CG-{kind}"
    life.act(
        "file-procurement-plan", "ding.haiyan", 2, ref=ref, item=f"{name}服务", category="services", route="own-rule",
        method="own-rule", budget=amount, reviewed_by="采购审查小组", sme_reserved=amount,
    )  # fmt: skip
    sign(
        life, f"HT-{kind}", kind, firm, amount, plan=ref, subject="service", milestones=[("一次付清", 100, "提交成果")]
    )


def sign(
    life: Life, ref: str, kind: str, firm: cast.Firm, amount: int, *, plan: str, subject: str,
    milestones: list[tuple[str, int, str]], award: str | None = None, amends: str | None = None,
) -> None:  # fmt: skip
    digest, built = life.paper(f"合同{ref}"), kind == "main"
    title = f"{life.spec.title}{WATCHED[kind][0]}合同" if kind in WATCHED else f"{life.spec.title}合同"
    custom = built and life.software
    life.act("draft-contract", life.follower, 2, contract=ref, kind=kind, title=title, digest=digest)
    life.act(
        "review-contract-legality", "tan.lvyan", 4, ref=f"FS-{ref}", contract=ref, digest=digest, outcome="passed",
        opinion="条款完备，权利义务清楚，同意签订", counsel="法律顾问" if custom else None,
        counsel_opinion=f"顾问意见-{ref}" if custom else None,
    )  # fmt: skip
    shares = [amount * part // 100 for _, part, _ in milestones]
    shares[-1] += amount - sum(shares)
    life.act(
        "sign-contract", life.follower, 2, ref=ref, kind=kind, title=title, subject_matter=subject, plan=plan, award=award,
        amends=amends, supplier=firm.name, supplier_size=firm.size, amount=amount, digest=digest, starts_on=life.day,
        finish_on=life.day + timedelta(days=360), pay_days=30, performance_bond=amount * 5 // 100 if built else 0,
        competence=[{"shows": "同类项目业绩与信用承诺", "issuer": firm.name}],
        milestones=[{"name": n, "amount": a, "condition": c} for (n, _, c), a in zip(milestones, shares, strict=True)],
        acceptance_terms=True, acceptance_days=30, trial_months=3 if life.software else 1, warranty_terms=built,
        warranty_months=24 if built else 0, warranty_from="acceptance" if built else None,
        warranty_response_hours=2 if built else None, warranty_repair_hours=24 if built else None, ip_owner="bureau",
        confidentiality=True, data_security=True, custom_software=custom,
        components=[r for r, *_ in life.components] if built or kind == "om" else [],
    )  # fmt: skip
    life.act("publish-contract", life.follower, 1, contract=ref, published_at="江苏政府采购网")
    life.act("file-contract", life.follower, 2, contract=ref, filing_number=f"BA-{life.spec.code[3:]}-{ref}")


def start(life: Life) -> None:
    life.staff = staff(life)
    life.act(
        "start-implementation", life.filer, 5, contract="HT-1", finish_by=life.day + timedelta(days=300), leader=life.filer,
        contractor_leader="项目经理", plan=life.paper("实施计划"), order=life.paper("开工报告"),
        security_measures="同步部署主机防护、日志审计，开发环境与生产环境隔离",
    )  # fmt: skip
    pay(life, "HT-1", "首付", life.contractor)
    if life.told("suspended"):
        life.act("suspend", life.filer, 30, reason="等待上级统一标准发布")
        raise Reached
    if life.spec.stop == "terminated":
        life.act("terminate", life.filer, 60, reason="机构职能调整，业务并入其他单位", decided_by="局长办公会")
        raise Reached
    if life.spec.kind == "om":
        return
    if life.supervised:
        report(life, "plan", "监理规划")
    for n in range(1, 3):
        progress(life, n)
    life.act(
        "give-guidance", "jiang.yue", 5, occasion="implementation", opinion="进度正常，注意数据迁移核对", agreed=True
    )
    life.mark("implementation")


def staff(life: Life) -> dict[str, str]:
    """The outside people of this project, appointed when the contracts are signed."""
    found = {"contractor": life.appoint(life.contractor, "contractor", "承建单位项目经理")}
    if life.supervised:
        found["supervisor"] = life.appoint(life.supervisor, "supervisor", "总监理工程师")
        found["auditor"] = life.appoint(cast.AUDITORS[0], "auditor", "审计项目负责人")
    if life.spec.kind != "om":
        found["assessor"] = life.appoint(cast.ASSESSORS[0], "assessor", "测评项目负责人")
    return found


def report(life: Life, kind: str, title: str) -> None:
    life.act(
        "report-supervision", life.staff["supervisor"], 4, kind=kind, quality="质量受控", schedule="按计划推进", opinion="同意",
        safety="安全措施已落实", papers=[life.paper(title)],
    )  # fmt: skip


def progress(life: Life, n: int) -> None:
    begun = life.day
    life.wait(35)
    life.act(
        "report-progress", life.staff["contractor"], contract="HT-1", period_from=begun, period_to=life.day, percent=n * 40,
        done="完成需求确认、设计和部分开发", following="继续开发和联调", behind=False, papers=[life.paper(f"第{n}期进度报告")],
    )  # fmt: skip
    if life.supervised:
        report(life, "monthly", f"第{n}期监理月报")


def pay(life: Life, contract: str, node: str, firm: cast.Firm, wait: int = 3) -> None:
    """A milestone reached, requested by the office that builds, checked by one person of 办公室 and paid by another."""
    signed = next(x for x in life.lines if x["act"] == "sign-contract" and x["data"]["ref"] == contract)["data"]
    amount = next(m["amount"] for m in signed["milestones"] if m["name"] == node)
    ref, milestone = f"FK-{contract}-{node}", f"{contract}/{node}"
    life.act("reach-milestone", life.filer, wait, milestone=milestone, evidence=[life.paper(f"{milestone}佐证")])
    life.act(
        "request-payment", life.filer, 2, ref=ref, contract=contract, milestone=milestone, amount=amount, payee=firm.name,
        budget_code=f"YS{life.spec.code[3:]}", purpose=f"支付{node}款", conditions="节点条件已满足，佐证齐全", disputed=0,
        invoice=f"FP{life.spec.code[3:]}{contract}", invoice_amount=amount, papers=[life.paper(f"{ref}发票")],
    )  # fmt: skip
    life.act(
        "check-payment", "lu.wenbo", 3, request=ref, against_contract=True, against_budget=True, invoice_valid=True,
        budget_left=life.spec.amount, opinion="核对无误",
    )  # fmt: skip
    life.wait(4)
    carry_over(life)
    life.act(
        "pay", "he.qing", ref=f"PZ-{contract}-{node}", request=ref, contract=contract, milestone=milestone, amount=amount,
        papers=[life.paper(f"{ref}支付凭证")],
    )  # fmt: skip


# --- assessments and trial ---------------------------------------------------------------------------------------------


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
