"""How the database would run what a piece of code asks: the steps that scan or sort more than they should."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.test.utils import CaptureQueriesContext

BIG = r"(?:records|portfolio_kept|ledger|people_post)\w*"
BY_KEY = re.compile(r'"(?:project_)?id"\)? (?:= ANY\(|IN \((?!SELECT)|IN \(SELECT value FROM json_each\()')
"""A statement about projects named one by one: as few as were named."""
WINDOW = re.compile(r'LIMIT \d+(?: OFFSET \d+)?\) AS "records_project"')
"""A statement about the projects that are looked at for a page: as few as these."""


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
    """The steps of a plan that read a whole table, or sort more than projects named one by one or looked at for a page."""
    steps = _sqlite(sql) if connection.vendor == "sqlite" else _postgresql(sql)
    return [s for s, inside in steps if _scans(s, sql, steps) or (_sorts(s) and not _sorts_few(sql, inside))]


def _scans(step: str, sql: str, steps: list[tuple[str, bool]]) -> bool:
    if "LIMIT" in sql and "WHERE" not in sql and "ORDER BY" not in sql:
        return False  # the first so many rows, whichever they are
    if connection.vendor == "sqlite":
        walked = " USING " in step and ("LIMIT" in sql or re.search(r"project_(major|suspended)", step))
        window = step == "SCAN records_project" and any(s == "CO-ROUTINE records_project" for s, _ in steps)
        return bool(re.match(rf"SCAN {BIG}", step)) and not walked and not window
    return bool(re.search(rf"Seq Scan on {BIG}", step))


def _sorts(step: str) -> bool:
    return "TEMP B-TREE FOR ORDER BY" in step or "Sort Key" in step


def _sorts_few(sql: str, inside: bool) -> bool:
    """`inside`: the step is one of those by which a window is found."""
    return bool(BY_KEY.search(sql) or (WINDOW.search(sql) and not inside))


def _sqlite(sql: str) -> list[tuple[str, bool]]:
    rows = connection.connection.execute(f"EXPLAIN QUERY PLAN {sql}").fetchall()
    inside: dict[int, bool] = {0: False}
    for number, above, _, step in rows:
        inside[number] = inside[above] or step == "CO-ROUTINE records_project"
    return [(step, inside[number]) for number, _, _, step in rows]


def _postgresql(sql: str) -> list[tuple[str, bool]]:
    """A small book would be scanned and sorted because that is cheap: here only what cannot be done otherwise is."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off; SET LOCAL enable_bitmapscan = off")
        cursor.execute("EXPLAIN " + sql.replace("%", "%%"))
        steps = [step for (step,) in cursor.fetchall()]
    found, window = list[tuple[str, bool]](), len(sql)
    for step in steps:
        depth = len(step) - len(step.lstrip())
        window = depth if depth and "->  Limit" in step else len(sql) if depth <= window else window
        found.append((step, depth > window))
    return found
