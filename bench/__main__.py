"""Every promise about speed, measured here: each by a script of its own in a process of its own, then one table.

    python -m bench [--quick] [promise…]        (make bench; make bench Q=1; make bench P="1 7")

A script prints the limit, the peer and us side by side, by turns, with medians and spread. Those with an aim also print
lines "aim: NAME | AIM | MEASURED | met or not", which are gathered at the end. A large book is made once for all that measure it;
with GUICHENG_BENCH_BOOKS=FOLDER it stays there for the next time."""

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from importlib.util import find_spec
from tempfile import TemporaryDirectory

from tests.run import postgres

from bench.place import BOOKS, machine

MARK = "aim: "


@dataclass(frozen=True)
class Measure:
    """One script: its promise, the arguments of a full and of a quick run, the engines it is run on."""

    promise: int
    module: str
    full: tuple[str, ...] = ()
    quick: tuple[str, ...] = ()
    engines: tuple[str, ...] = ("sqlite", "postgresql")


MEASURES = (
    Measure(1, "bench.door", ("7",), ("3",)),
    Measure(1, "bench.peers", ("7",), ("2",)),
    Measure(3, "bench.pages", ("1000000", "7"), ("3000", "3")),
    Measure(2, "bench.http", ("5",), ("2",)),
    Measure(2, "bench.reading", ("5",), ("2",)),
    Measure(2, "bench.demonstration", ("7",), ("3",)),
    Measure(3, "bench.history"),
    Measure(4, "bench.engines", ("1000000",), ("2000",)),
    Measure(6, "bench.search", ("1000000",), ("20000",), ()),
    Measure(7, "bench.import_lines", ("10000",), ("2000",)),
    Measure(7, "bench.resume", ("100000",), ("2000",)),
    Measure(8, "bench.verify", ("1000000",), ("50000",), ()),
)
SLOW = ("bench.history",)
"""Without a shorter form: left out of a quick run, by name."""


def run(one: Measure, engine: str, quick: bool) -> list[str]:
    """Run a script with what it prints shown; its lines of aims."""
    more = one.quick if quick else one.full
    command = [sys.executable, "-m", one.module, *((engine,) if engine else ()), *more]
    print(f"\n— promise {one.promise}: {' '.join(command[2:])}", flush=True)
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        aims = []
        for line in process.stdout:
            if line.startswith(MARK):
                aims.append(line.removeprefix(MARK).strip())
            else:
                print(line, end="", flush=True)
    if process.returncode:
        aims.append(f"{one.module} {engine} | it runs to its end | exit status {process.returncode} | not met")
    return [f"{one.promise} | {aim}" for aim in aims]


def table(aims: list[str]) -> None:
    rows = [("promise", "what", "aim", "measured", ""), *(tuple(p.strip() for p in aim.split("|")) for aim in aims)]
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    print()
    for row in rows:
        print("  ".join(part.ljust(width) for part, width in zip(row, widths, strict=True)).rstrip())


def chosen(promises: list[str], quick: bool) -> list[Measure]:
    """The scripts to run; one that is asked for and not there, or too long for a quick run, is said."""
    found = []
    for one in MEASURES:
        if promises and str(one.promise) not in promises:
            continue
        if find_spec(one.module) is None:
            print(f"promise {one.promise}: {one.module} is not here: not measured")
        elif quick and one.module in SLOW and not promises:
            print(f"promise {one.promise}: {one.module} has no short form: not in a quick run")
        else:
            found.append(one)
    return found


def main(promises: list[str], quick: bool) -> None:
    here = ["sqlite", *(["postgresql"] if postgres() else [])]
    print(f"{machine()} · {time.strftime('%Y-%m-%d')}{' · a quick look' if quick else ''}")
    if len(here) == 1:
        print("PostgreSQL does not answer here: its half is not measured.")
    aims: list[str] = []
    with TemporaryDirectory(prefix="guicheng-books-") as books:
        os.environ.setdefault(BOOKS, books)
        for one in chosen(promises, quick):
            for engine in one.engines or ("",):
                if not engine or engine in here:
                    aims += run(one, engine, quick)
    table(aims)
    print("\nPromise 5 (Spark gives the same findings) is a test: make spark; make test T=tests/engines")


if __name__ == "__main__":
    words = sys.argv[1:]
    main([w for w in words if w.isdigit()], "--quick" in words)
