"""What the page of an act shows: controls in groups, errors at their fields, the door's answer as people read it."""

from __future__ import annotations

import re
import secrets
from typing import Any

from guicheng.door.outcome import Outcome
from guicheng.ledger.append import bodies
from guicheng.regulations.base import regulation
from guicheng.web.forms.choices import Offer
from guicheng.web.forms.desk import REPLACEMENT, Desk
from guicheng.web.forms.draw import Control, Drawing, grouped
from guicheng.web.forms.money import wan
from guicheng.web.forms.read import Errors
from guicheng.web.forms.typed import Typed
from guicheng.web.pages.acts_alike import compares
from guicheng.web.pages.acts_ask import standing
from guicheng.web.refusals import refusal
from guicheng.web.spoken import role_word, stage_word
from guicheng.web.who import whoever

BLANK = ("必须填写", "不能为空", "至少要有")
OWN_FIELDS = {"on": "f-_on", "role": "f-_role", "project": "f-_code"}
OWN_TITLES = {"on": ("办理日期", "Business day"), "role": ("身份", "Capacity"), "project": ("项目编号", "Project code")}
BOUND = re.compile(r"(不得小于|不得大于|应大于|应小于) (\d+)$")


def form(
    desk: Desk, typed: Typed, own: dict[str, str], errors: Errors, *, english: bool = False, extra: int = 0,
    token: str = "", after: int | None = None,
) -> dict[str, Any]:  # fmt: skip
    """Everything that the form's template needs."""
    offer = Offer(desk.spec.code, desk.project, desk.readable())
    controls = Drawing(offer, errors, english, extra).controls(desk.fields, typed, "", desk.spec.code)
    target = []
    if desk.target and desk.target_spec:
        other = Drawing(Offer(desk.target_spec.code, desk.project, desk.readable()), errors, english, extra)
        target = other.controls(desk.target_fields, typed[REPLACEMENT], f"{REPLACEMENT}.", desk.target_spec.code)
    everything = [*controls, *target]
    placed, summary = place(errors, everything, english)
    people = any(c.people for c in _all(everything))
    return {
        "desk": desk, "spec": desk.spec, "groups": grouped(controls), "target_groups": grouped(target), "own": own,
        "summary": summary, "own_errors": placed, "token": token or secrets.token_hex(16),
        "after": standing(desk) if after is None else after, "roles": [(r, role_word(r)) for r in desk.roles],
        "everyone": offer.everyone() if people else [], "today": desk.me.day.isoformat(),
        "leads_to": stage_word(desk.spec.to) if desk.spec.to else "",
        "by": [role_word(r) for r in desk.spec.by],
        "compares": compares(desk.spec),
        "back_days": int(regulation().figures["door.backdate_days"].on(desk.me.day)),
    }  # fmt: skip


def _all(controls: list[Control]) -> list[Control]:
    return [c for one in controls for c in (one, *(cell for row in one.rows for cell in row), *one.blank)]


def place(errors: Errors, controls: list[Control], english: bool = False) -> tuple[Errors, list[tuple[str, str]]]:
    """Put each sentence at its control, and give the summary: the id of the control and the sentence with its name.

    What belongs to no control is left over under its own name."""
    known = {c.name: c for c in _all(controls)}
    summary: list[tuple[str, str]] = []
    left: Errors = {}
    colon = ": " if english else "："
    for path, sentences in errors.items():
        found = next((known[p] for p in _above(path) if p in known), None)
        for sentence in sentences:
            words = refusal(spoken(found, sentence))
            if found is None:
                left.setdefault(path, []).append(words)
                summary.append(
                    (
                        OWN_FIELDS.get(path, "act-form"),
                        f"{OWN_TITLES.get(path, ('', ''))[english]}{colon}{words}".lstrip("：: "),
                    )
                )
            else:
                if words not in found.errors:
                    found.errors = [w for w in found.errors if w != sentence] + [words]
                summary.append((found.id, f"{_titled(path, known, english)}{colon}{words}"))
    order = {c.id: n for n, c in enumerate(known.values())}
    return left, sorted(summary, key=lambda said: order.get(said[0], -1))


def _above(path: str) -> list[str]:
    parts = path.split(".")
    return [".".join(parts[:n]) for n in range(len(parts), 0, -1)]


def _titled(path: str, known: dict[str, Control], english: bool) -> str:
    """建设内容第3行“名称” for components.2.name."""
    words, parts = [], path.split(".")
    for n, part in enumerate(parts, 1):
        if part.isdigit():
            words.append(f"row {int(part) + 1}" if english else f"第{int(part) + 1}行")
        elif found := known.get(".".join(parts[:n])):
            words.append(found.field.title_en if english else found.field.title)
    return " ".join(words)


def spoken(control: Control | None, sentence: str) -> str:
    """A sentence of the door in the terms of the form: sums in 万元, papers as papers."""
    if control is not None and control.field.kind == "money" and (found := BOUND.search(sentence)):
        return sentence.replace(found[2], f"{wan(int(found[2]))}万元")
    if control is not None and control.field.kind in ("paper", "papers") and "格式不符" in sentence:
        return "这不是文件的摘要，请上传文件，或填 sm3: 开头的摘要"
    return sentence


def answer(desk: Desk, outcome: Outcome, errors: Errors, controls: list[Control], english: bool) -> dict[str, Any]:
    """The door's answer for the live verdict: permitted, not permitted with its cards, or not filled in yet."""
    if outcome.outcome != "invalid" and not errors:
        return {"outcome": outcome, "word": outcome.outcome, "desk": desk, "reminders": reminders(outcome)}
    together = merged(errors, outcome.errors)
    _, summary = place(together, controls, english)
    missing = all(s.startswith(BLANK) for sentences in together.values() for s in sentences)
    if missing:  # only the names: what is missing is no mistake yet
        summary = list(
            dict.fromkeys((place_id, words.split(": " if english else "：", 1)[0]) for place_id, words in summary)
        )
    return {"outcome": outcome, "word": "unfilled" if missing else "invalid", "desk": desk, "summary": summary}


def merged(read: Errors, door: Errors) -> Errors:
    """What could not be read, and what the door says of the rest: a text that could not be read is not missing too."""
    return {**{path: s for path, s in door.items() if path not in read}, **read}


def reminders(outcome: Outcome) -> list[dict[str, Any]]:
    rules = regulation().rules
    return [
        {**r, "sentence": rules[r["rule"]].sentence, "force": "remind"} for r in outcome.reminders if r["rule"] in rules
    ]


def meanwhile(desk: Desk, seen: int | None) -> list[dict[str, Any]]:
    """Who did what in which capacity since this page was made, as far as this person may read it."""
    readable = desk.readable()
    numbers = None if readable is None else set(readable.filter(seq__gt=seen or 0).values_list("seq", flat=True))
    acts = regulation().acts
    found = [b for b in bodies(desk.code, seen or 0) if numbers is None or b["seq"] in numbers][:50]
    names = {by: whoever(by, desk.me.day).name for by in sorted({b["by"] for b in found})[:10]}
    return [
        {
            "seq": b["seq"], "title": acts[b["act"]].title, "code": b["act"], "by": names.get(b["by"], b["by"]),
            "role": b["role"], "on": b["on"], "recorded": b["recorded"],
        }
        for b in found
    ]  # fmt: skip
