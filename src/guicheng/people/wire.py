"""Statements straight to the driver, prepared there: what an act always asks and writes, without Django's planning.

On PostgreSQL a statement costs a journey to the server and back, so they share journeys: inside `together()` they are sent
without waiting, an answer is waited for when it is fetched, an error comes out at the next fetch or at the end; inside
`held()` those of `later` wait for the next that is asked. Everywhere else a statement is done when `send` returns."""

from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from threading import local
from typing import Any

import psycopg
from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.dispatch import receiver
from psycopg import generators

AT_ONCE = 500
"""Rows of a long answer that the driver holds at a time."""
KEPT = 400
"""Statements that a connection to PostgreSQL keeps prepared; the driver's own hundred are fewer than the pages and acts have."""


class _Held(local):
    """Of this thread: Django's connection, looked up once; what waits to be sent, None outside `held()`; and whether an answer
    was given in parts since statements last travelled together."""

    statements: list[tuple[str, Sequence[Any]]] | None = None
    in_parts = False

    def __init__(self) -> None:
        self.django: BaseDatabaseWrapper = connections["default"]


_held = _Held()


@receiver(connection_created, dispatch_uid="kept prepared")
def _keep_prepared(connection: Any, **_: Any) -> None:
    if connection.vendor == "postgresql":
        connection.connection.prepared_max = KEPT


@cache
def dialect() -> str:
    """The database of this process: sqlite or postgresql. Asking Django each time would cost more than the branch saves."""
    return str(connection.vendor)


def django_own() -> BaseDatabaseWrapper:
    """Django's connection of this thread itself. `django.db.connection` looks it up at every attribute."""
    return _held.django


def wire() -> Any:
    """The driver's own connection of this thread."""
    django = _held.django
    if django.connection is None:
        django.ensure_connection()
    return django.connection


def send(sql: str, values: Sequence[Any]) -> Any:
    """Run a statement with %s for each value; the cursor with its answer."""
    marked = _marked(sql, dialect())
    return wire().execute(marked, values) if dialect() == "sqlite" else send_numbered(marked, values)


def logged(sql: str, values: Sequence[Any]) -> None:
    """Told, values filled in, to whoever logs the statements of Django's connection; those of an act are not."""
    django = _held.django
    if not django.queries_logged:
        return
    if dialect() == "sqlite":
        filled = django.ops.last_executed_query(None, sql, values)
    else:
        filled = psycopg.ClientCursor(wire()).mogrify(sql, values)
    django.queries_log.append({"sql": filled, "time": ""})


def send_numbered(sql: bytes, values: Sequence[Any]) -> "psycopg.Cursor[Any]":
    """The same with PostgreSQL's own marks, $1 and on: the driver has nothing to look for in a long statement."""
    if not _held.statements:
        return psycopg.RawCursor(wire()).execute(sql, values, prepare=True)
    with together():
        return psycopg.RawCursor(wire()).execute(sql, values, prepare=True)


def stream_numbered(sql: bytes, values: Sequence[Any]) -> Generator[tuple[Any, ...]]:
    """The same for an answer of any size, some rows at a time; the statement is not kept prepared."""
    _held.in_parts = True
    with psycopg.RawCursor(wire()) as cursor:
        yield from cursor.stream(sql, values, size=AT_ONCE)


def later(sql: str, values: Sequence[Any]) -> None:
    """Run a statement whose answer nobody asks for; inside `held()` it travels with the next that is asked."""
    if _held.statements is None:
        send(sql, values)
    else:
        _held.statements.append((sql, values))


@cache
def _marked(sql: str, vendor: str) -> Any:
    """With the marks that the driver knows. Only for statements made by this house, in which %s is nothing else."""
    if vendor == "sqlite":
        return sql.replace("%s", "?")
    first, *rest = sql.split("%s")
    return (first + "".join(f"${n}{part}" for n, part in enumerate(rest, 1))).encode()


@contextmanager
def together() -> Iterator[None]:
    """On PostgreSQL the statements sent inside travel together, there and back, after those that were held.

    For `send` alone, never around Django's own statements: inside, a cursor does not know yet how many rows it changed."""
    if dialect() == "sqlite":
        yield
        return
    raw = wire()
    if _held.in_parts:  # PostgreSQL's library goes on giving parts until it is asked something by itself
        _held.in_parts = False
        raw.pgconn.exec_(b"")
    with raw.pipeline() as line:
        _in_one_piece(line)
        if _held.statements:
            waiting, _held.statements = _held.statements, []
            for sql, values in waiting:
                psycopg.RawCursor(raw).execute(_marked(sql, "postgresql"), values, prepare=True)
        yield


def _in_one_piece(line: Any) -> None:
    """Statements are only put down until an answer is fetched or the line ends, and then sent in one piece.

    The driver sends each by itself as it comes, each of which wakes the server, and waits for the answer to the BEGIN before
    them. It has no word for this, so its own steps are replaced for this one line; `tests/test_wire.py` sees what has left."""

    def put_down() -> Iterator[None]:
        while line.command_queue:
            line.command_queue.popleft()()
        yield from ()  # a step of the driver is a generator

    def no_wait() -> Iterator[None]:
        yield from ()

    def end() -> Iterator[Any]:
        line._enqueue_sync()
        yield from put_down()
        yield from generators.send(line.pgconn)
        yield from line._fetch_gen(flush=False)

    line._communicate_gen, line._sync_gen, line._exit_gen = put_down, no_wait, end


@contextmanager
def held() -> Iterator[None]:
    """On PostgreSQL hold what `later` is given until something is asked, by Django too, or this ends. Order is kept, so
    every answer is the one it would have been; an exception drops what was not sent, as the rollback would."""
    if dialect() == "sqlite" or _held.statements is not None:
        yield
        return
    _held.statements = []
    try:
        with _held.django.execute_wrapper(_after_the_held):
            yield
        release()
    finally:
        _held.statements = None


def drop() -> None:
    """Forget what is held and not sent: it is being rolled back."""
    if _held.statements:
        _held.statements = []


def release() -> None:
    """Send what is held."""
    if _held.statements:
        with together():
            pass


def _after_the_held(execute: Any, sql: Any, values: Any, many: Any, context: Any) -> Any:
    """Before a statement of Django's: what was to be done before it."""
    release()
    return execute(sql, values, many, context)
