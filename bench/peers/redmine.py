"""Redmine: one update of an issue with a note by REST, or its pages, when REDMINE_URL and REDMINE_KEY name a trial installation.

It writes into that installation: the issue of REDMINE_ISSUE, else the newest one, and notes to the one before it. It answers
over HTTP with its own rules and mails; its pages are read signed in as REDMINE_USER with REDMINE_PASSWORD, "admin" unless told.
Where it runs on this machine, REDMINE_PID (its server's process) and REDMINE_DATABASE (its name on the PostgreSQL of the tests)
let its processor time be read; bench.http then asks both by turns."""

import json
import os
import re
import time
from http.client import HTTPConnection, HTTPResponse, HTTPSConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from bench.peers.child import Absent

ASLOW = 20
"""Updates a round."""


class Redmine:
    """One kept connection. Raises Absent when no installation is named, or it does not answer."""

    def __init__(self) -> None:
        try:
            self._place, self._key = urlsplit(os.environ["REDMINE_URL"]), os.environ["REDMINE_KEY"]
        except KeyError as unset:
            raise Absent(f"{unset.args[0]} is not set") from None
        kind = HTTPSConnection if self._place.scheme == "https" else HTTPConnection
        self._line = kind(self._place.hostname or "", self._place.port, timeout=30)
        self._cookie = ""
        self.label = f"Redmine at {self._place.hostname}, over HTTP"
        newest, self._quiet = self._newest()
        self._issue = os.environ.get("REDMINE_ISSUE") or newest

    def _newest(self) -> list[str]:
        """The newest issue, and the one before it."""
        status, body = self._ask("GET", "/issues.json?limit=2&status_id=*&sort=id:desc", None)
        if status != 200 or len(body["issues"]) < 2:
            raise Absent(f"it answers {status} and does not show two issues")
        return [str(one["id"]) for one in body["issues"]]

    def _ask(self, method: str, path: str, body: object) -> tuple[int, dict[str, Any]]:
        """By REST: the status, and what it answers."""
        headers = {"X-Redmine-API-Key": self._key, "Content-Type": "application/json"}
        answer, said = self._sent(method, path, json.dumps(body), headers)
        return answer.status, json.loads(said) if said.strip().startswith(b"{") else {}

    def _sent(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> tuple[HTTPResponse, bytes]:
        """The answer and its body. Raises Absent where there is none."""
        try:
            self._line.request(method, self._place.path.rstrip("/") + path, body, headers)
            answer = self._line.getresponse()
            return answer, answer.read()
        except OSError as broken:
            raise Absent(f"it does not answer: {broken}") from None

    def run(self, number: int) -> tuple[float, float]:
        """Seconds and processor seconds for so many updates; not a number where its processes are not seen from here."""
        start, used = time.perf_counter(), self._processor()
        for n in range(number):
            status, _ = self._ask("PUT", f"/issues/{self._issue}.json", {"issue": {"notes": f"会议纪要第{n}份"}})
            assert status in (200, 204), status
        return time.perf_counter() - start, self._processor() - used

    def read(self, path: str, number: int) -> float:
        """Processor seconds of one page in HTML, read so many times by who signed in. Raises Absent where it is not shown."""
        used = self._processor()
        for _ in range(number):
            status, _, _ = self._page("GET", path)
            if status != 200:
                raise Absent(f"{path} answers {status}")
        return (self._processor() - used) / number

    def rows(self, path: str) -> int:
        """How many issues this list shows."""
        return self._page("GET", path)[1].count('<tr id="issue-')

    def sign_in(self) -> None:
        """By the form, as a browser would. Raises Absent where it is refused."""
        _, form, _ = self._page("GET", "/login")
        token = re.search(r'name="authenticity_token" value="([^"]+)"', form)
        user = os.environ.get("REDMINE_USER", "admin")
        told = {
            "authenticity_token": token[1] if token else "", "username": user,
            "password": os.environ.get("REDMINE_PASSWORD", "admin"),
        }  # fmt: skip
        status, _, to = self._page("POST", "/login", urlencode(told))
        if status != 302 or "password" in to:
            raise Absent(f"{user} cannot sign in: it answers {status} {to}")

    def _page(self, method: str, path: str, body: str | None = None) -> tuple[int, str, str]:
        """The status, the page and where it sends on to; the cookie is kept."""
        headers = {"Cookie": self._cookie} | ({"Content-Type": "application/x-www-form-urlencoded"} if body else {})
        answer, said = self._sent(method, path, body, headers)
        self._cookie = (answer.getheader("Set-Cookie") or self._cookie).split(";")[0]
        return answer.status, said.decode(), answer.getheader("Location") or ""

    def page(self, notes: int) -> str:
        """The address of an issue with at least so many notes; `run` writes to another, so that it stays as it is."""
        _, found = self._ask("GET", f"/issues/{self._quiet}.json?include=journals", None)
        for n in range(len(found["issue"]["journals"]), notes):
            self._ask("PUT", f"/issues/{self._quiet}.json", {"issue": {"notes": f"会议纪要第{n}份"}})
        return f"/issues/{self._quiet}"

    def _processor(self) -> float:
        """Processor seconds so far of its server, with threads that have ended, and of its connections to the database."""
        if "REDMINE_PID" not in os.environ:
            return float("nan")
        stat = Path(f"/proc/{os.environ['REDMINE_PID']}/stat").read_text().rsplit(")", 1)[1].split()
        own = (int(stat[11]) + int(stat[12])) / os.sysconf("SC_CLK_TCK")
        return own + sum(int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e9 for pid in self._backends())

    @staticmethod
    def _backends() -> list[int]:
        """The server processes of its connections."""
        import psycopg
        from tests.run import postgres

        name = os.environ.get("REDMINE_DATABASE", "redmine_default")
        with psycopg.connect(postgres() or "") as one:
            found = one.execute("SELECT pid FROM pg_stat_activity WHERE datname = %s", (name,)).fetchall()
        return [pid for (pid,) in found]

    def end(self) -> None:
        self._line.close()
