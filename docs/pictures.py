"""Pictures of the main pages, and two for each role's help, taken in Chromium from a fresh demonstration: `python -m docs.pictures`.

Names given after it take these pictures alone: `python -m docs.pictures help`, or `work-list`."""

from __future__ import annotations

import base64
import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page, sync_playwright

from guicheng.people.roles import Role
from guicheng.web import guide

FOLDER = Path(__file__).parent / "pictures"
CHROMIUM = os.environ.get("GUICHENG_CHROMIUM", "/usr/bin/chromium")
QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--no-first-run", "--lang=zh-CN",
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

HELP: dict[Role, tuple[str, str]] = {
    Role.CONSTRUCTION: ("sun.li", "/new/file-project/?classified=no"),
    Role.CYBER_OFFICE: ("zhou.mingyuan", "/projects/HA-2026-012/acts/acknowledge-filing/"),
    Role.LEADING_GROUP: ("bai.xingzhou", "/cockpit/"),
    Role.GENERAL_OFFICE: ("ding.haiyan", "/projects/HA-2026-005/acts/check-budget/"),
    Role.TECHNOLOGY: ("fang.zhi", "/projects/HA-2025-008/acts/give-guidance/"),
    Role.LEGAL: ("tan.lvyan", "/projects/HA-2026-002/acts/review-process-legality/"),
    Role.DISCIPLINE: ("qin.zheng", "/bureau/attempts/"),
    Role.PARTY_GROUP: ("gu.changfeng", "/projects/HA-2026-002/acts/decide-by-party-group/"),
    Role.OTHER_OFFICE: ("lan.xin", "/projects/HA-2024-018/acts/assist/"),
    Role.CONTRACTOR: ("cj-yunshan.ha-2025-006", "/projects/HA-2025-006/acts/apply-for-acceptance/"),
    Role.SUPERVISOR: ("jl-zhongheng.ha-2025-006", "/projects/HA-2025-006/acts/report-supervision/"),
    Role.AUDITOR: ("sj-mingzhu.ha-2025-002", "/projects/HA-2025-002/acts/audit-settlement/"),
    Role.ASSESSOR: ("cp-guanlan.ha-2025-006", "/projects/HA-2025-006/acts/record-assessment/"),
    Role.EXPERT: ("ji.pingchuan", "/projects/HA-2024-018/"),
    Role.EXTERNAL: ("xin.chi", "/projects/HA-2026-004/acts/record-review/"),
    Role.SYSTEM_ADMIN: ("xi.tong", "/bureau/accounts/"),
    Role.SECURITY_ADMIN: ("an.quan", "/bureau/acts/appoint/"),
    Role.AUDIT_ADMIN: ("shen.ji", "/bureau/signins/"),
}  # fmt: skip
"""For each role: who looks, and the page that this role typically uses, after the work list."""


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


def enter(page: Page, base: str, who: str, where: str) -> None:
    """Sign in as somebody of the cast and go there."""
    page.goto(f"{base}/sign-in/")
    if not who:
        return
    page.evaluate("who => document.querySelector(`form[action='/sign-in/as/${who}/']`).submit()", who)
    page.wait_for_load_state("networkidle")
    answer = page.goto(base + where)
    page.wait_for_load_state("networkidle")
    if answer is None or answer.status != 200:
        raise SystemExit(f"{who} does not get to {where}")


def pictures_of_pages(browser: Browser, base: str, wanted: set[str]) -> None:
    for name, who, where, width in SHOTS:
        if not wanted or name in wanted:
            context = browser.new_context(viewport={"width": width, "height": 860 if width == WIDE else 720})
            page = context.new_page()
            enter(page, base, who, where)
            page.screenshot(path=str(FOLDER / f"{name}.png"))
            context.close()


def pictures_for_help(browser: Browser, base: str) -> None:
    """Two for each role, as WebP, which the browser makes small by itself."""
    guide.FOLDER.mkdir(exist_ok=True)
    for role, (who, then) in HELP.items():
        for name, where in (("first", "/"), ("then", then)):
            context = browser.new_context(viewport={"width": guide.WIDTH, "height": guide.HEIGHT})
            page = context.new_page()
            enter(page, base, who, where)
            page.wait_for_timeout(1500)  # a chart has drawn itself, a verdict has come
            asked = {"format": "webp", "quality": 70}
            shot = context.new_cdp_session(page).send("Page.captureScreenshot", asked)
            (guide.FOLDER / f"{role.value}-{name}.webp").write_bytes(base64.b64decode(shot["data"]))
            context.close()


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    port, wanted = free_port(), set(sys.argv[1:])
    with TemporaryDirectory() as home, sync_playwright() as play:
        site = opened(home, port)
        try:
            browser = play.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
            base = f"http://127.0.0.1:{port}"
            if not wanted or "help" in wanted:
                pictures_for_help(browser, base)
            if wanted != {"help"}:
                pictures_of_pages(browser, base, wanted - {"help"})
        finally:
            site.terminate()
            site.wait(20)


if __name__ == "__main__":
    main()
