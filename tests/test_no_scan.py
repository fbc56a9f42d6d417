"""Inside the door no rule reads a whole table of records: every statement of the check goes by an index of the project's key."""

from datetime import date

import pytest
from django.db import connection

from guicheng.bench.plans import SCAN, ways
from guicheng.judge.shared import parts
from guicheng.judge.statement import Shape, Statement, one_project
from guicheng.people.wire import wire
from guicheng.records.tables import holding, project_tables
from guicheng.regulations.base import regulation

LAW = regulation()
VALUES = {"day": date(2025, 6, 1), "project": 1, **LAW.figures.bound}
pytestmark = pytest.mark.django_db


def scanned(statement: Statement) -> list[str]:
    """The tables that the plan reads as a whole, even where it is asked to avoid it."""
    if connection.vendor == "postgresql":
        wire().execute("SET LOCAL enable_seqscan = off")
    return [table for table, by in ways(statement, VALUES).items() if SCAN in by]


def all_statements(open: bool) -> list[Statement]:
    shape = Shape(LAW.figures)
    found = [part.statement for part in parts(LAW.id, shape, connection.vendor, open)]
    looking = holding(one_project(shape, connection.vendor, open).key, project_tables())
    return [*found, Statement(f"SELECT {looking}", frozenset({"project"}), ("holds",))]


@pytest.mark.parametrize("open", [False, True])
def test_no_statement_of_the_check_reads_a_whole_table(open: bool) -> None:
    found = {s.columns: steps for s in all_statements(open) if (steps := scanned(s))}
    assert found == {}


def test_a_statement_that_does_would_be_found() -> None:
    whole = Statement("SELECT COUNT(*) FROM records_contract r1 WHERE r1.warranty_months > 1", frozenset(), ("whole",))
    assert scanned(whole) == ["contract"]
