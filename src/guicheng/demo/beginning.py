"""Initiation as it goes: filing, papers, discussion, budget, party group, reviews, approval."""

from datetime import timedelta
from typing import Any

from guicheng.demo import cast
from guicheng.demo.life import Life, Reached

NOT_BUILT = "huaian2023:12(4).supervision-missing", "huaian2023:12(4).audit-missing"
CITY_RULE = "淮安市市级政务信息化项目建设管理办法第十八条（小额和标准设备项目可不单独委托）"
DEPARTMENTS = (
    ("data", "淮安市大数据管理局"),
    ("development", "淮安市发展和改革委员会"),
    ("cryptography", "淮安市密码管理局"),
)


def begin(life: Life) -> None:
    """From filing to approval; raises Reached where this life stops."""
    file(life)
    study(life)
    discuss(life)
    budget(life)
    decide(life)
    review(life)
    approve(life)


def file(life: Life) -> None:
    spec = life.spec
    planned = not life.told("unplanned")
    life.act(
        "file-project", life.filer, classified="no", judged_by="保密专员 褚言", title=spec.title, unit=spec.unit,
        leader="处室负责人", contact=life.filer, contact_phone="0517-00000000",
        components=[{"ref": r, "kind": k, "name": n, "new_system": k == "software"} for r, k, n in life.components],
        planned=planned, plan_line=f"{spec.start.year}-{spec.code[-3:]}" if planned else None,
        unplanned_reason=None if planned else "上级部署的专项任务，年中下达，未及列入年度安排",
        basis="市局年度重点工作安排", background="现有业务靠人工流转和线下台账，群众多跑、部门难核，亟需以信息化手段改进。",
        content=f"建设{spec.title}，含{'、'.join(n for _, _, n in life.components)}。", estimate=spec.amount,
        funds="市级财政预算", starts_on=spec.start, ends_on=spec.start + timedelta(days=540), reuse_checked=True,
        reuse="复用统一身份认证、电子证照和政务云资源", cloud=True, uses_data=True,
        sharing="所需数据从市级共享平台获取，产生的数据编目共享", unit_opinion="同意报备",
        papers=[life.paper("项目报备表")],
    )  # fmt: skip
    life.mark("new")
    if spec.stop == "returned":
        life.act("return-filing", "zhou.mingyuan", 4, returned_reason="请补充与现有终端设备的重复核查情况")
        raise Reached
    if life.index % 7 == 3:
        life.act("return-filing", "xu.jing", 3, returned_reason="估算没有列出安全投入，请补充")
        life.act("complete-filing", life.filer, 5, completion="已补充安全投入估算和依据")
    life.act("acknowledge-filing", "zhou.mingyuan", 3, received_by="周明远", received_opinion="材料齐全，予以接收")
    life.mark("filed")
    if life.told("major"):
        life.act(
            "flag-major",
            "zhou.mingyuan",
            1,
            major=True,
            criterion="public-facing",
            reason="面向全市群众和企业，影响面大",
        )


def study(life: Life) -> None:
    spec = life.spec
    life.act(
        "submit-requirement", life.filer, 10, ref="XQ-1", title="业务需求说明书", digest=life.paper("业务需求说明书"),
        business="窗口受理、部门审核、结果送达全程网办；现状为线下流转，平均跑动两次以上。",
        functions="统一受理、分类审核、统一出件、进度查询、统计分析。", performance="并发500，响应2秒以内，年办件30万",
        users="窗口人员、审批人员、群众和企业", surveyed=True, survey="走访6个窗口、问卷调查120份、函询3家同行单位",
        signed_by="处室负责人",
    )  # fmt: skip
    plan(life, "FA-1", None)
    life.mark("study")
    if life.told("exempt-study"):
        cause = {"om": "om", "hardware": "hardware"}.get(spec.kind, "small")
        life.act(
            "exempt-feasibility", "zhou.mingyuan", 6, ref=life.number("淮网信办免", "号"), cause=cause,
            reason="建设内容单一、技术成熟，方案已含网络安全篇章", agreed_on=life.day,
        )  # fmt: skip
    else:
        firm = cast.STUDIES[0]
        life.act(
            "submit-feasibility", life.filer, 35, ref=life.number("远见咨", "号"), body=firm.name,
            contract=life.number("可研委托", "号"), commissioned_on=spec.start + timedelta(days=10), competent=True,
            competence="工程咨询单位备案及同类业绩5项", competence_issuer="全国投资项目在线审批监管平台备案",
            author="项目咨询负责人", digest=life.paper("可行性研究报告"), finished_on=life.day, conclusion="feasible",
            summary="需求真实，方案可行，投资合理，安全投入占比符合要求。",
        )  # fmt: skip
    life.act(
        "submit-security-chapter", life.filer, 3, ref="AQ-1", digest=life.paper("网络安全篇章"), written_by="安全设计负责人",
        carrier="plan" if life.told("exempt-study") else "feasibility",
        items=[{"number": n, "answer": "已在方案相应章节逐项说明"} for n in range(1, 17)],
    )  # fmt: skip
    if life.told("exempt-supervision"):
        for rule in NOT_BUILT:
            life.act("grant-exemption", "zhou.mingyuan", 1, rule=rule, reason="金额小、无工程施工内容", basis=CITY_RULE)
    estimate(life)


def plan(life: Life, ref: str, changes: str | None) -> None:
    life.act(
        "submit-plan", life.filer, 12, ref=ref, title=f"{life.spec.title}建设方案", digest=life.paper(f"建设方案{ref}"),
        goals="办理时限压缩50%以上，群众满意度98%以上", content="应用系统、数据对接、安全加固、培训推广",
        route="微服务架构，统一身份认证，国产数据库与操作系统", deployment="市政务云，政务外网",
        reuse_checked=True, reuse="核查市级系统目录，无重复建设；复用身份认证、证照、支付等公共组件",
        uses_data=True, sharing_planned=True, sharing="编制数据资源目录，办件数据实时归集共享",
        security_met=True, security="按等级保护三级设计，部署主机防护、数据库审计和国密改造",
        security_synchronous=True, secrecy_met=True, secrecy="不涉及国家秘密，工作秘密按规定管理", secrecy_reviewed_by="褚言",
        standards=[
            {"code": "GB/T 22239", "title": "信息安全技术 网络安全等级保护基本要求", "year": 2019},
            {"code": "GB/T 39786", "title": "信息安全技术 信息系统密码应用基本要求", "year": 2021},
        ],
        proposed_level=3 if life.spec.wan >= 200 else 2, cryptography="采用SM2、SM3、SM4，接入市级密码服务平台",
        schedule="立项后三个月内完成采购，六个月内完成开发", changes=changes,
    )  # fmt: skip


def estimate(life: Life) -> None:
    """Security at 6 to 9 per cent, supervision and audit in it, the rest over two fiscal years when it starts late."""
    spec, year = life.spec, life.spec.start.year
    security = life.share(9000 if spec.kind == "security" else 600 + 50 * (life.index % 6))
    fees = (
        [] if not life.supervised else [("监理费", "supervision", life.share(200)), ("审计费", "audit", life.share(60))]
    )
    fees.append(("测评费", "assessment", life.share(180)))
    rest = spec.amount - security - sum(a for *_, a in fees)
    main = next(ref for ref, *_ in life.components)
    lines: list[tuple[str, str, int]] = [
        ("主要建设内容", "none", rest),
        ("安全设备与服务", "security", security),
        *fees,
    ]
    life.act(
        "submit-estimate", life.filer, 4, ref="GS-1", price_basis="三家询价及同类项目历史合同", prepared_by="预算专员",
        yearly_om=life.share(800),
        lines=[
            {"ref": f"L{i}", "name": n, "tag": t, "amount": a, "year": year, "component": main}
            for i, (n, t, a) in enumerate(lines, 1)
        ],
    )  # fmt: skip
    life.act("confirm-security-lines", "fang.zhi", 3, lines=["L2"], opinion="安全投入列支合理，予以确认")


def discuss(life: Life) -> None:
    attendees = [
        {"body": "construction", "person": life.filer}, {"body": "technology", "person": "方志"},
        {"body": "general-office", "person": "丁海燕"}, {"body": "legal", "person": "谭律言"},
    ]  # fmt: skip
    life.wait(8)
    life.act(
        "hold-discussion", "zhou.mingyuan", ref="YT-1", plan="FA-1", held_on=life.day, place="市局三楼会议室",
        host="周明远", attendees=attendees, conclusion="proceed", summary="方案总体可行，提出三条意见，修改完善后继续。",
        comments=[
            {"ref": "Y1", "body": "technology", "text": "请明确与统一身份认证平台的对接方式"},
            {"ref": "Y2", "body": "general-office", "text": "请细化分年资金安排"},
            {"ref": "Y3", "body": "legal", "text": "建议合同中约定源代码交付"},
        ],
        minutes=life.paper("研讨纪要"),
    )  # fmt: skip
    life.mark("discussed")
    plan(life, "FA-2", "按研讨意见补充了对接方式和分年资金安排")
    life.act("close-comment", life.filer, 1, comment="Y1", outcome="adopted", plan="FA-2")
    life.act(
        "close-comment", life.filer, comment="Y2", outcome="partly", reason="资金一次安排，分节点支付", plan="FA-2"
    )
    life.act("close-comment", life.filer, comment="Y3", outcome="adopted", plan="FA-2")


def budget(life: Life) -> None:
    spec = life.spec
    life.act(
        "check-budget", "ding.haiyan", 6, ref=life.number("预算把关", "号"), year=spec.start.year, requested=spec.amount,
        amount=spec.amount, funds="fiscal", funds_secured=True, in_budget=True, budget_code=f"YS{spec.code[3:]}",
        last_grade="none", opinion="agreed", remark="当年预算已安排",
    )  # fmt: skip
    life.mark("budget")
    if spec.stop == "withdrawn":
        life.act(
            "withdraw-project", life.filer, 9, reason="业务需求调整，拟并入其他项目统一建设", agreed_by="处室负责人"
        )
        raise Reached


def decide(life: Life) -> None:
    meeting: dict[str, Any] = {"due": 9, "present": 8}
    if life.told("major"):
        life.wait(5)
        life.act(
            "decide-by-leading-group", "bai.xingzhou", ref=life.number("网信领导小组纪要", "号"), held_on=life.day,
            meeting=f"{life.day.year}年领导小组专题会议", conclusion="agreed", opinion="同意建设，注重实效", **meeting,
        )  # fmt: skip
    life.act(
        "submit-to-party-group", "ding.haiyan", 5, ref="YT-DZ-1", topic=f"审议{life.spec.title}", reporter="建设处室",
        summary="研讨意见已办结，预算已落实，安全投入符合要求。",
    )  # fmt: skip
    for n, (department, organ) in enumerate(DEPARTMENTS, 1):
        life.act(
            "dispatch-review", "zhou.mingyuan", ref=f"SS-{n}", department=department, organ=organ,
            letter=life.number("淮审批函", f"-{n}号"), sender="bureau", liaison="方志",
        )  # fmt: skip
    life.wait(6)
    life.act(
        "decide-by-party-group", "gu.changfeng", ref=life.number("党组纪要", "号"), submission="YT-DZ-1",
        meeting=f"{life.day.year}年局党组会议", held_on=life.day, conclusion="agreed", opinion="原则同意，严格管理", **meeting,
    )  # fmt: skip
    life.mark("party")


def review(life: Life) -> None:
    refused = life.told("refused")
    life.mark("review")
    for n, (department, organ) in enumerate(DEPARTMENTS, 1):
        life.wait(5)
        conditional = life.told("conditional") and department == "cryptography"
        outcome = "refused" if refused and department == "data" else "conditional" if conditional else "passed"
        opinion = {
            "passed": "方案符合要求，同意",
            "conditional": "补充密码应用方案后同意",
            "refused": "与省级大屏系统功能重复，不予通过",
        }
        data: dict[str, Any] = {"conditions": ["补充密码应用方案并通过评估"]} if conditional else {}
        life.act(
            "record-review", "fang.zhi", review=f"SS-{n}", method="meeting", outcome=outcome, opinion=opinion[outcome],
            opinion_number=f"{organ}评审意见", answered_on=life.day, **data,
        )  # fmt: skip
    if refused:
        life.act(
            "reject-project", "zhou.mingyuan", 7, body=DEPARTMENTS[0][1], number=life.number("淮数据函", "号"),
            reason="与省级系统功能重复", may_refile=True,
        )  # fmt: skip
        raise Reached
    if life.told("conditional"):
        life.act(
            "close-condition",
            life.follower,
            12,
            condition="SS-3/1",
            how="密码应用方案已通过评估",
            checked_by="密码部门",
        )
    life.act(
        "review-process-legality", "tan.lvyan", 3, ref=life.number("淮审批法审", "号"), scope="initiation", outcome="passed",
        steps=["报备", "研讨", "预算把关", "党组审定", "外部评审"], opinion="立项程序合法",
    )  # fmt: skip


def approve(life: Life) -> None:
    life.act(
        "approve-project", "xu.jing", 4, ref=life.number("淮数据立", "号"), body="淮安市大数据管理局",
        amount=life.spec.amount, conditions="严格控制投资，加强数据共享", papers=[life.paper("立项批复")],
    )  # fmt: skip
    life.act(
        "divide-duties", "zhou.mingyuan", 5, ref="FG-1", title="项目职责分工表", leader=life.filer,
        paper=life.paper("职责分工表"),
        pieces=[
            {"task": t, "unit": u, "person": who}
            for t, u, who in (
                ("tender-papers", "建设处室", life.follower), ("procurement", "办公室", "丁海燕"),
                ("implementation", "建设处室", life.filer), ("acceptance", "建设处室", life.filer),
                ("security", "网络信息技术处", "方志"),
            )
        ],
    )  # fmt: skip
    life.mark("approved")
