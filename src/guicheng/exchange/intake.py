"""Act lines through the door, each all or nothing, many to a commit; or all of them as a trial that leaves nothing behind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from time import monotonic
from typing import Any, BinaryIO

from django.db import DatabaseError, DataError, transaction

from guicheng.door.outcome import Outcome, Request
from guicheng.door.perform import perform
from guicheng.exchange.lines import ActLine, Unreadable, read_lines
from guicheng.judge.edition import forget_figures
from guicheng.ledger.models import Entry
from guicheng.people.wire import held

MOST_SHOWN = 100
"""So many unreadable lines are named before reading stops: a file of another kind has nothing else."""
TOGETHER = 50
"""Lines to a commit. PostgreSQL keeps 64 savepoints of a transaction at hand; with more, every other reader pays."""
KEPT = 16 * 2**20
"""Bytes of a file up to which what was read of it is kept: some 100 MB in memory."""
LONGEST_HELD = 0.5
"""Seconds after which a commit comes anyway, so that people at work beside an import never wait long for its locks."""


@dataclass(frozen=True)
class Survey:
    """A file of act lines as looked through before anything is done: how many, those that cannot be read, and all in order."""

    number: int
    wrong: list[ActLine]
    lines: Iterable[ActLine]


def survey(file: BinaryIO, history: bool) -> Survey:
    """Look through a whole file. Raises Unreadable when there is not one line.

    What was read of a file that is not large is kept and not read again; of another the lines are read anew as they are asked
    for, so that a file of any size takes little memory."""
    size = file.seek(0, 2)
    if size == 0:
        raise Unreadable("文件是空的，没有一行")
    file.seek(0)
    kept: list[ActLine] = []
    wrong: list[ActLine] = []
    number = 0
    for line in read_lines(file, history):
        number += 1
        if size <= KEPT:
            kept.append(line)
        if line.request is None:
            wrong.append(line)
            if len(wrong) >= MOST_SHOWN:
                break
    file.seek(0)
    return Survey(number, wrong, kept if size <= KEPT else read_lines(file, history))


Taken = tuple[ActLine, dict[str, Any]]


def take_in(lines: Iterable[ActLine], preview: bool = False, batch: int = TOGETHER) -> Iterator[Taken]:
    """Perform each line and yield it with its outcome as JSON. Each accepted line is kept before it is yielded, whatever
    happens afterwards; lines recorded earlier are skipped.

    So many lines are committed together; each is still all or nothing, has the verdict that it would have alone, and is yielded
    after the commit. If the process dies, the lines since the last commit were neither done nor yielded.

    A preview performs them all in one transaction that is rolled back: each line sees the effects of those before it,
    and nothing is kept. It holds the database's write lock on SQLite while it runs."""
    if preview:
        with _trial():
            for line in lines:
                outcome = _outcome(line) | {"preview": True}
                outcome.pop("hash", None)  # it holds the time of recording, so the one kept later differs
                yield line, outcome
        return
    waiting = iter(lines)
    while group := list(islice(waiting, batch)):
        while group:
            done = _together(group)
            yield from done
            group = group[len(done) :]


def _together(group: list[ActLine]) -> list[Taken]:
    """Perform these lines, or as many as may hold locks for so long, in one transaction with a savepoint a line.

    Where the database gives the whole transaction up (a deadlock with another import), each line gets its own."""
    done: list[Taken] = []
    try:
        with transaction.atomic(), held():
            until = monotonic() + LONGEST_HELD
            for line in group:
                done.append((line, _outcome(line)))
                if monotonic() > until:
                    break
    except DatabaseError:
        forget_figures()
        done = [(line, _outcome(line)) for line in group]
    except BaseException:
        forget_figures()  # those of a bureau's chain that never came to be
        raise
    return done


def _outcome(line: ActLine) -> dict[str, Any]:
    return {"line": line.number, **_one(line)}


@contextmanager
def _trial() -> Iterator[None]:
    try:
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
    finally:
        forget_figures()  # those of a bureau's chain that never came to be


def _one(line: ActLine) -> dict[str, Any]:
    if line.request is None:
        return {k: v for k, v in line.refusal.items() if k != "line"}
    request = line.request
    if line.known and Entry.objects.filter(chain=request.project, seq=line.known[0], hash=line.known[1]).exists():
        return Outcome("skipped", request.project, request.act, seq=line.known[0], hash=line.known[1]).as_json()
    return safely(request).as_json()


def safely(request: Request, through: Callable[[Request], Outcome] = perform) -> Outcome:
    """perform() or preview(), where data that the database cannot hold are invalid data."""
    try:
        return through(request)
    except (DataError, OverflowError, UnicodeError):
        errors = {"data": ["有数字或文字超出了能够存放的范围"]}
        return Outcome("invalid", request.project, request.act, errors=errors)


def status_of(outcomes: Counter[str]) -> int:
    """The exit status of an import: 2 when a line was wrong, 1 when one was refused or denied, else 0."""
    if outcomes["invalid"]:
        return 2
    return 1 if outcomes["refused"] or outcomes["denied"] else 0
