"""One turn at the database: a transaction, or inside another a savepoint, that everything but a good end rolls back.

Django's atomic() means the same. It takes a tenth of an act's processor more, and on PostgreSQL a journey more and every
statement that was prepared: docs/decisions/0042-a-turn-begins-and-ends-itself.md."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.db import OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg.pq import ExecStatus, TransactionStatus

from guicheng.people.wire import dialect, django_own, drop, held, later, release, send, together, wire


@contextmanager
def turn() -> Iterator[None]:
    """Errors of the driver come out as Django's, and before the turn ends, though statements of others are still held. Inside
    a transaction that is open already, an import's, only the turn is rolled back. Raises OperationalError when the database
    gave the whole transaction up: nothing of it may be kept."""
    django = django_own()
    with django.wrap_database_errors, held(), _savepoint(django) if django.in_atomic_block else _transaction(django):
        yield


@contextmanager
def _transaction(django: BaseDatabaseWrapper) -> Iterator[None]:
    """Django is told what its own blocks inside must know. One of them that was spoilt spoils this."""
    wire()  # opened before Django is told of a transaction, in which it opens none
    later("BEGIN IMMEDIATE" if dialect() == "sqlite" else "BEGIN", ())
    django.in_atomic_block, django.autocommit, django.needs_rollback = True, False, False
    kept = False
    try:
        yield
        if not django.needs_rollback:
            _commit()
            kept = True
    finally:
        django.in_atomic_block, django.autocommit = False, True
        if not kept:
            _let_go(django)
    if django.run_on_commit:
        django.run_and_clear_commit_hooks()


def _commit() -> None:
    """With what is held, in one journey: the server comes to the COMMIT only when nothing before it failed. To that of a
    transaction in which something did fail it answers ROLLBACK, without an error."""
    with together():
        done = send("COMMIT", ())
    if dialect() == "postgresql" and done.statusmessage != "COMMIT":
        raise OperationalError("something failed before and was not heeded: nothing was kept")


def _let_go(django: BaseDatabaseWrapper) -> None:
    """Roll back; a connection on which that fails, or that was closed, is not used again."""
    drop()
    django.run_on_commit = []
    if django.closed_in_transaction:
        django.connection = None
        return
    try:
        if _open():
            _undo("ROLLBACK")
    except (sqlite3.Error, psycopg.Error):
        django.close()


def _open() -> bool:
    """Whether the database is in a transaction."""
    raw = wire()
    if dialect() == "sqlite":
        return bool(raw.in_transaction)
    return bool(raw.info.transaction_status != TransactionStatus.IDLE)


def _undo(how: str) -> None:
    """On PostgreSQL the driver forgets, with a ROLLBACK that it sees, every statement that is kept prepared: somebody might
    have made tables. A turn makes none, so unless a statement failed it does not see it."""
    raw = wire()
    if dialect() == "sqlite" or raw.info.transaction_status != TransactionStatus.INTRANS:
        send(how, ())
    elif raw.pgconn.exec_(how.encode()).status != ExecStatus.COMMAND_OK:
        raise psycopg.OperationalError(raw.pgconn.get_error_message())


@contextmanager
def _savepoint(django: BaseDatabaseWrapper) -> Iterator[None]:
    """By two statements of ours that travel with their neighbours."""
    later("SAVEPOINT act", ())
    try:
        yield
        release()
    except BaseException as stop:
        drop()
        try:
            _undo("ROLLBACK TO SAVEPOINT act")
            send("RELEASE SAVEPOINT act", ())
        except (sqlite3.Error, psycopg.Error):
            raise OperationalError("the whole transaction was given up") from stop
        django.needs_rollback = False  # what Django's own blocks inside had spoilt is taken back
        raise
    later("RELEASE SAVEPOINT act", ())
