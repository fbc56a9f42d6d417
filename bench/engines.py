"""All rules over a portfolio on each engine, by turns: python -m bench.engines [sqlite|postgresql] [projects] [engines…].

The limit beside it is one sequential scan of every table that rules read, by the same database. Read ratios, not seconds."""

import hashlib
import sys
import tempfile
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from bench.place import prepare

DAY = date(2026, 6, 20)
ROUNDS = 3


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    start = perf_counter()
    found = work()
    return perf_counter() - start, found


def digested(found: Iterable[Any]) -> tuple[int, str]:
    """How many findings in which order, without holding them."""
    number, digest = 0, hashlib.sha256()
    for one in found:
        number += 1
        digest.update(repr(one).encode())
    return number, digest.hexdigest()


def scans() -> int:
    """Read one column of every row in every table that some rule reads."""
    from django.db import connection

    from guicheng.portfolio.engines.shape import kept
    from guicheng.regulations.base import regulation

    with connection.cursor() as cursor:
        for table in kept(regulation()).tables:
            cursor.execute(f"SELECT COUNT({table.columns[0]}), MAX(seq + 0) FROM {table.model._meta.db_table}")
    return len(kept(regulation()).tables)


def compare(engines: list[str], folder: Path) -> None:
    from guicheng.portfolio.audit import audit

    first = {e: timed(lambda e=e: audit(DAY, engine=e, columns=folder))[0] for e in engines if e != "database"}
    for engine, seconds in first.items():
        print(f"{engine}, the first time, columns written: {seconds:.1f} s")
    times: dict[str, list[float]] = {"scan": [], **{e: [] for e in engines}}
    found: dict[str, tuple[int, str]] = {}
    for _ in range(ROUNDS):
        times["scan"].append(timed(scans)[0])
        for engine in engines:
            seconds, audited = timed(lambda e=engine: audit(DAY, engine=e, columns=folder))
            times[engine].append(seconds)
            found[engine] = digested(audited.found)
    limit = median(times["scan"])
    for name, all_of in times.items():
        spread = f"{min(all_of):.2f}–{max(all_of):.2f}"
        print(f"{name:10} {median(all_of):8.2f} s ({spread})   {median(all_of) / limit:8.1f} scans")
    assert all(one == found[engines[0]] for one in found.values()), "the engines differ"
    print(f"{found[engines[0]][0]} findings, the same on {', '.join(engines)}")


def main(engine: str = "sqlite", projects: str = "10000", *engines: str) -> None:
    print(f"{prepare(engine)}, {projects} projects")
    from guicheng.bench.portfolio import portfolio

    portfolio(int(projects))
    with tempfile.TemporaryDirectory(prefix="guicheng-columns-") as folder:
        compare(list(engines) or ["database", "duckdb"], Path(folder))


if __name__ == "__main__":
    main(*sys.argv[1:])
