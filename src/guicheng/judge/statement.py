"""From an edition's rules to SQL: one statement for one project, one statement a rule for a portfolio; compiled once."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

from guicheng.law.declare import Rule
from guicheng.law.figures import Figures
from guicheng.law.lists import NESTED
from guicheng.law.terms import ProjectColumn, Render, Row, Term
from guicheng.law.words import Aggregate
from guicheng.people.wire import dialect, send_numbered, together, wire
from guicheng.records.project import Project
from guicheng.regulations.base import regulation

NAMED = re.compile(r"%\((\w+)\)s")
KEPT = "kept"
"""On the column engines: one row a project, with a list of rows for each record table (`law/lists.py`)."""


@dataclass(frozen=True)
class Statement:
    """SQL with named slots, and the rules (or facts) that its columns stand for."""

    sql: str
    slots: frozenset[str]
    columns: tuple[str, ...]

    def rows(self, **values: Any) -> list[tuple[Any, ...]]:
        """Run it, prepared by the driver. Slots that the SQL does not use are left out."""
        return run((self,), values)[0]

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
    if len(statements) == 1:
        return [statements[0].sent(values).fetchall()]
    with together():
        return [c.fetchall() for c in [s.sent(values) for s in statements]]


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


def _statement(select: Iterable[tuple[str, Term]], tail: str, r: Render, extra: tuple[str, ...] = ()) -> Statement:
    pairs = list(select)
    columns = ", ".join(t.sql(r) for _, t in pairs)
    source = KEPT if r.nested else Project._meta.db_table
    return Statement(
        f"SELECT {columns} FROM {source} p {tail}", frozenset(r.slots | set(extra)), tuple(n for n, _ in pairs)
    )


def _render(shape: Shape, dialect: str, open: bool) -> Render:
    return Render(dialect, shape.figures, Project, open)


def one_project(shape: Shape, dialect: str, open: bool) -> Render:
    """A rendering for a statement that judges one project."""
    r = _render(shape, dialect, open)
    r.key = r.slot("project", "int")
    return r


def of_one(select: Iterable[tuple[str, Term]], r: Render) -> Statement:
    """These terms of one project, as a row of columns."""
    return _statement(select, f"WHERE p.id = {r.key}", r)


def _slot(name: str, dialect: str) -> str:
    if dialect in NESTED:
        return f"{NESTED[dialect].slot}{name}"
    return f":{name}" if dialect == "sqlite" else f"%({name})s"


@lru_cache(maxsize=2048)
def for_depth(regulation_id: str, rule_id: str, shape: Shape, dialect: str) -> Statement:
    """How many records of one project are in breach of a rule that judges them one by one."""
    rule = regulation(regulation_id).rules[rule_id]
    rows = Aggregate("COUNT", rule.over, None, lambda row: rule.judged(row).when, {})
    return of_one([("depth", rows)], one_project(shape, dialect, False))


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
        r.reads.add((self.rule.over, "project_id"))
        found = self.rule.judged(Row(self.rule.over, alias))
        when, fact = found.when.sql(r), found.facts[self.name].sql(r)
        where = f"{alias}.project_id = {r.key} AND ({when})"
        return f"(SELECT {fact} FROM {table} {alias} WHERE {where} ORDER BY {alias}.seq, {alias}.id LIMIT 1)"


def terms_of(rule: Rule) -> tuple[Term, ...]:
    """The condition of a rule, and the facts that it shows."""
    return (rule.condition(), *(_fact(rule, n) for n in fact_names(rule)))


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
    return of_one(((n, _fact(rule, n)) for n in names), one_project(shape, dialect, open))


@lru_cache(maxsize=2048)
def for_portion(regulation_id: str, rule_id: str, shape: Shape, dialect: str, open: bool) -> Statement:
    """One rule over the projects of an edition whose keys lie from `first` to `last`: key and verdict of those not kept."""
    condition, r = regulation(regulation_id).rules[rule_id].condition(), _render(shape, dialect, open)
    gaps, slots = "<>" if open else "=", {n: _slot(n, dialect) for n in ("edition", "first", "last")}
    # The key alone leads to the rows: an index by edition would lead through the whole book for every portion.
    where = (
        f"{condition.sql(r)} IS NOT FALSE AND p.id >= {slots['first']} AND p.id <= {slots['last']}"
        f" AND p.edition || '' = {slots['edition']} AND p.gaps {gaps} ''"
    )
    select: list[tuple[str, Term]] = [("project", ProjectColumn("id")), ("verdict", condition)]
    return _statement(select, f"WHERE {where}", r, tuple(slots))


@lru_cache(maxsize=2048)
def for_portfolio(regulation_id: str, rule_id: str, shape: Shape, dialect: str, open: bool) -> Statement:
    """One rule over every project of an edition: code, verdict and facts of those not kept."""
    rule = regulation(regulation_id).rules[rule_id]
    r = _render(shape, dialect, open)
    if r.nested:
        return _over_lists(rule, r)
    condition = rule.condition()
    facts = [(n, _fact(rule, n)) for n in fact_names(rule)]
    gaps = "<>" if open else "="
    # The condition comes first and bare: SQLite before 3.46 reads a hundred levels at most, and each bracket is one.
    where = f"{condition.sql(r)} IS NOT FALSE AND p.edition = {_slot('edition', dialect)} AND p.gaps {gaps} ''"
    select: list[tuple[str, Term]] = [("project", ProjectColumn("code")), ("verdict", condition), *facts]
    return _statement(select, f"WHERE {where}", r, ("edition",))


def _over_lists(rule: Rule, r: Render) -> Statement:
    """The same on a column engine: the verdict and the facts are each written once, the facts as one structure."""
    names, gaps = fact_names(rule), "<>" if r.open else "="
    verdict, facts = rule.condition().sql(r), _all_facts(rule, names, r) if names else "NULL"
    here = f"WHERE p.edition = {_slot('edition', r.dialect)} AND p.gaps {gaps} ''"
    own = {"code", "gaps"} | {c if m is Project else str(m._meta.model_name) for m, c in r.reads}
    sql = (
        f"SELECT p.code, p.verdict, {facts} AS facts FROM"
        f" (SELECT {', '.join(f'p.{c}' for c in sorted(own))}, {verdict} AS verdict FROM {KEPT} p {here}) p"
        " WHERE p.verdict IS NOT FALSE"
    )
    return Statement(sql, frozenset(r.slots | {"edition"}), ("project", "verdict", *names))


def _all_facts(rule: Rule, names: tuple[str, ...], r: Render) -> str:
    """The facts of the project, or of its first row in breach, as one structure."""
    of = NESTED[r.dialect]
    if rule.over is None:
        found = rule.judged().facts
        return of.struct(names, [found[n].sql(r) for n in names])
    r.reads.add((rule.over, "project_id"))
    alias = r.alias()
    judged = rule.judged(Row(rule.over, alias))
    rows = of.filtered(f"p.{rule.over._meta.model_name}", alias, judged.when.sql(r))
    return of.first.format(of.mapped(rows, alias, of.struct(names, [judged.facts[n].sql(r) for n in names])))
