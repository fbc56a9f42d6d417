"""A rule's own figures for every record that it judges, in breach or not: meters and clocks show what the rule would count."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.db import connection

from guicheng.judge.statement import Shape, Statement, fact_names
from guicheng.judge.verdict import plain
from guicheng.law.declare import Rule
from guicheng.law.regulation import Regulation
from guicheng.law.terms import Render, Row
from guicheng.portfolio.portrait.book import Book
from guicheng.portfolio.portrait.verdicts import facts_of
from guicheng.records.project import Project
from guicheng.regulations.base import regulation


def rule_called(law: Regulation, code: str) -> Rule | None:
    """The rule of this regulation with that code; another city's may have none."""
    return next((r for r in law.rules.values() if r.code == code), None)


def per_record(book: Book, code: str) -> list[dict[str, Any]]:
    """The rule's figures for each record of the table that it judges, oldest first. Empty where there is no such rule."""
    rule = rule_called(book.law, code)
    if rule is None or rule.over is None:
        return []
    statement = _statement(book.law.id, rule.id, Shape(book.figures), connection.vendor, bool(book.project.gaps))
    found = statement.rows(project=book.project.pk, day=book.day, **book.figures.bound)
    return [{n: plain(v) for n, v in zip(statement.columns, row, strict=True)} for row in found]


def of_project(book: Book, code: str) -> dict[str, Any]:
    """The figures of a rule that judges the project as a whole."""
    rule = rule_called(book.law, code)
    return facts_of(book.law, [rule], book.project, book.day, book.figures).get(rule.id, {}) if rule else {}


@lru_cache(maxsize=256)
def _statement(regulation_id: str, rule_id: str, shape: Shape, vendor: str, open: bool) -> Statement:
    rule = regulation(regulation_id).rules[rule_id]
    r = Render(vendor, shape.figures, Project, open)
    alias = r.alias()
    facts = rule.judged(Row(rule.over, alias)).facts
    columns = ", ".join([f"{alias}.ref", *(facts[n].sql(r) for n in fact_names(rule))])
    slot = ":project" if vendor == "sqlite" else "%(project)s"
    join = f"{Project._meta.db_table} p JOIN {rule.over._meta.db_table} {alias} ON {alias}.project_id = p.id"
    sql = f"SELECT {columns} FROM {join} WHERE p.id = {slot} ORDER BY {alias}.seq, {alias}.id"
    return Statement(sql, frozenset(r.slots | {"project"}), ("ref", *fact_names(rule)))
