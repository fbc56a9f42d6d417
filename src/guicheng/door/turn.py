"""One turn at the database: a transaction, or inside another a savepoint, that everything but a good end rolls back."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.db import OperationalError, connection, transaction

from guicheng.people.wire import drop, held, later, release, send


@contextmanager
def turn() -> Iterator[None]:
    """Errors of the driver come out as Django's, and before the turn ends, though statements of others are still held. Inside
    a transaction that is open already, an import's, only the turn is rolled back."""
    with _savepoint() if connection.in_atomic_block else transaction.atomic(), connection.wrap_database_errors, held():
        yield
        release()


@contextmanager
def _savepoint() -> Iterator[None]:
    """What atomic() does inside another, by two statements of ours that travel with their neighbours. Raises
    OperationalError when the database gave the whole transaction up: nothing of it may be kept."""
    later("SAVEPOINT act", ())
    try:
        yield
    except BaseException as stop:
        drop()
        try:
            send("ROLLBACK TO SAVEPOINT act", ())
            send("RELEASE SAVEPOINT act", ())
        except (sqlite3.Error, psycopg.Error):
            raise OperationalError("the whole transaction was given up") from stop
        connection.needs_rollback = False  # what Django's own blocks inside had spoilt is taken back
        raise
    later("RELEASE SAVEPOINT act", ())
