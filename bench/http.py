"""One act over HTTP, signed in: form, token against forgery, door, ledger and receipt, through Django's whole path.

    python -m bench.http sqlite|postgresql [rounds]

Beside it, by turns, the same act straight through the door: what is left is the cost of the page. The limit is a twelfth of the
processor time of Redmine's update of an issue, 59 ms as it was measured where that ran; `bench.peers` asks one that is there."""

import statistics
import sys
from typing import Any
from uuid import uuid4

from bench.door import DATA, cpu, door, rate, spread
from bench.place import aim, machine, people, prepare, project

PAGE = "/projects/HA-HTTP/acts/attach-paper/"
REDMINE = 59.0
"""Milliseconds of processor of an update with a note, by REST, Redmine 5.0.4 on PostgreSQL."""


def signed_in() -> Any:
    """A browser of sun.li's that checks tokens as a real one would have to send them."""
    from django.conf import settings
    from django.test import Client

    from guicheng.accounts.entry import open_account

    settings.ALLOWED_HOSTS = ["*"]
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(open_account("sun.li", None, must_change=False))
    assert browser.get(PAGE).status_code == 200
    return browser


def posted(browser: Any, day: str) -> None:
    token = browser.cookies["csrftoken"].value
    own = {"_on": day, "_id": uuid4().hex, "csrfmiddlewaretoken": token}
    answer = browser.post(PAGE, DATA | own)
    assert answer.status_code == 302, answer.content.decode()[:2000]


def main(engine: str, rounds: int) -> None:
    label = prepare(engine)
    people()
    from guicheng.door.clock import today

    for code in ("HA-HTTP", "HA-DOOR"):
        project(code)
    browser, day = signed_in(), today().isoformat()

    def page(_: str) -> None:
        posted(browser, day)

    rate(page, "")
    rate(door, "HA-DOOR")
    times = [(cpu(page, ""), cpu(door, "HA-DOOR"), rate(page, "")) for _ in range(rounds)]
    print(f"{label} · {machine()}")
    print(f"over HTTP, acts per second             {spread([r for _, _, r in times])}")
    print(f"over HTTP, processor ms an act         {spread([p for p, _, _ in times])}")
    print(f"through the door alone, processor ms   {spread([d for _, d, _ in times])}")
    middle = statistics.median(p for p, _, _ in times)
    aim(
        f"an act over HTTP, {engine}",
        f"≤ {REDMINE / 12:.1f} ms of processor",
        f"{middle:.1f} ms",
        middle <= REDMINE / 12,
    )


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "sqlite", int(sys.argv[2]) if len(sys.argv) > 2 else 5)
