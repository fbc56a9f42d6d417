"""How the database would run what a piece of code asks: the steps that scan or sort more than they should."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.test.utils import CaptureQueriesContext

BIG = r"(?:records|portfolio_kept|ledger|people_post)\w*"
BY_KEY = re.compile(r'"(?:project_)?id"\)? (?:= ANY\(|IN \((?!SELECT)|IN \(SELECT value FROM json_each\()')
"""A statement about projects named one by one: as few as were named."""


@contextmanager
def planned() -> Iterator[dict[str, list[str]]]:
    """Everything that is asked inside, each statement once, with what is wrong with its plan."""
    found: dict[str, list[str]] = {}
    with CaptureQueriesContext(connection) as asked:
        yield found
    for query in asked.captured_queries:
        if query["sql"].startswith("SELECT") and re.search(rf'"{BIG}"', query["sql"]):
            found[query["sql"]] = wrong(query["sql"])


def wrong(sql: str) -> list[str]:
    """The steps of a plan that read a whole table, or sort more than projects named one by one."""
    steps = _sqlite(sql) if connection.vendor == "sqlite" else _postgresql(sql)
    return [s for s in steps if _scans(s, sql) or (_sorts(s) and not BY_KEY.search(sql))]


def _scans(step: str, sql: str) -> bool:
    if "LIMIT" in sql and "WHERE" not in sql and "ORDER BY" not in sql:
        return False  # the first so many rows, whichever they are
    if connection.vendor == "sqlite":
        walked = " USING " in step and ("LIMIT" in sql or re.search(r"project_(major|suspended)", step))
        return bool(re.match(rf"SCAN {BIG}", step)) and not walked
    return bool(re.search(rf"Seq Scan on {BIG}", step))


def _sorts(step: str) -> bool:
    return "TEMP B-TREE FOR ORDER BY" in step or "Sort Key" in step


def _sqlite(sql: str) -> list[str]:
    rows = connection.connection.execute(f"EXPLAIN QUERY PLAN {sql}").fetchall()
    return [step for *_, step in rows]


def _postgresql(sql: str) -> list[str]:
    """A small book would be scanned and sorted because that is cheap: here only what cannot be done otherwise is."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off; SET LOCAL enable_bitmapscan = off")
        cursor.execute("EXPLAIN " + sql.replace("%", "%%"))
        return [step for (step,) in cursor.fetchall()]
