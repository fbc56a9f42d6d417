"""Statements straight to the driver, prepared there: what an act always asks and writes, without Django's planning.

Inside `together()` PostgreSQL is sent statements without waiting; an answer is waited for when it is fetched, an error
comes out at the next fetch or at the end. Everywhere else a statement is done when `send` returns."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any

import psycopg
from django.db import connection


def send(sql: str, values: Sequence[Any]) -> Any:
    """Run a statement with %s for each value; the cursor with its answer."""
    raw = connection.connection
    if raw is None:
        connection.ensure_connection()
        raw = connection.connection
    if isinstance(raw, psycopg.Connection):
        return psycopg.Cursor(raw).execute(sql, values, prepare=True)
    return raw.execute(_marked(sql), values)


@cache
def _marked(sql: str) -> str:
    """With the marks that SQLite knows. Only for statements made by this house, in which %s is nothing else."""
    return sql.replace("%s", "?")


@contextmanager
def together() -> Iterator[None]:
    """On PostgreSQL the statements sent inside travel together, there and back.

    For `send` alone, never around Django's own statements: inside, a cursor does not know yet how many rows it changed."""
    connection.ensure_connection()
    raw = connection.connection
    if not isinstance(raw, psycopg.Connection):
        yield
        return
    with raw.pipeline():
        yield
