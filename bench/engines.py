"""All rules over a portfolio on each engine, by turns.

    python -m bench.engines [sqlite|postgresql] [projects] [engines…]     makes the book first, which takes a while
    python -m bench.engines --on ADDRESS [engines…]                       a book that is there; it is only read

First the rules alone, every answer taken over and thrown away; then whole audits, whose findings must be the same; then the
database's rules beside one reading in sequence of the tables that each of them reads. Read ratios, not seconds."""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
from collections.abc import Callable, Iterable
from datetime import date
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from bench.place import aim, book, machine

DAY = date(2026, 6, 20)
ROUNDS = 3
SCANS = {"sqlite": 1, "postgresql": 2}
"""So many readings of its tables a rule may cost."""
PROMISED = 1_000_000
"""What is promised is promised of so many projects; of fewer the ratios are printed alone."""


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


def asked(source: Any) -> int:
    """Every rule of every edition put to an engine; how many answers came."""
    from guicheng.judge.many import for_portfolio
    from guicheng.judge.statement import Shape
    from guicheng.portfolio.sweep import figures_now, groups
    from guicheng.records.project import Project
    from guicheng.regulations.base import regulation

    law, number = regulation(), 0
    for edition, gaps in groups(Project.objects.all()):
        figures = figures_now(law, edition)
        for rule in law.rules:
            statement = for_portfolio(law.id, rule, Shape(figures), source.dialect, gaps)
            number += sum(1 for _ in source.rows(statement, edition=edition, day=DAY, **figures.bound))
    return number


def by_turns(work: dict[str, Callable[[], Any]], what: str) -> dict[str, list[float]]:
    """The seconds of each, in turns; printed at the median with the least and the most."""
    times: dict[str, list[float]] = {name: [] for name in work}
    for _ in range(ROUNDS):
        for name, one in work.items():
            times[name].append(timed(one)[0])
    for name, all_of in times.items():
        print(f"{what}, {name:10} {median(all_of):8.2f} s ({min(all_of):.2f} – {max(all_of):.2f})", flush=True)
    return times


def rules_alone(engine: str, folder: Path, vendor: str) -> None:
    """The rules on a column engine, its columns in memory, and on the database, by turns."""
    from guicheng.portfolio.engines.choose import opened
    from guicheng.portfolio.sweep import Database
    from guicheng.regulations.base import regulation

    start = perf_counter()
    with opened(engine, regulation(), folder=folder) as source:
        print(f"{engine} opened in {perf_counter() - start:.1f} s, the columns written first", flush=True)
        times = by_turns({"database": partial(asked, Database()), engine: partial(asked, source)}, "rules alone")
    ratio = median(c / d for c, d in zip(times[engine], times["database"], strict=True))
    most = 1 / 2 if engine == "duckdb" else None
    ratio_of(f"all rules on {engine} beside the database's own, {vendor}", ratio, most)


def audits(engines: list[str], folder: Path) -> None:
    """Whole audits: columns looked after, rules judged, findings in order."""
    from guicheng.portfolio.audit import audit

    found: dict[str, tuple[int, str]] = {}

    def one(engine: str) -> None:
        found[engine] = digested(audit(DAY, engine=engine, columns=folder).found)

    by_turns({e: partial(one, e) for e in engines}, "audit")
    assert all(other == found[engines[0]] for other in found.values()), "the engines differ"
    print(f"{found[engines[0]][0]} findings, the same on {', '.join(engines)}")


def beside_scans(vendor: str) -> None:
    """The database's rules, each beside a reading in sequence of the tables that it reads (`guicheng bench rules`)."""
    from guicheng.bench.rules import costs
    from guicheng.regulations.base import regulation

    found = costs(regulation(), DAY)
    rules, scans = (sum(getattr(c, part) for c in found.rules) / 1000 for part in ("book", "scan"))
    print(f"{len(found.rules)} rules {rules:.1f} s, their tables in sequence {scans:.1f} s")
    ratio_of(f"a rule beside a reading of its tables, {vendor}", rules / scans, SCANS[vendor])


def ratio_of(what: str, ratio: float, most: float | None) -> None:
    """A ratio, with its aim where the book is as large as the aim speaks of."""
    from guicheng.records.project import Project

    if most is None or Project.objects.count() < PROMISED:
        print(f"{what}: {ratio:.2f}")
    else:
        aim(what, f"≤ {most:g}", f"{ratio:.2f}", ratio <= most)


def compare(place: str, engines: list[str]) -> None:
    os.environ |= {"GUICHENG_DATABASE": place, "DJANGO_SETTINGS_MODULE": "guicheng.config.settings"}
    import django

    django.setup()
    from django.db import connection

    from guicheng.records.project import Project

    print(f"{machine()} · {connection.vendor} · {Project.objects.count()} projects", flush=True)
    with tempfile.TemporaryDirectory(prefix="guicheng-columns-") as folder:
        for engine in engines:
            if engine != "database":
                rules_alone(engine, Path(folder), connection.vendor)
        audits(engines, Path(folder))
    beside_scans(connection.vendor)


def main(engine: str = "sqlite", projects: str = "10000", *engines: str) -> None:
    compare(book(engine, int(projects)), list(engines) or ["database", "duckdb"])


if __name__ == "__main__":
    if sys.argv[1:2] == ["--on"]:
        compare(sys.argv[2], sys.argv[3:] or ["database", "duckdb"])
    else:
        main(*sys.argv[1:])
