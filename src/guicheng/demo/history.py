"""Projects of before, recorded as history: facts that nobody knows any more, papers that are lost, and old breaches."""

from datetime import date
from typing import Any

from guicheng.demo.life import Life, Spec

DAY = date(2023, 4, 26)
"""The week in which the old files were taken over."""

CODES = ("HA-2019-001", "HA-2020-002", "HA-2021-003", "HA-2021-004", "HA-2022-005")
PAST = (
    Spec(
        CODES[0],
        "政务服务综合管理平台（一期）",
        "zwfw",
        date(2019, 6, 3),
        380,
        "software",
        "history",
        ("short-warranty",),
    ),
    Spec(
        CODES[1],
        "市民中心综合布线与机房建设",
        "fwzx",
        date(2020, 3, 16),
        520,
        "hardware",
        "history",
        ("lost-approval",),
    ),
    Spec(CODES[2], "热线平台话务系统", "rexian", date(2021, 4, 12), 145, "software", "history", ("unaccepted",)),
    Spec(
        CODES[3],
        "公共资源交易监管大屏",
        "ggzy",
        date(2021, 9, 6),
        96,
        "hardware",
        "history",
        ("lost-approval", "unaccepted"),
    ),
    Spec(CODES[4], "企业登记自助终端", "sczr", date(2022, 5, 23), 72, "hardware", "history", ()),
)


def histories() -> list[list[dict[str, Any]]]:
    return [recorded(spec, i) for i, spec in enumerate(PAST)]


def recorded(spec: Spec, index: int) -> list[dict[str, Any]]:
    """What the old file still shows; the rest stays unknown."""
    life = Life(spec, index, date(2023, 12, 31))
    life.day = DAY
    life.act(
        "file-project", life.filer, classified="no", judged_by="保密专员 褚言", title=spec.title, unit=spec.unit,
        components=[{"ref": r, "kind": k, "name": n} for r, k, n in life.components], estimate=spec.amount,
    )  # fmt: skip
    lost = [
        "discussion",
        "budgetcheck",
        "partydecision",
        "partysubmission",
        "review",
        "processopinion",
        "filing",
        "plan",
    ]
    lost += ["requirement", "securitychapter", "feasibility", "estimate", "estimateline", "division", "tender", "award"]
    lost += [
        "procurementplan",
        "contractopinion",
        "contractdraft",
        "guidance",
        "trial",
        "trialacceptance",
        "application",
    ]
    lost += ["approval"] if life.told("lost-approval") else []
    life.act("record-gaps", life.filer, lost=sorted(lost), reason="2023年4月清理历史项目，原经办人已调离，档案不全")
    if not life.told("lost-approval"):
        life.act(
            "approve-project",
            "zhou.mingyuan",
            ref=life.number("旧立项", "号"),
            body="市发展和改革委员会",
            amount=spec.amount,
        )
    life.act(
        "sign-contract", life.filer, ref="旧HT-1", kind="main", title=f"{spec.title}合同", supplier=life.contractor.name,
        amount=spec.amount * 95 // 100, ip_owner="bureau" if index % 2 else "silent",
        warranty_months=12 if life.told("short-warranty") else None,
    )  # fmt: skip
    life.act("start-implementation", life.filer, contract="旧HT-1")
    if not life.told("unaccepted"):
        contractor = life.appoint(life.contractor, "contractor", "原项目经理")
        life.act("apply-for-acceptance", contractor, contract="旧HT-1")
        life.act("conclude-acceptance", life.filer, ref="旧YS-1", outcome="passed", place="市局")
    life.act("put-into-operation", life.filer, owner=life.follower)
    return [line | {"history": True} if line["project"] == spec.code else line for line in life.lines]
