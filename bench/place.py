"""A fresh database for a measurement, on SQLite (a file, synchronous FULL) or on PostgreSQL, with one project in it."""

import atexit
import os
import platform
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

DAY = date(2025, 6, 1)
NAME = os.environ.get("GUICHENG_BENCH", "guicheng_bench")
"""The database on PostgreSQL that a measurement drops and makes anew; two at once need two names."""


def prepare(engine: str) -> str:
    """Point Django at a fresh database of this engine and make its tables; returns what to call it."""
    if engine == "sqlite":
        folder = tempfile.mkdtemp(prefix="guicheng-bench-")
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        os.environ["GUICHENG_DATABASE"] = f"sqlite:///{folder}/bench.sqlite3"
        label = f"SQLite {sqlite3.sqlite_version}, WAL, synchronous FULL"
    else:
        os.environ["GUICHENG_DATABASE"] = fresh_postgres()
        label = "PostgreSQL, synchronous_commit on"
    os.environ["DJANGO_SETTINGS_MODULE"] = "guicheng.config.settings"
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", run_syncdb=True, verbosity=0)
    return label


def fresh_postgres(name: str = NAME) -> str:
    """A new database beside those of the tests; raises SystemExit when no PostgreSQL answers."""
    import psycopg
    from tests.run import postgres

    address = postgres()
    if address is None:
        raise SystemExit("PostgreSQL does not answer here")
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {name}")
    return address.rsplit("/", 1)[0] + "/" + name


WITH_LEDGER = 100_000
"""Up to so many projects a book has its whole ledger; above, the records of these are copied."""


BOOKS = "GUICHENG_BENCH_BOOKS"
"""Where the environment names a folder by this, books are written down there and a later measurement takes what is there."""


def book(engine: str, projects: int) -> str:
    """The address of a book of so many projects: the one written down in the folder of books, or a new one."""
    return _written_down(f"{engine}-{projects}", lambda: _new_book(engine, projects))


def judged(engine: str, projects: int) -> str:
    """The same, every project judged."""

    def judge() -> str:
        place = book(engine, projects)
        run_on("guicheng.cli.main", "refresh", at=place)
        settle(place)
        return place

    return _written_down(f"{engine}-{projects}-judged", judge)


def _written_down(note: str, make: Callable[[], str]) -> str:
    """What the note in the folder of books says, or what is made now, noted once it is whole."""
    folder = os.environ.get(BOOKS)
    if folder is None:
        return make()
    place = Path(folder, note)
    place.parent.mkdir(parents=True, exist_ok=True)
    if not place.exists():
        place.write_text(make())
    return place.read_text()


def _new_book(engine: str, projects: int) -> str:
    """A new database with so many projects, written in processes of their own."""
    if engine == "sqlite":
        folder = tempfile.mkdtemp(prefix=f"guicheng-{projects}-", dir=os.environ.get(BOOKS))
        if BOOKS not in os.environ:
            atexit.register(shutil.rmtree, folder, ignore_errors=True)
        place = f"sqlite:///{folder}/guicheng.sqlite3"
    else:
        place = fresh_postgres(f"{NAME}_{projects}")
    first = min(projects, WITH_LEDGER)
    run_on("guicheng.cli.main", "bench", "portfolio", "--projects", str(first), "--lives", "short", at=place)
    if projects > first:
        run_on("bench.copies", str(projects // first), at=place)
    settle(place)
    return place


def settle(place: str) -> None:
    """As PostgreSQL leaves a book after some hours by itself: every table counted, its dead rows swept. Plans change with it."""
    if place.startswith("postgresql"):
        import psycopg

        with psycopg.connect(place, autocommit=True) as connection:
            connection.execute("VACUUM ANALYZE")


def run_on(*command: str, at: str) -> None:
    """Run a module on a database, in a process of its own, without what it says."""
    environment = os.environ | {"GUICHENG_DATABASE": at}
    subprocess.run([sys.executable, "-m", *command], env=environment, check=True, stdout=subprocess.DEVNULL)


def people() -> None:
    """One construction office with one person."""
    from guicheng.people.models import Person, Post, Unit

    unit = Unit.objects.create(code="zwfw", name="政务服务协调处", seq=1, day=DAY)
    person = Person.objects.create(username="sun.li", name="孙丽", unit=unit, seq=1, day=DAY)
    Post.objects.create(person=person, role="construction", unit="zwfw", since=date(2020, 1, 1), seq=1, day=DAY)


def project(code: str) -> Any:
    """A project in its implementation, with no acts behind it."""
    from guicheng.records.project import Project

    values = {"title": "例", "unit": "zwfw", "edition": "2023-04-19", "stage": 70, "furthest": 70}
    return Project.objects.create(code=code, filed_on=DAY, **values)


def aim(what: str, least: str, measured: str, met: bool) -> None:
    """A line for the table of `python -m bench`."""
    print(f"aim: {what} | {least} | {measured} | {'met' if met else 'not met'}")


def machine() -> str:
    model = next(
        (
            x.split(":", 1)[1].strip()
            for x in Path("/proc/cpuinfo").read_text().splitlines()
            if x.startswith("model name")
        ),
        platform.processor(),
    )
    return f"{os.cpu_count()} cores, {model}, Python {platform.python_version()}, {platform.system()}"
