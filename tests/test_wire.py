"""How statements reach the database: on PostgreSQL those that travel together leave in one piece, and every answer is its own."""

import sqlite3
from collections.abc import Callable, Iterator

import psycopg
import pytest
from django.db import connection, transaction
from pytest_django.plugin import DjangoDbBlocker

from guicheng.people.wire import send, together, wire

LARGE = 8_000_000
"""Bytes that fit into no buffer of a line."""
NUMBER, TEXT = "SELECT CAST(%s AS integer)", "SELECT CAST(%s AS text)"
REFUSED = (psycopg.Error, sqlite3.Error)


@pytest.fixture(autouse=True)
def _line(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The database without a transaction around the test; nothing is written here."""
    with django_db_blocker.unblock():
        connection.ensure_connection()
        yield


@pytest.fixture
def arrived() -> Iterator[Callable[[], bool]]:
    """Whether the database has been given a statement: PostgreSQL is asked by another connection what it does for this one."""
    if connection.vendor == "sqlite":
        seen: list[str] = []
        wire().set_trace_callback(seen.append)
        yield lambda: any("CAST" in statement for statement in seen)
        wire().set_trace_callback(None)
        return
    own = wire().info
    with psycopg.connect(own.dsn, password=own.password, autocommit=True) as other:

        def busy() -> bool:
            row = other.execute("SELECT state FROM pg_stat_activity WHERE pid = %s", (own.backend_pid,)).fetchone()
            assert row is not None
            return bool(row[0] != "idle")

        yield busy


def three_together(arrived: Callable[[], bool]) -> None:
    assert not arrived()
    with together():
        answers = [send(NUMBER, (n,)) for n in range(3)]
        assert arrived() is (connection.vendor == "sqlite")
    assert [answer.fetchall() for answer in answers] == [[(0,)], [(1,)], [(2,)]]


def test_nothing_leaves_before_an_answer_is_wanted(arrived: Callable[[], bool]) -> None:
    """On the embedded database, which has no line, a statement is done when it is sent."""
    three_together(arrived)


def test_the_begin_before_the_first_waits_with_them(arrived: Callable[[], bool]) -> None:
    with transaction.atomic():
        three_together(arrived)


def test_an_answer_wanted_early_comes_early_and_the_rest_afterwards() -> None:
    with together():
        one, two = send(NUMBER, (1,)), send(NUMBER, (2,))
        assert one.fetchall() == [(1,)]
        three = send(NUMBER, (3,))
        with together():
            four = send(NUMBER, (4,))
        assert (four.fetchall(), three.fetchall(), two.fetchall()) == ([(4,)], [(3,)], [(2,)])


def test_what_fits_into_no_buffer_goes_there_and_back() -> None:
    text = "规" * (LARGE // 3)
    with together():
        answers = [send(TEXT, (text,)) for _ in range(3)]
    assert all(answer.fetchall() == [(text,)] for answer in answers)


def test_after_an_error_nothing_is_done_and_the_line_is_whole() -> None:
    for around in (together, transaction.atomic):
        with pytest.raises(REFUSED), around(), together():
            send(NUMBER, (1,))
            send("SELECT nowhere", ())
            send("CREATE TEMPORARY TABLE after_it AS SELECT 1", ())
        with pytest.raises(REFUSED):
            send("SELECT * FROM after_it", ())
        assert send(NUMBER, (5,)).fetchall() == [(5,)]
