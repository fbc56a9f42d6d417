"""click, speaking Chinese: help pages, and one sentence for each wrong use."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Any, NoReturn

import click


class Fault(click.ClickException):
    """Wrong use or unreadable input: one sentence, exit status 2, nothing changed."""

    exit_code = 2

    def show(self, file: Any = None) -> None:
        click.echo(self.message, file=file, err=True)


class _Speaking:
    """Help pages with Chinese headings."""

    options_metavar = "[选项]"

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_usage(ctx.command_path, " ".join(ctx.command.collect_usage_pieces(ctx)), prefix="用法：")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        records = [r for p in ctx.command.get_params(ctx) if (r := p.get_help_record(ctx)) is not None]
        if records:
            with formatter.section("选项"):
                formatter.write_dl(records)
        if isinstance(ctx.command, click.Group):
            ctx.command.format_commands(ctx, formatter)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)  # type: ignore[misc]  # of the click class beside this one
        if option is not None:
            option.help = "显示这段说明"
        return option  # type: ignore[no-any-return]  # see above


class Command(_Speaking, click.Command):  # type: ignore[misc]  # the narrower options_metavar
    """One command."""

    def __init__(self, *args: Any, **more: Any):
        super().__init__(*args, **{"options_metavar": "[选项]"} | more)


class Cli(_Speaking, click.Group):  # type: ignore[misc]  # see Command
    """All commands. What a command returns is the exit status."""

    command_class = Command

    def __init__(self, *args: Any, **more: Any):
        super().__init__(*args, **{"options_metavar": "[选项]", "subcommand_metavar": "命令 …"} | more)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        rows = [(n, c.get_short_help_str(80)) for n in self.list_commands(ctx) if (c := self.get_command(ctx, n))]
        with formatter.section("命令"):
            formatter.write_dl(rows)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)  # in the order in which they were added

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if self.get_command(ctx, args[0]) is None:
            raise Fault(f"没有叫“{args[0][:60]}”的命令，可用 {ctx.command_path} --help 查看全部")
        return super().resolve_command(ctx, args)

    def main(self, args: Sequence[str] | None = None, *more: Any, **named: Any) -> NoReturn:
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(errors="backslashreplace")
        named["standalone_mode"] = False
        try:
            status = super().main(args, *more, **named)
        except click.UsageError as wrong:
            where = f"（{wrong.ctx.command_path} --help 有说明）" if wrong.ctx else ""
            Fault(in_chinese(wrong) + where).show()
            sys.exit(2)
        except click.ClickException as wrong:
            wrong.show()
            sys.exit(wrong.exit_code)
        except click.Abort:
            click.echo("已停止", err=True)
            sys.exit(130)
        sys.exit(status if isinstance(status, int) else 0)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; whatever is thrown becomes one sentence, unless GUICHENG_DEBUG asks for all of it."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except Exception as wrong:
            if os.environ.get("GUICHENG_DEBUG"):
                raise
            raise Fault(sentence_of(wrong)) from None


def sentence_of(wrong: Exception) -> str:
    """What went wrong below, in words."""
    from django.db import DatabaseError, OperationalError

    said = " ".join(str(wrong).split())[:200]
    if isinstance(wrong, OperationalError) and "locked" in said:
        return "数据库正被别的办理占用，请稍后再试"
    if isinstance(wrong, OperationalError):
        return f"数据库没有应答：{said}"
    if isinstance(wrong, DatabaseError):
        return f"数据库拒绝了：{said}"
    if isinstance(wrong, OSError):
        return f"读写文件失败：{wrong.filename or ''} {wrong.strerror or said}".strip()
    return f"程序内部出错（{type(wrong).__name__}：{said}），什么都没有改变；设 GUICHENG_DEBUG=1 可看全部"


def in_chinese(wrong: click.UsageError) -> str:
    """A wrong use as one sentence."""
    if isinstance(wrong, click.NoSuchOption):
        return f"没有选项 {wrong.option_name}"
    if isinstance(wrong, click.MissingParameter):
        param = wrong.param
        name = "" if param is None else param.opts[0] if isinstance(param, click.Option) else param.human_readable_name
        return f"缺少 {name}"
    if isinstance(wrong, click.BadOptionUsage):
        return f"选项 {wrong.option_name} 后面要有一个值"
    if isinstance(wrong, click.BadParameter):
        hint = wrong.param.opts[0] if isinstance(wrong.param, click.Option) else ""
        return f"{hint} 写得不对：{wrong.message}".strip()
    if wrong.message.startswith("Got unexpected extra"):
        return f"多写了参数：{wrong.message.partition('(')[2].rstrip(').')}"
    return wrong.message
