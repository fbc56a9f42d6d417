"""Rules over every project: one statement a rule for each edition, apart for projects whose history has gaps."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any, Protocol

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from guicheng.judge.edition import figures_of
from guicheng.judge.many import for_portfolio
from guicheng.judge.statement import Shape, Statement, fact_names
from guicheng.judge.verdict import Word, plain
from guicheng.law.declare import EXEMPTABLE, EXPLAIN, Force, Rule
from guicheng.law.figures import Figure, Figures
from guicheng.law.regulation import Regulation
from guicheng.ledger.models import Chain
from guicheng.portfolio.findings import Findings
from guicheng.records.project import Exemption, Explanation, Project

Tick = Callable[[int, int], None]
BUREAU = "bureau"
Group = tuple[str, bool, Figures]
"""Projects of one edition, with gaps in their history or without, and the figures under which they are judged."""


class Source(Protocol):
    """Where a sweep asks: the database, or an engine over kept columns."""

    @property
    def dialect(self) -> str: ...

    def rows(self, statement: Statement, **values: Any) -> Iterator[tuple[Any, ...]]:
        """The columns of HEAD, then the facts, in any order, each row as it is found."""
        ...


class Database:
    """The database itself."""

    @property
    def dialect(self) -> str:
        return connection.vendor

    def rows(self, statement: Statement, **values: Any) -> Iterator[tuple[Any, ...]]:
        return statement.stream(**values)


@contextmanager
def one_moment() -> Iterator[None]:
    """All statements inside see the database as it stood at one moment, and hold up nobody."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "sqlite":
        connection.ensure_connection()
        connection.connection.execute("BEGIN DEFERRED")
        try:
            yield
        finally:
            connection.connection.execute("ROLLBACK")
    else:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield


def figures_now(law: Regulation, edition: str) -> Figures:
    """The figures of an edition as the bureau's chain gives them now."""
    return figures_of(law, edition, Chain.objects.filter(code=BUREAU).values_list("seq", flat=True).first() or 0)


def sweep(
    law: Regulation,
    day: date,
    rules: Iterable[Rule],
    changed: tuple[Figure, ...] = (),
    tick: Tick = lambda done, of: None,
    source: Source | None = None,
) -> Findings:
    """Everything that is not simply kept, sorted by project, then rule. `changed` figures stand in every edition."""
    every = [(e, gaps, figures_now(law, e).with_(*changed)) for e, gaps in groups(Project.objects.all())]
    rules, source, aside, found = list(rules), source or Database(), set_aside(day), Findings()
    for i, rule in enumerate(rules):
        rows = (row for one in every for row in _rows(law, rule, day, one, source))
        said = ((p, seq, key, word_of(p, rule, v, aside), tuple(map(plain, facts))) for p, v, seq, key, *facts in rows)
        found.add(rule.id, fact_names(rule), said)
        tick(i + 1, len(rules))
    return found


def _rows(law: Regulation, rule: Rule, day: date, group: Group, source: Source) -> Iterator[tuple[Any, ...]]:
    edition, gaps, figures = group
    statement = for_portfolio(law.id, rule.id, Shape(figures), source.dialect, gaps)
    return source.rows(statement, edition=edition, day=day, **figures.bound)


def word_of(project: str, rule: Rule, verdict: Any, aside: frozenset[tuple[Force, str, str]]) -> Word:
    """What a statement found of a rule on the project of this code, in a word."""
    if verdict is None:
        return "unknown"
    return "exempted" if (rule.force, project, rule.id) in aside else "breached"


def groups(projects: QuerySet[Project]) -> list[tuple[str, bool]]:
    """Which editions these projects live under, apart for those with gaps and without."""
    pairs = [
        (edition, gaps)
        for gaps, fits in ((False, Q(gaps="")), (True, ~Q(gaps="")))
        for edition in projects.filter(fits).values_list("edition", flat=True).distinct()
    ]
    return sorted(pairs)


def set_aside(day: date, **where: Any) -> frozenset[tuple[Force, str, str]]:
    """Every exemption and explanation that stands on this day, or those that fit: one query each."""
    current = Q(until__isnull=True) | Q(until__gte=day)
    return frozenset(
        (force, project, rule)
        for force, table in ((EXEMPTABLE, Exemption), (EXPLAIN, Explanation))
        for project, rule in table._default_manager.filter(current, **where).values_list("project__code", "rule")
    )
