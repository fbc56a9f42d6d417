"""What a sweep found, sorted by project, then rule, however much it is: kept in a file without a name, so that memory does not
grow with the book. The order is Python's own, the same whatever engine the rows came from."""

from __future__ import annotations

import marshal
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from heapq import merge
from itertools import groupby, islice
from pathlib import Path
from tempfile import mkstemp
from typing import Any
from weakref import finalize

from guicheng.judge.verdict import Word

AT_ONCE = 20_000
"""Rows of a rule that are sorted in memory; more of them are sorted by portions, which are then merged."""
BLOCK = 128
"""Rows that are read back at a time, of each rule."""

Row = tuple[str, int, int, Word, tuple[Any, ...]]
"""Project, the record in breach (its seq and key), verdict, facts."""


@dataclass(frozen=True)
class Found:
    """A rule that is not simply kept on one project."""

    project: str
    rule: str
    verdict: Word
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class _Run:
    """Sorted rows: where their blocks lie in the file, and how long they are."""

    blocks: list[tuple[int, int]]


class Findings:
    """Findings rule by rule in, in order out, as often as asked. The file goes with the object.

    `numbers` counts the projects by rule and verdict."""

    def __init__(self) -> None:
        self.numbers: Counter[tuple[str, str]] = Counter()
        self._file, name = mkstemp(prefix="guicheng-findings-")
        Path(name).unlink()
        finalize(self, os.close, self._file)
        self._end = 0
        self._rules: dict[str, tuple[tuple[str, ...], _Run]] = {}

    def add(self, rule: str, names: tuple[str, ...], rows: Iterable[Row]) -> None:
        """All that was found of one rule, in any order; `names` are those of its facts. Of several rows of a project the first
        record counts."""
        rows = iter(rows)
        runs = []
        while some := sorted(islice(rows, AT_ONCE), key=_place):
            runs.append(self._write(_firsts(some)))
        if len(runs) > 1:
            runs = [self._write(_firsts(merge(*map(self._read, runs), key=_place)))]
        for run in runs:
            self._rules[rule] = names, run
            self.numbers.update((rule, row[3]) for row in self._read(run))

    def __len__(self) -> int:
        return self.numbers.total()

    def __iter__(self) -> Iterator[Found]:
        for project, rule, verdict, facts in merge(*map(self._of, self._rules)):
            yield Found(project, rule, verdict, dict(zip(self._rules[rule][0], facts, strict=True)))

    def of(self, rule: str, verdict: str) -> Iterator[Found]:
        """Those of one rule with this verdict, by project."""
        for project, _, word, facts in self._of(rule):
            if word == verdict:
                yield Found(project, rule, word, dict(zip(self._rules[rule][0], facts, strict=True)))

    def _of(self, rule: str) -> Iterator[tuple[str, str, Word, tuple[Any, ...]]]:
        for project, _, _, verdict, facts in self._read(self._rules[rule][1]):
            yield project, rule, verdict, facts

    def _write(self, rows: Iterator[Row]) -> _Run:
        blocks = []
        while some := list(islice(rows, BLOCK)):
            text = marshal.dumps(some)
            blocks.append((self._end, len(text)))
            self._end += os.pwrite(self._file, text, self._end)
        return _Run(blocks)

    def _read(self, run: _Run) -> Iterator[Row]:
        for start, length in run.blocks:
            yield from marshal.loads(os.pread(self._file, length, start))


def _place(row: Row) -> tuple[str, int, int]:
    return row[:3]


def _firsts(rows: Iterable[Row]) -> Iterator[Row]:
    """Of sorted rows, the first of each project."""
    for _, those in groupby(rows, key=lambda row: row[0]):
        yield next(those)
