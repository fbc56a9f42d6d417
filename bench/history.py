"""Flat: an act on a project with 10, 1,000 and 10,000 acts behind it, in turns.

python -m bench.history sqlite|postgresql"""

import statistics
import sys

from bench.door import door, machine, rate
from bench.place import aim, people, prepare, project

LENGTHS = (10, 1_000, 10_000)
ROUNDS = 5


def main(engine: str) -> None:
    label = prepare(engine)
    people()
    for length in LENGTHS:
        project(f"HA-{length}")
        for _ in range(length):
            door(f"HA-{length}")
    rates: dict[int, list[float]] = {n: [] for n in LENGTHS}
    for _ in range(ROUNDS):
        for n in LENGTHS:
            rates[n].append(rate(door, f"HA-{n}"))
    first = statistics.median(rates[LENGTHS[0]])
    print(f"{label} · {machine()}")
    for n in LENGTHS:
        median = statistics.median(rates[n])
        print(
            f"{n:>6} acts behind: {median:7.1f} acts/s  ({min(rates[n]):.1f} – {max(rates[n]):.1f})  cost × {first / median:.2f}"
        )
    cost = first / statistics.median(rates[LENGTHS[-1]])
    aim(f"an act with 10,000 behind it beside one with 10, {engine}", "≤ 1.2", f"{cost:.2f}", cost <= 1.2)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "sqlite")
