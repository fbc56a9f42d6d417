"""An embedded database that has statistics gets them anew with new indexes; one without them is left without."""

import sqlite3
from pathlib import Path

import pytest

from tests.support.lines import guicheng

BEFORE = """
DROP INDEX naming_digest; DELETE FROM django_migrations WHERE app = 'ledger' AND name >= '0005';
INSERT INTO ledger_naming (digest, chain, seq) VALUES ('sm3:1', 'HA-1', 1);
"""


@pytest.mark.parametrize("counted", [True, False])
def test_new_indexes_are_counted_where_others_were(tmp_path: Path, counted: bool) -> None:
    guicheng("init", home=tmp_path)
    (file,) = tmp_path.glob("*.sqlite3")
    with sqlite3.connect(file) as base:
        base.executescript(BEFORE + ("ANALYZE;" if counted else ""))
    guicheng("init", home=tmp_path)
    with sqlite3.connect(file) as base:
        known = base.execute("SELECT name FROM sqlite_master WHERE name = 'sqlite_stat1'").fetchall()
        assert bool(known) is counted
        if counted:
            found = {index for (index,) in base.execute("SELECT idx FROM sqlite_stat1 WHERE tbl = 'ledger_naming'")}
            assert "naming_digest" in found
