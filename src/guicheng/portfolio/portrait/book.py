"""One project opened for reading: its records table by table, each read once, and the figures it lives under."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

from guicheng.judge.edition import figures_of
from guicheng.law.figures import Figures
from guicheng.law.regulation import Regulation
from guicheng.ledger.append import Head, lock
from guicheng.portfolio.sweep import BUREAU
from guicheng.records.base import Record
from guicheng.records.prepared import at_once
from guicheng.records.project import Project
from guicheng.records.read import of_project
from guicheng.regulations.base import regulation

R = TypeVar("R", bound=Record)


@dataclass
class Book:
    """A project on a day. Every part of the portrait asks the same book, so that no table is read twice."""

    project: Project
    day: date
    law: Regulation = field(default_factory=regulation)
    _read: dict[type[Any], list[Any]] = field(default_factory=dict)

    def rows(self, model: type[R]) -> list[R]:
        """This project's records of one table, oldest first: one query, the first time, and none where the project tells that
        the table holds nothing of it."""
        if model not in self._read:
            self.gather(model)
        found: list[R] = self._read[model]
        return found

    def gather(self, *models: type[Record]) -> None:
        """Read these tables together, as far as they are not read yet."""
        unread, noted = [m for m in models if m not in self._read], self.project.noted
        self._read |= {m: [] for m in unread}
        with at_once():
            held = [m for m in unread if noted is None or f",{m._meta.model_name}," in noted]
            answers = {m: of_project(m, self.project.pk) for m in held}
        self._read |= {m: answer() for m, answer in answers.items()}

    def last(self, model: type[R], **equal: Any) -> R | None:
        """The record written last whose columns equal these."""
        fit = [r for r in self.rows(model) if all(getattr(r, k) == v for k, v in equal.items())]
        return fit[-1] if fit else None

    def by_ref(self, model: type[R], ref: str | None) -> R | None:
        return self.last(model, ref=ref) if ref else None

    @cached_property
    def _bureau(self) -> Head:
        """Where the bureau's chain stands."""
        return lock(BUREAU, wait=False)

    @cached_property
    def figures(self) -> Figures:
        """The figures of the project's edition as the bureau's chain gives them now."""
        return figures_of(self.law, self.project.edition, self._bureau.seq)

    def figure(self, name: str, day: date | None = None) -> Any:
        """A figure as it stands on a day, or on the book's own."""
        return self.figures[name].on(day or self.day)

    @cached_property
    def state(self) -> tuple[str, str, str, str]:
        """What verdicts depend on: this project's history, the bureau's, and the day. Equal states give equal verdicts."""
        return self.project.code, lock(self.project.code, wait=False).head, self._bureau.head, str(self.day)

    def lost(self, model: type[Record]) -> bool:
        """The papers of this table are known to be missing: what is not there may still have been."""
        return f",{model._meta.model_name}," in self.project.gaps
