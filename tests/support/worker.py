"""One process among several at the same door: `python -m tests.support.worker prepare | append NAME COUNT | open NAME CODE`."""

import json
import sys
from datetime import date
from threading import Thread
from typing import Any

import django

django.setup()

from django.core.management import call_command  # noqa: E402  # Django is set up first
from django.db import connection  # noqa: E402

from guicheng.door.outcome import Request  # noqa: E402
from guicheng.door.perform import perform  # noqa: E402
from tests.support.door import CODE, DAY, FILING, hire, open_project, paper  # noqa: E402

PEOPLE = ("a", "b", "c")


def prepare() -> list[Any]:
    call_command("migrate", run_syncdb=True, verbosity=0)
    for person in PEOPLE:
        hire(person, "construction", since=date(2020, 1, 1))
    open_project()
    return []


def append(name: str, count: str) -> list[Any]:
    """Half of the acts from this thread, half from another one: each with an id of its own, and each asked for twice."""
    found: list[Any] = []

    def some(part: str) -> None:
        for i in range(int(count) // 2):
            asked = Request(CODE, "attach-paper", name, DAY, paper(f"{name}-{part}-{i}"), id=f"{name}-{part}-{i}")
            found.extend(perform(asked).as_json() for _ in range(2))
        connection.close()

    threads = [Thread(target=some, args=(part,)) for part in "xy"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def open_code(name: str, code: str) -> list[Any]:
    """Race to open the same projects."""
    return [
        perform(Request(f"{code}-{i}", "file-project", name, DAY, FILING | {"title": name})).as_json() for i in range(4)
    ]


if __name__ == "__main__":
    command, *rest = sys.argv[1:]
    done = {"prepare": prepare, "append": append, "open": open_code}[command](*rest)  # type: ignore[operator]  # by name
    sys.stdout.write(json.dumps(done))
