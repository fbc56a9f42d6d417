"""The sealed room as a file: no plain text is in it, and whoever changes it past the triggers is found."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

from guicheng.sealed.key import create_key
from guicheng.sealed.store import Broken

SECRET = "王某某在评标前三次与青萍软件的人吃饭"
FILE = """
import os, sys, django
from datetime import date
from pathlib import Path
django.setup()
from django.core.management import call_command
call_command("migrate", run_syncdb=True, verbosity=0)
from guicheng.regulations.base import regulation
from guicheng.sealed.intake import Report, receive
from guicheng.sealed.key import load_public
for i in range(3):
    receive(False, Report(sys.argv[1]), date(2026, 3, 2), load_public(Path(sys.argv[2])))
"""


def test_a_changed_row_is_named_and_no_plain_text_is_in_the_file(tmp_path: Path) -> None:
    create_key(tmp_path / "k", tmp_path / "p")
    database = tmp_path / "room.sqlite3"
    env = os.environ | {
        "GUICHENG_DATABASE": f"sqlite:///{database}",
        "DJANGO_SETTINGS_MODULE": "guicheng.config.settings",
    }
    subprocess.run([sys.executable, "-c", FILE, SECRET, str(tmp_path / "p")], env=env, check=True)
    written = b"".join(p.read_bytes() for p in tmp_path.glob("room.sqlite3*"))
    assert SECRET.encode() not in written
    assert SECRET.encode("utf-16-le") not in written
    assert b"2026-03-02" not in written
    for broken, named in (
        ("UPDATE sealed_sealedrow SET sealed = x'0102' WHERE number = 2", "第2行已被改动"),
        ("UPDATE sealed_sealedrow SET code = 'other' WHERE number = 1", "第1行已被改动"),
        ("DELETE FROM sealed_sealedrow WHERE number = 2", "缺少第2行"),
    ):
        copy = tmp_path / "copy.sqlite3"
        copy.unlink(missing_ok=True)
        with sqlite3.connect(database) as source, sqlite3.connect(copy) as target:
            source.backup(target)
        with sqlite3.connect(copy) as direct:
            for verb in ("update", "delete"):
                direct.execute(f"DROP TRIGGER sealed_sealedrow_no_{verb}")
            direct.execute(broken)
        check = "import django; django.setup()\nfrom guicheng.sealed.store import verify\nverify()"
        done = subprocess.run(
            [sys.executable, "-c", check], env=env | {"GUICHENG_DATABASE": f"sqlite:///{copy}"}, capture_output=True,
            text=True, check=False,
        )  # fmt: skip
        assert f"{Broken.__name__}: {named}" in done.stderr
