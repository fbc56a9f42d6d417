"""Two servers on one database: a session of one holds on the other, and neither keeps anything that goes stale."""

import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener
from uuid import uuid4

import psycopg
import pytest

from guicheng.demo.build import live, specs
from guicheng.demo.bureau import opening, plans
from guicheng.demo.life import ordered
from tests.run import postgres
from tests.support.cluster import free_port
from tests.support.lines import written
from tests.web.test_act_doing import ACCEPTANCE, PLAN, SOFTWARE
from tests.web.test_server import until_it_answers

ADDRESS = postgres()
if ADDRESS is None and os.environ.get("GUICHENG_NEED_POSTGRES"):
    raise RuntimeError("PostgreSQL is needed here and does not answer")
pytestmark = [
    pytest.mark.skipif(ADDRESS is None, reason="no PostgreSQL answers on this machine"),
    pytest.mark.xdist_group("two servers"),
]

DATABASE = f"guicheng_two_servers_{os.getpid()}"
EARLY, TRIED = "HA-2026-005", "HA-2025-006"
OWNER, CONTRACTOR, CYBER_OFFICE = "cao.peng", "cj-yunshan.ha-2025-006", "zhou.mingyuan"
ON = "2026-11-24"
ROUNDS = 4


@dataclass
class Browser:
    """One person's browser: its cookies go to both servers, as behind one address."""

    opener: OpenerDirector = field(default_factory=lambda: build_opener(HTTPCookieProcessor(CookieJar())))

    def get(self, address: str) -> str:
        return self._ask(address, None)[1]

    def post(self, address: str, form: dict[str, str], page: str = "") -> tuple[int, str]:
        """Status and page of a form sent, with the token of `page`, else of the same address."""
        token = (page or self.get(address)).split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
        return self._ask(address, urlencode(form | {"csrfmiddlewaretoken": token}).encode())

    def _ask(self, address: str, body: bytes | None) -> tuple[int, str]:
        try:
            with self.opener.open(address, body) as answer:
                return answer.status, answer.read().decode()
        except HTTPError as refused:
            return refused.code, refused.read().decode()

    def signed_in(self, server: str, person: str) -> "Browser":
        status, _ = self.post(f"{server}/sign-in/as/{person}/", {}, until_it_answers(self.opener, f"{server}/sign-in/"))
        assert status == 200
        return self


def act(code: str, name: str) -> str:
    return f"/projects/{code}/acts/{name}/"


def asked(form: dict[str, str], **own: str) -> dict[str, str]:
    return form | {"_on": ON, "_id": uuid4().hex, **own}


def seen(browser: Browser, server: str, code: str) -> str:
    """The number of the project's last act, as the form on this server shows it."""
    page = browser.get(server + act(code, "submit-estimate"))
    return page.split('name="_after" value="')[1].split('"')[0]


def guicheng(address: str, home: Path, *arguments: str) -> None:
    command = [sys.executable, "-m", "guicheng.cli.main", *arguments]
    own = {"GUICHENG_DATABASE": address, "GUICHENG_HOME": str(home)}
    subprocess.run(command, env=os.environ | own, check=True, stdout=subprocess.DEVNULL)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A database with the bureau, a project in its beginning and one on trial."""
    assert ADDRESS is not None
    address, home = f"{ADDRESS.rsplit('/', 1)[0]}/{DATABASE}", tmp_path_factory.mktemp("home")
    with psycopg.connect(ADDRESS, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {DATABASE}")
    every = specs()
    lives = [live(spec, n) for n, spec in enumerate(every) if spec.code in (EARLY, TRIED)]
    software = {"project": TRIED, "act": "list-software", "by": CONTRACTOR, "on": "2026-08-20", "data": SOFTWARE}
    lines = [*ordered([opening(), plans(every), *lives]), software]
    guicheng(address, home, "init")
    guicheng(address, home, "import", str(written(lines, home / "lines.jsonl")))
    yield address
    with psycopg.connect(ADDRESS, autocommit=True) as server:
        server.execute(f"DROP DATABASE {DATABASE} WITH (FORCE)")


@pytest.fixture(scope="module")
def servers(database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """The addresses of two servers, each a process of its own, with one key."""
    ports, home = (free_port(), free_port()), tmp_path_factory.mktemp("served")
    own = {"GUICHENG_DATABASE": database, "GUICHENG_SECRET_KEY": uuid4().hex, "GUICHENG_DEMONSTRATION": "1"}
    own["GUICHENG_HOME"] = str(home)
    command = [sys.executable, "-m", "guicheng.cli.main", "serve", "--workers", "1", "--port"]
    found = [subprocess.Popen([*command, str(port)], env=os.environ | own, stdout=subprocess.DEVNULL) for port in ports]
    yield f"http://127.0.0.1:{ports[0]}", f"http://127.0.0.1:{ports[1]}"
    for one in found:
        one.terminate()
    for one in found:
        one.wait(20)


def test_a_session_made_on_one_holds_on_the_other_and_ends_on_both(servers: tuple[str, str]) -> None:
    one, other = servers
    browser = Browser().signed_in(one, OWNER)
    until_it_answers(browser.opener, f"{other}/sign-in/")
    assert "曹鹏" in browser.get(f"{other}/")
    browser.post(f"{other}/sign-out/", {}, browser.get(f"{other}/"))
    assert 'name="password"' in browser.get(f"{one}/projects/{EARLY}/")


def test_an_act_on_one_is_seen_on_the_other_at_once(servers: tuple[str, str]) -> None:
    one, other = servers
    browser = Browser().signed_in(one, OWNER)
    until_it_answers(browser.opener, f"{other}/sign-in/")
    for here, there in ((one, other), (other, one)):
        before = int(seen(browser, there, EARLY))
        title = f"概算依据{uuid4().hex[:6]}"
        form = asked(PLAN | {"ref": title}, _after=str(before))
        status, page = browser.post(here + act(EARLY, "submit-estimate"), form)
        assert status == 200, page
        assert int(seen(browser, there, EARLY)) == before + 1
        history = browser.get(f"{there}/projects/{EARLY}/?tab=history")
        assert f"{before + 1}" in history
        assert "概算" in history


def test_of_two_acts_at_once_one_is_done_and_the_other_is_told(servers: tuple[str, str]) -> None:
    one = servers[0]
    browser = Browser().signed_in(one, OWNER)
    for server in servers:
        until_it_answers(browser.opener, f"{server}/sign-in/")
    for n in range(ROUNDS):
        before = seen(browser, one, EARLY)
        pages = [browser.get(server + act(EARLY, "submit-estimate")) for server in servers]

        def send(server: str, page: str, before: str = before, n: int = n) -> tuple[int, str]:
            form = asked(PLAN | {"ref": f"同时{n}-{server[-5:]}"}, _after=before)
            return browser.post(server + act(EARLY, "submit-estimate"), form, page)

        with ThreadPoolExecutor(2) as both:
            answers = list(both.map(send, servers, pages))
        assert sorted(status for status, _ in answers) == [200, 409]
        (told,) = (page for status, page in answers if status == 409)
        assert "曹鹏" in told
        assert f'name="_after" value="{int(before) + 1}"' in told
        assert seen(browser, servers[1], EARLY) == str(int(before) + 1)


def test_an_interpretation_recorded_through_one_changes_the_verdict_on_the_other(servers: tuple[str, str]) -> None:
    contractor = Browser().signed_in(servers[0], CONTRACTOR)
    office = Browser().signed_in(servers[0], CYBER_OFFICE)

    def verdict(server: str) -> str:
        until_it_answers(contractor.opener, f"{server}/sign-in/")
        form = contractor.get(server + act(TRIED, "apply-for-acceptance"))
        asking = asked(ACCEPTANCE, _on="2026-09-10")
        return contractor.post(server + act(TRIED, "apply-for-acceptance") + "preview/", asking, form)[1]

    def interpreted(server: str, ref: str, months: str) -> None:
        form = {"ref": ref, "title": "试运行期间的解释", "article": "13", "item": "1", "text": "软件试运行期间",
                "starts": "2023-04-19", "sets": f"trial.software_months={months}"}  # fmt: skip
        status, page = office.post(f"{server}/bureau/acts/interpret/", asked(form))
        assert status == 200, page

    for server in servers:
        assert "可以办理" in verdict(server)  # each knows the figures by now
    interpreted(servers[0], "解释1号", "4")
    for server in servers:
        assert "2026年10月10日起方可申请" in verdict(server)
    interpreted(servers[1], "解释2号", "3")
    for server in servers:
        assert "可以办理" in verdict(server)
