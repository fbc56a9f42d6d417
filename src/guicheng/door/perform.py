"""perform() and preview(): the one door. Nothing about a project changes except through here, for anyone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import DataError, IntegrityError

from guicheng.door import admit, duties, fold
from guicheng.door.admit import Asked
from guicheng.door.clash import Overtaken, told
from guicheng.door.clock import now, today
from guicheng.door.data import apart, settled, validated
from guicheng.door.deed import Deed
from guicheng.door.look import look
from guicheng.door.models import Attempt
from guicheng.door.outcome import Outcome, Request, Stopped, Wrong
from guicheng.door.turn import turn
from guicheng.judge.edition import base_edition, edition_on, figures_of
from guicheng.judge.verdict import Judgement, blocks, depths, explain, judge, released
from guicheng.law.act import Act, Unfit
from guicheng.law.declare import Rule
from guicheng.law.figures import Figures
from guicheng.ledger.append import append, bodies
from guicheng.records.project import Project
from guicheng.regulations.base import regulation

Keeper = Callable[[Deed, Judgement], None]
"""Keeps, in the act's own transaction, what all rules said of its project on its day. Never a record: what a replay of the ledger
would not write again has no place there."""
NOTHING = Judgement(frozenset(), frozenset())
TRIES = 5


def perform(request: Request, keeper: Keeper = lambda deed, found: None) -> Outcome:
    """Do one act, or say why not. Accepted: its entry and records are committed together, and every rule of the edition
    was checked over the project as it then stood. Any other outcome changed nothing but the list of refused attempts.
    If the process dies inside, nothing was done; after it returned 'accepted', nothing is lost.

    What the keeper writes of an accepted act on a project is committed with it; what it raises undoes the act."""
    outcome = _through(request, keeper)
    if not outcome.ok:
        _note(request, outcome)
    return outcome


def preview(request: Request) -> Outcome:
    """The outcome that perform would have now, without keeping anything."""
    return _through(request, None)


class _LookBefore(Exception):
    """A rule is breached after the act: the state before it must be judged too."""


class _Undo(Exception):
    """Carries an accepted outcome out of a preview's transaction."""

    def __init__(self, outcome: Outcome):
        super().__init__()
        self.outcome = outcome


def _through(request: Request, keeper: Keeper | None) -> Outcome:
    try:
        asked = admit.understand(regulation(), request)
        return _tried(asked, keeper)
    except Stopped as stop:
        return Outcome(stop.word, **{"project": request.project, "act": request.act} | stop.parts)


def _tried(asked: Asked, keeper: Keeper | None) -> Outcome:
    """Again with a look before where a rule is breached, and again when another transaction began the same chain first."""
    look_before = False
    for _ in range(TRIES):
        try:
            return _once(asked, keeper, look_before)
        except _LookBefore:
            look_before = True
        except Overtaken:
            continue
    raise Wrong({"project": ["同时有其他办理抢先完成，请重试"]})


def _once(asked: Asked, keeper: Keeper | None, look_before: bool) -> Outcome:
    """One try, in one transaction that everything but an accepted act rolls back; without a keeper that too."""
    try:
        with turn():
            outcome = _inside(asked, keeper, look_before)
            if keeper is None:
                raise _Undo(outcome)
            return outcome
    except _Undo as undo:
        return undo.outcome
    except Unfit as unfit:
        raise Wrong(unfit.errors) from None
    except IntegrityError as clash:
        raise told(clash) from clash
    except (DataError, OverflowError):
        raise Wrong({"data": ["有数字或文字超出了能够存放的范围"]}) from None


def _inside(asked: Asked, keeper: Keeper | None, look_before: bool) -> Outcome:
    """Lock, may this role act, write, append, judge: what is judged to be against a rule is rolled back, its entry too."""
    law, request, spec = asked.law, asked.request, asked.spec
    found = look(request.project, request.id, request.by, asked.day)
    if found.same is not None:
        return admit.again(asked, found.same)
    admit.fresh(asked, found)
    project = admit.project_of(asked, found)
    role = admit.role_of(asked, found, project)
    if project is not None:
        admit.at_stage(asked, project)
        admit.not_too_far_back(asked, project)
    edition = project.edition if project else edition_on(law, asked.day) if spec.opening else base_edition(law)
    figures = figures_of(law, edition, found.bureau)
    before = (_against(asked, project, figures) if project else NOTHING) if look_before else None
    data, act = _settled(asked)
    deed = Deed(
        act, project=project, code=request.project, seq=found.head.seq + 1, day=asked.day,
        by=request.by, role=role, edition=edition, figures=figures, history=request.history,
    )  # fmt: skip
    body = _body(asked, role, edition, found.bureau, data)
    body["owed"] = _write(asked, deed, body)
    if deed._project is not None:
        fold.mark(deed.project, deed.seq, asked.day)
    written = append(found.head, body, request.id)
    done: dict[str, Any] = {"seq": written.seq, "hash": written.hash}
    if deed._project is None:
        return Outcome("accepted", request.project, spec.code, **done)
    after = judge(law, deed.project, deed.day, deed.figures)
    verdict = _weighed(asked, deed, before, after)
    if keeper is not None:
        keeper(deed, after)
    return Outcome("accepted", request.project, spec.code, **done, **verdict)


def _settled(asked: Asked) -> tuple[dict[str, Any], Act]:
    """The data as the ledger keeps them, and the act as read back from them. What takes another act's place is checked
    and set apart as that act's own."""
    spec, history = asked.spec, asked.request.history
    data, act = settled(spec, asked.act, history)
    new = data.get("replacement")
    if spec.code != "correct" or new is None:
        return data, act
    target = next((b for b in bodies(asked.request.project) if b["seq"] == data["entry"]), None)
    if target is None or target["act"] == "correct":
        return data, act  # the correction itself will be refused
    other = asked.law.acts[target["act"]]
    try:
        data |= {"replacement": apart(validated(other, new, target["history"]))}
        return data, validated(spec, data, history)
    except Wrong as wrong:
        raise Wrong({f"replacement.{name}": words for name, words in wrong.parts["errors"].items()}) from None


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
    corrected = fold.effective([*bodies(deed.code), body | {"seq": deed.seq, "project": deed.code, "owed": None}])
    deed._project = fold.rewrite(asked.law, deed.project, corrected)
    return next((b["owed"] for b in corrected if b["seq"] == body["data"]["entry"]), [])


def _against(asked: Asked, project: Project, figures: Figures) -> Judgement:
    """How the project stood before the act: what was set aside then was no breach then."""
    found = judge(asked.law, project, asked.day, figures)
    set_aside = released(project, (asked.law.rules[i] for i in found.breached), asked.day)
    standing = found.breached - set_aside
    return Judgement(standing, found.unknown, depths(asked.law, standing, project, asked.day, figures))


def _weighed(asked: Asked, deed: Deed, looked: Judgement | None, after: Judgement) -> dict[str, Any]:
    """What the verdicts after the act mean for it, beside those before, where somebody looked. Raises Stopped for a breach
    that was not there, or that this act deepens.

    Both sides are judged on the act's own day, so what time alone brought never counts as new. History is not refused:
    its new breaches are listed instead."""
    law, project, before = asked.law, deed.project, looked or NOTHING
    against = [law.rules[i] for i in sorted(after.breached) if blocks(law.rules[i])]
    if against:
        set_aside = released(project, against, deed.day)
        against = [r for r in against if r.id not in set_aside]
    if against and looked is None:
        raise _LookBefore
    now = depths(law, [r.id for r in against if r.id in before.breached], project, deed.day, deed.figures)
    new = [r for r in against if before.is_new(r, now.get(r.id, 0)) or asked.spec.code in r.deepened_by]
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


def _note(request: Request, outcome: Outcome) -> None:
    """Keep a refused attempt for the discipline office: who, what, which rule; never the data.

    Of what was barred from entering at all, not even the code that was asked for is kept."""
    Attempt.objects.create(
        chain=_line(outcome.project, 64), act=_line(request.act, 80), person=_line(request.by, 64),
        role=_line(request.role, 32), day=today(),
        outcome=outcome.outcome, rules=[b["rule"] for b in outcome.breaches],
    )  # fmt: skip


def _line(value: Any, longest: int) -> str:
    """What was asked for as one line that can be kept, or nothing."""
    return value[:longest] if isinstance(value, str) and value.isprintable() else ""
