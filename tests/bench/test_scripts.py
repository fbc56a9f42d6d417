"""Every script of measurements runs to its end, in its shortest form: what nobody has run for long measures nothing."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from bench.__main__ import MARK, MEASURES, SLOW

from guicheng.people.wire import dialect
from tests.run import postgres

ROOT = Path(__file__).parents[2]
SHORTEST = {
    "bench.door": ("1",), "bench.peers": ("1",), "bench.pages": ("80", "1", "70"), "bench.http": ("1",), "bench.reading": ("1",),
    "bench.demonstration": ("1",), "bench.engines": ("80",), "bench.search": ("300",), "bench.import_lines": ("200",),
    "bench.resume": ("200",), "bench.verify": ("600",),
}  # fmt: skip
WITHOUT_AIM = (": absent (", "findings, the same on database, duckdb")
"""What is said where a peer is not here, or the book too small for an aim."""
HERE = [m.module for m in MEASURES if m.module not in SLOW and (m.engines or dialect() == "sqlite")]
"""On each database those that measure one; on the embedded one those as well that choose their own or need none."""


@pytest.fixture
def name() -> Iterator[str]:
    """Of databases on PostgreSQL that no other measurement has, gone afterwards."""
    name, address = f"guicheng_bench_{os.getpid()}", postgres()
    yield name
    if address and dialect() == "postgresql":
        with psycopg.connect(address, autocommit=True) as server:
            made = server.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", (name,)).fetchall()
            for (one,) in made:
                server.execute(f'DROP DATABASE "{one}" WITH (FORCE)')


def test_each_has_a_shortest_form() -> None:
    assert set(SHORTEST) == {m.module for m in MEASURES} - set(SLOW)


@pytest.mark.parametrize("module", HERE)
def test_it_runs_to_its_end(module: str, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for known in [k for k in os.environ if k.startswith("REDMINE_")]:
        monkeypatch.delenv(known)
    engine = [dialect()] if next(m for m in MEASURES if m.module == module).engines else []
    done = subprocess.run(
        [sys.executable, "-m", module, *engine, *SHORTEST[module]],
        cwd=ROOT, env=os.environ | {"GUICHENG_BENCH": name}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    told = [line for line in done.stdout.splitlines() if line.startswith(MARK)]
    assert told or any(said in done.stdout for said in WITHOUT_AIM), done.stdout
    assert all(line.count("|") == 3 for line in told)
