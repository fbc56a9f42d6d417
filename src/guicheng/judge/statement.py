"""From an edition's rules to SQL, compiled once: what a statement is, and those over one project."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

from guicheng.law.declare import Rule
from guicheng.law.figures import Figures
from guicheng.law.terms import Render, Row, Term
from guicheng.law.words import Aggregate
from guicheng.people.wire import dialect, send_numbered, stream_numbered, together, wire
from guicheng.records.project import Project
from guicheng.regulations.base import regulation

NAMED = re.compile(r"%\((\w+)\)s")
KEPT = "kept"
"""On the column engines: one row a project, with a list of rows for each record table (`law/lists.py`)."""
GAPPED = "gapped"
"""The few of them whose history has gaps, once more by themselves: the engines would read the lists of all to judge these."""


@dataclass(frozen=True)
class Statement:
    """SQL with named slots, and the rules (or facts) that its columns stand for."""

    sql: str
    slots: frozenset[str]
    columns: tuple[str, ...]

    def rows(self, **values: Any) -> list[tuple[Any, ...]]:
        """Run it, prepared by the driver. Slots that the SQL does not use are left out."""
        return run((self,), values)[0]

    def stream(self, **values: Any) -> Iterator[tuple[Any, ...]]:
        """The same, row by row as the database finds them. On PostgreSQL nothing else may be asked before the end."""
        if dialect() == "sqlite":
            yield from wire().execute(self.sql, self.bound(values, True))
        else:
            sql, names = self.numbered
            yield from stream_numbered(sql, [values[n] for n in names])

    @cached_property
    def numbered(self) -> tuple[bytes, tuple[str, ...]]:
        """With PostgreSQL's own marks, and the slots in their order."""
        names = tuple(dict.fromkeys(NAMED.findall(self.sql)))
        sql = NAMED.sub(lambda m: f"${names.index(m[1]) + 1}", self.sql)
        return sql.replace("%%", "%").encode(), names

    def sent(self, values: dict[str, Any]) -> Any:
        """Sent to PostgreSQL; the cursor with its answer."""
        sql, names = self.numbered
        return send_numbered(sql, [values[n] for n in names])

    def bound(self, values: dict[str, Any], iso: bool = False) -> dict[str, Any]:
        """Of these values, those that the SQL has slots for; days as ISO text where the driver wants text."""
        if not iso:
            return {k: values[k] for k in self.slots}
        return {k: v.isoformat() if isinstance(v := values[k], date) else v for k in self.slots}


def run(statements: Sequence[Statement], values: dict[str, Any]) -> list[list[tuple[Any, ...]]]:
    """The rows of each statement, prepared by the driver; on PostgreSQL they all travel together, there and back."""
    if dialect() == "sqlite":
        raw = wire()
        return [raw.execute(s.sql, s.bound(values, True)).fetchall() for s in statements]
    if not statements:
        return []
    if len(statements) == 1:
        return [statements[0].sent(values).fetchall()]
    with together():
        asked = [s.sent(values) for s in statements]
    return [c.fetchall() for c in asked]  # once all have come: fetched inside, they would be asked for once more


class Shape:
    """The shape of some figures, as a key: statements depend on how many periods a figure has, not on its values."""

    def __init__(self, figures: Figures):
        self.figures = figures

    def __hash__(self) -> int:
        return self.figures.shape_hash

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Shape):
            return False
        return self.figures is other.figures or self.figures.shape == other.figures.shape


def rendering(shape: Shape, dialect: str, open: bool) -> Render:
    """A rendering for a statement over many projects."""
    return Render(dialect, shape.figures, Project, open)


def one_project(shape: Shape, dialect: str, open: bool) -> Render:
    """A rendering for a statement that judges one project."""
    r = rendering(shape, dialect, open)
    r.key = r.slot("project", "int")
    return r


def of_one(select: Iterable[tuple[str, Term]], r: Render) -> Statement:
    """These terms of one project, as a row of columns."""
    pairs = list(select)
    columns = ", ".join(t.sql(r) for _, t in pairs)
    sql = f"SELECT {columns} FROM {Project._meta.db_table} p WHERE p.id = {r.key}"
    return Statement(sql, frozenset(r.slots), tuple(n for n, _ in pairs))


@lru_cache(maxsize=2048)
def for_depth(regulation_id: str, rule_id: str, shape: Shape, dialect: str) -> Statement:
    """How many records of one project are in breach of a rule that judges them one by one."""
    rule = regulation(regulation_id).rules[rule_id]
    rows = Aggregate("COUNT", rule.over, None, lambda row: rule.judged(row).when, {})
    return of_one([("depth", rows)], one_project(shape, dialect, False))


def fact(rule: Rule, name: str) -> Term:
    """A fact as a scalar: of the project, or of the first row in breach."""
    if rule.over is None:
        return rule.judged().facts[name]
    return _FirstRow(rule, name)


class _FirstRow(Term):
    def __init__(self, rule: Rule, name: str):
        self.rule, self.name = rule, name

    def sql(self, r: Render) -> str:
        alias, table = r.alias(), self.rule.over._meta.db_table
        r.reads.add((self.rule.over, "project_id"))
        found = self.rule.judged(Row(self.rule.over, alias))
        when, fact = found.when.sql(r), found.facts[self.name].sql(r)
        where = f"{alias}.project_id = {r.key} AND ({when})"
        return f"(SELECT {fact} FROM {table} {alias} WHERE {where} ORDER BY {alias}.seq, {alias}.id LIMIT 1)"


def terms_of(rule: Rule) -> tuple[Term, ...]:
    """The condition of a rule, and the facts that it shows."""
    return (rule.condition(), *(fact(rule, n) for n in fact_names(rule)))


def fact_names(rule: Rule) -> tuple[str, ...]:
    row = Row(rule.over, "a") if rule.over is not None else None
    return tuple(rule.judged(row).facts)


@lru_cache(maxsize=2048)
def for_facts(regulation_id: str, rule_id: str, shape: Shape, dialect: str, open: bool) -> Statement | None:
    """The figures that decided one rule on one project; nothing when the rule shows none."""
    rule = regulation(regulation_id).rules[rule_id]
    names = fact_names(rule)
    if not names:
        return None
    return of_one(((n, fact(rule, n)) for n in names), one_project(shape, dialect, open))
