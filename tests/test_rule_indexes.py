"""Every index that was made for rules over the whole book is used by the rules that are named beside it, on this database."""

from datetime import date

import pytest
from django.db import connection

from guicheng.bench.plans import ways
from guicheng.judge.many import for_portfolio
from guicheng.judge.statement import Shape
from guicheng.regulations.base import regulation
from tests.engines.random_book import write

LAW, DAY = regulation(), date(2026, 6, 1)
SERVED = {
    "project_gaps": sorted(LAW.rules),  # each asks for the projects with gaps apart
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
