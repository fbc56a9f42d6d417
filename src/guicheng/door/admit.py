"""Whether an act may be done at all: known, well-formed, by this person, at this stage, not too late and not too far back."""

import json
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from guicheng.door.check import denied, wrong_stage
from guicheng.door.clock import today
from guicheng.door.data import as_day, validated
from guicheng.door.look import BUREAU, Found
from guicheng.door.outcome import Outcome, Request, Stopped, Wrong
from guicheng.judge.verdict import Finding
from guicheng.law.act import Act
from guicheng.law.declare import ActSpec
from guicheng.law.regulation import Regulation
from guicheng.ledger.append import bodies
from guicheng.ledger.models import Entry
from guicheng.people.access import reaching
from guicheng.records.project import Project

CODE = re.compile(r"[0-9A-Za-z\u4e00-\u9fff][0-9A-Za-z\u4e00-\u9fff-]{0,63}")
LONGEST = {"project": 64, "act": 80, "by": 64, "role": 32, "id": 128}


@dataclass(frozen=True)
class Asked:
    """A request that was understood: its act, validated, and its business day."""

    law: Regulation
    request: Request
    spec: ActSpec
    act: Act
    day: date


def understand(law: Regulation, request: Request) -> Asked:
    """What is asked, checked as far as that needs no database. Raises Wrong; Stopped for what may not enter at all."""
    spec = law.acts.get(request.act) if isinstance(request.act, str) else None
    if spec is None:
        raise Wrong({"act": [f"没有叫“{str(request.act)[:80]}”的行为，可用 guicheng acts 查看全部"]})
    if rule := spec.cls.barred(request.data):
        raise Stopped("refused", project="", breaches=[Finding(rule, "breached").as_json()])
    _well_formed(request)
    day = as_day(request.on, "on")
    if day > today():
        raise Wrong({"on": [f"办理日期 {day} 晚于今天 {today()}"]})
    if (spec.scope == "bureau") != (request.project == BUREAU):
        chain = f"应写 {BUREAU}" if spec.scope == "bureau" else "应写项目编号"
        raise Wrong({"project": [f"“{spec.title}”的 project {chain}"]})
    if not CODE.fullmatch(request.project):
        raise Wrong({"project": ["项目编号只能用字母、数字、汉字和短横线，至多64个字"]})
    return Asked(law, request, spec, validated(spec, request.data, request.history), day)


def _well_formed(request: Request) -> None:
    """Who, where and under which id must be words that can be stored. Raises Wrong."""
    wrong = {}
    for name, longest in LONGEST.items():
        value = getattr(request, name)
        if value is None and name in ("role", "id"):
            continue
        if not isinstance(value, str) or not 1 <= len(value) <= longest or not value.isprintable():
            wrong[name] = [f"应为1至{longest}个字的文字"]
    if request.after is not None and (type(request.after) is not int or request.after < 0):
        wrong["after"] = ["应为行为序号"]
    if wrong:
        raise Wrong(wrong)


def again(asked: Asked, same: Entry) -> Outcome:
    """An act line repeated with the same id is recognised; another act under a used id is wrong."""
    request, body = asked.request, json.loads(same.body)
    if body["act"] != asked.spec.code:
        raise Wrong({"id": [f"编号 {request.id} 已用于另一行为“{body['act']}”"]})
    return Outcome("skipped", request.project, asked.spec.code, seq=same.seq, hash=same.hash)


def fresh(asked: Asked, found: Found) -> None:
    """Raise Stopped when the asker saw an older state: say what happened meanwhile."""
    seen = asked.request.after
    if seen is None or seen == found.head.seq:
        return
    meanwhile = [{k: b[k] for k in ("seq", "act", "by", "on")} for b in bodies(found.head.code, seen)]
    words = f"您看到的是第{seen}号行为时的情况，此后又有{len(meanwhile)}项办理，请刷新后再办"
    raise Stopped("refused", meanwhile=meanwhile, errors={"after": [words]})


def project_of(asked: Asked, found: Found) -> Project | None:
    """The project as it stands; None on the bureau's chain and before the act that opens one. Raises Wrong."""
    spec, code = asked.spec, asked.request.project
    if spec.scope == "bureau":
        return None
    if spec.opening:
        if found.head.seq:
            raise Wrong({"project": [f"项目编号 {code} 已经用过"]})
        return None
    if found.project is None:
        raise Wrong({"project": [f"没有编号为 {code} 的项目，请先报备"]})
    return found.project


def role_of(asked: Asked, found: Found, project: Project | None) -> str:
    """The role in which the person acts. Raises Stopped('denied') when they may not, Wrong when it is not clear which."""
    spec, request = asked.spec, asked.request
    unit = project.unit if project else str(getattr(asked.act, "unit", "") or "")
    held = reaching(found.posts, unit, spec.by)
    if request.role is not None:
        held = [r for r in held if r == request.role]
    if not held:
        raise Stopped("denied", errors={"by": [denied(spec, request.by, request.role, project)]})
    if len(held) > 1:
        raise Wrong({"role": [f"{request.by} 兼有 {'、'.join(held)} 多个身份，请写明以哪一个办理"]})
    return held[0]


def at_stage(asked: Asked, project: Project) -> None:
    """Raise Stopped('refused') when the act is not done at the project's stage."""
    stop: dict[str, Any] | None = wrong_stage(asked.spec, project)
    if stop:
        raise Stopped("refused", breaches=[stop])


def not_too_far_back(asked: Asked, project: Project) -> None:
    """Back-dating is allowed within a figure's days of the project's last act, and seen beside `recorded`."""
    latest = project.last_on
    if asked.request.history or latest is None:
        return
    most = int(asked.law.figures["door.backdate_days"].on(asked.day))
    if asked.day < latest - timedelta(days=most):
        words = f"办理日期 {asked.day} 早于本项目上一行为 {latest} 超过 {most} 日，不能倒签这么久"
        raise Wrong({"on": [words]})
