"""An import of so many act lines killed half-way (kill -9) and run again: nothing twice, nothing missing, and it verifies.

    python -m bench.resume sqlite|postgresql [lines]

Exit status 1 when anything is missing, twice, or does not verify."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench.import_lines import PROJECTS
from bench.place import aim, prepare

COMMAND = [sys.executable, "-m", "guicheng.cli.main"]


def lines(number: int) -> Iterator[dict[str, object]]:
    """The bureau's people, the projects, then papers on all of them: so many lines after the bureau's own."""
    from tests.support.door import DAY, FILING
    from tests.support.lines import PAPER

    from guicheng.demo.cast import MEMBERS
    from guicheng.people.roles import Role

    filer = next(m for m in MEMBERS if Role.CONSTRUCTION in m.roles)
    for i in range(number):
        new = i < PROJECTS
        data = FILING | {"unit": filer.office} if new else PAPER | {"title": f"会议纪要第{i}份"}
        act = "file-project" if new else "attach-paper"
        asked = {"project": f"HA-{i % PROJECTS}", "act": act, "by": filer.user, "on": DAY.isoformat(), "data": data}
        yield {"id": f"line-{i}", **asked}


def entries() -> int:
    from guicheng.ledger.models import Entry

    return int(Entry.objects.exclude(chain="bureau").count())


def killed_half_way(file: Path, number: int) -> int:
    """Import until half is committed, then kill; how many entries there are then."""
    process = subprocess.Popen([*COMMAND, "import", str(file), "--json"], stdout=subprocess.DEVNULL)
    while entries() < number // 2:
        assert process.poll() is None, "the import ended before it could be killed"
        time.sleep(0.05)
    process.kill()
    process.wait()
    return entries()


def main(engine: str, number: int) -> None:
    label = prepare(engine)
    from django.db import connection
    from tests.support.lines import written

    from guicheng.demo.bureau import opening

    with tempfile.TemporaryDirectory(prefix="guicheng-resume-") as folder:
        bureau, file = Path(folder) / "bureau.jsonl", Path(folder) / "lines.jsonl"
        subprocess.run([*COMMAND, "import", str(written(opening(), bureau))], check=True, stdout=subprocess.DEVNULL)
        file.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in lines(number)))
        half = killed_half_way(file, number)
        start = time.perf_counter()
        again = subprocess.run([*COMMAND, "import", str(file), "--json"], capture_output=True, text=True, check=False)
        seconds = time.perf_counter() - start
    words = [json.loads(line)["outcome"] for line in again.stdout.splitlines() if '"outcome"' in line]
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*), COUNT(DISTINCT idem) FROM ledger_entry WHERE idem LIKE 'line-%%'")
        kept, different = cursor.fetchone()
    verified = subprocess.run([*COMMAND, "verify"], capture_output=True, text=True, check=False)
    print(f"{label} · {number} lines, killed with {half} recorded, run again in {seconds:.0f} s")
    skipped, accepted, last = words.count("skipped"), words.count("accepted"), verified.stdout.strip().splitlines()[-1]
    print(f"then skipped {skipped}, accepted {accepted}, others {len(words) - skipped - accepted}")
    print(f"on record {kept}, of different lines {different}; verify: exit status {verified.returncode}, {last}")
    right = kept == different == number and skipped == half and verified.returncode == 0
    said = f"{number - kept} missing, {kept - different} twice"
    aim(f"killed half-way and run again, {number} lines, {engine}", "0 missing, 0 twice, verifies", said, right)
    sys.exit(0 if right else 1)


if __name__ == "__main__":
    os.environ.setdefault("GUICHENG_HOME", tempfile.mkdtemp(prefix="guicheng-home-"))
    main(sys.argv[1] if len(sys.argv) > 1 else "sqlite", int(sys.argv[2]) if len(sys.argv) > 2 else 100_000)
