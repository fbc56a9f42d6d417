"""Pictures of the main pages, taken in Chromium from a fresh demonstration: `python -m docs.pictures`."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Page, sync_playwright

FOLDER = Path(__file__).parent / "pictures"
CHROMIUM = os.environ.get("GUICHENG_CHROMIUM", "/usr/bin/chromium")
QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--no-first-run",
)  # fmt: skip
WIDE, PHONE = 1280, 360
SHOTS: tuple[tuple[str, str, str, int], ...] = (
    ("sign-in", "", "/", WIDE),
    ("work-list", "sun.li", "/", WIDE),
    ("work-list-phone", "sun.li", "/", PHONE),
    ("calendar", "sun.li", "/calendar/", WIDE),
    ("projects", "xu.jing", "/projects/", WIDE),
    ("cockpit", "zhou.mingyuan", "/cockpit/", WIDE),
    ("project", "zhou.mingyuan", "/projects/HA-2024-018/", WIDE),
    ("project-phone", "zhou.mingyuan", "/projects/HA-2025-006/", PHONE),
    ("history", "zhou.mingyuan", "/projects/HA-2024-018/?tab=history", WIDE),
    ("act", "zhou.mingyuan", "/projects/HA-2026-012/acts/acknowledge-filing/", WIDE),
    ("regulation", "sun.li", "/regulation/#a13", WIDE),
    ("figures", "sun.li", "/regulation/figures/", WIDE),
    ("help", "sun.li", "/help/", WIDE),
    ("administrator", "an.quan", "/bureau/", WIDE),
)
"""The name of each picture, who looks, where, and how wide the window is."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def opened(home: str, port: int) -> subprocess.Popen[bytes]:
    """`guicheng demo` with its site, once it answers."""
    command = [sys.executable, "-m", "guicheng.cli.main", "--home", home, "demo", "--port", str(port)]
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=os.environ | {"GUICHENG_HOME": home}
    )
    for _ in range(600):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return process
        time.sleep(0.5)
    process.kill()
    raise SystemExit("the demonstration did not open")


def take(page: Page, base: str, who: str, where: str, to: Path) -> None:
    page.goto(f"{base}/sign-in/")
    if who:
        page.evaluate("who => document.querySelector(`form[action='/sign-in/as/${who}/']`).submit()", who)
        page.wait_for_load_state("networkidle")
        page.goto(base + where)
        page.wait_for_load_state("networkidle")
    page.screenshot(path=str(to))


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    port = free_port()
    with TemporaryDirectory() as home, sync_playwright() as play:
        site = opened(home, port)
        try:
            browser = play.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
            for name, who, where, width in SHOTS:
                context = browser.new_context(viewport={"width": width, "height": 860 if width == WIDE else 720})
                take(context.new_page(), f"http://127.0.0.1:{port}", who, where, FOLDER / f"{name}.png")
                context.close()
        finally:
            site.terminate()
            site.wait(20)


if __name__ == "__main__":
    main()
