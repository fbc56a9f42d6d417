"""The next step tried out: the act is written, every rule is asked, and everything is rolled back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import DatabaseError, transaction

from guicheng.door import fold
from guicheng.door.data import validated
from guicheng.door.deed import Deed
from guicheng.door.outcome import Stopped
from guicheng.judge.verdict import Finding, judge, released
from guicheng.law.act import Unfit
from guicheng.portfolio.portrait.book import Book
from guicheng.portfolio.portrait.gates import Gate
from guicheng.portfolio.portrait.verdicts import facts_of
from guicheng.records.project import Project
from guicheng.records.read import fetch


@dataclass(frozen=True)
class Rehearsed:
    """What stood against the act: rules newly in breach, and what did not fit the records, by field."""

    findings: tuple[Finding, ...]
    unfit: tuple[str, ...]


class _Undo(Exception):
    """Carries the answer out of the transaction, so that nothing of the rehearsal is kept."""

    def __init__(self, found: Rehearsed):
        super().__init__()
        self.found = found


def rehearse(book: Book, gate: Gate) -> Rehearsed:
    """What would stand against this act today. Like a door's preview, but of what is not filled in yet, and by nobody.

    Written as history, so that facts that nobody has given yet are unknown; nothing is kept, whatever happens."""
    try:
        with transaction.atomic():
            raise _Undo(_tried(book, gate))
    except _Undo as undo:
        return undo.found


def _tried(book: Book, gate: Gate) -> Rehearsed:
    law, day = book.law, book.day
    project = fetch(Project, "id", book.project.pk)
    if project is None:
        return Rehearsed((), ())
    before = judge(law, project, day, book.figures).breached
    unfit = [words for data in gate.tries for words in _written(book, gate, project, data)]
    after = judge(law, project, day, book.figures).breached
    new = [r for i, r in law.rules.items() if i in after - before]
    free = released(project, new, day)
    new = [r for r in new if r.id not in free]
    figures = facts_of(law, new, project, day, book.figures)
    return Rehearsed(tuple(Finding(r, "breached", figures.get(r.id, {})) for r in new), tuple(unfit))


def _written(book: Book, gate: Gate, project: Project, data: dict[str, Any]) -> list[str]:
    """Write the act once; the sentences of what does not fit, else nothing."""
    try:
        with transaction.atomic():
            deed = Deed(
                validated(gate.spec, data, history=True), project=project, code=project.code, seq=project.seq + 1,
                day=book.day, by="", role=gate.spec.by[0], edition=project.edition, figures=book.figures, history=True,
            )  # fmt: skip
            fold.write(book.law, deed, [])
            fold.mark(project, deed.seq, book.day)
    except Unfit as wrong:
        return [words for found in wrong.errors.values() for words in found]
    except Stopped as wrong:
        return [words for found in wrong.parts.get("errors", {}).values() for words in found]
    except DatabaseError:
        return []  # a column that must be filled: the act's own form asks for it
    return []
