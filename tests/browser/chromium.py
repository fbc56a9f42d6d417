"""The browser of the tests, which no test can wait for without end.

Several calls of Playwright have no time-out of their own: `evaluate`, `new_page`, `close`, a key pressed. One that is asked while the
page is between two documents, or of a renderer that no longer answers, waits as long as the browser lives. So the browser's life
is what is limited: after LONGEST without a sign of it a thread ends it, every waiting call fails at once, and the next test gets a
new one. A sign is any request that a page makes; a test that is slow on a busy machine makes many."""

from __future__ import annotations

import faulthandler
import os
import shlex
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread
from time import monotonic

import pytest
from playwright.sync_api import Browser, Error, Playwright

LONGEST = 120  # seconds without a request of any page
UTMOST = 600  # seconds: a test that has not ended by then, without a browser or with one, ends the whole run
CALM = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--no-first-run",
)  # fmt: skip


@dataclass
class Chromium:
    """One browser at a time, started when it is needed. A script in `folder` starts it and writes down its number."""

    play: Playwright
    program: str
    folder: Path
    browser: Browser | None = None
    ended: bool = False
    seen: float = 0.0

    def lives(self) -> None:
        """A page has asked for something."""
        self.seen = monotonic()

    def open(self) -> Browser:
        if self.browser is None or self.gone:
            starter, number = self.folder / "start", shlex.quote(str(self.folder / "number"))
            starter.write_text(f'#!/bin/sh\necho $$ > {number}\nexec {shlex.quote(self.program)} "$@"\n')
            starter.chmod(0o700)
            self.browser = self.play.chromium.launch(executable_path=starter, args=list(CALM))
            self.ended = False
        return self.browser

    @property
    def gone(self) -> bool:
        """Whether the browser that was open has ended."""
        return self.ended or (self.browser is not None and not self.browser.is_connected())

    def end(self) -> None:
        """End the browser from outside, from any thread."""
        self.ended = True
        with suppress(OSError, ValueError):
            os.kill(int((self.folder / "number").read_text()), signal.SIGKILL)

    def close(self) -> None:
        if self.browser is not None and not self.gone:
            with suppress(Error):
                self.browser.close()


@contextmanager
def watched(chromium: Chromium, longest: float = LONGEST) -> Iterator[None]:
    """What runs within must show life: else its browser is taken away, and it fails saying so."""
    done = Event()

    def watch() -> None:
        while not done.wait(max(0.1, chromium.seen + longest - monotonic())):
            if monotonic() > chromium.seen + longest:
                chromium.end()
                return

    chromium.lives()
    Thread(target=watch, daemon=True).start()
    faulthandler.dump_traceback_later(UTMOST, exit=True)
    try:
        yield
    finally:
        done.set()
        faulthandler.cancel_dump_traceback_later()
    if chromium.ended:
        said = f"浏览器{longest:g}秒没有动静，已关掉 / the browser showed no life for {longest:g} s and was ended"
        pytest.fail(said, pytrace=False)
