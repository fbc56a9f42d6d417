"""The ledger out of the house and back: export, its verification, and the ledger built again."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO

import click

from guicheng.cli import place
from guicheng.cli.files import opened
from guicheng.cli.out import Tick, json_option, progress, put_json, say, tell
from guicheng.cli.zh import Command, Fault


@click.command(cls=Command)
@click.option("--project", metavar="项目", help="只导出这一个项目的链；全局的链写 bureau")
@click.option("-o", "--output", metavar="文件", help="写到文件（不写即标准输出）")
def export(project: str | None, output: str | None) -> int:
    """导出账本：每行一项行为，末行为校验行；可用 guicheng verify 文件 核验。"""
    place.database_ready()
    from guicheng.exchange.export import export as lines
    from guicheng.exchange.export import size_of

    size = size_of(project)
    if project is not None and not size:
        raise Fault(f"没有编号为 {project} 的项目")
    with _written(output) as write, progress("导出") as tick:
        for number, line in enumerate(lines(project), 1):
            write(line)
            if number % 500 == 0:
                tick(number, size)
    if output:
        tell(f"已导出 {size} 项行为到 {output}")
    return 0


@contextmanager
def _written(output: str | None) -> Iterator[Callable[[bytes], Any]]:
    """Where an export goes: a file that appears only when it is complete, or standard output."""
    if output is None:
        stream = sys.stdout.buffer
        yield stream.write
        stream.flush()
        return
    target = Path(output)
    if target.is_dir():
        raise Fault(f"{output} 是文件夹，不是文件")
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as file:
            yield file.write
        part.replace(target)
    except OSError as wrong:
        raise Fault(f"写不了 {output}：{wrong.strerror}") from None
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


@click.command(cls=Command)
@click.argument("file", metavar="[文件]", required=False)
@click.option("--against", metavar="旧导出", help="再与一份早先的导出比较：那时的行为应当原样都在")
@json_option
def verify(file: str | None, against: str | None, as_json: bool) -> int:
    """核验一份导出；不写文件即核验数据库：链、次序、默克尔树，并由行为重新写出各表与现状比较。"""
    if file is not None:
        place.django_ready()
        found, words, about = _verify_file(file)
    else:
        place.database_ready()
        found, words, about = _verify_database(against)
    if as_json:
        put_json({"verified": not found, **about, "differences": found})
    else:
        say(words if not found else f"核验不通过：{len(found)} 处不符", *(f["says"] for f in found))
    return 1 if found else 0


Answer = tuple[list[dict[str, Any]], str, dict[str, Any]]


def _verify_file(name: str) -> Answer:
    from guicheng.ledger.verify import Differs, said_of, verify_lines

    with opened(name) as file, progress("核验") as tick:
        size = file.seek(0, 2)
        file.seek(0)
        try:
            done = verify_lines(_ticking(file, size, tick))
        except Differs as differs:
            return [_place(differs)], "", {}
    return [], said_of(done), {"size": done.size, "root": done.root, "project": done.project}


def _ticking(file: BinaryIO, size: int, tick: Tick) -> Iterator[bytes]:
    done = 0
    for number, line in enumerate(file):
        done += len(line)
        if number % 1000 == 0:
            tick(done, size)
        yield line


def _place(differs: Any) -> dict[str, Any]:
    return {
        "line": differs.line, "project": differs.project, "seq": differs.seq, "what": differs.what, "says": str(differs)
    }  # fmt: skip


def _verify_database(against: str | None) -> Answer:
    from guicheng.exchange import check
    from guicheng.ledger.models import Chain, Entry
    from guicheng.ledger.verify import Differs, said_of

    try:
        with progress("核验账本") as tick:
            done = check.check_ledger(_counting(tick, Entry.objects.count()))
    except Differs as differs:
        return [_place(differs)], "", {}
    found = [*check.check_heads(done), *check.check_erasables(), *check.check_namings()]
    if against is not None:
        with opened(against) as file:
            try:
                found += check.check_against(file)
            except Differs as differs:
                raise Fault(f"旧导出 {against} 本身核验不通过：{differs}") from None
    with progress("由行为写出各表") as tick:
        found += check.check_tables(tick=_counting(tick, Chain.objects.count()))
    words = f"{said_of(done)}；各表与账本一致"
    return [d.as_json() for d in found], words, {"size": done.size, "root": done.root, "project": None}


def _counting(tick: Tick, of: int) -> Callable[[], None]:
    done = iter(range(1, 10**12))
    return lambda: tick(next(done), of)


@click.command(cls=Command)
@click.argument("file", metavar="文件")
def rebuild(file: str) -> int:
    """把一份完整的导出装进空的数据库：先核验，再原样写入账本，并由行为写出各表。"""
    place.database_ready()
    from guicheng.exchange.rebuild import NotEmpty, OnlyOne
    from guicheng.exchange.rebuild import rebuild as build
    from guicheng.ledger.verify import Differs

    with opened(file) as stream:
        try:
            with progress("重建") as tick:
                done = build(stream, lambda what, number, of: tick(number, of))
        except (NotEmpty, OnlyOne) as wrong:
            raise Fault(str(wrong)) from None
        except Differs as differs:
            say(f"核验不通过，没有重建：{differs}")
            return 1
    say(f"已重建：{len(done.heads)} 条链的 {done.size} 项行为，根 {done.root}")
    return 0
