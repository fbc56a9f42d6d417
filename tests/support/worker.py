"""One process among several at the same door, whose acts keep how their projects stand, as those of the site do. Its arguments:
prepare | append NAME COUNT | open NAME CODE | move NAME COUNT | refresh TIMES."""

import json
import sys
from collections.abc import Callable
from datetime import date
from threading import Thread
from typing import Any

from django.core.management import call_command
from django.db import connection

from guicheng.door.clock import today
from guicheng.door.outcome import Request
from guicheng.door.perform import perform
from guicheng.portfolio.standing import beside, refresh
from tests.support.door import CODE, DAY, FILING, hire, open_project, paper

START = "import django; django.setup(); from tests.support.worker import main; main()"
"""Python that starts it."""
PEOPLE = ("a", "b", "c")
ENDED = {"reason": "需求取消", "decided_by": "局长办公会"}


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
            found.extend(perform(asked, beside).as_json() for _ in range(2))
        connection.close()

    threads = [Thread(target=some, args=(part,)) for part in "xy"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def open_code(name: str, code: str) -> list[Any]:
    """Race to open the same projects."""
    return [filed(name, f"{code}-{i}") for i in range(4)]


def filed(name: str, code: str) -> Any:
    return perform(Request(code, "file-project", name, DAY, FILING | {"title": name}), beside).as_json()


def move(name: str, count: str) -> list[Any]:
    """File so many projects of one's own, of the unit that is everybody's, and terminate each: the sums of the unit change twice."""
    found = []
    for i in range(int(count)):
        code = f"HA-{name}-{i}"
        found += [filed(name, code), perform(Request(code, "terminate", name, DAY, ENDED), beside).as_json()]
    return found


def refreshed(times: str) -> list[Any]:
    """Judge everything anew, again and again, while others act."""
    return [refresh(today()) for _ in range(int(times))]


COMMANDS: dict[str, Callable[..., list[Any]]] = {
    "prepare": prepare, "append": append, "open": open_code, "move": move, "refresh": refreshed,
}  # fmt: skip


def main() -> None:
    command, *rest = sys.argv[1:]
    sys.stdout.write(json.dumps(COMMANDS[command](*rest)))
