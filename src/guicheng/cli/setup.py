"""A place to begin: an empty installation, or the demonstration."""

from __future__ import annotations

import os
from pathlib import Path

import click

from guicheng.cli import place
from guicheng.cli.out import progress, say, tell
from guicheng.cli.zh import Command, Fault

NEXT = """接下来，由 setup 登记单位、任命第一位安全管理员（只在还没有人任职时有效）：
  guicheng perform bureau register-unit --by setup --data '{"code": "xxzx", "name": "信息中心"}'
  guicheng perform bureau appoint --by setup --data '{"person": "an.quan", "name": "安荃", "unit": "xxzx", "post": "security-admin"}'
此后由安全管理员任命其他人；或导入行为：guicheng import 文件.jsonl"""


@click.command(cls=Command)
def init() -> int:
    """建立一个空的数据库；已经有的不受影响。"""
    place.django_ready()
    _make_folder()
    before = place.initialised()
    _lay_tables()
    say(f"{'已经建好，没有改动' if before else '已建立'}：{_where()}")
    if not _somebody():
        say(NEXT)
    return 0


def _where() -> str:
    from django.db import connection

    return str(connection.settings_dict["NAME"])


def _make_folder() -> None:
    """The folder of an embedded database."""
    from django.db import connection

    if connection.vendor != "sqlite" or _where().startswith((":", "file:")):
        return
    try:
        Path(_where()).parent.mkdir(parents=True, exist_ok=True)
    except OSError as wrong:
        raise Fault(f"建不了文件夹 {Path(_where()).parent}：{wrong.strerror}") from None


def _lay_tables() -> None:
    from django.core.management import call_command

    call_command("migrate", run_syncdb=True, verbosity=0, interactive=False)


def _somebody() -> bool:
    from guicheng.people.models import Post

    return Post.objects.exists()


@click.command(cls=Command)
@click.option("--port", type=int, metavar="端口", help="网站的端口")
@click.option("--no-serve", is_flag=True, help="只建立数据，不开网站")
def demo(port: int | None, no_serve: bool) -> int:
    """在新的内嵌数据库里建立演示单位和它的项目。"""
    home = Path(os.environ.get("GUICHENG_HOME", "var")) / "demo"
    place.settle(str(home), None)
    _forget(home / "guicheng.sqlite3")
    place.django_ready()
    _make_folder()
    _lay_tables()
    from guicheng.demo.build import build
    from guicheng.ledger.sequence import sequence

    with progress("演示单位办理中") as tick:
        done = build(tick)
    sequence()
    say(f"演示数据已建立：{done} 项行为，在 {home}")
    say(f"试试：guicheng --home {home} audit", f"　　　guicheng --home {home} status HA-2026-003")
    if port or not no_serve:
        tell("本版本没有网站，请用命令行")
    return 0


def _forget(database: Path) -> None:
    """The demonstration always begins afresh; nothing but its own file is touched."""
    for name in (database, *(database.with_name(database.name + end) for end in ("-wal", "-shm"))):
        name.unlink(missing_ok=True)
