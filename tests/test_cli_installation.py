"""The command line as a program of its own: an empty installation, broken databases, pipes, other encodings."""

import json
import os
import sqlite3
import subprocess
from pathlib import Path

from tests.support.lines import command, environment, guicheng


def test_an_empty_installation_begins_twice_without_harm(tmp_path: Path) -> None:
    home = tmp_path / "家 #1"
    early = guicheng("audit", home=home)
    assert (early.returncode, early.stdout, "guicheng init" in early.stderr.decode()) == (2, b"", True)
    assert not home.exists()
    first, second = guicheng("init", home=home), guicheng("init", home=home)
    assert (first.returncode, second.returncode) == (0, 0)
    assert "已建立" in first.stdout.decode()
    assert "没有改动" in second.stdout.decode()
    assert (home / "guicheng.sqlite3").exists()
    for one in first.stdout.decode().splitlines():
        if one.startswith("  guicheng perform"):
            done = subprocess.run(
                one.replace("guicheng", " ".join(f"'{a}'" for a in command(home=home)), 1),
                shell=True, env=environment(), capture_output=True, check=False,
            )  # fmt: skip
            assert done.returncode == 0, done
    assert "perform" not in guicheng("init", home=home).stdout.decode()


def test_a_database_of_an_earlier_version_is_brought_to_this_one(tmp_path: Path) -> None:
    """Its projects are told in which tables they have rows, its accounts behind which entry they have not seen any; begun once
    more, there is nothing left to do."""
    guicheng("init", home=tmp_path)
    (file,) = tmp_path.glob("*.sqlite3")
    with sqlite3.connect(file) as base:
        base.executescript(EARLIER)
    first, second = guicheng("init", home=tmp_path), guicheng("init", home=tmp_path)
    assert ("已升级" in first.stdout.decode(), "没有改动" in second.stdout.decode()) == (True, True), first
    with sqlite3.connect(file) as base:
        assert base.execute("SELECT code, holds, noted_at FROM records_project ORDER BY code").fetchall() == [
            ("HA-1", ",paperof,", 1), ("HA-2", ",", 1),
        ]  # fmt: skip
        assert base.execute("SELECT visited_entry, before_entry FROM accounts_account ORDER BY id").fetchall() == [
            (8, 2), (0, None), (None, None),  # there is no entry 8: behind it stands 9, as behind 7
        ]  # fmt: skip


EARLIER = """
ALTER TABLE records_project DROP COLUMN holds; ALTER TABLE records_project DROP COLUMN noted_at;
DELETE FROM django_migrations WHERE app = 'records' AND name >= '0009';
DROP INDEX project_gapped; CREATE INDEX project_with_gaps ON records_project (edition, code, gaps) WHERE NOT gaps = '';
INSERT INTO records_project (id, code, title, unit, edition, stage, furthest, filed_on, seq, gaps)
VALUES (1, 'HA-1', '例', 'zwfw', '2023-04-19', 10, 10, '2025-06-01', 1, ''),
(2, 'HA-2', '例', 'zwfw', '2023-04-19', 10, 10, '2025-06-01', 1, '');
INSERT INTO records_paperof (project_id, seq, ref, day, "by", role, title, kind, digest)
VALUES (1, 1, '1', '2025-06-01', 'sun.li', 'construction', '纪要', '纪要', 'sm3:0');
DELETE FROM django_migrations WHERE app = 'accounts' AND name >= '0004';
ALTER TABLE accounts_account DROP COLUMN visited_entry; ALTER TABLE accounts_account DROP COLUMN before_entry;
ALTER TABLE accounts_account ADD COLUMN visited_at datetime NULL; ALTER TABLE accounts_account ADD COLUMN before_at datetime NULL;
INSERT INTO accounts_account (username, password, must_change, failures, closed, visited_at, before_at)
VALUES ('a', '', 0, 0, 0, '2025-06-07 08:00:00', '2025-06-02 08:00:00.123000'), ('b', '', 0, 0, 0, '2025-06-01 00:00:00', NULL),
('c', '', 0, 0, 0, NULL, NULL);
INSERT INTO ledger_entry (id, chain, seq, hash, body) SELECT d, 'HA-1', d, '',
'{"recorded":"2025-06-0' || d || 'T08:00:00.' || CASE d WHEN 2 THEN '123' ELSE '000' END || '+00:00"}'
FROM (SELECT 1 AS d UNION SELECT 2 UNION SELECT 3 UNION SELECT 7 UNION SELECT 9);
"""


def test_a_database_that_is_none_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "guicheng.sqlite3").write_bytes(b"this is not a database at all" * 100)
    for order in ("audit", "init", "export"):
        done = guicheng(order, home=tmp_path)
        assert (done.returncode, done.stdout, done.stderr.count(b"\n")) == (2, b"", 1), done
    (tmp_path / "file").write_bytes(b"")
    assert guicheng("init", home=tmp_path / "file" / "x").returncode == 2
    nobody = subprocess.run(
        [*command(home=tmp_path)[:1], "--db", "postgresql://nobody@127.0.0.1:1/none", "audit"],
        env=environment(), capture_output=True, check=False,
    )  # fmt: skip
    assert (nobody.returncode, nobody.stdout, nobody.stderr.count(b"\n")) == (2, b"", 1)


def test_a_reader_that_goes_away_is_no_traceback(tmp_path: Path) -> None:
    done = subprocess.run(
        f"'{command(home=tmp_path)[0]}' acts | head -n 1",
        shell=True, env=environment(), capture_output=True, check=False,
    )  # fmt: skip
    assert b"Traceback" not in done.stderr


def test_a_terminal_of_another_encoding_still_gets_its_answer(tmp_path: Path) -> None:
    done = subprocess.run(
        [command(home=tmp_path)[0], "rules"],
        env=environment() | {"PYTHONIOENCODING": "ascii"}, capture_output=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, b"")
    said = subprocess.run(
        [command(home=tmp_path)[0], "rules", "--json"],
        env=environment() | {"PYTHONIOENCODING": "gbk"}, capture_output=True, check=False,
    )  # fmt: skip
    assert json.loads(said.stdout.decode("utf8"))["rules"]


def test_the_home_of_the_environment_is_used(tmp_path: Path) -> None:
    done = subprocess.run(
        [command(home=tmp_path)[0], "init"],
        env=environment() | {"GUICHENG_HOME": str(tmp_path / "there")}, capture_output=True, check=False, cwd=os.sep,
    )  # fmt: skip
    assert done.returncode == 0
    assert (tmp_path / "there" / "guicheng.sqlite3").exists()
