"""PostgreSQL servers of a test's own: a primary, a standby that confirms every commit, backups and their restoring."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from dataclasses import dataclass
from pathlib import Path

import psycopg

FOUND = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
BIN = FOUND[-1].parent if FOUND else None
SERVER = "postgres"  # PostgreSQL refuses to run as root


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def as_server(*command: str) -> None:
    """Run one of PostgreSQL's programs as its own user. Raises CalledProcessError with what it said."""
    assert BIN is not None
    line = [str(BIN / command[0]), *command[1:]]
    if os.geteuid() == 0:
        line = ["setpriv", "--reuid", SERVER, "--regid", SERVER, "--clear-groups", *line]
    subprocess.run(line, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd="/")


@dataclass
class Server:
    """One cluster in a folder."""

    folder: Path
    port: int

    @property
    def address(self) -> str:
        return f"postgresql://{SERVER}@127.0.0.1:{self.port}/postgres"

    def make(self, **settings: str) -> Server:
        as_server("initdb", "-D", str(self.folder), "-U", SERVER, "-A", "trust", "-E", "UTF8", "--no-sync")
        return self.set(**settings)

    def set(self, **settings: str) -> Server:
        own = {"port": str(self.port), "listen_addresses": "127.0.0.1", "unix_socket_directories": ""} | settings
        with (self.folder / "postgresql.auto.conf").open("a") as out:
            out.writelines(f"{name} = '{value}'\n" for name, value in own.items())
        return self

    def start(self) -> Server:
        log = self.folder.parent / f"{self.folder.name}.log"
        as_server("pg_ctl", "-D", str(self.folder), "-l", str(log), "-w", "-t", "60", "start")
        return self

    def ask(self, sql: str) -> object:
        with psycopg.connect(self.address, autocommit=True) as connection:
            cursor = connection.execute(sql.encode())
            row = cursor.fetchone() if cursor.description else None
            return row[0] if row else None

    def copied(self, name: str, *more: str) -> Server:
        """Another cluster, made from this one while it runs."""
        other = Server(self.folder.parent / name, free_port())
        made = ("pg_basebackup", "-D", str(other.folder), "-d", self.address.replace("/postgres", "/"), "-c", "fast")
        as_server(*made, *more)
        return other

    def kill(self) -> None:
        """As when the power goes: no process of it may write another byte."""
        as_server("pg_ctl", "-D", str(self.folder), "-m", "immediate", "stop")

    def promote(self) -> None:
        as_server("pg_ctl", "-D", str(self.folder), "-w", "promote")


def room(path: Path) -> Path:
    """A folder that the server's user may write to."""
    path.mkdir(parents=True, exist_ok=True)
    path.chmod(0o755)
    if os.geteuid() == 0:
        shutil.chown(path, SERVER, SERVER)
    return path
