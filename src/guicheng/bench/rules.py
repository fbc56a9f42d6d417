"""What every rule costs on the database as it is: over one project, as the door asks, and over all of them, as an audit does."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from statistics import median
from time import perf_counter
from typing import Any

from django.db import connection

from guicheng.bench.plans import ways
from guicheng.judge.many import for_portfolio
from guicheng.judge.statement import Shape, Statement, of_one, one_project
from guicheng.judge.uses import columns_read
from guicheng.judge.verdict import judge
from guicheng.law.declare import Rule
from guicheng.law.figures import Figures
from guicheng.law.regulation import Regulation
from guicheng.people.wire import dialect, wire
from guicheng.portfolio.sweep import figures_now, groups, one_moment
from guicheng.records.project import Project

Tick = Callable[[int, int], None]
ROUNDS, IN_THE_DOOR = 3, 20
"""How often a statement over all projects, and one over one project, is run: the median is taken."""


class NothingHere(Exception):
    """There is no project to measure on, or not the one that was asked for: one sentence."""


@dataclass(frozen=True)
class Cost:
    """One rule's own cost, in milliseconds. `scan` is a sequential reading of the tables that it reads; `door_ways` and
    `book_ways` say by table how their rows are come by."""

    rule: str
    clause: str
    door: float
    book: float
    scan: float
    found: int
    door_ways: dict[str, tuple[str, ...]]
    book_ways: dict[str, tuple[str, ...]]

    def as_json(self) -> dict[str, Any]:
        return {
            "rule": self.rule, "clause": self.clause, "door_ms": round(self.door, 3), "portfolio_ms": round(self.book, 2),
            "scan_ms": round(self.scan, 2), "scans": round(self.book / self.scan, 2), "found": self.found,
            "door_plan": self.door_ways, "portfolio_plan": self.book_ways,
        }  # fmt: skip


@dataclass(frozen=True)
class Costs:
    """All rules, the dearest over the portfolio first. `check` is the door's whole check of the project, all rules together;
    `sizes` has the number of rows of every table that rules read."""

    law: Regulation
    project: str
    projects: int
    as_of: date
    check: float
    rules: list[Cost]
    sizes: dict[str, int]

    def as_json(self) -> dict[str, Any]:
        return {
            "regulation": self.law.id, "as_of": self.as_of.isoformat(), "database": connection.vendor,
            "projects": self.projects, "project": self.project, "check_ms": round(self.check, 3),
            "rows": self.sizes, "rules": [c.as_json() for c in self.rules],
        }  # fmt: skip


def costs(law: Regulation, day: date, code: str | None = None, tick: Tick = lambda done, of: None) -> Costs:
    """Measure every rule: on the project of this code, or on that with the most acts behind it, and on all projects.

    Reads only. Raises NothingHere."""
    project = Project.objects.filter(**{"code": code} if code else {}).order_by("-seq", "code").first()
    if project is None:
        raise NothingHere(f"没有编号为 {code} 的项目" if code else "这个数据库里还没有项目，没有什么可量的")
    with one_moment():
        figures = figures_now(law, project.edition)
        every = [(e, gaps, figures_now(law, e)) for e, gaps in groups(Project.objects.all())]
        found, scan = [], cache(_scan)
        for number, rule in enumerate(law.rules.values(), 1):
            found.append(_cost(law, rule, day, _of_one(rule, project, figures, day), every, scan))
            tick(number, len(law.rules))
        check = _median(lambda: judge(law, project, day, figures), IN_THE_DOOR)
    found.sort(key=lambda c: (-c.book, c.rule))
    sizes = {str(t._meta.model_name): t._default_manager.count() for t in columns_read(law.rules.values(), law.figures)}
    return Costs(law, project.code, sizes["project"], day, check, found, sizes)


Asked = tuple[Statement, dict[str, Any]]


def _of_one(rule: Rule, project: Project, figures: Figures, day: date) -> Asked:
    """The rule alone over one project. The door joins rules that read the same table into one reading."""
    statement = of_one([(rule.id, rule.condition())], one_project(Shape(figures), dialect(), bool(project.gaps)))
    return statement, {"project": project.pk, "day": day, **figures.bound}


def _cost(
    law: Regulation, rule: Rule, day: date, one: Asked, every: list[tuple[str, bool, Figures]],
    scan: Callable[[Any, str], float],
) -> Cost:  # fmt: skip
    asked = [
        (for_portfolio(law.id, rule.id, Shape(f), dialect(), gaps), {"edition": edition, "day": day, **f.bound})
        for edition, gaps, f in every
    ]
    found = sum(len({row[0] for row in statement.stream(**values)}) for statement, values in asked)
    book = _median(lambda: [deque(s.stream(**v), maxlen=0) for s, v in asked], ROUNDS)
    door = _median(lambda: one[0].rows(**one[1]), IN_THE_DOOR)
    reads = {Project: ("code",)} | columns_read([rule], law.figures)
    limit = sum(scan(table, columns[-1]) for table, columns in reads.items())
    book_ways: dict[str, tuple[str, ...]] = {}
    for statement, values in asked:
        for table, way in ways(statement, values).items():
            book_ways[table] = tuple(sorted({*book_ways.get(table, ()), *way}))
    return Cost(rule.id, rule.clause, door, book, limit, found, ways(*one), book_ways)


def _scan(table: Any, column: str) -> float:
    """Milliseconds to read one column of every row, in the order in which the table lies, by one process."""
    name, plain = table._meta.db_table, " NOT INDEXED" if dialect() == "sqlite" else ""
    return _median(
        lambda: wire().execute(f'SELECT COUNT("{column}"), MAX(seq + 0) FROM {name}{plain}').fetchall(), ROUNDS
    )


def _median(work: Callable[[], Any], times: int) -> float:
    """Milliseconds, once more than counted: the first time warms."""
    taken = []
    for _ in range(times + 1):
        start = perf_counter()
        work()
        taken.append((perf_counter() - start) * 1000)
    return median(taken[1:])
