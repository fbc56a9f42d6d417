"""One act over HTTP, signed in: form, token against forgery, door, ledger and receipt, through Django's whole path.

    python -m bench.http sqlite|postgresql [rounds]

Beside it, by turns, the same act straight through the door: what is left is the cost of the page. The limit is a twelfth of the
processor time of Redmine's update of an issue: of one that runs here and is asked by turns (`bench.peers.redmine` says how it
is named), else of the 59 ms once measured."""

import statistics
import sys
from collections.abc import Callable
from math import isnan
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from bench.door import DATA, cpu, door, rate, spread
from bench.peers.child import Absent
from bench.peers.redmine import ASLOW, Redmine
from bench.place import aim, machine, people, prepare, project

PAGE = "/projects/HA-HTTP/acts/attach-paper/"
FORM = "application/x-www-form-urlencoded"
"""As the page's script sends a form: its papers went before."""
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
    answer = browser.post(PAGE, urlencode(DATA | own), content_type=FORM)
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
    beside = redmine()
    times = [(cpu(page, ""), cpu(door, "HA-DOOR"), rate(page, ""), beside()) for _ in range(rounds)]
    print(f"{label} · {machine()}")
    print(f"over HTTP, acts per second             {spread([r for _, _, r, _ in times])}")
    print(f"over HTTP, processor ms an act         {spread([p for p, _, _, _ in times])}")
    print(f"through the door alone, processor ms   {spread([d for _, d, _, _ in times])}")
    print(f"Redmine's update, processor ms         {spread([m for _, _, _, m in times])}")
    shares = [m / p for p, _, _, m in times]
    print(f"so many of ours to one of Redmine's    {spread(shares)}")
    middle = statistics.median(shares)
    aim(f"an act over HTTP, {engine}", "≤ 1/12 of Redmine's update", f"1/{middle:.1f}", middle >= 12)


def redmine() -> Callable[[], float]:
    """Asks for some updates and tells the processor milliseconds of one."""
    try:
        peer = Redmine()
        if isnan(peer.run(ASLOW)[1]):
            raise Absent("its processor time is not seen: REDMINE_PID is not set")
    except Absent as why:
        print(f"Redmine: absent ({why}); held against {REDMINE} ms")
        return lambda: REDMINE
    return lambda: peer.run(ASLOW)[1] / ASLOW * 1000


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "sqlite", int(sys.argv[2]) if len(sys.argv) > 2 else 5)
