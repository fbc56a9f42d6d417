"""The project speaks of itself alone, and its files are of a size one can read."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
ALIEN = re.compile(r"/(work|farm|root|home)/|issue ?#?\d|session \d|TODO|FIXME|XXX")
PROSE = {".py", ".md", ".yaml", ".toml", ".jsonl", ".txt", ""}


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in listed.splitlines()]


def test_no_file_speaks_of_machines_or_of_how_it_came_about() -> None:
    found = []
    for path in tracked():
        if (
            path.suffix in PROSE
            and path.name not in ("test_speech.py", "LICENSE", "requirements.txt")
            and path.exists()
        ):
            for number, line in enumerate(path.read_text(encoding="utf8", errors="replace").splitlines(), 1):
                if ALIEN.search(line):
                    found.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()[:80]}")
    assert found == []


def test_source_files_are_short() -> None:
    long = {
        p.relative_to(ROOT).as_posix(): n
        for p in tracked()
        if p.suffix == ".py"
        and "migrations" not in p.parts
        and p.exists()
        and (n := p.read_text(encoding="utf8").count("\n")) > 320
    }
    assert long == {}
