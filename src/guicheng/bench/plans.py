"""How the database would run a statement: of each table that it reads, by which index, or by a scan."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import psycopg
from django.apps import apps
from django.db import connection

from guicheng.judge.statement import Statement
from guicheng.people.wire import wire

SCAN, KEY = "scan", "key"
"""The whole table is read, in its own order or in that of an index; a row is found by the table's own key."""

STEP = re.compile(r"(SCAN|SEARCH) (\w+)(?:.*?(?:USING (?:COVERING )?INDEX (\w+)|USING (INTEGER PRIMARY KEY)))?")


def ways(statement: Statement, values: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    """By the name of each table that is read: the indexes that lead to its rows, "key", or "scan"; sorted."""
    found: dict[str, set[str]] = defaultdict(set)
    names = {m._meta.db_table: str(m._meta.model_name) for m in apps.get_models()}
    steps = _sqlite(statement, values) if connection.vendor == "sqlite" else _postgresql(statement, values)
    for table, way in steps:
        found[names[table]].add(way)
    return {table: tuple(sorted(found[table])) for table in sorted(found)}


def _sqlite(statement: Statement, values: dict[str, Any]) -> Iterator[tuple[str, str]]:
    tables = {alias: table for table, alias in re.findall(r"(?:FROM|JOIN) (\w+) (\w+)", statement.sql)}
    rows = wire().execute(f"EXPLAIN QUERY PLAN {statement.sql}", statement.bound(values, iso=True)).fetchall()
    for *_, words in rows:
        step = STEP.match(words)
        if step and step[2] in tables:
            yield tables[step[2]], SCAN if step[1] == "SCAN" else step[3] or KEY


def _postgresql(statement: Statement, values: dict[str, Any]) -> Iterator[tuple[str, str]]:
    cursor = psycopg.ClientCursor(wire())
    (found,) = cursor.execute(f"EXPLAIN (FORMAT JSON) {statement.sql}", statement.bound(values)).fetchone() or ("[]",)
    for plan in json.loads(found) if isinstance(found, str) else found:
        yield from _nodes(plan["Plan"])


def _nodes(node: dict[str, Any], table: str = "") -> Iterator[tuple[str, str]]:
    """A node and those below it; a bitmap of an index stands below the table whose rows it leads to."""
    table = node.get("Relation Name", table)
    index = node.get("Index Name")
    if index:
        yield table, KEY if index.endswith("_pkey") else index
    elif node["Node Type"] == "Seq Scan":
        yield table, SCAN
    for below in node.get("Plans", ()):
        yield from _nodes(below, table)
