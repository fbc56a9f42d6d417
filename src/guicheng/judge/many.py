"""One rule over many projects as one statement: by the rows of the table that it asks for a record of, in one reading of that
table, where nothing may be missing; else project by project."""

from collections.abc import Iterable
from functools import lru_cache
from itertools import accumulate
from typing import Any

from guicheng.judge.statement import GAPPED, KEPT, Shape, Statement, fact, fact_names, rendering
from guicheng.law.declare import Rule
from guicheng.law.lists import NESTED
from guicheng.law.terms import Binary, Render, Row, Term
from guicheng.law.words import Has
from guicheng.records.project import Project
from guicheng.regulations.base import regulation

HEAD = ("project", "verdict", "seq", "row")
"""The first columns of a portfolio's statement; the facts follow. A project may come several times, once for each row in breach:
that with the least `seq`, then `row`, is the one whose facts are shown."""


@lru_cache(maxsize=2048)
def for_portfolio(regulation_id: str, rule_id: str, shape: Shape, dialect: str, open: bool) -> Statement:
    """One rule over every project of an edition: code, verdict and facts of those not kept."""
    rule, r = regulation(regulation_id).rules[rule_id], rendering(shape, dialect, open)
    if r.nested:
        return _over_lists(rule, r)
    within = f"p.edition = {slot('edition', dialect)}"
    if by_rows(rule, open):
        return _by_rows(rule, r, "p.code", within, ("edition",))
    facts = ["0", "0", *(fact(rule, n).sql(r) for n in fact_names(rule))]
    return _by_projects(rule, r, "p.code", facts, within, ("edition",))


@lru_cache(maxsize=2048)
def for_portion(regulation_id: str, rule_id: str, shape: Shape, dialect: str, open: bool) -> Statement:
    """The same over the projects of an edition whose keys lie from `first` to `last`: key and verdict, without facts."""
    rule, r = regulation(regulation_id).rules[rule_id], rendering(shape, dialect, open)
    # The key alone leads to the rows: an index by edition would lead through the whole book for every portion.
    within = f"p.edition || '' = {slot('edition', dialect)}"
    first, last = slot("first", dialect), slot("last", dialect)
    if by_rows(rule, open):
        key = f"r1.project_id >= {first} AND r1.project_id <= {last}"
        return _by_rows(rule, r, "r1.project_id", f"{key} AND {within}", ("edition", "first", "last"), facts=False)
    key = f"p.id >= {first} AND p.id <= {last}"
    return _by_projects(rule, r, "p.id", ["0", "0"], f"{key} AND {within}", ("edition", "first", "last"))


def by_rows(rule: Rule, open: bool) -> bool:
    """A rule that says no more than "some record is so", where what is not on record did not happen."""
    return not open and isinstance(rule.condition(), Has)


def slot(name: str, dialect: str) -> str:
    """A value that no rule speaks of: the edition, the keys of a portion."""
    if dialect in NESTED:
        return f"{NESTED[dialect].slot}{name}"
    return f":{name}" if dialect == "sqlite" else f"%({name})s"


def over_rows(rule: Rule, row: Row) -> tuple[list[Term], dict[str, Term]]:
    """Of a rule that goes by rows: what has to be true of a row, and the facts that it then shows."""
    if rule.over is not None:
        found = rule.judged(row)
        return [found.when], found.facts
    condition = rule.condition()
    assert isinstance(condition, Has)
    return condition.condition(row), rule.judged().facts


def _by_rows(rule: Rule, r: Render, project: str, within: str, slots: tuple[str, ...], facts: bool = True) -> Statement:
    """Rows of the table that are in breach; the project is looked up for those that may be."""
    condition: Any = rule.condition()
    alias = r.alias()
    r.key = f"{alias}.project_id"
    when, shown = over_rows(rule, Row(condition.model, alias))
    names = tuple(shown) if facts else ()
    columns = ", ".join([project, "TRUE", f"{alias}.seq", f"{alias}.id", *(shown[n].sql(r) for n in names)])
    sql = f"SELECT {columns} {rows_of(condition.model, alias, r)} WHERE {bare(when, r)} AND {within} AND p.gaps = ''"
    return Statement(sql, frozenset(r.slots | set(slots)), (*HEAD, *names))


def rows_of(table: Any, alias: str, r: Render) -> str:
    """From the rows of a table to their projects. Left to itself either database would begin with the projects: they are looked up
    for the rows that may be in breach, which are few."""
    rows, projects = f"{table._meta.db_table} {alias}", Project._meta.db_table
    if r.dialect == "postgresql":
        one = f"SELECT * FROM {projects} p WHERE p.id = {alias}.project_id {FENCE[r.dialect]}"
        return f"FROM {rows} CROSS JOIN LATERAL ({one}) p"
    return f"FROM {rows} CROSS JOIN {projects} p ON p.id = {alias}.project_id"


def bare(when: Iterable[Term], r: Render) -> str:
    """What has to be true, with its parts side by side: each is asked as early as what it reads is there."""
    parts = [t.bare(r) if isinstance(t, Binary) and t.op == "AND" else t.sql(r) for t in when]
    return " AND ".join(parts) or "TRUE"


def _by_projects(
    rule: Rule, r: Render, project: str, rest: list[str], within: str, slots: tuple[str, ...]
) -> Statement:
    # The condition comes first and bare: SQLite before 3.46 reads a hundred levels at most, and each bracket is one.
    asked, gaps = rule.condition().sql(r), "NOT p.gaps = ''" if r.open else "p.gaps = ''"
    names, table = fact_names(rule) if len(rest) > 2 else (), Project._meta.db_table
    if r.open and not (r.dialect == "sqlite" and _levels(asked) > DEEPEST):
        # Most of these projects have an answer to be told: it is asked once, behind a fence that the planner leaves alone.
        # Where it is not "in breach", no record is, and there is none to show.
        if rule.over is not None:
            rest = [*rest[:2], *(f"CASE WHEN p.verdict THEN {fact} END" for fact in rest[2:])]
        own = sorted({"id", "code", "gaps"} | {c for model, c in r.reads if model is Project})
        here = f"SELECT {asked} AS verdict, {', '.join(f'p.{c}' for c in own)} FROM {table} p WHERE {within} AND {gaps} {FENCE[r.dialect]}"
        sql = (
            f"WITH p AS ({here}) SELECT {', '.join([project, 'p.verdict', *rest])} FROM p WHERE p.verdict IS NOT FALSE"
        )
    else:
        where = f"{asked} IS NOT FALSE AND {within} AND {gaps}"
        sql = f"SELECT {', '.join([project, asked, *rest])} FROM {table} p WHERE {where}"
    return Statement(sql, frozenset(r.slots | set(slots)), (*HEAD, *names))


def _levels(sql: str) -> int:
    """How deep brackets stand in one another."""
    return max(accumulate((c == "(") - (c == ")") for c in sql if c in "()"))


DEEPEST = 19
"""Brackets in a condition that can stand inside another statement on SQLite before 3.46."""
FENCE = {"sqlite": "LIMIT -1", "postgresql": "OFFSET 0"}
"""Changes nothing, but keeps the planner from writing what is inside into what is outside, where it would be asked twice."""


def _over_lists(rule: Rule, r: Render) -> Statement:
    """On a column engine: the verdict and the facts are each written once, the facts as one structure."""
    names, gaps, table = fact_names(rule), "<>" if r.open else "=", GAPPED if r.open else KEPT
    verdict, facts = rule.condition().sql(r), _all_facts(rule, names, r) if names else "NULL"
    here = f"WHERE p.edition = {slot('edition', r.dialect)} AND p.gaps {gaps} ''"
    own = {"code", "gaps"} | {c if m is Project else str(m._meta.model_name) for m, c in r.reads}
    sql = (
        f"SELECT p.code, p.verdict, {facts} AS facts FROM"
        f" (SELECT {', '.join(f'p.{c}' for c in sorted(own))}, {verdict} AS verdict FROM {table} p {here}) p"
        " WHERE p.verdict IS NOT FALSE"
    )
    return Statement(sql, frozenset(r.slots | {"edition"}), (*HEAD, *names))


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
