"""What is still missing for the next stage: found by rehearsing the act that leads there, never from a list."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from guicheng.judge.say import day as spoken
from guicheng.judge.verdict import Finding
from guicheng.law.declare import ActSpec
from guicheng.portfolio.portrait.book import Book
from guicheng.portfolio.portrait.gates import Gate, gate
from guicheng.portfolio.portrait.rehearsal import Rehearsed, rehearse
from guicheng.portfolio.portrait.verdicts import remembered
from guicheng.portfolio.portrait.way import Way
from guicheng.records.project import DutyOf
from guicheng.records.stage import Stage

AFTERWARDS = {"correct", "explain", "grant-exemption", "return-payment", "interpret", "revoke-approval"}
"""Acts that mend or excuse a breach, but are not the way to avoid it."""


@dataclass(frozen=True)
class Missing:
    """One thing that stands before the next stage. kind: missing, wait (only time cures it), duty, unfit.

    `cures` are the acts that cure it, the ordinary ones first; `since` is the day from which it is asked for."""

    kind: str
    what: str
    clause: str
    cures: tuple[ActSpec, ...]
    since: date | None
    until: date | None = None
    rule: str = ""
    sentence: str = ""
    figures: str = ""
    facts: dict[str, Any] = field(default_factory=dict)

    def late(self, day: date) -> bool:
        return self.kind == "duty" and self.until is not None and self.until < day


@dataclass(frozen=True)
class Readiness:
    """What leads on from here, what is missing before it, what the act itself will have to satisfy, and, while a project is
    being prepared, what its approval will ask for beyond that."""

    gate: Gate | None
    items: tuple[Missing, ...]
    within: tuple[Missing, ...] = ()
    beyond: tuple[Missing, ...] = ()

    @property
    def ready(self) -> bool:
        return self.gate is not None and not any(i.rule or i.kind == "unfit" for i in self.items)


def readiness(book: Book, stands: Way) -> Readiness:
    """Everything still missing, in the order of the regulation; the duties that are open come last."""
    found = gate(book, stands.next)
    owed = tuple(_owed(book, d) for d in book.rows(DutyOf) if d.closed_on is None)
    if found is None or book.project.suspended_on is not None:
        return Readiness(None if stands.ended else found, (*_suspended(book), *owed))
    before, within = _before(book, found, stands)
    before, owed = _merged(before, owed)
    return Readiness(found, (*before, *owed), within, _beyond(book, stands, before))


def _before(book: Book, found: Gate, stands: Way) -> tuple[tuple[Missing, ...], tuple[Missing, ...]]:
    rehearsed = remembered(f"rehearsed {found.to}", book, lambda: rehearse(book, found))
    return _sorted_out(book, found, rehearsed, stands.since)


def _beyond(book: Book, stands: Way, before: tuple[Missing, ...]) -> tuple[Missing, ...]:
    """What the approval asks for, while the next stage is only one before it."""
    final = gate(book, Stage.APPROVED) if stands.stage < Stage.REVIEW else None
    if final is None:
        return ()
    known = {i.rule for i in before}
    return tuple(i for i in _before(book, final, stands)[0] if i.rule not in known)


def _merged(before: tuple[Missing, ...], owed: tuple[Missing, ...]) -> tuple[tuple[Missing, ...], tuple[Missing, ...]]:
    """A duty that asks for the same act as a rule is one item, with the duty's last day."""
    rest, items = list(owed), []
    for item in before:
        same = next((d for d in rest if {c.code for c in d.cures} & {c.code for c in item.cures}), None)
        if same is None or item.kind != "missing":
            items.append(item)
            continue
        rest.remove(same)
        items.append(replace(item, since=same.since, until=same.until, kind="duty" if same.until else "missing"))
    return tuple(items), tuple(rest)


def _sorted_out(
    book: Book, found: Gate, rehearsed: Rehearsed, since: date | None
) -> tuple[tuple[Missing, ...], tuple[Missing, ...]]:
    """What other acts (or time) must bring first, apart from what the act itself is to say."""
    before: list[Missing] = []
    within: list[Missing] = []
    for one in rehearsed.findings:
        item = _item(book, found.spec, one, since)
        own = item.kind == "missing" and not [c for c in item.cures if c.code != found.spec.code]
        (within if own else before).append(item)
    unfit = [Missing("unfit", words, found.spec.clause, (found.spec,), since) for words in rehearsed.unfit]
    return (*before, *unfit), tuple(within)


def _item(book: Book, leading: ActSpec, finding: Finding, since: date | None) -> Missing:
    rule, waits = finding.rule, finding.facts.get("earliest")
    cures = cures_of(book, finding)
    if waits:
        day = date.fromisoformat(str(waits))
        return Missing(
            "wait", f"最早可于{spoken(day)}办理", rule.clause, (leading,), since, day, rule.id, rule.sentence, ""
        )
    first = tuple(c for c in cures if c.code != leading.code)
    return Missing(
        "missing", rule.cure, rule.clause, first or cures, since, None, rule.id, rule.sentence, figures(finding),
        finding.facts,
    )  # fmt: skip


def cures_of(book: Book, finding: Finding) -> tuple[ActSpec, ...]:
    """The acts that cure a finding, ordinary ones before those that excuse or mend afterwards."""
    acts = [book.law.acts[c] for c in finding.rule.cured_by if c in book.law.acts]
    ordinary = [a for a in acts if a.code not in AFTERWARDS]
    return tuple(ordinary or acts)


def figures(finding: Finding) -> str:
    """The sentence with figures, unless a figure in it is not known yet."""
    return finding.says if None not in finding.facts.values() else ""


def _owed(book: Book, duty: DutyOf) -> Missing:
    spec = book.law.duties.get(duty.code)
    cures = tuple(book.law.acts[c] for c in spec.closes if c in book.law.acts) if spec else ()
    words: Any = duty.title or duty.code
    what = f"{words}（{duty.subject}）" if duty.subject else words
    clause = spec.clause if spec else ""
    return Missing("duty", what, clause, cures, duty.started_on, duty.due_on, sentence=spec.sentence if spec else "")


def _suspended(book: Book) -> tuple[Missing, ...]:
    day = book.project.suspended_on
    if day is None:
        return ()
    resume = book.law.acts["resume"]
    return (Missing("missing", f"项目自{spoken(day)}起中止，先恢复项目", resume.clause, (resume,), day),)
