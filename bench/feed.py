"""Twenty writers and one reader of the change feed: nothing lost, nothing repeated, no gap.

    python -m bench.feed sqlite|postgresql [--minutes 10] [--writers 20]

Writers append to shared and to new chains, hold their transactions open for a while, give one in ten up, and number
entries in between; the reader follows from its cursor all the while. At the end both sides are compared with the table."""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import time
from collections import Counter
from threading import Thread
from typing import Any

from bench.place import prepare

THREADS = 5
SHARED = 8

Place = list[Any]
"""Chain and number of an entry."""


class _GivenUp(Exception):
    """A writer rolls back what it wrote."""


def write(name: str, seconds: float) -> list[Place]:
    """What the threads of this process committed."""
    found: list[Place] = []
    threads = [Thread(target=_writer, args=(f"{name}-{i}", seconds, found)) for i in range(THREADS)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return found


def _writer(name: str, seconds: float, found: list[Place]) -> None:
    from django.db import connection

    from guicheng.ledger.sequence import sequence

    chance, until, n = random.Random(name), time.monotonic() + seconds, 0
    while time.monotonic() < until:
        n += 1
        shared = chance.random() < 0.7
        chain = f"shared-{chance.randrange(SHARED)}" if shared else f"{name}-{n}"
        place = _append(chain, f"{name}-{n}", chance, connection.vendor == "sqlite")
        if place:
            found.append(place)
        if chance.random() < 0.2:
            sequence()
    connection.close()


def _append(chain: str, idem: str, chance: random.Random, plain: bool) -> Place | None:
    import psycopg
    from django.db import IntegrityError, transaction

    from guicheng.ledger.append import append, lock

    try:
        with transaction.atomic():
            written = append(lock(chain), {"id": idem}, idem)
            time.sleep(0 if plain else 0.5 if chance.random() < 0.02 else chance.random() * 0.02)
            if chance.random() < 0.1:
                raise _GivenUp
    except (_GivenUp, IntegrityError, psycopg.IntegrityError):  # the last two: another began the same chain first
        return None
    return [chain, written.seq]


def read(stop: str) -> list[Place]:
    """Follow until the file `stop` is there and nothing new comes; raises AssertionError at a gap or a repetition."""
    from guicheng.ledger.feed import follow

    cursor, found = 0, []
    while True:
        ended = os.path.exists(stop)  # noqa: PTH110  # asked before the last look, so that nothing comes after it unseen
        new = follow(cursor, 500)
        assert [n.number for n in new] == list(range(cursor + 1, cursor + 1 + len(new))), (cursor, new[:3])
        found += [[n.chain, n.seq] for n in new]
        cursor += len(new)
        if ended and not new:
            return found
        time.sleep(0.01)


def run(seconds: float, writers: int, stop: str) -> dict[str, Any]:
    """Start them all on the database of the environment; returns what was counted."""
    processes = [_start("write", str(i), str(seconds)) for i in range(writers // THREADS)]
    reader = _start("read", stop)
    committed: list[Place] = [place for one in processes for place in _said(one)]
    open(stop, "w").close()  # noqa: PTH123  # a sign, not a file
    followed = _said(reader)
    return {
        "committed": len(committed), "followed": len(followed),
        "lost": len({tuple(p) for p in committed} - {tuple(p) for p in followed}),
        "repeated": sum(n - 1 for n in Counter(map(tuple, followed)).values()),
        "unknown": len({tuple(p) for p in followed} - {tuple(p) for p in committed}),
        "out_of_order": _out_of_order(followed),
    }  # fmt: skip


def _out_of_order(followed: list[Place]) -> int:
    """Entries that came before an earlier one of their own chain."""
    last: dict[str, int] = {}
    wrong = 0
    for chain, seq in followed:
        wrong += seq != last.get(chain, 0) + 1
        last[chain] = seq
    return wrong


def _start(*command: str) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-m", "bench.feed", *command], text=True, stdout=subprocess.PIPE)


def _said(process: subprocess.Popen[str]) -> list[Place]:
    out, _ = process.communicate()
    assert process.returncode == 0, process.args
    found: list[Place] = json.loads(out)
    return found


def _as_part(what: str, *rest: str) -> None:
    import django

    django.setup()
    found = write(rest[0], float(rest[1])) if what == "write" else read(rest[0])
    sys.stdout.write(json.dumps(found))


def main() -> None:
    words = argparse.ArgumentParser()
    words.add_argument("engine", choices=["sqlite", "postgresql"])
    words.add_argument("--minutes", type=float, default=10)
    words.add_argument("--writers", type=int, default=20)
    asked = words.parse_args()
    label = prepare(asked.engine)
    found = run(asked.minutes * 60, asked.writers, f"/tmp/guicheng-feed-{os.getpid()}")
    print(f"{label} · {asked.writers} writers, {asked.minutes:g} minutes")
    print(" · ".join(f"{name} {number}" for name, number in found.items()))
    wrong = any(found[name] for name in ("lost", "repeated", "unknown", "out_of_order"))
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    if sys.argv[1] in ("write", "read"):
        _as_part(*sys.argv[1:])
    else:
        main()
