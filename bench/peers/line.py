"""The peer's end of the pipe: says what it is, then answers each "run N" with seconds and processor seconds."""

import os
import sys
import time
from collections.abc import Callable, Iterator
from importlib.metadata import version
from typing import Any


def serve(packages: str, ready: Callable[[int], Iterator[Callable[[], Any]]]) -> None:
    """`ready(N)` makes N steps possible, untimed, and gives them; they are then done one after the other, timed."""
    print("ready", ", ".join(f"{p} {version(p)}" for p in packages.split()), flush=True)
    for line in sys.stdin:
        steps = list(ready(int(line.removeprefix("run "))))
        start, used = time.perf_counter(), time.process_time()
        for step in steps:
            step()
        print(time.perf_counter() - start, time.process_time() - used, flush=True)


def django_on(address: str, *apps: str) -> None:
    """Django as its own documentation sets it up for such a database; no middleware, no pages."""
    import django
    from django.conf import settings
    from django.core.management import call_command

    engine, _, rest = address.partition("://")
    settings.configure(
        DATABASES={"default": _sqlite(rest) if engine == "sqlite" else _postgresql(rest)},
        INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "bench.peers", *apps],
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        USE_TZ=True,
    )
    django.setup()
    call_command("migrate", verbosity=0)


def _sqlite(path: str) -> dict[str, Any]:
    """The same flush to disk at each commit as our own door has."""
    pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
    options = {"transaction_mode": "IMMEDIATE", "init_command": pragmas}
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": path, "OPTIONS": options}


def _postgresql(rest: str) -> dict[str, Any]:
    who, _, place = rest.rpartition("@")
    host, _, name = place.partition("/")
    user, _, password = who.partition(":")
    at = dict(zip(("HOST", "PORT"), host.split(":"), strict=False))
    return {
        "ENGINE": "django.db.backends.postgresql", "NAME": name, "USER": user, "PASSWORD": password, **at,
        "CONN_MAX_AGE": None, "OPTIONS": {"prepare_threshold": 5},
    }  # fmt: skip


def address() -> str:
    return os.environ["PEER_DATABASE"]
