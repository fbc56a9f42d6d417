"""What goes over the line to PostgreSQL: statements that travel together leave in one piece, and every answer is its own."""

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import psycopg
import pytest
from django.db import DataError, OperationalError, connection, transaction
from psycopg import generators
from pytest_django.plugin import DjangoDbBlocker

from guicheng.door.turn import turn
from guicheng.people.wire import AT_ONCE, later, send, stream_numbered, together, wire

pytestmark = pytest.mark.skipif(
    connection.vendor == "sqlite", reason="no line there: a statement is done when it is sent"
)
LARGE = 8_000_000
"""Characters that fit into no buffer of a line."""


@pytest.fixture(autouse=True)
def _line(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The database without a transaction around the test; nothing is written here."""
    with django_db_blocker.unblock():
        yield


@pytest.fixture
def state() -> Iterator[Any]:
    """What the server says of this connection, asked by another: idle while nothing has come."""
    connection.ensure_connection()
    own = wire().info
    with psycopg.connect(own.dsn, password=own.password, autocommit=True) as other:

        def asked() -> str:
            row = other.execute("SELECT state FROM pg_stat_activity WHERE pid = %s", (own.backend_pid,)).fetchone()
            assert row is not None
            return str(row[0])

        yield asked


@pytest.mark.parametrize("in_transaction", [False, True], ids=["alone", "transaction"])
def test_nothing_leaves_before_an_answer_is_wanted(state: Any, in_transaction: bool) -> None:
    """The BEGIN before the first statement waits with the others too."""
    if in_transaction:
        with transaction.atomic():
            three_together(state)
            assert state() == "idle in transaction"
    else:
        three_together(state)
    assert state() == "idle"


def three_together(state: Any) -> None:
    with together():
        answers = [send("SELECT %s::int", (n,)) for n in range(3)]
        assert state() == "idle"
    assert [answer.fetchall() for answer in answers] == [[(0,)], [(1,)], [(2,)]]


def test_an_answer_wanted_early_comes_early_and_the_rest_afterwards() -> None:
    with together():
        one, two = send("SELECT 1", ()), send("SELECT 2", ())
        assert one.fetchall() == [(1,)]
        three = send("SELECT 3", ())
        with together():
            four = send("SELECT 4", ())
        assert (four.fetchall(), three.fetchall(), two.fetchall()) == ([(4,)], [(3,)], [(2,)])


def test_what_fits_into_no_buffer_goes_both_ways() -> None:
    with together():
        there = [send("SELECT length(%s)", ("规" * (LARGE // 3),)) for _ in range(3)]
        back = [send("SELECT repeat('x', %s::int)", (LARGE,)) for _ in range(3)]
    assert [a.fetchall() for a in there] == [[(LARGE // 3,)]] * 3
    assert [len(a.fetchall()[0][0]) for a in back] == [LARGE] * 3


def test_an_error_comes_out_at_the_end_and_nothing_after_it_is_done() -> None:
    with pytest.raises(psycopg.errors.DivisionByZero), together():
        send("CREATE TEMPORARY TABLE before_it AS SELECT 1", ())
        send("SELECT 1/0", ())
        send("CREATE TEMPORARY TABLE after_it AS SELECT 1", ())
    assert wire().info.transaction_status == psycopg.pq.TransactionStatus.IDLE
    assert send("SELECT to_regclass('after_it')", ()).fetchall() == [(None,)]
    with pytest.raises(psycopg.errors.DivisionByZero), transaction.atomic(), together():
        send("SELECT 1/0", ())
    assert send("SELECT 5", ()).fetchall() == [(5,)]


@pytest.mark.parametrize("to_its_end", [True, False], ids=["to its end", "broken off"])
def test_after_a_long_answer_others_travel_together_again(to_its_end: bool) -> None:
    rows = stream_numbered(b"SELECT generate_series(1, $1::int)", [3 * AT_ONCE])
    assert next(rows) == (1,)
    if to_its_end:
        assert len(list(rows)) == 3 * AT_ONCE - 1
    else:
        rows.close()
    with together():
        answers = [send("SELECT generate_series(1, %s::int)", (n,)) for n in (1, AT_ONCE + 1)]
    assert [len(answer.fetchall()) for answer in answers] == [1, AT_ONCE + 1]


def test_the_end_of_a_turn_travels_with_what_is_held(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two journeys: what was asked, with the BEGIN; what was held, with the COMMIT."""
    journeys: list[str] = []

    def counted(name: str, plain: Any) -> Any:
        return lambda pgconn: journeys.append(name) or plain(pgconn)

    for name in ("send", "execute"):
        monkeypatch.setattr(generators, name, counted(name, getattr(generators, name)))
    with turn():
        assert send("SELECT 1", ()).fetchone() == (1,)
        for _ in range(3):
            later("SELECT 2", ())
    assert journeys == ["send", "send"]


def test_a_turn_rolled_back_keeps_what_is_prepared() -> None:
    """Unless a statement failed in it."""
    with turn():
        send("SELECT 'rolled back'", ())
    with pytest.raises(KeyError), turn():
        send("SELECT 'rolled back'", ())
        raise KeyError
    assert prepared() > 0
    with pytest.raises(DataError), turn():
        send("SELECT 1/0", ())
    assert prepared() == 0


def prepared() -> int:
    """Of the statement above, as the server has it."""
    row = (
        wire()
        .execute("SELECT count(*) FROM pg_prepared_statements WHERE statement = $$SELECT 'rolled back'$$")
        .fetchone()
    )
    return int(row[0])


def test_what_was_not_heeded_is_said_at_the_end_of_a_turn() -> None:
    """The server would only answer the COMMIT with ROLLBACK."""
    with pytest.raises(OperationalError, match="nothing was kept"), turn(), suppress(psycopg.Error):
        send("SELECT 1/0", ())
    assert send("SELECT 5", ()).fetchall() == [(5,)]


def test_a_line_that_breaks_in_a_turn_is_not_used_again(state: Any) -> None:
    with pytest.raises(OperationalError), turn():
        wire().pgconn.finish()
        send("SELECT 1", ())
    with turn():
        assert send("SELECT 5", ()).fetchall() == [(5,)]


@pytest.mark.parametrize("seen", [False, True], ids=["unseen", "seen"])
def test_a_session_that_the_server_ends_in_a_turn_is_not_used_again(seen: bool) -> None:
    """Whether a statement came upon it or only the end of the turn."""
    with pytest.raises(OperationalError if seen else KeyError), turn():
        ended = send("SELECT pg_backend_pid()", ()).fetchone()
        with psycopg.connect(wire().info.dsn, autocommit=True) as other:
            other.execute("SELECT pg_terminate_backend(%s, 5000)", ended)
        if seen:
            send("SELECT 1", ())
        raise KeyError
    with turn():
        assert send("SELECT pg_backend_pid()", ()).fetchone() != ended
