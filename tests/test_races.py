"""Several processes and threads at the same door, on a SQLite file and on PostgreSQL: nothing is lost, no chain is torn."""

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

from tests.run import postgres
from tests.support.worker import PEOPLE, START

ROOT = Path(__file__).parents[1]
LOOK = """
import django; django.setup()
import json, sys
from guicheng.exchange.check import check_heads, check_ledger, check_tables
from guicheng.ledger.models import Entry
from guicheng.records.project import PaperOf, Project
done = check_ledger()
print(json.dumps({
    "heads": done.heads, "differences": [str(d) for d in [*check_heads(done), *check_tables()] if d.project != "bureau"],
    "papers": sorted(PaperOf.objects.values_list("title", flat=True)), "titles": dict(Project.objects.values_list("code", "title")),
    "seqs": list(Entry.objects.filter(chain="HA-1").order_by("seq").values_list("seq", flat=True)),
}))
"""

STANDING = """
import django; django.setup()
import json
from guicheng.door.clock import today
from guicheng.portfolio.models import Kept, KeptFinding
from guicheng.portfolio.sweep import sweep
from guicheng.records.project import Project
from guicheng.regulations.base import regulation
from tests.support.kept import added_up, summed
law = regulation()
print(json.dumps({
    "kept": sorted(Kept._default_manager.values_list("project__code", "seq")),
    "projects": sorted(Project.objects.values_list("code", "seq")),
    "found": sorted(KeptFinding._default_manager.values_list("project__code", "rule", "verdict")),
    "audited": sorted((f.project, f.rule, f.verdict) for f in sweep(law, today(), law.rules.values())),
    "sums": summed() == added_up(),
}))
"""


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database of its own for the test."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'races.sqlite3'}"
        return
    server = postgres()
    if server is None:
        pytest.skip("no PostgreSQL answers here")
    name = f"guicheng_races_{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name}")  # type: ignore[arg-type]  # a name made here
        connection.execute(f"CREATE DATABASE {name}")  # type: ignore[arg-type]
        yield urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")  # type: ignore[arg-type]


def start(address: str, *command: str) -> "subprocess.Popen[str]":
    env = os.environ | {"GUICHENG_DATABASE": address, "DJANGO_SETTINGS_MODULE": "guicheng.config.settings"}
    return subprocess.Popen(
        [sys.executable, *command], env=env, cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def together(address: str, *commands: tuple[str, ...]) -> list[Any]:
    running = [start(address, "-c", START, *c) for c in commands]
    found = []
    for one in running:
        out, err = one.communicate(timeout=240)
        assert one.returncode == 0, err
        found.append(json.loads(out))
    return found


def seen(address: str, script: str) -> dict[str, Any]:
    out, err = start(address, "-c", script).communicate(timeout=240)
    assert out, err
    found: dict[str, Any] = json.loads(out)
    return found


def look(address: str) -> dict[str, Any]:
    found = seen(address, LOOK)
    assert found["differences"] == []
    return found


def test_acts_on_one_project_and_races_for_a_new_one(address: str) -> None:
    together(address, ("prepare",))
    many = 6
    done = together(address, *(("append", p, str(many)) for p in PEOPLE))
    words = Counter(o["outcome"] for each in done for o in each)
    assert words == {"accepted": many * len(PEOPLE), "skipped": many * len(PEOPLE)}, [
        o for each in done for o in each if "errors" in o
    ][:3]
    found = look(address)
    assert found["seqs"] == list(range(1, many * len(PEOPLE) + 2))
    assert len(set(found["papers"])) == many * len(PEOPLE)
    accepted = [o for each in done for o in each if o["outcome"] == "accepted"]
    assert sorted(o["seq"] for o in accepted) == found["seqs"][1:]

    raced = together(address, *(("open", p, "HA-RACE") for p in PEOPLE))
    titles = look(address)["titles"]
    for i in range(4):
        outcomes = [each[i] for each in raced]
        assert Counter(o["outcome"] for o in outcomes) == {"accepted": 1, "invalid": len(PEOPLE) - 1}
        assert all("已经用过" in o["errors"]["project"][0] for o in outcomes if o["outcome"] == "invalid")
        winner = next(p for p, each in zip(PEOPLE, raced, strict=True) if each[i]["outcome"] == "accepted")
        assert titles[f"HA-RACE-{i}"] == winner


def test_what_is_kept_is_right_after_many_acts_of_one_unit_beside_refreshes(address: str) -> None:
    """All of them count in the same sums; each act keeps its own project in its own transaction."""
    together(address, ("prepare",))
    *done, refreshed = together(address, *(("move", p, "10") for p in PEOPLE), ("refresh", "6"))
    assert Counter(o["outcome"] for each in done for o in each) == {"accepted": 2 * 10 * len(PEOPLE)}
    assert len(refreshed) == 6
    found = seen(address, STANDING)
    mine = [one for one in found["kept"] if one[0] != "HA-1"]
    assert mine == [[f"HA-{p}-{i}", 2] for p in PEOPLE for i in range(10)]
    assert [one for one in found["projects"] if one[0] != "HA-1"] == mine
    assert found["found"] == found["audited"]
    assert found["sums"]
