"""A turn at the database inside a longer one: what goes wrong in it comes out of it, and of nobody else's."""

import pytest
from django.db import IntegrityError, transaction

from guicheng.door.turn import turn
from guicheng.ledger.append import BEGIN
from guicheng.ledger.models import Chain
from guicheng.people.wire import held, later

pytestmark = pytest.mark.django_db


def begin(*codes: str) -> None:
    for code in codes:
        later(BEGIN, (1, "0" * 64, code))


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
