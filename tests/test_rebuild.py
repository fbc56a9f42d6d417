"""The ledger built again, and imports by real processes, killed half-way and two at once."""

import io
import json
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from guicheng.exchange.export import export
from guicheng.exchange.rebuild import NotEmpty, rebuild
from guicheng.ledger.models import Entry, Erasable
from guicheng.ledger.verify import Differs, verify_lines
from guicheng.records.project import Project
from tests.support.lines import LINES, PAPER, command, differences, environment, guicheng, line, taken, words, written

# --- built again -------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_ledger_is_built_again_only_where_nothing_is() -> None:
    taken(LINES)
    with pytest.raises(NotEmpty):
        rebuild(io.BytesIO(b"".join(export())))


@pytest.mark.django_db
def test_the_rebuilt_ledger_and_tables_are_the_same() -> None:
    from guicheng.records.tables import snapshot_bureau, snapshot_project

    def picture() -> tuple[Any, ...]:
        return snapshot_bureau(), [snapshot_project(p) for p in Project.objects.order_by("code")]

    with transaction.atomic():
        taken(LINES)
        phone = Erasable.objects.get(value="0517-81111111")
        Erasable.objects.filter(pk=phone.pk).update(value="", salt="", erased_at="2025-07-01T00:00Z")
        exported, before = b"".join(export()), picture()
        transaction.set_rollback(True)
    assert not Entry.objects.exists()
    rebuild(io.BytesIO(exported))
    assert b"".join(export()) == exported
    assert picture() == before
    assert differences() == []
    assert Erasable.objects.get(pk=phone.pk).erased_at is not None


@pytest.mark.django_db
def test_a_file_that_does_not_verify_is_not_built() -> None:
    with transaction.atomic():
        taken(LINES)
        exported = b"".join(export())
        transaction.set_rollback(True)
    with pytest.raises(Differs):
        rebuild(io.BytesIO(exported.replace("会议纪要".encode(), "会议记要".encode())))
    assert not Entry.objects.exists()


# --- real processes ----------------------------------------------------------------------------------------------------


def papers(code: str, number: int) -> list[dict[str, Any]]:
    return [line(code, "attach-paper", "li.wei", "2025-06-20", **PAPER | {"title": f"第{n}份"}) for n in range(number)]


@pytest.mark.once
def test_an_import_killed_half_way_and_run_again_has_everything_once_and_travels(tmp_path: Path) -> None:
    lines = [*LINES, *papers("HA-1", 150)]
    file = written(lines, tmp_path / "acts.jsonl")
    guicheng("init", home=tmp_path)
    first = subprocess.Popen(
        command("import", str(file), "--json", home=tmp_path), env=environment(), stdout=subprocess.PIPE, bufsize=0
    )
    assert first.stdout is not None
    for _ in range(40):
        first.stdout.readline()
    first.kill()
    first.wait()
    first.stdout.close()
    again = guicheng("import", str(file), "--json", home=tmp_path)
    outcomes = words([json.loads(one) for one in again.stdout.splitlines()])
    assert again.returncode == 0
    assert set(outcomes) == {"skipped", "accepted"}
    assert outcomes == sorted(outcomes, reverse=True)
    exported, there = tmp_path / "ledger.jsonl", tmp_path / "there"
    assert guicheng("export", "-o", str(exported), home=tmp_path).returncode == 0
    done = exported.read_bytes().splitlines(keepends=True)
    assert verify_lines(done).size == len(lines)
    titles = [json.loads(one).get("data", {}).get("title", "") for one in done]
    assert [t for t in titles if t.endswith("份")] == [f"第{n}份" for n in range(150)]
    assert guicheng("init", home=there).returncode == 0
    assert guicheng("rebuild", str(exported), home=there).returncode == 0
    assert guicheng("export", home=there).stdout == exported.read_bytes()
    assert guicheng("verify", "--against", str(exported), home=there).returncode == 0


@pytest.mark.once
def test_two_imports_at_once_make_one_order(tmp_path: Path) -> None:
    guicheng("init", home=tmp_path)
    guicheng("import", str(written(LINES, tmp_path / "first")), home=tmp_path)
    both = [
        subprocess.Popen(
            command("import", str(written(papers(code, 60), tmp_path / code)), home=tmp_path),
            env=environment(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for code in ("HA-1", "HA-2")
    ]
    while any(one.poll() is None for one in both):
        done = verify_lines(guicheng("export", home=tmp_path).stdout.splitlines(keepends=True))
        assert done.size >= len(LINES)
        time.sleep(0.05)
    assert [one.returncode for one in both] == [0, 0]
    assert guicheng("verify", home=tmp_path).returncode == 0
    assert verify_lines(guicheng("export", home=tmp_path).stdout.splitlines(keepends=True)).size == len(LINES) + 120
