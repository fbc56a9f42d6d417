"""Where the data are: from --home, --db and the environment to a Django that knows its database."""

from __future__ import annotations

import os
import warnings
from datetime import date
from typing import Any
from urllib.parse import urlsplit

import click

from guicheng.cli.zh import Fault


def settle(home: str | None, db: str | None) -> None:
    """Remember where the data are, before Django is set up."""
    if home is not None:
        os.environ["GUICHENG_HOME"] = home
        os.environ.pop("GUICHENG_DATABASE", None)
    if db is not None:
        os.environ["GUICHENG_DATABASE"] = _address(db)


def _address(db: str) -> str:
    try:
        parts = urlsplit(db)
        _ = parts.port
    except ValueError:
        raise Fault(f"--db 写得不对：{db[:100]}") from None
    if parts.scheme not in ("sqlite", "postgresql"):
        raise Fault("--db 应写作 sqlite:///文件 或 postgresql://用户@主机:端口/库名；只说文件夹请用 --home")
    return db


def django_ready() -> None:
    """Set Django up, without asking the database anything."""
    import django
    from django.apps import apps

    if not apps.ready:
        os.environ["DJANGO_SETTINGS_MODULE"] = "guicheng.config.settings"
        django.setup()
        _warn_once_a_year()


def _warn_once_a_year() -> None:
    """A year without published holidays is said once, in one sentence, however many dates fall in it."""
    from guicheng.law.periods import YearWithoutData

    said: set[str] = set()
    as_before = warnings.showwarning

    def show(message: Warning | str, category: type[Warning], *where: Any, **more: Any) -> None:
        if not issubclass(category, YearWithoutData):
            as_before(message, category, *where, **more)
            return
        year = str(message).partition("，")[0]
        if year not in said:
            said.add(year)
            click.echo(f"提醒：{year}，落在这一年的日期仅按周末推算", err=True)

    warnings.showwarning = show
    warnings.filterwarnings("always", category=YearWithoutData)


def database_ready() -> None:
    """Set Django up on a database that has been initialised. Raises Fault."""
    django_ready()
    if not initialised():
        from django.db import connection

        raise Fault(f"这里还没有数据（{connection.settings_dict['NAME']}）：请先运行 guicheng init")


def initialised() -> bool:
    """Whether the database is there and has our tables. Raises Fault when it does not answer."""
    from pathlib import Path

    from django.db import DatabaseError, connection

    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite" and not name.startswith("file:") and name != ":memory:":
        if Path(name).is_dir():
            raise Fault(f"{name} 是文件夹，不是数据库文件")
        if not Path(name).exists():
            return False
    try:
        tables = set(connection.introspection.table_names())
    except DatabaseError as wrong:
        raise Fault(f"打不开数据库 {name}：{' '.join(str(wrong).split())[:200]}") from None
    return {"ledger_chain", "records_project"} <= tables


def day_of(value: str | None, option: str) -> date:
    """A day given on the command line, or today. Raises Fault."""
    from guicheng.door.clock import today
    from guicheng.door.data import as_day
    from guicheng.door.outcome import Wrong

    if value is None:
        return today()
    try:
        return as_day(value, option)
    except Wrong as wrong:
        raise Fault(f"{option}：{wrong.parts['errors'][option][0]}") from None


home_option = click.option("--home", metavar="文件夹", help="数据所在的文件夹（不写即 GUICHENG_HOME，否则 var）")
db_option = click.option(
    "--db", metavar="地址", help="数据库地址：sqlite:///文件 或 postgresql://…（不写即 GUICHENG_DATABASE）"
)
