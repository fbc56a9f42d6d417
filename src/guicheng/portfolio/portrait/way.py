"""The way of a project through the regulation: the stages behind it with their days, where it stands, what lies ahead, its loops."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from guicheng.portfolio.portrait.book import Book
from guicheng.records.acceptance import Acceptance, Application
from guicheng.records.deliberation import PartySubmission
from guicheng.records.implementation import Start
from guicheng.records.initiation import Approval, Filing
from guicheng.records.operation import Commissioning
from guicheng.records.procurement import Contract, ProcurementPlan, Tender
from guicheng.records.stage import ENDED, STAGE_ZH, Stage
from guicheng.records.trial import Trial
from guicheng.records.upkeep import Retirement

MAIN = (
    Stage.FILED, Stage.PREPARATION, Stage.REVIEW, Stage.APPROVED, Stage.PROCUREMENT, Stage.CONTRACTED,
    Stage.IMPLEMENTATION, Stage.TRIAL, Stage.ACCEPTANCE, Stage.ACCEPTED, Stage.OPERATION,
)  # fmt: skip
"""The way that every project takes; reconsideration and rectification are loops at the acceptance."""

LOOPS = (Stage.RECONSIDERATION, Stage.RECTIFICATION)


@dataclass(frozen=True)
class Loop:
    """Once round: an acceptance that was not passed. `until` is the day of the next application, if there was one."""

    stage: Stage
    since: date | None
    until: date | None
    report: str

    @property
    def title(self) -> str:
        return STAGE_ZH[self.stage]


@dataclass(frozen=True)
class Step:
    """One stage of the way. state: done, here, ahead, or unknown (passed, but the day is lost)."""

    stage: Stage
    state: str
    on: date | None
    loops: tuple[Loop, ...] = field(default=())

    @property
    def title(self) -> str:
        return STAGE_ZH[self.stage]


@dataclass(frozen=True)
class Way:
    """The steps in order. `since` is the day on which the project came to where it stands."""

    steps: tuple[Step, ...]
    stage: Stage
    since: date | None
    ended: bool

    @property
    def title(self) -> str:
        return STAGE_ZH[self.stage]

    @property
    def next(self) -> Stage | None:
        """The stage that comes next, if any."""
        if self.ended or self.stage >= Stage.OPERATION:
            return None
        if self.stage in LOOPS:
            return Stage.ACCEPTANCE
        return MAIN[MAIN.index(self.stage) + 1]

    @property
    def number(self) -> int:
        """Which step of the main way the project stands at, counted from 1."""
        return next((i for i, s in enumerate(self.steps, 1) if s.state == "here"), len(self.steps))


def _first(book: Book, model: Any, day: Callable[[Any], date | None], fits: Callable[[Any], bool]) -> date | None:
    """The day of the first record that fits, in the order in which they were recorded."""
    return next((found for r in book.rows(model) if fits(r) and (found := day(r))), None)


def _any(row: Any) -> bool:
    return True


REACHED: dict[Stage, tuple[tuple[Any, Callable[[Any], date | None], Callable[[Any], bool]], ...]] = {
    Stage.FILED: ((Filing, lambda r: r.day, _any),),
    Stage.PREPARATION: ((Filing, lambda r: r.received_on, _any),),
    Stage.REVIEW: ((PartySubmission, lambda r: r.day, _any),),
    Stage.APPROVED: ((Approval, lambda r: r.day, lambda r: r.kind == "project" and r.revoked_on is None),),
    Stage.PROCUREMENT: (
        (ProcurementPlan, lambda r: r.day, _any),
        (Tender, lambda r: r.published_on, lambda r: r.kind == "main"),
    ),
    Stage.CONTRACTED: ((Contract, lambda r: r.signed_on, lambda r: r.kind in ("main", "om")),),
    Stage.IMPLEMENTATION: ((Start, lambda r: r.started_on, _any),),
    Stage.TRIAL: ((Trial, lambda r: r.started_on, _any),),
    Stage.ACCEPTANCE: ((Application, lambda r: r.applied_on, _any),),
    Stage.ACCEPTED: ((Acceptance, lambda r: r.signed_on, lambda r: r.outcome == "passed"),),
    Stage.OPERATION: ((Commissioning, lambda r: r.started_on, _any),),
    Stage.RETIRED: ((Retirement, lambda r: r.day, _any),),
}
"""By which records a stage was reached, and which of their days counts."""
TABLES = tuple(dict.fromkeys(model for sources in REACHED.values() for model, _, _ in sources))
"""All that the way is read from."""


def days(book: Book) -> dict[Stage, date]:
    """When each stage was first reached, as far as the records tell; never before an earlier stage that counts."""
    found: dict[Stage, date] = {}
    for stage, sources in REACHED.items():
        known = [d for d in (_first(book, *source) for source in sources) if d]
        if known:
            found[stage] = max(
                min(known), found.get(Stage.APPROVED, min(known)) if stage is Stage.PROCUREMENT else min(known)
            )
    return found


def loops(book: Book) -> tuple[Loop, ...]:
    """Every acceptance that was not passed, and when the project was applied for again."""
    return tuple(_loops(book))


def _loops(book: Book) -> Iterator[Loop]:
    leads = {"reconsider": Stage.RECONSIDERATION, "failed": Stage.RECTIFICATION}
    for a in book.rows(Acceptance):
        if stage := leads.get(a.outcome or ""):
            later = [w.applied_on for w in book.rows(Application) if w.seq > a.seq]
            yield Loop(stage, a.signed_on or a.day, later[0] if later else None, a.ref)


def way(book: Book) -> Way:
    """The way as it stands on the book's day."""
    project, reached, round_ = book.project, days(book), loops(book)
    stage, furthest = Stage(project.stage), project.furthest
    at = Stage.ACCEPTANCE if stage in LOOPS else stage
    steps = [_step(s, at, furthest, reached.get(s), round_) for s in MAIN if _taken(s, at, furthest, reached)]
    if stage in ENDED:
        steps.append(Step(stage, "here", project.ended_on or reached.get(stage)))
    return Way(tuple(steps), stage, _since(book, stage, reached, round_), stage in ENDED)


def _taken(step: Stage, at: Stage, furthest: int, reached: dict[Stage, date]) -> bool:
    """Whether a step belongs on this project's way: an ended project has none ahead; a skipped one was never taken."""
    if at in ENDED and at is not Stage.RETIRED:
        return step <= furthest
    return True


def _step(step: Stage, at: Stage, furthest: int, on: date | None, round_: tuple[Loop, ...]) -> Step:
    turned = round_ if step is Stage.ACCEPTANCE else ()
    if step == at:
        return Step(step, "here", on, turned)
    behind = step < at if at not in ENDED else step <= furthest
    if not behind:
        return Step(step, "ahead", None, turned)
    return Step(step, "done" if on else "unknown", on, turned)


def _since(book: Book, stage: Stage, reached: dict[Stage, date], round_: tuple[Loop, ...]) -> date | None:
    """Since when the project stands here."""
    if stage in LOOPS:
        return round_[-1].since if round_ else None
    if stage is Stage.ACCEPTANCE:
        last = book.last(Application)
        return last.applied_on if last else None
    return book.project.ended_on if stage in ENDED else reached.get(stage)
