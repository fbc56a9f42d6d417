"""Inside the door no rule reads a whole table of records: every statement of the check goes by an index of the project's key."""

import re
from datetime import date

import psycopg
import pytest
from django.db import connection

from guicheng.judge.shared import parts, probe
from guicheng.judge.statement import Shape, Statement
from guicheng.regulations.base import regulation

LAW = regulation()
VALUES = {"day": date(2025, 6, 1), "project": 1, **LAW.figures.bound}
pytestmark = pytest.mark.django_db


def scanned(statement: Statement) -> list[str]:
    """The steps of the plan that read a whole table of records."""
    connection.ensure_connection()
    raw = connection.connection
    if connection.vendor == "sqlite":
        rows = raw.execute(f"EXPLAIN QUERY PLAN {statement.sql}", statement.bound(VALUES, iso=True)).fetchall()
        named = {alias for _, alias in re.findall(r"(FROM|JOIN) records_\w+ (\w+)", statement.sql)}
        return [s for *_, s in rows if s.startswith("SCAN ") and s.split()[1] in named]
    raw.execute("SET LOCAL enable_seqscan = off")
    rows = psycopg.ClientCursor(raw).execute(f"EXPLAIN {statement.sql}", statement.bound(VALUES)).fetchall()
    return [step for (step,) in rows if "Seq Scan on records_" in step]


def all_statements(open: bool) -> list[Statement]:
    shape = Shape(LAW.figures)
    found = [part.statement for part in parts(LAW.id, shape, connection.vendor, open)]
    return [*found, probe(LAW.id, shape, connection.vendor)[1]]


@pytest.mark.parametrize("open", [False, True])
def test_no_statement_of_the_check_reads_a_whole_table(open: bool) -> None:
    found = {s.columns: steps for s in all_statements(open) if (steps := scanned(s))}
    assert found == {}


def test_a_statement_that_does_would_be_found() -> None:
    whole = Statement("SELECT COUNT(*) FROM records_contract r1 WHERE r1.warranty_months > 1", frozenset(), ("whole",))
    assert scanned(whole)
