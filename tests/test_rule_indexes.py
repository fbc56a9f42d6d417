"""Every index that was made for rules over the whole book is used by the rules that are named beside it, on this database."""

import re
from datetime import date
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection

from guicheng.bench.plans import ways
from guicheng.config.indexes import CoverOnSQLite
from guicheng.judge.many import by_rows, for_portfolio
from guicheng.judge.statement import Shape
from guicheng.judge.uses import columns_read
from guicheng.law.declare import Rule
from guicheng.people.wire import wire
from guicheng.regulations.base import regulation
from tests.engines.random_book import write

LAW, DAY = regulation(), date(2026, 6, 1)
SERVED = {
    "project_gapped": sorted(LAW.rules),  # each asks for the projects with gaps apart
}


@pytest.fixture
def large(db: None) -> None:
    write(5, 30)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        if connection.vendor == "postgresql":  # so small a table is read whole because that is cheap
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")


@pytest.mark.parametrize("index", SERVED)
def test_the_rules_named_beside_an_index_use_it(large: None, index: str) -> None:
    values = {"edition": "2023-04-19", "day": DAY, **LAW.figures.bound}
    asked = ((r, for_portfolio(LAW.id, r, Shape(LAW.figures), connection.vendor, True)) for r in SERVED[index])
    assert [r for r, statement in asked if index not in ways(statement, values)["project"]] == []


LATER: dict[str, CoverOnSQLite] = {
    c.name: c for c in import_module("guicheng.records.migrations.0008_cover_lookups").Migration.operations
    if isinstance(c, CoverOnSQLite)
}  # fmt: skip
"""Hold all that any rule reads of a table."""
COVERS: list[CoverOnSQLite] = [
    c for c in import_module("guicheng.records.migrations.0004_cover").Migration.operations if c.name not in LATER
]
"""Hold what the rules read that go by the rows of a table."""
VALUES = {"edition": "2023-04-19", "day": DAY, **LAW.figures.bound}


def rules_over(cover: CoverOnSQLite) -> list[Rule]:
    """The rules that ask for some row of the table."""
    model = apps.get_model("records", cover.model_name)
    return [r for r in LAW.rules.values() if by_rows(r, False) and r.condition().model is model]  # type: ignore[attr-defined]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only the embedded database has covering indexes")
@pytest.mark.parametrize("cover", COVERS, ids=lambda c: c.name)
def test_each_rule_over_a_covered_table_reads_the_index_and_no_row(db: None, cover: CoverOnSQLite) -> None:
    used = []
    for rule in rules_over(cover):
        statement = for_portfolio(LAW.id, rule.id, Shape(LAW.figures), "sqlite", False)
        plan = wire().execute(f"EXPLAIN QUERY PLAN {statement.sql}", statement.bound(VALUES, iso=True)).fetchall()
        way = next(words for *_, words in plan if words.startswith(("SCAN r1 ", "SEARCH r1 ")))
        assert " USING COVERING INDEX " in way, (rule.id, way)  # a narrower one serves as well
        used += [rule.id] if way.split()[5] == cover.name else []
    assert len(used) > 1


@pytest.mark.parametrize("cover", COVERS, ids=lambda c: c.name)
def test_a_covering_index_holds_what_its_rules_read_and_nothing_else(cover: CoverOnSQLite) -> None:
    model = apps.get_model("records", cover.model_name)
    read = {c for r in rules_over(cover) for c in columns_read([r], LAW.figures)[model]} - {"id", "project_id", "seq"}
    assert set(cover.fields) == read


def indexes_of(cover: CoverOnSQLite) -> set[str]:
    with connection.cursor() as cursor:
        return set(connection.introspection.get_constraints(cursor, f"records_{cover.model_name}"))


def reading(cover: CoverOnSQLite) -> dict[str, set[str]]:
    """What each rule reads of the table, whether it goes by its rows or looks them up."""
    model = apps.get_model("records", cover.model_name)
    found = {r.id: set(columns_read([r], LAW.figures).get(model, ())) for r in LAW.rules.values()}
    return {rule: columns for rule, columns in found.items() if columns}


@pytest.mark.parametrize("cover", LATER.values(), ids=lambda c: c.name)
def test_no_rule_reads_a_row_of_a_table_that_is_covered_whole_where_it_is(db: None, cover: CoverOnSQLite) -> None:
    used = set()
    if connection.vendor != "sqlite":
        assert cover.name not in indexes_of(cover)
        return
    for rule in reading(cover):
        statement = for_portfolio(LAW.id, rule, Shape(LAW.figures), "sqlite", False)
        aliases = set(re.findall(rf"records_{cover.model_name} (\w+)", statement.sql))
        plan = wire().execute(f"EXPLAIN QUERY PLAN {statement.sql}", statement.bound(VALUES, iso=True)).fetchall()
        steps = [words for *_, words in plan if words.split()[1] in aliases and words.startswith(("SCAN", "SEARCH"))]
        rows = [s for s in steps if " USING COVERING INDEX " not in s and "(project_id=? AND ref=?)" not in s]
        assert rows == [], rule
        used |= {rule for s in steps if cover.name in s}
    assert len(used) > 2


@pytest.mark.parametrize("cover", LATER.values(), ids=lambda c: c.name)
def test_an_index_over_a_whole_table_holds_what_rules_read_and_nothing_else(cover: CoverOnSQLite) -> None:
    assert set(cover.fields) == set().union(*reading(cover).values()) - {"id", "project_id", "seq"}


EVERY = [*COVERS, *LATER.values()]


def test_postgresql_has_none_of_them(db: None) -> None:
    made = set().union(*(indexes_of(c) for c in EVERY))
    assert {c.name for c in EVERY} <= made if connection.vendor == "sqlite" else not {c.name for c in EVERY} & made
