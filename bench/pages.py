"""What the pages cost the server, on a book of 1,000 projects and on a large one, by turns.

    python -m bench.pages sqlite|postgresql [projects] [rounds] [small]     makes both books, which takes a while
    python -m bench.pages --between SMALL LARGE [rounds] [page…]     two books that are there: files of SQLite, or addresses

The books are made by `guicheng bench portfolio`, above 100,000 projects by copying their records, and judged by `guicheng refresh`;
then they are only read, but for sessions. Each is served by a process of its own, through Django's whole path from request to
answer; what is printed is the time, the statements and the processor of a page, PostgreSQL's with it. Read the ratio, which is made
in every round: the two take turns."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import warnings
from statistics import median
from typing import Any

from bench.door import spread
from bench.place import aim, judged

WARM, ROUNDS, EACH = 3, 15, 3
"""Rounds before anything counts, rounds, and how often each book is asked in one before it is the other's turn."""
SMALL = 1_000
"""Projects of the small book."""
FLAT = 1.5


def serve() -> None:
    """In a process of its own: answer each line, a person and an address, with what the page cost."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "guicheng.config.settings"
    warnings.simplefilter("ignore")
    import django

    django.setup()
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from bench.door import processor

    clients: dict[str, Client] = {}
    for line in sys.stdin:
        person, address, captured = json.loads(line)
        client = clients.setdefault(person, Client())
        if not client.cookies:
            from guicheng.accounts.entry import open_account

            client.force_login(open_account(person, None, must_change=False))
        statements = None
        if captured:
            with CaptureQueriesContext(connection) as asked:
                answer = client.get(address)
            statements = len(asked)
        start, used = time.perf_counter(), processor()
        answer = client.get(address)
        spent = time.perf_counter() - start, processor() - used
        print(json.dumps([*spent, answer.status_code, statements]), flush=True)


class Served:
    """A database with the process that answers for it."""

    def __init__(self, file: str):
        self.file = file
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bench.pages", "--serve"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            env=os.environ | {"GUICHENG_DATABASE": file if "://" in file else f"sqlite:///{file}"},
        )  # fmt: skip

    def get(self, person: str, address: str, captured: bool = False) -> tuple[float, float, int, int | None]:
        assert self.process.stdin and self.process.stdout
        self.process.stdin.write(json.dumps([person, address, captured]) + "\n")
        self.process.stdin.flush()
        seconds, processor, status, statements = json.loads(self.process.stdout.readline())
        return seconds, processor, status, statements


BUREAU, OFFICE = "zhou.mingyuan", "sun.li"
PAGES: dict[str, tuple[str, str]] = {
    "work list, bureau-wide": (BUREAU, "/"),
    "work list, office": (OFFICE, "/"),
    "calendar, bureau-wide": (BUREAU, "/calendar/"),
    "projects": (BUREAU, "/projects/"),
    "projects, office": (OFFICE, "/projects/"),
    "projects, three filters": (BUREAU, "/projects/?health=red&kind=software&ongoing=1"),
    "projects, health by budget": (BUREAU, "/projects/?health=red&sort=-budget"),
    "projects, unit and stage": (BUREAU, "/projects/?unit=zwfw&stage=20&sort=budget"),
    "projects, year by code": (BUREAU, "/projects/?year=2025&sort=code"),
    "projects, of an article": (BUREAU, "/projects/?article=13&verdict=breached"),
    "cockpit": (BUREAU, "/cockpit/"),
    "cockpit, office": (OFFICE, "/cockpit/"),
    "regulation": (BUREAU, "/regulation/"),
    "regulation, office": (OFFICE, "/regulation/"),
    "a project": (BUREAU, "/projects/{code}/"),
    "a project's history": (BUREAU, "/projects/{code}/?tab=history"),
    "act form": (BUREAU, "/projects/{code}/acts/attach-paper/"),
}


def measure(name: str, both: list[Served], rounds: int, codes: list[str]) -> None:
    person, address = PAGES[name]
    addresses = [address.replace("{code}", code) for code in codes]
    statements = [s.get(person, a, captured=True)[3] for s, a in zip(both, addresses, strict=True)]
    rounds_of: list[list[tuple[float, float]]] = [[], []]
    for i in range(WARM + rounds):
        for n, served in enumerate(both):
            found = [served.get(person, addresses[n]) for _ in range(EACH)]
            assert all(status == 200 for _, _, status, _ in found), (name, served.file)
            if i >= WARM:
                rounds_of[n].append((median(f[0] for f in found) * 1000, median(f[1] for f in found) * 1000))
    for book, one, asked in zip(("small", "large"), rounds_of, statements, strict=True):
        spent, processor = ([part[i] for part in one] for i in (0, 1))
        print(f"{name:28} {book} {spread(spent)} ms, of processor {spread(processor)}, {asked} statements")
    ratios = [large[1] / small[1] for small, large in zip(*rounds_of, strict=True)]
    print(f"{'':28} ratio of processor {spread(ratios)}", flush=True)
    ratio = median(ratios)
    aim(f"{name}, large beside small", f"≤ {FLAT}", f"{ratio:.2f}", ratio <= FLAT)


FIRST = "SELECT code, seq FROM records_project WHERE stage = 110 AND gaps = '' ORDER BY code LIMIT 1"


def first_project(file: str) -> tuple[str, int]:
    """A project in operation with its whole life behind it, and the number of its acts."""
    row: Any
    if file.startswith("postgresql"):
        import psycopg

        with psycopg.connect(file) as base:
            row = base.execute(FIRST).fetchone()
    else:
        import sqlite3

        row = sqlite3.connect(f"file:{file.removeprefix('sqlite:///')}?mode=ro", uri=True).execute(FIRST).fetchone()
    return str(row[0]), int(row[1])


def compare(small: str, large: str, rounds: str = str(ROUNDS), *names: str) -> None:
    both, codes = [Served(small), Served(large)], [first_project(small)[0], first_project(large)[0]]
    for name in PAGES:
        if not names or any(n in name for n in names):
            measure(name, both, int(rounds), codes)


def main(engine: str = "sqlite", projects: str = "1000000", rounds: str = str(ROUNDS), small: str = str(SMALL)) -> None:
    compare(judged(engine, int(small)), judged(engine, int(projects)), rounds)


if __name__ == "__main__":
    told = sys.argv[1:]
    if told == ["--serve"]:
        serve()
    elif told[:1] == ["--between"]:
        compare(*told[1:])
    else:
        main(*told)
