"""The real server in a process of its own: it signs with its own kept key, and offers the cast only in the demonstration."""

import os
import sqlite3
import subprocess
import sys
import time
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener

import pytest
from django.core import signing

from guicheng.demo.bureau import opening
from tests.support.cluster import free_port
from tests.support.lines import guicheng, written


def until_it_answers(browser: OpenerDirector, address: str) -> str:
    for _ in range(240):
        try:
            with browser.open(address) as answer:
                return str(answer.read().decode())
        except HTTPError:
            raise
        except URLError:
            time.sleep(0.25)
    raise AssertionError("the site did not open")


@pytest.mark.parametrize("demonstration", ["", "1"])
def test_the_server_has_a_key_of_its_own(tmp_path: Path, demonstration: str) -> None:
    assert guicheng("init", home=tmp_path).returncode == 0
    assert guicheng("import", str(written(opening(), tmp_path / "bureau.jsonl")), home=tmp_path).returncode == 0
    password = guicheng("account", "sun.li", home=tmp_path).stdout.decode().strip()
    port = free_port()
    command = [
        sys.executable,
        "-m",
        "guicheng.cli.main",
        "--home",
        str(tmp_path),
        "serve",
        "--port",
        str(port),
        "--workers",
        "1",
    ]
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("GUICHENG", "DJANGO"))}
    server = subprocess.Popen(command, env=clean | {"GUICHENG_DEMONSTRATION": demonstration}, stdout=subprocess.DEVNULL)
    try:
        jar = CookieJar()
        browser = build_opener(HTTPCookieProcessor(jar))
        page = until_it_answers(browser, f"http://127.0.0.1:{port}/sign-in/")
        assert ("sign-in/as/" in page) is bool(demonstration)
        token = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
        form = urlencode({"username": "sun.li", "password": password, "csrfmiddlewaretoken": token}).encode()
        with browser.open(f"http://127.0.0.1:{port}/sign-in/", form) as answer:
            assert answer.url.endswith("/password/")  # a first password has to be changed
    finally:
        server.terminate()
        server.wait(20)
    (row,) = (
        sqlite3.connect(tmp_path / "guicheng.sqlite3").execute("SELECT session_data FROM django_session").fetchall()
    )
    kept = (tmp_path / "secret.key").read_text()
    said = signing.loads(
        row[0], key=kept, salt="django.contrib.sessions.SessionStore", serializer=signing.JSONSerializer
    )
    assert said["_auth_user_id"]
    assert (tmp_path / "secret.key").stat().st_mode & 0o077 == 0
