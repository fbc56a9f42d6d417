"""A real server of the site, a real browser, and a window for each person, in which no other host is ever called."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from playwright.sync_api import BrowserContext, Page, Request, sync_playwright

from tests.browser.chromium import Chromium, watched
from tests.browser.prepare import PASSWORD

CHROMIUM = os.environ.get("GUICHENG_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
MISSING = (
    "没有找到 Chromium，浏览器测试略过：请安装 chromium，或以 GUICHENG_CHROMIUM 写明路径"
    " / no Chromium found: install it, or say where it is"
)
Visit = Callable[..., Page]


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "browser: needs Chromium and a running site")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One worker has the server and the browser. Without Chromium these tests are left out, aloud; where it is needed, they fail."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))
            if not CHROMIUM and os.environ.get("GUICHENG_NEED_BROWSER") != "1":
                item.add_marker(pytest.mark.skip(reason=MISSING))


@dataclass
class Site:
    """A running site: its address, and who has signed in, as the cookies that tell it."""

    address: str
    chromium: Chromium
    signed_in: dict[str, Any] = field(default_factory=dict)
    strangers: list[str] = field(default_factory=list)
    own: set[str] = field(default_factory=set)

    def page(self, username: str) -> Page:
        """A page in a browser of the person's own, in which nothing was open before: Chromium now and then never answers who asks
        for another page where one was just closed. On the first visit they sign in with name and password."""
        if username not in self.signed_in:
            window = self.fresh()
            sign_in(window.new_page(), username)
            self.signed_in[username] = window.storage_state()
            window.close()
        return self.fresh(known=self.signed_in[username]).new_page()

    def fresh(self, width: int = 1280, base: str = "", known: Any = None) -> BrowserContext:
        """A browser that nobody has signed in with, or one that is known by these cookies."""
        self.own |= {base} if base else set()
        made = self.chromium.open().new_context(
            base_url=base or self.address,
            viewport={"width": width, "height": 900},
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            storage_state=known,
        )
        made.set_default_timeout(15_000)
        made.on("request", self._asked)
        return made

    def _asked(self, request: Request) -> None:
        self.chromium.lives()
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https", "ws", "wss") and f"{parts.scheme}://{parts.netloc}" not in {
            self.address,
            *self.own,
        }:
            self.strangers.append(request.url)


def sign_in(page: Page, username: str) -> None:
    enter(page, username, PASSWORD)
    page.wait_for_url(lambda url: "/sign-in/" not in url)


def put_away(page: Page) -> None:
    """Close a page with its browser, once it is no longer busy loading."""
    if not page.is_closed():
        page.goto("about:blank")
    page.context.close()


def enter(page: Page, username: str, password: str) -> None:
    """Fill in the page of signing in, and press."""
    page.goto("/sign-in/")
    page.get_by_label("用户名").fill(username)
    page.get_by_label("密码").fill(password)
    page.get_by_role("button", name="登录", exact=True).click()


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the site's database, prepared once."""
    made = tmp_path_factory.mktemp("site")
    subprocess.run(
        [sys.executable, "-m", "tests.browser.prepare", str(made)], check=True, env=_environment(made), timeout=300
    )
    return made


@pytest.fixture(scope="session")
def server(home: Path) -> Iterator[str]:
    """The address of a site on this database."""
    with served(home) as address:
        yield address


@contextmanager
def served(home: Path, **environment: str) -> Iterator[str]:
    """`guicheng serve` on a prepared database, as in production; its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    command = [
        sys.executable,
        "-m",
        "guicheng.cli.main",
        "--home",
        str(home),
        "serve",
        "--port",
        port,
        "--workers",
        "1",
    ]
    log = home / f"server-{port}.log"
    with log.open("w") as out:
        running = subprocess.Popen(command, env=_environment(home) | environment, stdout=out, stderr=out)
        try:
            _answers(f"http://127.0.0.1:{port}", running, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            running.terminate()
            running.wait(20)


def _answers(address: str, running: "subprocess.Popen[bytes]", log: Path) -> None:
    """Wait for the first answer."""
    for _ in range(300):
        try:
            with urlopen(f"{address}/sign-in/", timeout=5):
                return
        except (URLError, ConnectionError):
            assert running.poll() is None, log.read_text()
            time.sleep(0.2)
    raise AssertionError(f"the site does not answer: {log.read_text()}")


def _environment(home: Path) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith("GUICHENG_")}
    return kept | {"GUICHENG_HOME": str(home)}


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chromium]:
    assert CHROMIUM, MISSING
    with sync_playwright() as play:
        made = Chromium(play, CHROMIUM, tmp_path_factory.mktemp("chromium"))
        yield made
        made.close()


@pytest.fixture(scope="session")
def site(server: str, chromium: Chromium) -> Site:
    return Site(server, chromium)


@pytest.fixture(autouse=True)
def _in_time(site: Site) -> Iterator[None]:
    """A test that waits for ever ends with a sentence."""
    with watched(site.chromium):
        yield


@pytest.fixture
def visit(site: Site) -> Iterator[Visit]:
    """visit(username): a page in a browser of that person's own. Afterwards: no script failed, no other host was called."""
    pages: list[Page] = []
    failed: list[str] = []

    def opened(username: str, width: int = 1280) -> Page:
        page = site.page(username)
        page.set_viewport_size({"width": width, "height": 900})
        page.on("pageerror", lambda error: failed.append(f"{page.url}: {error.stack}"))
        pages.append(page)
        return page

    yield opened
    for page in pages:
        put_away(page)
    assert failed == []
    assert site.strangers == []
