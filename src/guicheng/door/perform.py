"""perform() and preview(): the one door. Nothing about a project changes except through here, for anyone."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, transaction

from guicheng.door import duties, fold
from guicheng.door.check import denied, wrong_stage
from guicheng.door.clock import now, today
from guicheng.door.data import as_data, as_day, validated, with_tokens
from guicheng.door.deed import Deed
from guicheng.door.models import Attempt
from guicheng.door.outcome import Outcome, Request, Stopped, Wrong
from guicheng.judge.edition import base_edition, edition_on, figures_of
from guicheng.judge.verdict import Judgement, blocks, explain, judge, released
from guicheng.law.act import Act, Unfit
from guicheng.law.declare import ActSpec
from guicheng.law.regulation import Regulation
from guicheng.ledger.append import append, bodies, lock, recorded
from guicheng.ledger.models import Chain
from guicheng.people.access import roles_of
from guicheng.records.project import Project
from guicheng.regulations.base import regulation

BUREAU = "bureau"
"""The chain of acts that belong to no project: appointments, plans, editions, interpretations."""

NOTHING = Judgement(frozenset(), frozenset())


def perform(request: Request) -> Outcome:
    """Do one act, or say why not. Accepted: its entry and records are committed together, and every rule of the edition
    was checked over the project as it then stood. Any other outcome changed nothing but the list of refused attempts.
    If the process dies inside, nothing was done; after it returned 'accepted', nothing is lost."""
    outcome = _through(request, keep=True)
    if not outcome.ok:
        _note(request, outcome)
    return outcome


def preview(request: Request) -> Outcome:
    """The outcome that perform would have now, without keeping anything."""
    return _through(request, keep=False)


class _LookBefore(Exception):
    """A rule is breached after the act: the state before it must be judged too."""


class _Undo(Exception):
    """Carries an accepted outcome out of a preview's transaction."""


def _through(request: Request, keep: bool) -> Outcome:
    law = regulation()
    try:
        spec, act, day = _read(law, request)
        try:
            return _once(law, request, spec, act, day, keep, look_before=False)
        except _LookBefore:
            return _once(law, request, spec, act, day, keep, look_before=True)
    except Stopped as stop:
        return Outcome(stop.word, request.project, request.act, **stop.parts)


def _read(law: Regulation, request: Request) -> tuple[ActSpec, Act, date]:
    """What is asked, checked as far as that needs no database."""
    spec = law.acts.get(request.act)
    if spec is None:
        raise Wrong({"act": [f"没有叫“{request.act[:80]}”的行为，可用 guicheng acts 查看全部"]})
    day = as_day(request.on, "on")
    if day > today():
        raise Wrong({"on": [f"办理日期 {day} 晚于今天 {today()}"]})
    if (spec.scope == "bureau") != (request.project == BUREAU):
        chain = f"应写 {BUREAU}" if spec.scope == "bureau" else "应写项目编号"
        raise Wrong({"project": [f"“{spec.title}”的 project {chain}"]})
    if not 1 <= len(request.project) <= 64 or not request.project.replace("-", "").isalnum():
        raise Wrong({"project": ["项目编号只能用字母、数字、汉字和短横线，至多64个字"]})
    return spec, validated(spec, request.data, request.history), day


def _once(
    law: Regulation, request: Request, spec: ActSpec, act: Act, day: date, keep: bool, look_before: bool
) -> Outcome:
    try:
        with transaction.atomic():
            outcome = _inside(law, request, spec, act, day, look_before)
            if not keep:
                raise _Undo(outcome)
            return outcome
    except _Undo as undo:
        return undo.args[0]  # type: ignore[no-any-return]  # the outcome put there above
    except Unfit as unfit:
        raise Wrong(unfit.errors) from None
    except IntegrityError as clash:
        if "_ref" in str(clash) or "ref" in str(clash):
            raise Wrong({"ref": ["这个编号在本项目中已经用过，请换一个"]}) from None
        raise Wrong({"project": ["同时有另一办理抢先完成，请重试"]}) from None


def _inside(law: Regulation, request: Request, spec: ActSpec, act: Act, day: date, look_before: bool) -> Outcome:
    """All of it, in one transaction: lock, may this role act, write, judge, append."""
    head = lock(request.project)
    if request.id and (same := recorded(request.project, request.id)):
        return _again(request, spec, same)
    if request.after is not None and request.after != head.seq:
        _stale(request, head)
    project = _project(law, request, spec, head)
    role = _role(law, request, spec, act, day, project)
    if project is not None:
        if stop := wrong_stage(spec, project):
            raise Stopped("refused", breaches=[stop])
        _not_too_far_back(law, request, day, head)
    bureau_seq = head.seq if request.project == BUREAU else _bureau_seq()
    edition = project.edition if project else edition_on(law, day) if spec.opening else base_edition(law)
    figures = figures_of(law, edition, bureau_seq)
    before = judge(law, project, day, figures) if look_before and project else NOTHING
    data = with_tokens(act, as_data(act))
    act = validated(spec, data, request.history)
    body = {
        "v": 1, "id": request.id, "regulation": law.id, "edition": edition, "clause": spec.clause, "act": spec.code,
        "by": request.by, "role": role, "on": day.isoformat(), "recorded": now().isoformat(timespec="milliseconds"),
        "data": data, "history": request.history,
    }  # fmt: skip
    deed = Deed(
        act, project=project, code=request.project, seq=head.seq + 1, day=day, by=request.by, role=role,
        edition=edition, figures=figures, history=request.history,
    )  # fmt: skip
    owed = _write(law, deed, body, bureau_seq)
    verdict: dict[str, list[Any]] = {}
    if deed._project is not None:
        deed.project.seq = deed.seq
        deed.project.save()
        verdict = _judged(law, request, spec, deed, before, look_before)
    written = append(head, body | {"owed": owed}, request.id)
    return Outcome("accepted", request.project, spec.code, seq=written.seq, hash=written.hash, **verdict)


def _write(law: Regulation, deed: Deed, body: dict[str, Any], bureau_seq: int) -> list[duties.Due]:
    """Write the act; a correction writes the whole project again as corrected."""
    if deed.act.spec.code != "correct" or deed._project is None:
        return fold.write(law, deed, None)
    deed.act.write(deed)
    done = bodies(deed.code)
    deed._project = fold.refold(law, deed.project, [*done, body | {"seq": deed.seq, "chain": deed.code}], bureau_seq)
    return []


def _judged(
    law: Regulation, request: Request, spec: ActSpec, deed: Deed, before: Judgement, looked: bool
) -> dict[str, list[Any]]:
    """Judge the project as it now stands. Raises Stopped for a breach that was not there, or that this act deepens.

    Breaches brought by time are judged on the act's own day before and after, so they never count as new."""
    after = judge(law, deed.project, deed.day, deed.figures)
    against = [law.rules[i] for i in sorted(after.breached) if blocks(law.rules[i])]
    if against and not request.history:
        set_aside = released(deed.project, against, deed.day)
        against = [r for r in against if r.id not in set_aside]
        if against and not looked:
            raise _LookBefore
        new = [r for r in against if r.id not in before.breached or spec.code in r.deepened_by]
        if new:
            shown = [explain(law, r, deed.project, deed.day, deed.figures, "breached").as_json() for r in new]
            raise Stopped("refused", breaches=shown)
    reminding = [law.rules[i] for i in sorted(after.breached - before.breached) if not blocks(law.rules[i])]
    reminders = [{"rule": r.id, "clause": r.clause, "cure": r.cure} for r in reminding]
    unknown = [{"rule": i, "clause": law.rules[i].clause} for i in sorted(after.unknown)]
    history = [
        explain(law, r, deed.project, deed.day, deed.figures, "breached").as_json()
        for r in against
        if request.history and r.id not in before.breached
    ]
    return {"reminders": reminders, "unknown": unknown, "breaches": history}


def _project(law: Regulation, request: Request, spec: ActSpec, head: Chain) -> Project | None:
    if spec.scope == "bureau":
        return None
    if spec.opening:
        if head.seq:
            raise Wrong({"project": [f"项目编号 {request.project} 已经用过"]})
        return None
    project = Project.objects.filter(code=request.project).first()
    if project is None:
        raise Wrong({"project": [f"没有编号为 {request.project} 的项目，请先报备"]})
    return project


def _role(law: Regulation, request: Request, spec: ActSpec, act: Act, day: date, project: Project | None) -> str:
    """The role in which the person acts. Raises Stopped('denied') when they may not."""
    unit = project.unit if project else str(getattr(act, "unit", "") or "")
    held = roles_of(request.by, day, request.project, unit, spec.by)
    if request.role is not None:
        held = [r for r in held if r == request.role]
    if not held:
        raise Stopped("denied", errors={"by": [denied(spec, request.by, request.role, project)]})
    if len(held) > 1:
        raise Wrong({"role": [f"{request.by} 兼有 {'、'.join(held)} 多个身份，请写明以哪一个办理"]})
    return held[0]


def _not_too_far_back(law: Regulation, request: Request, day: date, head: Chain) -> None:
    """Back-dating is allowed within a figure's days of the project's latest business day, and seen beside `recorded`."""
    if request.history or not head.seq:
        return
    latest = max(date.fromisoformat(b["on"]) for b in bodies(head.code, head.seq - 1))
    most = int(law.figures["door.backdate_days"].on(day))
    if day < latest - timedelta(days=most):
        raise Wrong({"on": [f"办理日期 {day} 早于本项目上一行为 {latest} 超过 {most} 日，不能倒签这么久"]})


def _bureau_seq() -> int:
    return Chain.objects.filter(code=BUREAU).values_list("seq", flat=True).first() or 0


def _again(request: Request, spec: ActSpec, same: Any) -> Outcome:
    """An act line repeated with the same id is recognised; another act under a used id is wrong."""
    body = json.loads(same.body)
    if body["act"] != spec.code:
        raise Wrong({"id": [f"编号 {request.id} 已用于另一行为“{body['act']}”"]})
    return Outcome("skipped", request.project, spec.code, seq=same.seq, hash=same.hash)


def _stale(request: Request, head: Chain) -> None:
    """The asker saw an older state: say what happened meanwhile."""
    meanwhile = [
        {"seq": b["seq"], "act": b["act"], "by": b["by"], "on": b["on"]} for b in bodies(head.code, request.after or 0)
    ]
    raise Stopped(
        "refused",
        meanwhile=meanwhile,
        errors={"after": [f"您看到的是第{request.after}号行为时的情况，此后又有{len(meanwhile)}项办理，请刷新后再办"]},
    )


def _note(request: Request, outcome: Outcome) -> None:
    """Keep a refused attempt for the discipline office: who, what, which rule; never the data."""
    Attempt.objects.create(
        chain=request.project[:64], act=request.act[:80], person=request.by[:64], role=(request.role or "")[:32],
        day=today(), outcome=outcome.outcome, rules=[b["rule"] for b in outcome.breaches],
    )  # fmt: skip
