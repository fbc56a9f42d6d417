"""Which act brings a project to the next stage, and the least that can be said of it now: what a rehearsal performs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from guicheng.law.declare import ActSpec
from guicheng.portfolio.portrait.book import Book
from guicheng.records.initiation import Component, Estimate
from guicheng.records.procurement import Award, Contract, ProcurementPlan
from guicheng.records.security import System
from guicheng.records.stage import Stage
from guicheng.records.trial import Trial

TRIED = ("software", "hardware", "security")
"""Kinds of component that pass through a trial."""

Data = dict[str, Any]


@dataclass(frozen=True)
class Gate:
    """The act that leads to the next stage; `tries` are its data as far as the records already give them."""

    spec: ActSpec
    to: Stage
    tries: tuple[Data, ...]


def gate(book: Book, to: Stage | None) -> Gate | None:
    """The gate to this stage, or None where no act of the project leads there."""
    if to is Stage.TRIAL and not _untried(book):
        to = Stage.ACCEPTANCE
    if to is None or to not in LEADS:
        return None
    code, tries = LEADS[to]
    return Gate(book.law.acts[code], to, tuple(tries(book)))


def _given(**data: Any) -> Data:
    return {k: v for k, v in data.items() if v is not None}


def _ref(row: Any) -> str | None:
    return row.ref if row else None


def _untried(book: Book) -> list[Component]:
    begun = {t.component for t in book.rows(Trial)}
    return [c for c in book.rows(Component) if c.kind in TRIED and c.ref not in begun]


def _approval(book: Book) -> list[Data]:
    estimate = book.last(Estimate)
    return [_given(amount=estimate.total if estimate else None)]


def _contract(book: Book) -> list[Data]:
    plan, award = book.last(ProcurementPlan), book.last(Award)
    known = _given(plan=_ref(plan), award=_ref(award), supplier=award and award.supplier, amount=award and award.amount)
    return [{"ref": "（拟签）", "kind": "main", **known}]


def _start(book: Book) -> list[Data]:
    return [_given(contract=_ref(book.last(Contract, kind="main")))]


def _trials(book: Book) -> list[Data]:
    systems = {c: s.ref for s in book.rows(System) for c in (s.components if isinstance(s.components, list) else [])}
    only = book.rows(System)[0].ref if len(book.rows(System)) == 1 else None
    return [_given(component=c.ref, system=systems.get(c.ref, only)) for c in _untried(book)]


def _application(book: Book) -> list[Data]:
    to = "supervisor" if book.last(Contract, kind="supervision") else "owner"
    return [_given(contract=_ref(book.last(Contract, kind="main") or book.last(Contract)), to=to)]


def _nothing(book: Book) -> list[Data]:
    return [{}]


def _passed(book: Book) -> list[Data]:
    day = book.day.isoformat()
    return [{"ref": "预演", "outcome": "passed", "held_on": day, "signed_on": day}]


LEADS: dict[Stage, tuple[str, Callable[[Book], list[Data]]]] = {
    Stage.PREPARATION: ("acknowledge-filing", _nothing),
    Stage.REVIEW: ("submit-to-party-group", _nothing),
    Stage.APPROVED: ("approve-project", _approval),
    Stage.PROCUREMENT: ("file-procurement-plan", _nothing),
    Stage.CONTRACTED: ("sign-contract", _contract),
    Stage.IMPLEMENTATION: ("start-implementation", _start),
    Stage.TRIAL: ("start-trial", _trials),
    Stage.ACCEPTANCE: ("apply-for-acceptance", _application),
    Stage.ACCEPTED: ("conclude-acceptance", _passed),
    Stage.OPERATION: ("put-into-operation", _nothing),
}
"""The act that reaches each stage. What it still lacks is never listed here: the rules say so when it is rehearsed."""
