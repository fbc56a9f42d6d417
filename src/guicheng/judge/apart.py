"""Where two sets of figures judge differently: one rule over all projects as one statement that asks under both at once."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from guicheng.judge.many import HEAD, bare, over_rows, rows_of, slot
from guicheng.judge.statement import Shape, Statement, rendering
from guicheng.law.declare import Rule
from guicheng.law.terms import Binary, Render, Row, Term
from guicheng.regulations.base import regulation

THEN = "then_"
"""Before the slots of the figures that are tried."""


@lru_cache(maxsize=512)
def for_difference(regulation_id: str, rule_id: str, shape: Shape, tried: Shape, dialect: str) -> Statement:
    """For a rule that goes by rows, the projects without gaps that are in breach under one set of figures and not under the
    other: code, whether in breach now, and the record in breach; then the facts under the figures as they are, and as tried.

    The rows are those judged differently, of projects judged differently: of a project with no row in breach under the one set
    of figures, each row in breach under the other is such a row."""
    rule = regulation(regulation_id).rules[rule_id]
    now, then = rendering(shape, dialect, False), rendering(tried, dialect, False)
    then.prefix, condition = THEN, _condition(rule)
    alias, _ = now.alias(), then.alias()
    now.key = then.key = f"{alias}.project_id"
    when, shown = over_rows(rule, Row(condition.model, alias))
    common, one, other = _split(when, now, then)
    facts = [t.sql(r) for r in (now, then) for t in shown.values()]
    columns = ", ".join(["p.code", f"(({one}) IS TRUE)", f"{alias}.seq", f"{alias}.id", *facts])
    apart = [f"(({one}) IS TRUE) <> (({other}) IS TRUE)", f"{condition.sql(now)} <> {condition.sql(then)}"]
    within = f"p.edition = {slot('edition', dialect)} AND p.gaps = ''"
    where = " AND ".join([*common, *apart, within])
    sql = f"SELECT {columns} {rows_of(condition.model, alias, now)} WHERE {where}"
    return Statement(sql, frozenset(now.slots | then.slots | {"edition"}), (*HEAD, *shown, *shown))


def _condition(rule: Rule) -> Any:
    return rule.condition()


def _split(when: Iterable[Term], now: Render, then: Render) -> tuple[list[str], str, str]:
    """The parts that no figure touches, once; the others under each set of figures."""
    pairs = [(bare([t], now), bare([t], then)) for term in when for t in _parts(term)]
    common = [one for one, other in pairs if one == other]
    apart = [pair for pair in pairs if pair[0] != pair[1]] or [("FALSE", "FALSE")]
    return common, " AND ".join(one for one, _ in apart), " AND ".join(other for _, other in apart)


def _parts(term: Term) -> list[Term]:
    """The parts of a chain of AND."""
    if isinstance(term, Binary) and term.op == "AND":
        return [*_parts(term.left), *_parts(term.right)]
    return [term]
