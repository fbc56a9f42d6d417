"""Settings: an embedded SQLite file by default, PostgreSQL by one address; no logic."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

VAR = Path(os.environ.get("GUICHENG_HOME", "var"))


def database(address: str) -> dict[str, Any]:
    """Django's database settings for sqlite:///path or postgresql://user:password@host:port/name."""
    parts = urlsplit(address)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            # Taken as it stands: a folder's name may hold what would have a meaning in an address.
            "NAME": address.removeprefix("sqlite:///") or ":memory:",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 30,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
            },
        }
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 600,
        # Our one large statement is prepared once and planned once; compiling it just in time would cost more than it saves.
        "OPTIONS": {"options": "-c jit=off -c plan_cache_mode=force_generic_plan", "prepare_threshold": 5},
    }


DATABASES = {"default": database(os.environ.get("GUICHENG_DATABASE", f"sqlite:///{VAR / 'guicheng.sqlite3'}"))}
INSTALLED_APPS = ["guicheng.people", "guicheng.records", "guicheng.ledger", "guicheng.door", "guicheng.sealed"]
SECRET_KEY = os.environ.get("GUICHENG_SECRET_KEY", "not-used-by-the-command-line")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
LANGUAGE_CODE = "zh-hans"
