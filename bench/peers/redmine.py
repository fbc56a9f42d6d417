"""Redmine by REST: one update of an issue with a note, when REDMINE_URL and REDMINE_KEY name a trial installation.

It writes into that installation: the issue of REDMINE_ISSUE, else the newest one. It answers over HTTP with its own
rules and mails; our acts over HTTP are measured by bench.http, not here."""

import json
import os
import time
from http.client import HTTPConnection, HTTPSConnection
from urllib.parse import urlsplit

from bench.peers.child import Absent


class Redmine:
    """One kept connection. Raises Absent when no installation is named, or it does not answer."""

    def __init__(self) -> None:
        try:
            self._place, self._key = urlsplit(os.environ["REDMINE_URL"]), os.environ["REDMINE_KEY"]
        except KeyError as unset:
            raise Absent(f"{unset.args[0]} is not set") from None
        kind = HTTPSConnection if self._place.scheme == "https" else HTTPConnection
        self._line = kind(self._place.hostname or "", self._place.port, timeout=30)
        self.label = f"Redmine at {self._place.hostname}, over HTTP"
        self._issue = os.environ.get("REDMINE_ISSUE") or self._newest()

    def _newest(self) -> str:
        status, body = self._ask("GET", "/issues.json?limit=1&status_id=*", None)
        if status != 200 or not body["issues"]:
            raise Absent(f"it answers {status} and shows no issue to update")
        return str(body["issues"][0]["id"])

    def _ask(self, method: str, path: str, body: object) -> tuple[int, dict[str, list[dict[str, int]]]]:
        headers = {"X-Redmine-API-Key": self._key, "Content-Type": "application/json"}
        try:
            self._line.request(method, self._place.path.rstrip("/") + path, json.dumps(body), headers)
            answer = self._line.getresponse()
            said = answer.read()
        except OSError as broken:
            raise Absent(f"it does not answer: {broken}") from None
        return answer.status, json.loads(said) if said.strip().startswith(b"{") else {}

    def run(self, number: int) -> tuple[float, float]:
        """Seconds for so many updates; the server's processor time is not seen from here."""
        start = time.perf_counter()
        for n in range(number):
            status, _ = self._ask("PUT", f"/issues/{self._issue}.json", {"issue": {"notes": f"会议纪要第{n}份"}})
            assert status in (200, 204), status
        return time.perf_counter() - start, float("nan")

    def end(self) -> None:
        self._line.close()
