"""Clocks: what runs on this project, from when, what it waits for, and from or until which day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from guicheng.law.periods import add_months, first_day_after
from guicheng.portfolio.portrait.book import Book
from guicheng.portfolio.portrait.facts import per_record, rule_called
from guicheng.portfolio.portrait.gates import TRIED
from guicheng.records.acceptance import Acceptance, Application, Reconsideration, Rectification
from guicheng.records.procurement import Contract
from guicheng.records.security import Assessment
from guicheng.records.stage import ENDED, Stage
from guicheng.records.trial import Trial, TrialEvent

Both = tuple[str, str]
KINDS = {"mlps": "等级保护测评", "risk": "信息安全风险评估", "crypto": "密码应用安全性评估"}
"""What must stay in force while the system runs."""


@dataclass(frozen=True)
class Clock:
    """One period. kind: minimum (possible from `day`), deadline (at the latest on `day`), term (lasts until `day`).

    `restarts` are the days on which it began again; `over` says that nothing waits for it any more."""

    title: Both
    about: str
    kind: str
    clause: str
    start: date | None
    day: date | None
    length: str
    restarts: tuple[date, ...] = ()
    over: bool = False

    def left(self, today: date) -> int | None:
        """Days from today to the day that counts; negative when it has passed."""
        return (self.day - today).days if self.day else None

    def state(self, today: date) -> str:
        """running, reached (a minimum has passed), late, over, or waiting (its start has not happened)."""
        if self.over:
            return "over"
        if self.day is None:
            return "waiting"
        if self.kind == "minimum":
            return "reached" if self.day <= today else "running"
        return "late" if self.day < today else "running"


def clocks(book: Book) -> list[Clock]:
    """Every clock of the project, in the order of the way."""
    return [*_trials(book), *_reconsiderations(book), *_rectifications(book), *_warranties(book), *_assessments(book)]


def _clause(book: Book, rule: str) -> str:
    found = rule_called(book.law, rule)
    return found.clause if found else ""


def _as_day(value: Any) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else None


def _trials(book: Book) -> Iterator[Clock]:
    """One for each component on trial, by the rule's own reckoning."""
    kinds = {t.ref: t.kind for t in book.rows(Trial)}
    applied = bool(book.rows(Application))
    for f in per_record(book, "applied-too-early") if kinds else ():
        if kinds.get(f["ref"]) not in TRIED:
            continue
        again = tuple(
            e.restart_on for e in book.rows(TrialEvent) if e.trial == f["ref"] and e.restarts and e.restart_on
        )
        yield Clock(
            ("试运行", "Trial operation"), f["component"], "minimum", _clause(book, "applied-too-early"),
            _as_day(f["clock"]), _as_day(f["earliest"]), f"{f['months']}个月", again, applied,
        )  # fmt: skip


def _reconsiderations(book: Book) -> Iterator[Clock]:
    clause = _clause(book, "reapplied-too-early")
    for a in book.rows(Acceptance):
        if a.outcome != "reconsider":
            continue
        notice = book.last(Reconsideration, acceptance=a.ref)
        over = any(w.seq > a.seq for w in book.rows(Application))
        received = notice.received_on if notice else None
        if notice is None or received is None:
            yield Clock(("复议", "Reconsideration"), a.ref, "minimum", clause, None, None, "待书面通知送达", over=over)
            continue
        months, within = (
            int(book.figure("reaccept.months", received)),
            book.figure("reaccept.mode", received) == "WITHIN",
        )
        day = notice.last_day if within else first_day_after(received, months)
        kind = "deadline" if within else "minimum"
        yield Clock(("复议", "Reconsideration"), a.ref, kind, clause, received, day, f"{months}个月", over=over)


def _rectifications(book: Book) -> Iterator[Clock]:
    clause = _clause(book, "reapplied-before-rectified")
    for r in book.rows(Rectification):
        days = f"{(r.due_on - r.received_on).days}日" if r.due_on and r.received_on else ""
        done = r.reported_on is not None
        title = ("限期整改", "Rectification")
        yield Clock(title, r.acceptance or "", "deadline", clause, r.received_on, r.due_on, days, over=done)


def _warranties(book: Book) -> Iterator[Clock]:
    """From the pass that counts: the last one."""
    passed = book.last(Acceptance, outcome="passed")
    start = passed.signed_on if passed else book.project.accepted_on
    for c in book.rows(Contract):
        if c.kind == "main" and c.warranty_months and start:
            end, months = add_months(start, c.warranty_months), f"{c.warranty_months}个月"
            over = end < book.day
            clause = _clause(book, "warranty-too-short")
            yield Clock(("质量保修", "Warranty"), c.title or c.ref, "term", clause, start, end, months, over=over)


def _assessments(book: Book) -> Iterator[Clock]:
    """The report in force of each kind on each system."""
    latest: dict[tuple[str | None, str | None], Assessment] = {}
    for a in book.rows(Assessment):
        if a.kind in KINDS and a.passed and not a.waived and a.superseded_seq is None:
            latest[a.system, a.kind] = a
    ended = Stage(book.project.stage) in ENDED
    for (system, kind), a in latest.items():
        ends = [d for d in (a.expires_on, a.valid_until) if d]
        title = (KINDS[str(kind)], f"Assessment ({kind})")
        day, clause = (min(ends) if ends else None), _clause(book, "operated-unassessed")
        yield Clock(title, system or "", "term", clause, a.reported_on, day, "", over=ended)


def first_waits(found: list[Clock], today: date) -> list[Clock]:
    """Those that something waits for, the nearest day first: what the top of the page shows."""
    running = [c for c in found if c.state(today) != "over"]
    return sorted(running, key=lambda c: c.day or today + timedelta(days=36500))
