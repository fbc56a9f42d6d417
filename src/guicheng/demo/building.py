"""From the procurement plan to the end of the trial run: buying, contracts, implementation, assessments, trial."""

from datetime import timedelta

from guicheng.demo import cast
from guicheng.demo.life import Life, Reached
from guicheng.demo.paying import pay
from guicheng.demo.trying import assess, trial

WATCHED = {"supervision": ("监理", 200), "audit": ("审计", 60), "assessment": ("测评", 180)}


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
