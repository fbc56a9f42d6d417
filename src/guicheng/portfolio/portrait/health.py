"""Health: red, amber or green, computed from what was done and what is owed, with every reason said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from guicheng.judge.verdict import Finding, blocks
from guicheng.portfolio.portrait.book import Book
from guicheng.records.project import DutyOf

SOON = 7  # days before a last day from which a duty is worth a warning

Both = tuple[str, str]
WORDS: dict[str, Both] = {
    "red": ("须处理", "Needs action"), "amber": ("请留意", "Watch"), "green": ("正常", "In order"),
}  # fmt: skip


@dataclass(frozen=True)
class Reason:
    """One reason: its colour, in words, and where to read on (a tab of the page)."""

    colour: str
    words: Both
    tab: str = "overview"


@dataclass(frozen=True)
class Health:
    """The worst colour of all reasons; green when there is none."""

    reasons: tuple[Reason, ...]

    @property
    def colour(self) -> str:
        return next((c for c in ("red", "amber") if any(r.colour == c for r in self.reasons)), "green")

    @property
    def words(self) -> Both:
        return WORDS[self.colour]


def health(book: Book, findings: list[Finding]) -> Health:
    """From the findings, the open duties and a suspension."""
    breached = sum(1 for f in findings if f.verdict == "breached" and blocks(f.rule))
    reminded = sum(
        1 for f in findings if f.verdict == "breached" and not blocks(f.rule) and not f.rule.code.endswith("-late")
    )
    unknown = sum(1 for f in findings if f.verdict == "unknown")
    found = [*_counted(breached, reminded, unknown), *_owed(book)]
    if book.project.suspended_on:
        found.append(Reason("amber", ("项目中止", "Suspended")))
    return Health(tuple(sorted(found, key=lambda r: r.colour != "red")))


def _counted(breached: int, reminded: int, unknown: int) -> list[Reason]:
    found = []
    if breached:
        found.append(Reason("red", (f"不合规定{breached}条", f"{breached} rules breached"), "findings"))
    if reminded:
        found.append(Reason("amber", (f"提醒{reminded}条", f"{reminded} reminders"), "findings"))
    if unknown:
        found.append(Reason("amber", (f"依据不足{unknown}条", f"{unknown} rules cannot be judged"), "findings"))
    return found


def _owed(book: Book) -> list[Reason]:
    due: list[date] = [d.due_on for d in book.rows(DutyOf) if d.closed_on is None and d.due_on]
    late = sum(1 for d in due if d < book.day)
    soon = sum(1 for d in due if book.day <= d <= book.day + timedelta(days=SOON))
    found = []
    if late:
        found.append(Reason("red", (f"逾期职责{late}项", f"{late} duties overdue")))
    if soon:
        found.append(Reason("amber", (f"{SOON}日内到期{soon}项", f"{soon} due within {SOON} days")))
    return found
