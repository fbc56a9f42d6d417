"""Our end of the pipe: a peer in its own environment, asked for so many steps at a time."""

import os
import subprocess
import sys
from pathlib import Path

PYTHON = Path(__file__).parents[2] / ".venv-peers/bin/python"


class Absent(Exception):
    """This peer cannot be measured here: why, in one line."""


class Peer:
    """One peer on a database of its own. Raises Absent when its packages are not installed."""

    def __init__(self, name: str, address: str):
        if not PYTHON.exists():
            raise Absent("not installed: make peers")
        self._process = subprocess.Popen(
            [PYTHON, "-c", f"import bench.peers.{name}"], env=os.environ | {"PEER_DATABASE": address},
            text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        self.label = self._answer().removeprefix("ready ")

    def run(self, number: int) -> tuple[float, float]:
        """Seconds, and processor seconds of the peer's own process, for so many steps."""
        assert self._process.stdin
        self._process.stdin.write(f"run {number}\n")
        self._process.stdin.flush()
        wall, used = self._answer().split()
        return float(wall), float(used)

    def end(self) -> None:
        self._process.communicate(timeout=60)

    def _answer(self) -> str:
        assert self._process.stdout
        line = self._process.stdout.readline().strip()
        if line:
            return line
        _, said = self._process.communicate(timeout=60)
        last = said.strip().splitlines()[-1] if said.strip() else "it said nothing"
        if last.startswith("ModuleNotFoundError"):
            raise Absent(f"{last}: make peers")
        sys.stderr.write(said)
        raise SystemExit(f"{self._process.args} failed: {last}")
