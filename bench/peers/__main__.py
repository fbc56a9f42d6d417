"""One act through the door beside one step of each peer that is installed, by turns in one run.

    make peers; python -m bench.peers sqlite|postgresql [rounds]

The door authorises, validates, judges every rule and appends to its ledger; the peers check nothing of the kind."""

import statistics
import sys
import tempfile
import time
from typing import Any

from bench.door import BATCH, bare, door, spread
from bench.peers.child import Absent, Peer
from bench.peers.redmine import ASLOW, Redmine
from bench.place import NAME, aim, fresh_postgres, machine, people, prepare, project

ON = {"sqlite": ("spiff", "viewflow", "fsm"), "postgresql": ("viewflow", "fsm")}
"""SpiffWorkflow keeps nothing itself: its case is put into SQLite, the fastest place."""


class Ours:
    """The door, or the bare transaction, asked as a peer is."""

    def __init__(self, label: str, act: Any, code: str):
        self.label, self._act, self._code = label, act, code

    def run(self, number: int) -> tuple[float, float]:
        start, used = time.perf_counter(), time.process_time()
        for _ in range(number):
            self._act(self._code)
        return time.perf_counter() - start, time.process_time() - used

    def end(self) -> None: ...


def peers(engine: str, folder: str) -> dict[str, Any]:
    """Those that can be measured here; the others are said to be absent."""
    found: dict[str, Any] = {}
    for name in (*ON[engine], "redmine"):
        try:
            found[name] = Redmine() if name == "redmine" else Peer(name, _address(engine, folder, name))
        except Absent as why:
            print(f"{name}: absent ({why})")
    return found


def _address(engine: str, folder: str, name: str) -> str:
    return f"sqlite://{folder}/{name}.sqlite3" if engine == "sqlite" else fresh_postgres(f"{NAME}_{name}")


def main(engine: str, rounds: int) -> None:
    label = prepare(engine)
    people()
    from guicheng.ledger.models import Chain
    from guicheng.regulations.base import regulation

    project("HA-DOOR"), project("HA-BARE")
    Chain.objects.create(code="HA-BARE", seq=0, head="0" * 64)
    print(f"{label} · {machine()} · {rounds} rounds of {BATCH} by turns")
    with tempfile.TemporaryDirectory(prefix="guicheng-peers-") as folder:
        ours = {"door": Ours(f"the door, {len(regulation().rules)} rules", door, "HA-DOOR")}
        arms = {**ours, "bare": Ours("bare transaction", bare, "HA-BARE"), **peers(engine, folder)}
        times = measured(arms, rounds)
        show(arms, times)
        for name in ON[engine]:
            if name in times:
                middle = statistics.median(faster(times, name))
                aim(f"door beside {name}, {engine}", "> 1", f"{middle:.2f}", middle > 1)
        for one in arms.values():
            one.end()


def measured(arms: dict[str, Any], rounds: int) -> dict[str, list[tuple[float, float]]]:
    """Seconds and processor seconds of a step, by round; one round before is not counted."""
    times: dict[str, list[tuple[float, float]]] = {name: [] for name in arms}
    for n in range(rounds + 1):
        for name, one in arms.items():
            number = ASLOW if name == "redmine" else BATCH
            wall, used = one.run(number)
            if n:
                times[name].append((wall / number, used / number))
    return times


def faster(times: dict[str, list[tuple[float, float]]], name: str) -> list[float]:
    """How many times as fast as this one the door is, by round."""
    return [w / d for (w, _), (d, _) in zip(times[name], times["door"], strict=True)]


def show(arms: dict[str, Any], times: dict[str, list[tuple[float, float]]]) -> None:
    print(f"{'per second':58}{'processor ms':24}the door is so many times as fast")
    for name, one in arms.items():
        rate, used = spread([1 / w for w, _ in times[name]]), statistics.median([u * 1000 for _, u in times[name]])
        line = f"{name:9} {rate:46} {used:8.2f}              "
        print(line if name == "door" else f"{line} {spread(faster(times, name))}", f"  {one.label}")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "sqlite", int(sys.argv[2]) if len(sys.argv) > 2 else 7)
