"""Changing tables while people work: a step never waits long for a lock, and no index is built in front of writers."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import models
from django.db.migrations import AddConstraint, AddIndex, AlterField, CreateModel, Migration
from django.db.migrations.loader import MigrationLoader

from tests.run import postgres

ADDRESS = postgres()
BEFORE = """
DROP FUNCTION ledger_append_only CASCADE; DROP TABLE ledger_watermark; DROP TABLE ledger_naming;
DELETE FROM django_migrations WHERE app = 'ledger' AND name >= '0002'
"""
STOPPING = (AddIndex, AddConstraint, AlterField)
"""Steps that read the whole table while nobody may write to it; harmless on a table made in the same migration."""


def stopping(migration: Migration) -> Iterator[str]:
    """The steps of a migration during which writers of a table that may be full would have to wait."""
    made = {op.name_lower for op in migration.operations if isinstance(op, CreateModel)}
    for op in migration.operations:
        if isinstance(op, STOPPING) and op.model_name.lower() not in made and not getattr(op, "concurrently", False):
            yield f"{migration.app_label}.{migration.name}: {op.describe()}"


def test_no_migration_of_ours_stops_writers() -> None:
    ours = [m for (app, _), m in MigrationLoader(None).disk_migrations.items() if "guicheng" in type(m).__module__]
    assert len(ours) > 10
    assert [words for one in ours for words in stopping(one)] == []


def test_one_that_would_is_found() -> None:
    class Later(Migration):
        operations = [AddIndex("Entry", models.Index(fields=["hash"], name="entry_hash"))]

    class First(Migration):
        operations = [CreateModel("Entry", []), AddIndex("Entry", models.Index(fields=["hash"], name="entry_hash"))]

    assert len(list(stopping(Later("0009_later", "ledger")))) == 1
    assert list(stopping(First("0001_first", "ledger"))) == []


@pytest.fixture
def address() -> Iterator[str]:
    """A database of its own on PostgreSQL."""
    if ADDRESS is None:
        pytest.skip("no PostgreSQL answers on this machine")
    name = f"guicheng_changed_{os.getpid()}"
    with psycopg.connect(ADDRESS, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        yield f"{ADDRESS.rsplit('/', 1)[0]}/{name}"
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_a_table_in_use_is_waited_for_a_while_and_no_longer(address: str, tmp_path: Path) -> None:
    """As if the ledger's triggers were new in this version, while somebody holds the table of its entries."""
    assert init(address, tmp_path).returncode == 0
    with psycopg.connect(address) as other:
        other.execute(BEFORE.encode())
        other.commit()
        other.execute("LOCK TABLE ledger_entry IN ROW EXCLUSIVE MODE")
        waited = init(address, tmp_path)
        assert waited.returncode == 2
        assert "正有人在用" in waited.stderr
        assert waited.stderr.count("\n") == 1
    assert init(address, tmp_path).returncode == 0
    with psycopg.connect(address) as other, pytest.raises(psycopg.Error, match="append-only"):
        other.execute("TRUNCATE ledger_entry CASCADE")


def test_an_index_half_built_is_built_again(address: str, tmp_path: Path) -> None:
    """As if the server had stopped while the indexes of lists were being built: some are there, one of them is invalid."""
    assert init(address, tmp_path).returncode == 0
    with psycopg.connect(address, autocommit=True) as other:
        whole = indexes(other)
        other.execute(HALFWAY.encode())
        assert indexes(other) != whole
    assert init(address, tmp_path).returncode == 0
    with psycopg.connect(address) as other:
        assert indexes(other) == whole


HALFWAY = """
DROP INDEX project_unit_stage; DROP INDEX component_kind; ALTER TABLE records_dutyof DROP COLUMN unit;
ALTER TABLE records_project DROP COLUMN holds, DROP COLUMN noted_at;
UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'project_budget'::regclass;
DELETE FROM django_migrations WHERE app = 'records' AND name >= '0002'
"""


def indexes(database: psycopg.Connection[Any]) -> set[tuple[str, bool]]:
    """The name of every index of records, and whether it is valid."""
    return set(
        database.execute(
            "SELECT relname, indisvalid FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid"
            " WHERE indrelid::regclass::text LIKE 'records_%'"
        ).fetchall()
    )


def init(address: str, home: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "guicheng.cli.main", "init"]
    own = {"GUICHENG_DATABASE": address, "GUICHENG_HOME": str(home)}
    return subprocess.run(command, env=os.environ | own, capture_output=True, text=True, check=False, timeout=120)
