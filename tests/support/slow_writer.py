"""A writer in flight beside quick ones, on the database of the environment: what the feed shows before and after it commits."""

import json
import sys
from time import monotonic, sleep
from typing import Any

import django

django.setup()

from django.db import connection, transaction  # noqa: E402  # Django is set up first

from guicheng.ledger.append import append, lock  # noqa: E402
from guicheng.ledger.feed import follow, last  # noqa: E402
from guicheng.ledger.models import Entry, Watermark  # noqa: E402
from guicheng.ledger.sequence import sequence  # noqa: E402


def quick(name: str) -> list[str]:
    """Four quick writers, each numbered at once."""
    names = [f"{name}-{i}" for i in range(4)]
    for one in names:
        with transaction.atomic():
            append(lock(one), {}, None)
        sequence()
    return names


def eventually_above(key: int, seconds: float = 200) -> bool:
    """Whether the watermark rises above a key. Transactions of the server's other databases hold it down while they last."""
    end, round_ = monotonic() + seconds, 0
    while Watermark.objects.get().floor <= key and monotonic() < end:
        quick(f"after-{round_}")
        round_ += 1
        sleep(0.1)
    return Watermark.objects.get().floor > key


def main() -> dict[str, Any]:
    sequence()
    start, slow = last(), connection.copy()
    slow.ensure_connection()
    slow.connection.execute("BEGIN")
    slow.connection.execute("INSERT INTO ledger_chain VALUES ('slow', 1, 'x')")
    slow.connection.execute("INSERT INTO ledger_entry (chain, seq, body, hash) VALUES ('slow', 1, '{}', 'x')")
    first = quick("before")
    seen, floor = [n.chain for n in follow(start)], Watermark.objects.get().floor
    slow.connection.execute("COMMIT")
    then = [n.chain for n in follow(start + len(seen))]
    key = Entry.objects.get(chain="slow").pk
    risen = eventually_above(key)
    return {
        "written": first, "seen": seen, "then": then, "floor_before": floor < key,
        "key_is_lower": key < Entry.objects.get(chain=first[0]).pk, "floor_after": risen,
    }  # fmt: skip


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main()))
