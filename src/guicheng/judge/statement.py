"""From an edition's rules to SQL: one statement for one project, one statement a rule for a portfolio; compiled once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import psycopg
from django.db import connection

from guicheng.law.declare import Rule
from guicheng.law.figures import Figures
from guicheng.law.terms import ProjectColumn, Render, Row, Term
from guicheng.law.words import Aggregate
from guicheng.records.project import Project
from guicheng.regulations.base import regulation

FROM = f"FROM {Project._meta.db_table} p"


@dataclass(frozen=True)
class Statement:
    """SQL with named slots, and the rules (or facts) that its columns stand for."""

    sql: str
    slots: frozenset[str]
    columns: tuple[str, ...]

    def rows(self, **values: Any) -> list[tuple[Any, ...]]:
        """Run it, prepared by the driver. Slots that the SQL does not use are left out."""
        bound = {k: v for k, v in values.items() if k in self.slots}
        connection.ensure_connection()
        if connection.vendor == "sqlite":
            bound = {k: v.isoformat() if isinstance(v, date) else v for k, v in bound.items()}
            found: list[tuple[Any, ...]] = connection.connection.execute(self.sql, bound).fetchall()
            return found
        return list(psycopg.Cursor(connection.connection).execute(self.sql, bound, prepare=True).fetchall())


class Shape:
    """The shape of some figures, as a key: statements depend on how many periods a figure has, not on its values."""

    def __init__(self, figures: Figures):
        self.figures = figures

    def __hash__(self) -> int:
        return hash(self.figures.shape)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Shape) and self.figures.shape == other.figures.shape


def _statement(select: Iterable[tuple[str, Term]], tail: str, r: Render, extra: tuple[str, ...] = ()) -> Statement:
    pairs = list(select)
    columns = ", ".join(t.sql(r) for _, t in pairs)
    return Statement(f"SELECT {columns} {FROM} {tail}", frozenset(r.slots | set(extra)), tuple(n for n, _ in pairs))


def _render(shape: Shape, dialect: str, open: bool) -> Render:
    return Render(dialect, shape.figures, Project, open)


def _slot(name: str, dialect: str) -> str:
    return f":{name}" if dialect == "sqlite" else f"%({name})s"


RULES_IN_ONE = {"sqlite": 24, "postgresql": 48}
"""Both engines slow down with the number of tables open in one statement: the one statement is cut into a few."""


@lru_cache(maxsize=64)
def for_one(regulation_id: str, shape: Shape, dialect: str, open: bool) -> tuple[Statement, ...]:
    """Every rule of the regulation over one project: one column a rule (true: breached; null: unknown)."""
    rules = list(regulation(regulation_id).rules.items())
    tail, size = f"WHERE p.id = {_slot('project', dialect)}", RULES_IN_ONE[dialect]
    return tuple(
        _statement(
            ((id, rule.condition()) for id, rule in rules[start : start + size]),
            tail,
            _render(shape, dialect, open),
            ("project",),
        )
        for start in range(0, len(rules), size)
    )


@lru_cache(maxsize=2048)
def for_depth(regulation_id: str, rule_id: str, shape: Shape, dialect: str) -> Statement:
    """How many records of one project are in breach of a rule that judges them one by one."""
    rule = regulation(regulation_id).rules[rule_id]
    rows = Aggregate("COUNT", rule.over, None, lambda row: rule.judged(row).when, {})
    tail = f"WHERE p.id = {_slot('project', dialect)}"
    return _statement([("depth", rows)], tail, _render(shape, dialect, False), ("project",))


def _fact(rule: Rule, name: str) -> Term:
    """A fact as a scalar: of the project, or of the first row in breach."""
    if rule.over is None:
        return rule.judged().facts[name]
    return _FirstRow(rule, name)


class _FirstRow(Term):
    def __init__(self, rule: Rule, name: str):
        self.rule, self.name = rule, name

    def sql(self, r: Render) -> str:
        alias, table = r.alias(), self.rule.over._meta.db_table
        found = self.rule.judged(Row(self.rule.over, alias))
        when, fact = found.when.sql(r), found.facts[self.name].sql(r)
        where = f"{alias}.project_id = p.id AND ({when})"
        return f"(SELECT {fact} FROM {table} {alias} WHERE {where} ORDER BY {alias}.seq, {alias}.id LIMIT 1)"


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
    tail = f"WHERE p.id = {_slot('project', dialect)}"
    return _statement(((n, _fact(rule, n)) for n in names), tail, _render(shape, dialect, open), ("project",))


@lru_cache(maxsize=2048)
def for_portfolio(regulation_id: str, rule_id: str, shape: Shape, dialect: str, open: bool) -> Statement:
    """One rule over every project of an edition: code, verdict and facts of those not kept."""
    rule = regulation(regulation_id).rules[rule_id]
    r = _render(shape, dialect, open)
    condition = rule.condition()
    facts = [(n, _fact(rule, n)) for n in fact_names(rule)]
    gaps = "<>" if open else "="
    # The condition comes first and bare: SQLite before 3.46 reads a hundred levels at most, and each bracket is one.
    where = f"{condition.sql(r)} IS NOT FALSE AND p.edition = {_slot('edition', dialect)} AND p.gaps {gaps} ''"
    select: list[tuple[str, Term]] = [("project", ProjectColumn("code")), ("verdict", condition), *facts]
    return _statement(select, f"WHERE {where}", r, ("edition",))
