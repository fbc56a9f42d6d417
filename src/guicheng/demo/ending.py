"""Acceptance: the application, the meeting and its three outcomes, and what follows each."""

from datetime import timedelta
from typing import Any

from guicheng.demo import cast
from guicheng.demo.life import Life
from guicheng.demo.operating import operate, serve
from guicheng.law.periods import add_months


def finish(life: Life) -> None:
    """From the application to where the project stands today."""
    if life.spec.kind == "om":
        serve(life)
        return
    accept(life)
    life.mark("accepted")
    operate(life)


# --- acceptance ----------------------------------------------------------------------------------------------------


def apply(life: Life) -> None:
    supervised = life.supervised
    life.act(
        "apply-for-acceptance", life.staff["contractor"], 1, contract="HT-1", to="supervisor" if supervised else "owner",
        owner_reason=None if supervised else "本项目依市级办法豁免监理", components=[r for r, *_ in life.components],
        completed="合同内容全部完成",
        tests=[
            {"kind": k, "title": f"{t}测试报告", "digest": life.paper(f"{t}测试报告"), "tester": "测试组", "tested_on": life.day}
            for k, t in (("function", "功能"), ("performance", "性能"), ("security", "安全"), ("user", "用户"))
        ],
        trial_report=life.paper("试运行报告"), user_opinion=life.paper("用户意见"), changes="无", self_assessment="达到合同要求",
    )  # fmt: skip
    life.mark("applied")
    if supervised:
        life.act(
            "endorse-application", life.staff["supervisor"], 6, summary=life.paper("监理总结"), file_list=life.paper("资料清单"),
            opinion="工程资料齐全，同意验收",
        )  # fmt: skip


def conclude(life: Life, outcome: str, attempt: int) -> None:
    """A meeting of the owner, the technology division, five experts, the contractor and the supervisor."""
    life.wait(8)
    members: list[dict[str, Any]] = [
        {"capacity": "owner", "name": "处室负责人", "person": life.filer, "unit": "建设处室", "votes": True},
        {"capacity": "technology", "name": "方志", "person": "fang.zhi", "unit": "网络信息技术处", "votes": True},
        {"capacity": "contractor", "name": "项目经理", "unit": life.contractor.name, "votes": False},
    ]
    if life.supervised:
        members.append({"capacity": "supervisor", "name": "总监", "unit": life.supervisor.name, "votes": False})
    for n in range(5):
        name = cast.EXPERTS[(life.index + n) % len(cast.EXPERTS)]
        members.append(
            {"capacity": "expert", "name": name, "unit": "市级专家库（虚构）", "title": "高级工程师", "votes": True}
        )
    result = "met" if outcome == "passed" else "blocking"
    checks = [
        {"source": s, "clause": c, "requirement": r, "category": k, "method": "test", "evidence": "现场测试记录", "result": "met"}
        for s, c, r, k in (
            ("tender", "第三章", "支持500并发", "technical"), ("contract", "第五条", "交付源代码和文档", "business"),
            ("plan", "第四章", "按三级等保建设", "security"),
        )
    ]  # fmt: skip
    checks[0] |= {"result": result} | ({} if result == "met" else {"gap": "并发测试未达标"})
    life.act(
        "conclude-acceptance", life.filer, ref=f"YS-{attempt}", held_on=life.day, place="市局一楼会议室", members=members,
        checks=checks, trial_part="试运行满期，运行稳定", inspection_part="现场查检设备和部署", test_part="抽测12项功能",
        questioning_part="专家质询9个问题，答复清楚", documents_part="资料齐全", outcome=outcome, signed_on=life.day,
        report=life.paper(f"验收报告{attempt}"),
    )  # fmt: skip


def accept(life: Life) -> None:
    apply(life)
    attempt = 1
    if life.told("reconsider"):
        conclude(life, "reconsider", attempt)
        attempt += 1
        reconsidered(life)
        apply(life)
    if life.told("fail"):
        conclude(life, "failed", attempt)
        attempt += 1
        rectified(life)
        apply(life)
    conclude(life, "passed", attempt)


def reconsidered(life: Life) -> None:
    """The notice, the waiting of one month from its receipt."""
    by = life.staff["supervisor"] if life.supervised else life.filer
    life.wait(3)
    life.act(
        "notify-reconsideration", by, reasons="并发测试资料不全，专家有不同意见", materials="补充压力测试报告",
        sent_on=life.day, received_on=life.day, delivery="专人送达", receipt=life.paper("送达回执"),
    )  # fmt: skip
    life.mark("reconsideration")
    life.until(add_months(life.day, 1) + timedelta(days=1))


def rectified(life: Life) -> None:
    life.wait(2)
    life.act(
        "order-rectification", life.filer, demands="并发能力须达到合同约定", period=45, unit="days", received_on=life.day,
        notice=life.paper("整改通知书"),
    )  # fmt: skip
    life.mark("rectification")
    life.act(
        "report-rectification",
        life.staff["contractor"],
        30,
        done="优化缓存和数据库索引，复测达标",
        report=life.paper("整改报告"),
    )
