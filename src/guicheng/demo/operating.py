"""Operation and what follows: assets, settlement, training, changes, evaluation, hand-over, retirement."""

from datetime import timedelta
from typing import Any

from guicheng.demo import cast
from guicheng.demo.building import main_amount
from guicheng.demo.life import Life, Reached
from guicheng.demo.paying import pay
from guicheng.demo.trying import ASSESSED, assessment
from guicheng.law.periods import add_months

GRADES = {
    "evaluated-excellent": ("优", 95), "evaluated-good": ("良", 85), "evaluated-fair": ("中", 70), "evaluated-poor": ("差", 50),
}  # fmt: skip


def serve(life: Life) -> None:
    """A year of operation and maintenance: no trial; accepted and paid at its end."""
    life.wait(300)
    life.act("give-guidance", "fang.zhi", occasion="operation", opinion="运维服务符合合同", agreed=True)


def operate(life: Life) -> None:
    life.act(
        "put-into-operation", life.filer, 4, owner=life.follower, regime=life.paper("运维管理制度"),
        emergency_plan=life.paper("应急预案"), scope="全市政务服务窗口", notice=life.number("淮审批告", "号"),
    )  # fmt: skip
    if not life.told("late-assets"):
        assets(life)
    pay(life, "HT-1", "终验", life.contractor)
    settle(life)
    train(life)
    changes(life)
    incidents(life)
    evaluate(life)
    leave(life)


def assets(life: Life) -> None:
    value = main_amount(life)
    last = len(life.components)
    for n, (ref, kind, name) in enumerate(life.components, 1):
        part = value // last if n < last else value - value // last * (last - 1)
        life.act(
            "register-asset", "ding.haiyan", 3, ref=f"ZC-{life.spec.code[3:]}-{n}", name=name, component=ref, contract="HT-1",
            kind="intangible" if kind == "software" else "fixed", quantity=1, unit_price=part, value=part, acquired_on=life.day,
            user_unit=life.spec.unit, custodian=life.follower, place="市政务云机房", voucher=f"JZ-{life.spec.code[3:]}-{n}",
            rights="归市局所有" if kind == "software" else None, life_months=60,
        )  # fmt: skip
    life.act(
        "hand-over-results", life.filer, 2, contract="HT-1", handed_by="项目经理", received_by=life.follower,
        items=[{"kind": k, "name": n} for k, n in HANDED[: 5 if life.software else 2]],
        source_place="市局代码仓库" if life.software else None, verified="核验可编译、可部署",
    )  # fmt: skip


HANDED = (
    ("document", "全套文档"),
    ("account", "管理账号"),
    ("source", "源代码"),
    ("build", "部署包"),
    ("licence", "授权文件"),
)


def settle(life: Life) -> None:
    amount = main_amount(life)
    if life.supervised:
        life.wait(10)
        security = amount * 7 // 100 if life.spec.kind != "security" else amount * 90 // 100
        life.act(
            "audit-settlement", life.staff["auditor"], ref=life.number("明烛审", "号"), auditor=cast.AUDITORS[0].name,
            submitted=amount, amount=amount, security_amount=security, reported_on=life.day, findings="未发现重大问题",
            papers=[life.paper("结算审计报告")],
        )  # fmt: skip
        life.act(
            "settle", "ding.haiyan", 6, amount=amount, security_amount=security, report=life.number("明烛审", "号"),
            papers=[life.paper("结算书")],
        )  # fmt: skip


def train(life: Life) -> None:
    life.wait(10)
    life.act(
        "train-users", life.follower, kind="training", held_on=life.day, topic="系统操作培训", audience="窗口人员", people=86,
        content="考核合格率98%",
    )  # fmt: skip
    if life.told("drill"):
        life.wait(60)
        life.act(
            "record-drill", life.follower, held_on=life.day, plan=life.paper("应急预案"), scenario="数据库故障切换", participants=12,
            result="38分钟恢复，符合预案要求",
        )  # fmt: skip


SHARES = {"change-near": (980,), "change-cap": (1000,), "change-several": (400, 350, 249)}
"""Ten-thousandths of the settled cost that the changes of a story spend: near the cap, at it, several together."""


def changes(life: Life) -> None:
    for story, shares in SHARES.items():
        if life.told(story):
            for n, share in enumerate(shares, 1):
                change(life, n, main_amount(life) * share // 10_000)


def change(life: Life, n: int, cost: int) -> None:
    life.wait(25)
    ref = f"BG-{n}"
    life.act(
        "plan-change", life.filer, ref=ref, phase="use", category="function", title="新增联办事项", reason="上级新增事项",
        content="增加三个联办事项及配套接口", impact="不涉及架构和定级", cost=cost, plan=life.paper(f"变更实施方案{n}"),
        security_cost=cost * 8 // 100, begins_on=life.day + timedelta(days=8), finish_by=life.day + timedelta(days=60),
        emergency="变更前全量备份，失败后2小时内回退", reassess=False,
    )  # fmt: skip
    life.act(
        "file-change",
        life.filer,
        3,
        change=ref,
        situation="变更方案、费用和回退措施",
        receipt=f"回执-{ref}",
        filed_by="徐静",
    )
    life.wait(40)
    life.act(
        "finish-change", life.filer, change=ref, started_on=life.day - timedelta(days=30), finished_on=life.day, cost=cost,
        carried_out="按方案完成", verification="回归测试通过",
    )  # fmt: skip


def incidents(life: Life) -> None:
    if life.told("incident"):
        life.wait(30)
        life.act(
            "record-incident", life.follower, ref="SG-1", title="市政务云网络抖动", kind="outage", grade="general", cause="链路切换",
            happened_on=life.day, restored_on=life.day, impact="窗口办理中断20分钟", handling="启用备用链路", plan_used=True,
        )  # fmt: skip
    if life.told("claim"):
        life.wait(40)
        found = life.day
        life.act(
            "claim-warranty", life.follower, ref="BX-1", contract="HT-1", title="终端无法启动", severity="general",
            fault="两台终端开机黑屏", found_on=found,
        )  # fmt: skip
        life.act(
            "answer-claim", life.staff["contractor"], 1, claim="BX-1", responded_on=life.day, repaired_on=life.day,
            cause="电源模块故障", measures="更换备件", accepted=True,
        )  # fmt: skip


def evaluate(life: Life) -> None:
    for story, (grade, score) in GRADES.items():
        if life.told(story):
            commissioned = next(x for x in life.lines if x["act"] == "put-into-operation")["on"]
            begun = life.day.fromisoformat(commissioned)
            life.until(add_months(begun, 11))
            assess_year(life, grade, score, begun)


def assess_year(life: Life, grade: str, score: int, begun: Any) -> None:
    amount = main_amount(life)
    report = f"JX-{life.day.year}"
    life.act(
        "evaluate-performance", life.filer, ref=report, year=life.day.year, period_from=begun, period_to=life.day,
        goals="办理时限压缩50%，满意度98%", budgeted=amount, executed=amount, grade=grade, evaluator="市局绩效评估组",
        dimensions=[
            {"dimension": d, "weight": 25, "score": score, "indicators": "达到年度目标" if score >= 80 else "部分目标未达到"}
            for d in ("building", "funds", "efficiency", "effect")
        ],
        problems="部分功能使用率不高" if score < 90 else "无", advice="继续推广", papers=[life.paper(f"绩效评估报告{life.day.year}")],
    )  # fmt: skip
    renew(life)
    life.wait(10)
    life.act(
        "request-operation-budget", life.filer, ref=f"YF-{life.day.year}", year=life.day.year + 1, amount=life.share(800),
        items=[{"name": "运维服务", "amount": life.share(800)}], content="下年度运行维护", rests_on=report,
        poor_reason="系统即将下线，仅安排过渡期经费" if grade == "差" else None,
    )  # fmt: skip


def renew(life: Life) -> None:
    """The yearly assessments of a system in use, before next year's money is asked for."""
    if life.software:
        for kind, name, conclusion in ASSESSED:
            assessment(life, kind, name, conclusion, 2)


def leave(life: Life) -> None:
    if life.told("transferred"):
        life.act(
            "transfer-system", life.filer, 30, to_unit="zwfw", owner="cao.peng", regime=life.paper("运维管理制度（新）"),
            emergency_plan=life.paper("应急预案（新）"), handed="系统、文档、账号、源代码", agreed_by="局长办公会纪要",
        )  # fmt: skip
    if life.spec.stop == "retired":
        life.act(
            "retire-system", life.filer, 40, reason="功能并入省级统一平台", decided_by="局长办公会", decision=life.number("淮审批", "号"),
            stopped_on=life.day, data_fate="migrated", data_record="数据迁移核对单", filing_cancelled="已注销", replacement="省级平台",
            assets=[{"asset": f"ZC-{life.spec.code[3:]}-1", "disposal": "scrapped", "approval": "处置批复"}],
            papers=[life.paper("下线审批表")],
        )  # fmt: skip
        raise Reached
