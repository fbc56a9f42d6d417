"""perform() and preview(): the one door. Nothing about a project changes except through here, for anyone."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction

from guicheng.door import admit, duties, fold
from guicheng.door.admit import BUREAU, Asked
from guicheng.door.clock import now, today
from guicheng.door.data import as_data, validated, with_tokens
from guicheng.door.deed import Deed
from guicheng.door.models import Attempt
from guicheng.door.outcome import Outcome, Request, Stopped, Wrong
from guicheng.judge.edition import base_edition, edition_on, figures_of
from guicheng.judge.verdict import Judgement, blocks, explain, judge, released
from guicheng.law.act import Unfit
from guicheng.law.declare import Rule
from guicheng.ledger.append import append, bodies, lock, recorded
from guicheng.regulations.base import regulation

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

    def __init__(self, outcome: Outcome):
        super().__init__()
        self.outcome = outcome


def _through(request: Request, keep: bool) -> Outcome:
    try:
        asked = admit.understand(regulation(), request)
        try:
            return _once(asked, keep, look_before=False)
        except _LookBefore:
            return _once(asked, keep, look_before=True)
    except Stopped as stop:
        return Outcome(stop.word, **{"project": request.project, "act": request.act} | stop.parts)


def _once(asked: Asked, keep: bool, look_before: bool) -> Outcome:
    """One try, in one transaction that everything but an accepted act rolls back."""
    try:
        with transaction.atomic():
            outcome = _inside(asked, look_before)
            if not keep:
                raise _Undo(outcome)
            return outcome
    except _Undo as undo:
        return undo.outcome
    except Unfit as unfit:
        raise Wrong(unfit.errors) from None
    except IntegrityError as clash:
        if "ref" in str(clash):
            raise Wrong({"ref": ["这个编号在本项目中已经用过，请换一个"]}) from None
        raise Wrong({"project": ["同时有另一办理抢先完成，请重试"]}) from None


def _inside(asked: Asked, look_before: bool) -> Outcome:
    """Lock, may this role act, write, judge, append."""
    law, request, spec = asked.law, asked.request, asked.spec
    head = lock(request.project)
    if request.id and (same := recorded(request.project, request.id)):
        return admit.again(asked, same)
    admit.fresh(asked, head)
    project = admit.project_of(asked, head)
    role = admit.role_of(asked, project)
    if project is not None:
        admit.at_stage(asked, project)
        admit.not_too_far_back(asked, project)
    bureau_seq = head.seq if request.project == BUREAU else _bureau_seq()
    edition = project.edition if project else edition_on(law, asked.day) if spec.opening else base_edition(law)
    figures = figures_of(law, edition, bureau_seq)
    before = judge(law, project, asked.day, figures) if look_before and project else NOTHING
    data = with_tokens(asked.act, as_data(asked.act))
    deed = Deed(
        validated(spec, data, request.history), project=project, code=request.project, seq=head.seq + 1, day=asked.day,
        by=request.by, role=role, edition=edition, figures=figures, history=request.history,
    )  # fmt: skip
    body = _body(asked, role, edition, bureau_seq, data)
    body["owed"] = _write(asked, deed, body)
    verdict: dict[str, Any] = {}
    if deed._project is not None:
        fold.mark(deed.project, deed.seq, asked.day)
        verdict = _judged(asked, deed, before, look_before)
    written = append(head, body, request.id)
    return Outcome("accepted", request.project, spec.code, seq=written.seq, hash=written.hash, **verdict)


def _body(asked: Asked, role: str, edition: str, bureau_seq: int, data: dict[str, Any]) -> dict[str, Any]:
    """The entry as the ledger keeps it; append adds its chain and number.

    `bureau` is how far the bureau's own chain had come: a replay finds the figures that were known then."""
    spec, request = asked.spec, asked.request
    return {
        "v": 1, "id": request.id, "regulation": asked.law.id, "edition": edition, "clause": spec.clause,
        "act": spec.code, "by": request.by, "role": role, "on": asked.day.isoformat(),
        "recorded": now().isoformat(timespec="milliseconds"), "data": data, "history": request.history,
        "bureau": bureau_seq,
    }  # fmt: skip


def _write(asked: Asked, deed: Deed, body: dict[str, Any]) -> list[duties.Due]:
    """Write the act; a correction writes the whole project again as corrected."""
    if deed.act.spec.code != "correct":
        return fold.write(asked.law, deed, None)
    deed.act.write(deed)
    done = [*bodies(deed.code), body | {"seq": deed.seq, "project": deed.code, "owed": []}]
    deed._project = fold.refold(asked.law, deed.project, done)
    return []


def _judged(asked: Asked, deed: Deed, before: Judgement, looked: bool) -> dict[str, Any]:
    """Judge the project as it now stands. Raises Stopped for a breach that was not there, or that this act deepens.

    Both sides are judged on the act's own day, so what time alone brought never counts as new. History is not refused:
    its new breaches are listed instead."""
    law, project = asked.law, deed.project
    after = judge(law, project, deed.day, deed.figures)
    against = [law.rules[i] for i in sorted(after.breached) if blocks(law.rules[i])]
    if against:
        set_aside = released(project, against, deed.day)
        against = [r for r in against if r.id not in set_aside]
    if against and not looked:
        raise _LookBefore
    new = [r for r in against if r.id not in before.breached or asked.spec.code in r.deepened_by]
    shown = [_shown(asked, r, deed) for r in new]
    if shown and not asked.request.history:
        raise Stopped("refused", breaches=shown)
    reminding = [law.rules[i] for i in sorted(after.breached - before.breached) if not blocks(law.rules[i])]
    return {
        "breaches": shown,
        "reminders": [{"rule": r.id, "clause": r.clause, "cure": r.cure} for r in reminding],
        "unknown": [{"rule": i, "clause": law.rules[i].clause} for i in sorted(after.unknown)],
    }


def _shown(asked: Asked, rule: Rule, deed: Deed) -> dict[str, Any]:
    return explain(asked.law, rule, deed.project, deed.day, deed.figures, "breached").as_json()


def _bureau_seq() -> int:
    return lock(BUREAU, wait=False).seq


def _note(request: Request, outcome: Outcome) -> None:
    """Keep a refused attempt for the discipline office: who, what, which rule; never the data.

    Of what was barred from entering at all, not even the code that was asked for is kept."""
    Attempt.objects.create(
        chain=outcome.project[:64], act=request.act[:80], person=request.by[:64], role=(request.role or "")[:32],
        day=today(), outcome=outcome.outcome, rules=[b["rule"] for b in outcome.breaches],
    )  # fmt: skip
