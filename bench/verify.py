"""The verifier over an export of so many entries beside SM3 alone over the same bytes, in turns.

python -m bench.verify [entries]"""

import json
import statistics
import sys
import time
from collections.abc import Iterator

from bench.door import spread
from bench.place import aim, machine
from guicheng.ledger.digest import GENESIS, Tree, canonical, entry_hash, sm3
from guicheng.ledger.verify import verify_lines

ROUNDS = 5
ACTS = 60


def export(entries: int) -> Iterator[bytes]:
    """An export as the house writes it: projects of sixty acts each, entries of the usual size, no outsiders."""
    tree, heads = Tree(), {}
    for i in range(entries):
        project, seq = f"HA-2024-P{i // ACTS:07d}", i % ACTS + 1
        body = canonical(
            {
                "v": 1, "id": f"demo-{project}-{seq}", "regulation": "huaian2023", "edition": "2023-04-19", "clause": "第十一条(一)",
                "act": "attach-paper", "by": "sun.li", "role": "construction", "on": "2024-06-03", "history": False, "bureau": 71,
                "recorded": "2024-06-03T08:00:00.000+00:00", "project": project, "seq": seq, "owed": [],
                "data": {"title": f"会议纪要第{i}份", "kind": "纪要", "digest": f"sm3:{i:064x}", "remark": "按研讨意见修改完善后存档" * 10},
            }
        )  # fmt: skip
        prev = heads[project][1] if seq > 1 else GENESIS
        own = entry_hash(prev, body)
        heads[project] = (seq, own)
        tree.add(own)
        yield body[:-1] + b',"number":%d,"prev":"%s","hash":"%s"}\n' % (i + 1, prev.encode(), own.encode())
    about = {"size": tree.size, "root": tree.root(), "heads": {c: list(h) for c, h in heads.items()}, "project": None}
    yield canonical({"checkpoint": about | {"erasable": "sm3:" + sm3(b"")}}) + b"\n"


def seconds_of(lines: list[bytes]) -> tuple[float, float]:
    """Verifying, and hashing alone."""
    start = time.perf_counter()
    assert verify_lines(lines).size == len(lines) - 1
    middle = time.perf_counter()
    for line in lines:
        sm3(line)
    return middle - start, time.perf_counter() - middle


def main(entries: int) -> None:
    lines = list(export(entries))
    assert json.loads(lines[0])["seq"] == 1
    pairs = [seconds_of(lines) for _ in range(ROUNDS)]
    size = sum(map(len, lines)) / 1e6
    print(f"{machine()} · {entries} entries, {size:.0f} MB")
    print(f"verified, entries per second   {spread([entries / v for v, _ in pairs])}")
    print(f"SM3 alone, entries per second  {spread([entries / h for _, h in pairs])}")
    ratios = [h / v for v, h in pairs]
    print(f"ratio                          {statistics.median(ratios):8.3f}  ({min(ratios):.3f} – {max(ratios):.3f})")
    middle = statistics.median(ratios)
    aim("verify beside SM3 over the same bytes", "≥ 1/3", f"{middle:.2f}", middle >= 1 / 3)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
