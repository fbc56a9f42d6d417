"""Serving the site: one process or several, none of which keeps any state."""

from __future__ import annotations

import os
import secrets
import sys
from pathlib import Path
from typing import NoReturn

THREADS = 4


def settle_secret(home: Path) -> None:
    """The key that signs cookies: from the environment, else kept in a file that only its owner reads."""
    if "GUICHENG_SECRET_KEY" in os.environ:
        return
    file = home / "secret.key"
    home.mkdir(parents=True, exist_ok=True)
    if not file.exists():
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
            out.write(secrets.token_urlsafe(50))
    os.environ["GUICHENG_SECRET_KEY"] = file.read_text()


def open_site(home: Path, address: str, port: int, workers: int) -> NoReturn:
    """Become the server, in a fresh process: settings already read here would else be the server's too."""
    settle_secret(home)
    os.environ.setdefault("GUICHENG_POOL", str(THREADS))
    os.environ.setdefault("GUICHENG_STATEMENT_SECONDS", "30")
    os.environ["DJANGO_SETTINGS_MODULE"] = "guicheng.config.settings"
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, "-m", "guicheng.web.server", address, str(port), str(workers)])


def serve(address: str, port: int, workers: int) -> None:
    """Serve until told to stop. The environment says which database."""
    from granian import Granian
    from granian.constants import Interfaces

    Granian(
        "guicheng.config.wsgi:application", address=address, port=port, interface=Interfaces.WSGI, workers=workers,
        blocking_threads=THREADS, log_access=False, log_level="warning",  # type: ignore[arg-type]  # a name of its own enumeration
    ).serve()  # fmt: skip


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
