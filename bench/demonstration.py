"""What every main page of the demonstration costs the server, for each role that may open it:

    python -m bench.demonstration sqlite|postgresql [rounds] [--each] [page…]

The demonstration bureau is built anew; then each page is asked for by one person of each role, by turns, through Django's whole
path from request to answer. A line gives the slowest role of a page: median (least–most) of the time, processor time, statements.
`--each` prints every role. The aim is the median, on a machine that does nothing else: processor time tells where it does."""

from __future__ import annotations

import sys
import time
import warnings
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from bench.place import aim, machine, prepare

WARM, ROUNDS = 2, 7
MOST = 50.0
"""Milliseconds of the server for a main page, at the median."""
OWN = "HA-2025-002"
PEOPLE = {
    "construction": "sun.li", "cyber-office": "zhou.mingyuan", "leading-group": "bai.xingzhou", "general-office": "lu.wenbo",
    "technology": "jiang.yue", "legal": "tan.lvyan", "discipline": "qin.zheng", "party-group": "gu.changfeng",
    "contractor": "cj-beidou.ha-2025-002", "supervisor": "jl-zhongheng.ha-2025-002", "auditor": "sj-mingzhu.ha-2025-002",
    "assessor": "cp-guanlan.ha-2025-002", "system-admin": "xi.tong", "security-admin": "an.quan", "audit-admin": "shen.ji",
}  # fmt: skip
TABS = ("money", "contracts", "assessments", "trial", "operation", "changes", "assets", "papers", "history")
ROOMS = ("attempts", "reads", "signins", "accounts", "security")
PAGES: dict[str, str] = {
    "work list": "/",
    "calendar": "/calendar/",
    "calendar, all that is late": "/calendar/?late=1&of=all",
    "projects": "/projects/",
    "projects, three filters": "/projects/?health=red&kind=software&ongoing=1",
    "projects, of an article": "/projects/?article=13&verdict=breached",
    "projects, by words": "/projects/?q=平台&sort=-budget",
    "cockpit": "/cockpit/",
    "a project": f"/projects/{OWN}/",
    **{f"a project, {tab}": f"/projects/{OWN}/?tab={tab}" for tab in TABS},
    "act form": f"/projects/{OWN}/acts/attach-paper/",
    "act form, of a correction": f"/projects/{OWN}/acts/correct/?entry=1",
    "act form, of a plan": "/new/file-project/?classified=no",
    "regulation": "/regulation/",
    "figures": "/regulation/figures/",
    "a rule": "/regulation/rules/huaian2023:13(1).untried/",
    "papers": "/papers/",
    "help": "/help/",
    "help, of a role": "/help/construction/",
    "the bureau": "/bureau/",
    **{f"the bureau, {room}": f"/bureau/{room}/" for room in ROOMS},
    "sign-in": "/sign-in/",
}


@dataclass
class Spent:
    """What one page cost one role, in milliseconds, round by round."""

    page: str
    role: str
    statements: int
    ms: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)

    def __str__(self) -> str:
        spread = f"{median(self.ms):6.1f} ({min(self.ms):.1f}–{max(self.ms):.1f}) ms"
        late = "" if median(self.ms) <= MOST else "  over"
        return f"{spread:26} {median(self.processor):6.1f} ms of processor {self.statements:4} statements{late}"


def build() -> None:
    """The demonstration, as `guicheng demo` leaves it."""
    from guicheng.demo.build import build
    from guicheng.door.clock import today
    from guicheng.ledger.sequence import sequence
    from guicheng.portfolio.standing import refresh

    build()
    sequence()
    refresh(today())


def clients() -> dict[str, Any]:
    """A browser for each role, signed in."""
    from django.test import Client

    from guicheng.accounts.entry import open_account

    found = {role: Client(headers={"host": "localhost"}) for role in PEOPLE}
    for role, client in found.items():
        client.force_login(open_account(PEOPLE[role], None, must_change=False))
    return found


def opened(pages: dict[str, str], by: dict[str, Any]) -> Iterator[Spent]:
    """Each page with each role that may open it; opening them for the first time is no part of what is measured."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for page, address in pages.items():
        for role, client in by.items():
            for _ in range(WARM):
                connection.queries_log.clear()  # it holds no more than nine thousand
                with CaptureQueriesContext(connection) as asked:
                    answer = client.get(address)
            if answer.status_code == 200:
                yield Spent(page, role, len(asked))


def ask(client: Any, address: str, spent: Spent) -> None:
    start, processor = time.perf_counter(), time.process_time()
    answer = client.get(address)
    spent.ms.append((time.perf_counter() - start) * 1000)
    spent.processor.append((time.process_time() - processor) * 1000)
    assert answer.status_code == 200, (address, answer.status_code)


def show(measured: list[Spent], each: bool) -> None:
    pages: dict[str, list[Spent]] = defaultdict(list)
    for spent in measured:
        pages[spent.page].append(spent)
    for page, roles in pages.items():
        slowest = max(roles, key=lambda s: median(s.ms))
        for spent in roles if each else [slowest]:
            of = "" if each else f" of {len(roles)}"
            print(f"{page:28} {spent.role + of:22} {spent}", flush=True)


def main(engine: str, rounds: int, each: bool, names: list[str]) -> None:
    warnings.simplefilter("ignore")
    label = prepare(engine)
    build()
    pages = {p: a for p, a in PAGES.items() if not names or any(n in p for n in names)}
    by = clients()
    measured = list(opened(pages, by))
    for _ in range(rounds):
        for spent in measured:
            ask(by[spent.role], pages[spent.page], spent)
    print(f"{label} · {machine()} · {rounds} rounds")
    show(measured, each)
    slowest = max(measured, key=lambda s: median(s.ms))
    worst = (
        f"{median(slowest.ms):.1f} ms ({slowest.page}, {slowest.role}), {median(slowest.processor):.1f} of processor"
    )
    aim(f"every main page of the demonstration, {engine}", f"≤ {MOST:.0f} ms", worst, median(slowest.ms) <= MOST)


if __name__ == "__main__":
    words = sys.argv[1:]
    plain = [w for w in words if not w.startswith("--")]
    numbers, named = [w for w in plain[1:] if w.isdigit()], [w for w in plain[1:] if not w.isdigit()]
    main(plain[0] if plain else "sqlite", int(numbers[0]) if numbers else ROUNDS, "--each" in words, named)
