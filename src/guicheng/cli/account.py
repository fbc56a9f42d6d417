"""The first account, and a way back in when no administrator can sign in: only for whoever has a shell on the server."""

from __future__ import annotations

import secrets

import click

from guicheng.cli import place
from guicheng.cli.out import say, tell
from guicheng.cli.zh import Command, Fault


@click.command(cls=Command)
@click.argument("username", metavar="用户名")
def account(username: str) -> int:
    """给已登记的人开立账号或重设密码；密码只显示这一次，首次登录须更改。"""
    place.database_ready()
    from guicheng.accounts.entry import open_account
    from guicheng.people.models import Person

    if not Person.objects.filter(username=username).exists():
        raise Fault(f"没有登记用户名为“{username[:64]}”的人：请先由安全管理员任命（appoint）")
    password = secrets.token_urlsafe(12)
    open_account(username, password)
    tell(f"{username} 的一次性密码（首次登录须更改）：")
    say(password)
    return 0
