"""Act lines from a file beside the bare transaction batched the same way (fifty to a commit, a savepoint each), in turns.

    python -m bench.import_lines sqlite|postgresql [lines]

Reading, checking, performing and judging each line and writing its outcome as JSON are all in it."""

import io
import json
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

from bench.door import DATA, processor, spread, statements
from bench.place import DAY, aim, machine, people, prepare, project

ROUNDS = 15
PROJECTS = 200
LEAST = {"sqlite": 6, "postgresql": 4}
"""One part in so many of the bare transaction (docs/decisions/0029)."""


def file_of(begin: int, number: int) -> io.BytesIO:
    """So many lines over all the projects, each with an id and a title of its own."""

    def lines() -> Iterator[str]:
        for i in range(begin, begin + number):
            act = {"project": f"HA-{i % PROJECTS}", "act": "attach-paper", "by": "sun.li", "on": DAY.isoformat()}
            yield json.dumps(
                {"id": f"line-{i}", **act, "data": DATA | {"title": f"会议纪要第{i}份"}}, ensure_ascii=False
            )

    return io.BytesIO("\n".join(lines()).encode() + b"\n")


def imported(file: io.BytesIO, number: int) -> float:
    """Lines a second."""
    from guicheng.cli.out import as_json
    from guicheng.exchange.intake import survey, take_in

    start = time.perf_counter()
    found = survey(file, history=False)
    words = [as_json(outcome) for _, outcome in take_in(found.lines)]
    rate = number / (time.perf_counter() - start)
    assert len(words) == number
    assert all(b'"accepted"' in word for word in words), words[0]
    return rate


def bare(number: int) -> float:
    """Transactions a second, fifty to a commit."""
    from django.db import connection

    from guicheng.exchange.intake import TOGETHER

    c: Any = connection.connection.cursor()
    start = time.perf_counter()
    for first in range(0, number, TOGETHER):
        c.execute("BEGIN IMMEDIATE" if connection.vendor == "sqlite" else "BEGIN")
        for i in range(first, min(first + TOGETHER, number)):
            c.execute("SAVEPOINT one")
            statements(c, f"BARE-{i % PROJECTS}", connection.vendor)
            c.execute("RELEASE SAVEPOINT one")
        c.execute("COMMIT")
    return number / (time.perf_counter() - start)


def costs(work: Callable[[], float]) -> tuple[float, float]:
    """Its rate, and processor seconds with PostgreSQL's own: no disk, no waiting for others."""
    before = processor()
    rate = work()
    return rate, processor() - before


def main(engine: str, lines: int) -> None:
    label = prepare(engine)
    people()
    for i in range(PROJECTS):
        project(f"HA-{i}")
        project(f"BARE-{i}")
    from guicheng.ledger.models import Chain

    Chain.objects.bulk_create([Chain(code=f"BARE-{i}", seq=0, head="0" * 64) for i in range(PROJECTS)])
    imported(file_of(10**9, PROJECTS), PROJECTS)
    each = lines // ROUNDS
    pairs = [
        (costs(lambda i=i: imported(file_of(i * each, each), each)), costs(lambda: bare(each))) for i in range(ROUNDS)
    ]
    ratios = [i / b for (i, _), (b, _) in pairs]
    used = [b / i for (_, i), (_, b) in pairs]
    print(f"{label} · {machine()} · {lines} lines over {PROJECTS} projects")
    print(f"imported, lines per second     {spread([i for (i, _), _ in pairs])}")
    print(f"bare, batched, per second      {spread([b for _, (b, _) in pairs])}")
    print(f"ratio                          {statistics.median(ratios):8.3f}  ({min(ratios):.3f} – {max(ratios):.3f})")
    print(f"ratio of processor time        {statistics.median(used):8.3f}  ({min(used):.3f} – {max(used):.3f})")
    middle = statistics.median(ratios)
    least = LEAST[engine]
    aim(f"import beside the bare transaction, {engine}", f"≥ 1/{least}", f"{middle:.2f}", middle >= 1 / least)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "sqlite", int(sys.argv[2]) if len(sys.argv) > 2 else 100_000)
