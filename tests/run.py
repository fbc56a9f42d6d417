"""All that CI runs, in one command: lint, types, floors, migrations, docs in step, tests on SQLite and on PostgreSQL."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import psycopg

BIN = Path(sys.executable).parent
POSTGRES = "GUICHENG_TEST_POSTGRES"
USERS = ("postgres", "root", os.environ.get("USER", ""))


def postgres() -> str | None:
    """The address of a PostgreSQL that answers on this machine and lets us make a database, if any."""
    given = os.environ.get(POSTGRES)
    addresses = (
        [given] if given else [f"postgresql://{u}@{h}/postgres" for u in USERS if u for h in ("127.0.0.1:5432",)]
    )
    for address in addresses:
        try:
            with psycopg.connect(address, connect_timeout=2) as connection:
                row = connection.execute("SELECT rolcreatedb FROM pg_roles WHERE rolname = current_user").fetchone()
                if row and row[0]:
                    return address
        except psycopg.Error:
            continue
    return None


def run(title: str, *command: str, **environment: str) -> bool:
    print(f"\n— {title}", flush=True)
    done = subprocess.run([str(BIN / command[0]), *command[1:]], env=os.environ | environment, check=False)
    return done.returncode == 0


def checks() -> list[bool]:
    return [
        run("lint", "ruff", "check", "."),
        run("format", "ruff", "format", "--check", "."),
        run("types", "mypy"),
        run("floors", "lint-imports"),
        run("migrations", "django-admin", "makemigrations", "--check", "--dry-run", **SETTINGS),
        run("docs in step", "python", "-m", "docs.generate", "--check"),
    ]


SETTINGS = {"DJANGO_SETTINGS_MODULE": "guicheng.config.settings", "GUICHENG_DATABASE": "sqlite:///"}
PYTEST = ("pytest", "-n", "2", "--dist", "loadgroup", "--durations", "25")
ASKING = {
    "test_act_keeping.py", "test_projects.py", "test_projects_parts.py", "test_query_counts.py", "test_search.py", "test_sight.py",
    "test_who.py", "test_work.py", "test_work_steps.py",
}  # fmt: skip
"""Tests of pages that ask the database something of their own: on both databases. How a page looks is tested on one."""
APART = (
    "bench/test_scripts.py", "browser", "house", "papers", "test_act_data.py", "test_cli_installation.py", "test_fields.py",
    "test_periods.py", "test_races.py", "test_sealed_file.py", "test_statistics.py", "test_text.py",
)  # fmt: skip
"""Tests that ask no database anything that differs between the two, or make both databases by themselves, as those marked `once` do."""


def on_one() -> list[str]:
    """What is left out on PostgreSQL: pages as they look, files as they are read, the law by itself, the house, the browser."""
    looks = [f"web/{file.name}" for file in sorted(Path("tests/web").glob("test_*.py")) if file.name not in ASKING]
    return [f"--ignore=tests/{name}" for name in (*APART, *looks)]


def main() -> int:
    results = checks()
    address = postgres()
    if address:
        results.append(run("tests on PostgreSQL", *PYTEST, "-m", "not once", *on_one(), GUICHENG_DATABASE=address))
    elif os.environ.get("GUICHENG_NEED_POSTGRES"):
        print("PostgreSQL 没有应答，而这里必须有它 / PostgreSQL does not answer and is needed here")
        results.append(False)
    else:
        print("\n— PostgreSQL 没有应答：只在 SQLite 上测试 / no PostgreSQL answers: SQLite only")
    once = ["--ignore=tests/production"] if address else []  # brings servers of its own: once is enough
    results.append(run("tests on SQLite", *PYTEST, *once, GUICHENG_DATABASE="sqlite:///"))
    shutil.rmtree(".hypothesis", ignore_errors=True)
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
