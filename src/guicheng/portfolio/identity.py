"""Names the database itself, for what is derived from it and kept beside it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.db import connection


def database() -> str:
    """The same as long as it is the same one: another file, or another base put in its place, is another one."""
    about: dict[str, Any] = connection.settings_dict
    if connection.vendor == "sqlite":
        name = str(about["NAME"])
        return f"{name}#{Path(name).stat().st_ino}" if Path(name).exists() else name
    with connection.cursor() as cursor:
        cursor.execute("SELECT oid FROM pg_database WHERE datname = current_database()")
        return f"{about['HOST']}:{about['PORT']}/{about['NAME']}#{cursor.fetchone()[0]}"
