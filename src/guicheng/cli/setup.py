"""A place to begin: an empty installation, or the demonstration."""

from __future__ import annotations

import os
import socket
from pathlib import Path
from typing import NoReturn

import click

from guicheng.cli import place
from guicheng.cli.out import progress, say
from guicheng.cli.zh import Command, Fault

LONGEST_LOCK = 4
"""Seconds that a change of the tables waits for those who use them."""
LOCK_NOT_AVAILABLE = "55P03"

NEXT = """接下来，由 setup 登记单位、任命第一位安全管理员（只在还没有人任职时有效）：
  guicheng perform bureau register-unit --by setup --data '{"code": "xxzx", "name": "信息中心"}'
  guicheng perform bureau appoint --by setup --data '{"person": "an.quan", "name": "安荃", "unit": "xxzx", "post": "security-admin"}'
  guicheng account an.quan
此后由安全管理员任命其他人；或导入行为：guicheng import 文件.jsonl
打开网站：guicheng serve"""


@click.command(cls=Command)
def init() -> int:
    """建立一个空的数据库；已经有的升级到这一版，记录不受影响。"""
    place.django_ready()
    make_folder()
    before = place.initialised()
    changed = lay_tables()
    say(f"{'已建立' if not before else '已升级' if changed else '已经建好，没有改动'}：{_where()}")
    if not _somebody():
        say(NEXT)
    return 0


def _where() -> str:
    from django.db import connection

    return str(connection.settings_dict["NAME"])


def make_folder() -> None:
    """The folder of an embedded database."""
    from django.db import connection

    if connection.vendor != "sqlite" or _where().startswith((":", "file:")):
        return
    try:
        Path(_where()).parent.mkdir(parents=True, exist_ok=True)
    except OSError as wrong:
        raise Fault(f"建不了文件夹 {Path(_where()).parent}：{wrong.strerror}") from None


def lay_tables() -> bool:
    """Make or change the tables; whether there was anything to do.

    On PostgreSQL a step that must lock a table waits a few seconds at most: while it waits, everybody who comes after it waits
    too. Raises Fault; the steps done before are kept, running it again goes on."""
    from django.core.management import call_command
    from django.db import OperationalError, connection
    from django.db.migrations.executor import MigrationExecutor

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SET lock_timeout = '{LONGEST_LOCK}s'; SET statement_timeout = 0")
    before, steps = _indexes(), MigrationExecutor(connection)
    due = bool(steps.migration_plan(steps.loader.graph.leaf_nodes()))
    try:
        call_command("migrate", run_syncdb=True, verbosity=0, interactive=False)
        if before and _indexes() - before:
            _counted_anew()
    except OperationalError as wrong:
        if getattr(wrong.__cause__, "sqlstate", None) != LOCK_NOT_AVAILABLE:
            raise
        raise Fault(f"要改的表正有人在用，等了{LONGEST_LOCK}秒没有等到：已做完的步骤都在，请稍后再运行一次") from None
    finally:
        connection.close()  # with the settings of this work
    return due


def _indexes() -> set[str]:
    """The indexes of an embedded database that has statistics: of others none."""
    from django.db import connection

    if connection.vendor != "sqlite" or "sqlite_stat1" not in connection.introspection.table_names():
        return set()
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'index'")
        return {name for (name,) in cursor.fetchall()}


def _counted_anew() -> None:
    """Where SQLite knows how large some indexes are and of others nothing, it takes the wrong ones: an audit of a large book then
    takes many times as long."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _somebody() -> bool:
    from guicheng.people.models import Post

    return Post.objects.exists()


@click.command(cls=Command)
@click.option("--port", type=click.IntRange(1, 65535), default=8000, metavar="端口", help="网站的端口（不写即 8000）")
@click.option("--no-serve", is_flag=True, help="只建立数据，不开网站")
def demo(port: int, no_serve: bool) -> int:
    """在新的内嵌数据库里建立演示单位和它的项目，然后打开网站。"""
    home = Path(os.environ.get("GUICHENG_HOME", "var")) / "demo"
    place.settle(str(home), None)
    _forget(home / "guicheng.sqlite3")
    place.django_ready()
    make_folder()
    lay_tables()
    from guicheng.demo.build import build
    from guicheng.door.clock import today
    from guicheng.ledger.sequence import sequence
    from guicheng.portfolio.standing import refresh

    with progress("演示单位办理中") as tick:
        done = build(tick)
    sequence()
    refresh(today())
    _index()
    say(f"演示数据已建立：{done} 项行为，在 {home}")
    say(f"试试：guicheng --home {home} audit", f"　　　guicheng --home {home} status HA-2026-003")
    if not no_serve:
        os.environ["GUICHENG_DEMONSTRATION"] = "1"
        say(
            f"网站：http://127.0.0.1:{port}/　（首页列出全部演示人员，点名字即登录；按 Ctrl+C 结束）",
            *_some_of_the_cast(),
        )
        _open_site("127.0.0.1", port, 1)
    return 0


def _index() -> None:
    """The search index, where what it stands on is installed: the demonstration can be searched at once."""
    from guicheng.portfolio.search.index import installed
    from guicheng.portfolio.search.write import bring

    if installed():
        bring(whole=True)


def _some_of_the_cast() -> list[str]:
    from guicheng.demo.cast import MEMBERS
    from guicheng.people.roles import ROLE_ZH

    return [f"  {'、'.join(ROLE_ZH[r] for r in m.roles)}：{m.name}（{m.user}）" for m in MEMBERS]


@click.command(cls=Command)
@click.option("--address", default="127.0.0.1", metavar="地址", help="监听的地址（不写即 127.0.0.1）")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, metavar="端口", help="监听的端口（不写即 8000）")
@click.option("--workers", type=click.IntRange(1, 64), default=2, metavar="个数", help="进程数（不写即 2）")
def serve(address: str, port: int, workers: int) -> int:
    """打开网站。各进程不存状态，可多开几个、放在几台机器上，共用一个数据库。"""
    place.database_ready()
    say(f"网站：http://{address}:{port}/　（按 Ctrl+C 结束）")
    _open_site(address, port, workers)


def _open_site(address: str, port: int, workers: int) -> NoReturn:
    from guicheng.web import server

    _port_is_free(address, port)
    server.open_site(Path(os.environ.get("GUICHENG_HOME", "var")), address, port, workers)


def _port_is_free(address: str, port: int) -> None:
    """Raises Fault when something else answers there."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError as wrong:
            raise Fault(f"--port：{address}:{port} 用不了（{wrong.strerror}），请换一个端口") from None


def _forget(database: Path) -> None:
    """The demonstration always begins afresh; nothing but its own file is touched."""
    for name in (database, *(database.with_name(database.name + end) for end in ("-wal", "-shm"))):
        name.unlink(missing_ok=True)
