"""A turn at the database: kept as a whole or not at all. Inside a longer one its errors come out of it, and of nobody else's."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction
from pytest_django.plugin import DjangoDbBlocker

from guicheng.door.turn import turn
from guicheng.ledger.append import BEGIN
from guicheng.ledger.models import Chain
from guicheng.people.wire import held, later, send


def begin(*codes: str) -> None:
    for code in codes:
        later(BEGIN, (1, "0" * 64, code))


@pytest.mark.django_db
def test_an_error_comes_out_of_the_turn_that_made_it() -> None:
    """Nobody asked anything after the statement, so on PostgreSQL it was still held when the turn ended."""
    with transaction.atomic(), held():
        with turn():
            begin("a")
        with pytest.raises(IntegrityError), turn():
            begin("b", "a")
        with turn():
            begin("c")
    assert set(Chain.objects.values_list("code", flat=True)) == {"a", "c"}


TABLE = """CREATE TEMPORARY TABLE put_down (n int UNIQUE CHECK (n < 10),
           beside int REFERENCES put_down (n) DEFERRABLE INITIALLY DEFERRED)"""
PUT = "INSERT INTO put_down (n, beside) VALUES (%s, %s)"
ALONE, TWICE, BESIDE_NONE = (1, None), (1, 1), (2, 3)
"""Rows: the second fails at once after the first, the last one only at the commit."""
Apart = Callable[[Callable[[], None]], None]


@pytest.fixture
def apart(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Apart]:
    """Runs a test on a connection of its own, with no transaction around it and a table that goes with it."""

    def inside(test: Callable[[], None]) -> None:
        try:
            send(TABLE, ())
            test()
        finally:
            connection.close()

    with django_db_blocker.unblock(), ThreadPoolExecutor(1) as thread:
        yield lambda test: thread.submit(inside, test).result()


def put(*rows: tuple[int, int | None]) -> None:
    for row in rows:
        later(PUT, row)


def put_down() -> list[int]:
    """What is kept, seen from outside of any turn."""
    assert not connection.in_atomic_block
    assert connection.get_autocommit()
    return [n for (n,) in send("SELECT n FROM put_down ORDER BY n", ()).fetchall()]


@pytest.mark.parametrize("asked", [False, True], ids=["nothing asked", "asked"])
def test_a_turn_is_kept(apart: Apart, asked: bool) -> None:
    def test() -> None:
        after: list[str] = []
        with turn():
            if asked:
                send("SELECT 1", ())
            put(ALONE)
            transaction.on_commit(lambda: after.append("committed"))
            assert connection.in_atomic_block
            assert not connection.get_autocommit()  # else Django refuses to lock rows
        assert (put_down(), after) == ([1], ["committed"])

    apart(test)


@pytest.mark.parametrize("rows", [(ALONE, TWICE), (ALONE, BESIDE_NONE)], ids=["at once", "at the commit"])
@pytest.mark.parametrize("asked", [False, True], ids=["nothing asked", "asked"])
def test_what_fails_in_a_turn_undoes_it(apart: Apart, asked: bool, rows: tuple[tuple[int, int | None], ...]) -> None:
    def test() -> None:
        after: list[str] = []
        with pytest.raises(IntegrityError), turn():
            if asked:
                send("SELECT 1", ())
            transaction.on_commit(lambda: after.append("committed"))
            put(*rows)
        assert (put_down(), after) == ([], [])
        with turn():
            put(ALONE)
        assert (put_down(), after) == ([1], [])

    apart(test)


def test_what_is_raised_in_a_turn_undoes_it(apart: Apart) -> None:
    def test() -> None:
        with pytest.raises(KeyError), turn():
            put(ALONE)
            send("SELECT 1", ())
            raise KeyError
        assert put_down() == []

    apart(test)


@pytest.mark.parametrize("spoilt", [False, True], ids=["whole", "spoilt"])
def test_a_block_of_djangos_inside_that_was_spoilt_spoils_the_turn(apart: Apart, spoilt: bool) -> None:
    def test() -> None:
        with turn():
            put(ALONE)
            if spoilt:
                with pytest.raises(KeyError), transaction.atomic(savepoint=False):
                    raise KeyError
            else:
                with pytest.raises(KeyError), transaction.atomic():
                    raise KeyError
        assert put_down() == ([] if spoilt else [1])

    apart(test)


def test_a_connection_closed_in_a_turn_is_opened_anew_for_the_next(apart: Apart) -> None:
    def test() -> None:
        with pytest.raises(OperationalError), turn():
            connection.close()
            raise OperationalError
        with turn():
            assert send("SELECT 1", ()).fetchone() == (1,)

    apart(test)
