"""The primary dies under load and the standby takes over; a backup is restored to a named moment. Nothing acknowledged is lost."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from guicheng.demo.bureau import opening
from tests.support.cluster import BIN, Server, free_port, room
from tests.support.lines import written

WRITERS = 3
if BIN is None and os.environ.get("GUICHENG_NEED_POSTGRES"):
    raise RuntimeError("PostgreSQL's own programs are needed here and were not found")
pytestmark = pytest.mark.skipif(
    BIN is None, reason="PostgreSQL's own programs (initdb, pg_basebackup) are not on this machine"
)


def guicheng(server: Server, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "guicheng.cli.main", *arguments]
    environment = os.environ | {"GUICHENG_DATABASE": server.address}
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


@dataclass
class Writer:
    """A process that files projects one after another and says each one that was acknowledged, into a file."""

    process: subprocess.Popen[bytes]
    said: Path

    @property
    def told(self) -> dict[str, str]:
        """The code and hash of every project that it was told is filed."""
        lines = self.said.read_text().splitlines()
        return {one["project"]: one["hash"] for one in map(json.loads, lines)}

    def stopped(self) -> dict[str, str]:
        self.process.terminate()
        self.process.wait(60)
        return self.told


def writer(server: Server, name: str) -> Writer:
    """A writer that has been acknowledged a few times already."""
    said = server.folder.parent / f"{name}.jsonl"
    command = [sys.executable, "-m", "tests.production.writer", name]
    with said.open("wb") as out:
        process = subprocess.Popen(command, env=os.environ | {"GUICHENG_DATABASE": server.address}, stdout=out)
    return Writer(process, said)


def at_work(*writers: Writer) -> None:
    for one in writers:
        _until(lambda one=one: one.said.read_bytes().count(b"\n") >= 5)  # type: ignore[misc]  # bound at once


def on_record(server: Server) -> dict[str, str]:
    """The same as an export of this database tells it."""
    lines = guicheng(server, "export").stdout.splitlines()
    found = [json.loads(line) for line in lines if '"file-project"' in line]
    return {one["project"]: one["hash"] for one in found}


@pytest.fixture(scope="module")
def place() -> Iterator[Path]:
    """A folder for the servers: not under pytest's own, whose rights every other run on this machine sets anew."""
    with TemporaryDirectory(prefix="guicheng-servers-") as made:
        yield room(Path(made))


@pytest.fixture(scope="module")
def primary(place: Path) -> Iterator[Server]:
    """A primary that keeps its log, with the bureau's people in it."""
    log = room(place / "log")
    server = Server(place / "primary", free_port()).make(
        wal_level="replica",
        archive_mode="on",
        archive_command=f'test ! -f "{log}/%f" && cp "%p" "{log}/%f"',
        fsync="on",
    )
    server.start()
    assert guicheng(server, "init").returncode == 0
    assert guicheng(server, "import", str(written(opening(), place / "bureau.jsonl"))).returncode == 0
    yield server
    for one in place.glob("*/postmaster.pid"):
        Server(one.parent, 0).kill()


def test_a_backup_is_restored_to_a_named_moment(primary: Server) -> None:
    copy = primary.copied("restored")
    early = writer(primary, "early")
    at_work(early)
    before = early.stopped()
    primary.ask("SELECT pg_create_restore_point('before')")
    late = writer(primary, "late")
    at_work(late)
    after = late.stopped()
    primary.ask("SELECT pg_switch_wal()")
    (copy.folder / "recovery.signal").touch(0o600)
    os.chown(copy.folder / "recovery.signal", copy.folder.stat().st_uid, copy.folder.stat().st_gid)
    log = copy.folder.parent / "log"
    restoring = {
        "restore_command": f'cp "{log}/%f" "%p"',
        "recovery_target_name": "before",
        "recovery_target_action": "promote",
    }
    copy.set(archive_mode="off", **restoring).start()
    _until(lambda: copy.ask("SELECT pg_is_in_recovery()") is False)
    found = on_record(copy)
    assert before.items() <= found.items()
    assert not set(after) & set(found)
    assert guicheng(copy, "verify").returncode == 0
    copy.kill()


def test_no_acknowledged_act_is_missing_after_the_primary_died(primary: Server) -> None:
    standby = primary.copied("standby", "-R")
    standby.set(archive_mode="off").start()
    primary.ask("ALTER SYSTEM SET synchronous_standby_names = '*'")
    primary.ask("SELECT pg_reload_conf()")
    _until(lambda: primary.ask("SELECT max(sync_state) FROM pg_stat_replication") == "sync")
    writers = [writer(primary, f"w{n}") for n in range(WRITERS)]
    at_work(*writers)
    primary.kill()  # in the middle of their work
    told = {code: hash for one in writers for code, hash in one.stopped().items()}
    standby.promote()
    found = on_record(standby)
    assert told.items() <= found.items()
    verified = guicheng(standby, "verify")
    assert verified.returncode == 0, verified.stdout + verified.stderr
    again = writer(standby, "after")
    at_work(again)  # the promoted standby takes acts
    again.stopped()


def _until(true: Callable[[], bool], seconds: float = 90) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not come about in time"
        time.sleep(0.1)
