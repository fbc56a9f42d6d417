"""One act through the door beside the bare transaction that makes the same writes with the same driver, in turns.

    python -m bench.door sqlite|postgresql [rounds]

The bare transaction reads the chain's head and the project, inserts a record and an entry, updates project and chain."""

import json
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.place import DAY, aim, machine, people, prepare, project

BATCH = 100
DIGEST = "sm3:" + "0" * 64
DATA = {"title": "会议纪要", "kind": "纪要", "digest": DIGEST}


def door(code: str) -> None:
    from guicheng.door.outcome import Request
    from guicheng.door.perform import perform

    outcome = perform(Request(code, "attach-paper", "sun.li", DAY, DATA))
    assert outcome.outcome == "accepted", outcome


def bare(code: str) -> None:
    """The same statements on the driver itself; the body is made beforehand, the chain is not computed."""
    import psycopg
    from django.db import connection

    raw = connection.connection
    c = psycopg.Cursor(raw) if connection.vendor != "sqlite" else raw.cursor()  # prepared, as the door's own are
    c.execute("BEGIN IMMEDIATE" if connection.vendor == "sqlite" else "BEGIN")
    statements(c, code, connection.vendor)
    c.execute("COMMIT")


def statements(c: Any, code: str, vendor: str) -> None:
    """What a transaction does between its beginning and its commit."""
    mark, lock = ("?", "") if vendor == "sqlite" else ("%s", " FOR UPDATE")

    def sql(text: str) -> str:
        return text.replace("?", mark)

    c.execute(sql(f"SELECT seq, head FROM ledger_chain WHERE code = ?{lock}"), (code,))
    seq, head = c.fetchone() or (0, "0" * 64)
    c.execute(sql("SELECT * FROM records_project WHERE code = ?"), (code,))
    row = c.fetchone()
    c.execute(
        sql(
            "INSERT INTO records_paperof (project_id, seq, ref, day, by, role, title, kind, digest)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
        ),
        (row[0], seq + 1, str(seq + 1), DAY.isoformat(), "sun.li", "construction", "会议纪要", "纪要", DIGEST),
    )
    c.execute(sql("UPDATE records_project SET seq = ?, stage = ? WHERE id = ?"), (seq + 1, 70, row[0]))
    c.execute(sql("INSERT INTO ledger_entry (chain, seq, body, hash) VALUES (?, ?, ?, ?)"), (code, seq + 1, BODY, head))
    c.execute(sql("UPDATE ledger_chain SET seq = ? WHERE code = ?"), (seq + 1, code))


BODY = json.dumps(
    {**DATA, "act": "attach-paper", "by": "sun.li", "recorded": "2025-06-01T00:00:00.000+08:00"} | {"x": "y" * 200}
)


def rate(act: Callable[[str], None], code: str) -> float:
    start = time.perf_counter()
    for _ in range(BATCH):
        act(code)
    return BATCH / (time.perf_counter() - start)


def cpu(act: Callable[[str], None], code: str) -> float:
    """Milliseconds of processor time of one act, of this process and of PostgreSQL's: no disk, no waiting for others."""
    start = processor()
    for _ in range(BATCH):
        act(code)
    return (processor() - start) / BATCH * 1000


def processor() -> float:
    """Processor seconds so far, of this process and of PostgreSQL's that serves it."""
    from django.db import connection

    if connection.vendor == "sqlite":
        return time.process_time()
    server = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
    return time.process_time() + (int(server.read_text().split()[0]) / 1e9 if server.exists() else 0)


def check_alone(code: str) -> float:
    """Milliseconds of the rule check alone: every rule of the edition over one project, by one statement."""
    from guicheng.judge.edition import figures_of
    from guicheng.judge.verdict import judge
    from guicheng.records.project import Project
    from guicheng.regulations.base import regulation

    law, one = regulation(), Project.objects.get(code=code)
    figures = figures_of(law, one.edition, 0)
    judge(law, one, DAY, figures)
    start = time.perf_counter()
    for _ in range(BATCH):
        judge(law, one, DAY, figures)
    return (time.perf_counter() - start) / BATCH * 1000


def spread(values: list[float]) -> str:
    return f"{statistics.median(values):8.2f}  ({min(values):.2f} – {max(values):.2f})"


def main(engine: str, rounds: int) -> None:
    label = prepare(engine)
    people()
    for code in ("HA-DOOR", "HA-BARE"):
        project(code)
    from guicheng.ledger.models import Chain
    from guicheng.regulations.base import regulation

    Chain.objects.create(code="HA-BARE", seq=0, head="0" * 64)
    rate(door, "HA-DOOR")
    rate(bare, "HA-BARE")
    pairs = [(rate(door, "HA-DOOR"), rate(bare, "HA-BARE")) for _ in range(rounds)]
    ratios = [d / b for d, b in pairs]
    print(f"{label} · {machine()}")
    print(f"rules judged after every act: {len(regulation().rules)}")
    print(f"door, acts per second          {spread([d for d, _ in pairs])}")
    print(f"bare transaction, per second   {spread([b for _, b in pairs])}")
    print(f"ratio                          {statistics.median(ratios):8.3f}  ({min(ratios):.3f} – {max(ratios):.3f})")
    times = [(cpu(door, "HA-DOOR"), cpu(bare, "HA-BARE")) for _ in range(rounds)]
    print(f"door, processor ms an act      {spread([d for d, _ in times])}")
    print(f"bare, processor ms             {spread([b for _, b in times])}")
    print(f"ratio of processor time        {spread([b / d for d, b in times])}")
    print(f"rule check alone, ms           {spread([check_alone('HA-DOOR') for _ in range(rounds)])}")
    least, name = (1 / 3, "≥ 1/3") if engine == "sqlite" else (1 / 2, "≥ 1/2")
    middle = statistics.median(ratios)
    aim(f"door beside the bare transaction, {engine}", name, f"{middle:.2f}", middle >= least)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "sqlite", int(sys.argv[2]) if len(sys.argv) > 2 else 5)
