"""The database itself refuses to change, delete, replace or empty what was recorded."""

import pytest
from django.db import DatabaseError, connection, transaction

from guicheng.ledger.models import Entry, Position
from guicheng.ledger.sequence import sequence
from tests.support.door import open_project, paper, project_act

pytestmark = pytest.mark.django_db
BOTH = [
    "UPDATE ledger_entry SET body = '{}'",
    "UPDATE ledger_entry SET hash = hash",
    "UPDATE ledger_entry SET idem = 'x' WHERE seq = 1",
    "DELETE FROM ledger_entry",
    "DELETE FROM ledger_entry WHERE seq = 2",
    "UPDATE ledger_position SET number = number + 10",
    "DELETE FROM ledger_position",
]
SQLITE = [
    "REPLACE INTO ledger_entry (id, chain, seq, body, hash) SELECT id, chain, seq, '{}', hash FROM ledger_entry",
    "INSERT OR REPLACE INTO ledger_entry (chain, seq, body, hash) VALUES ('HA-1', 1, '{}', 'x')",
    "REPLACE INTO ledger_position (number, entry_id) SELECT number, entry_id FROM ledger_position",
    "UPDATE OR REPLACE ledger_entry SET seq = 1",
]
SAME = """
INSERT INTO ledger_entry (chain, seq, body, hash) SELECT chain, seq, body, hash FROM ledger_entry
ON CONFLICT (chain, seq) DO UPDATE SET body = '{}'
"""
POSTGRES = [
    "TRUNCATE ledger_entry CASCADE",
    "TRUNCATE ledger_position",
    SAME,
]
VENDOR = {"sqlite": SQLITE, "postgresql": POSTGRES}


@pytest.mark.parametrize("sql", BOTH + VENDOR[connection.vendor])
def test_what_was_recorded_stays(sql: str) -> None:
    open_project()
    project_act("attach-paper", paper(), id="k")
    sequence()
    if connection.vendor != "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(
                "SET CONSTRAINTS ALL IMMEDIATE"
            )  # the test's own transaction would stand in the way of TRUNCATE
    before = [list(m._default_manager.order_by("pk").values()) for m in (Entry, Position)]
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert [list(m._default_manager.order_by("pk").values()) for m in (Entry, Position)] == before
    assert project_act("attach-paper", paper()).seq == 3
