"""Files in and out: act lines, the exported ledger, its verification, and the ledger built again."""

from __future__ import annotations

import os
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO

import click

from guicheng.cli import place
from guicheng.cli.out import Tick, json_option, progress, put_json, say, tell
from guicheng.cli.verdict import WORD_ZH, in_words
from guicheng.cli.zh import Command, Fault

COPY = 2**20


@contextmanager
def opened(name: str) -> Iterator[BinaryIO]:
    """A file to read from its beginning more than once; `-` is standard input. Raises Fault."""
    try:
        if name == "-":
            with tempfile.TemporaryFile() as copy:
                while piece := sys.stdin.buffer.read(COPY):
                    copy.write(piece)
                copy.seek(0)
                yield copy
        else:
            with Path(name).open("rb") as file:
                yield file
    except IsADirectoryError:
        raise Fault(f"{name} 是文件夹，不是文件") from None
    except FileNotFoundError:
        raise Fault(f"没有文件 {name}") from None
    except PermissionError:
        raise Fault(f"没有权限读 {name}") from None


@click.command("import", cls=Command)
@click.argument("file", metavar="文件")
@click.option("--preview", is_flag=True, help="试办：每一行都看得到前面各行的效果，最后什么也不保存")
@click.option("--as-history", is_flag=True, help="作为历史记录：不因违反规则而不予办理，所违反的列为发现")
@json_option
def import_(file: str, preview: bool, as_history: bool, as_json: bool) -> int:
    """逐行办理行为（JSONL；- 为标准输入），一行一个事务；中断后再次运行即从断处继续。"""
    place.database_ready()
    from guicheng.exchange.intake import status_of, survey, take_in
    from guicheng.exchange.lines import Unreadable, read_lines
    from guicheng.ledger.sequence import sequence

    with opened(file) as stream:
        try:
            number, wrong = survey(stream, as_history)
        except Unreadable as unreadable:
            raise Fault(f"{file}：{unreadable}") from None
        if wrong:
            return _not_one(file, [line.refusal for line in wrong], as_json)
        counts: Counter[str] = Counter()
        told: dict[str, set[str]] = {}
        try:
            with progress("办理") as tick:
                for line, outcome in take_in(read_lines(stream, as_history), preview):
                    counts[outcome["outcome"]] += 1
                    put_json(outcome) if as_json else _shown(outcome, preview, told)
                    tick(counts.total(), number)
                    del line
        except KeyboardInterrupt:
            tell("已停止：办成的都已保存，再次运行即从断处继续" if not preview else "已停止，什么也没有保存")
            return 130
        finally:
            _totals(counts, preview)
            if not preview:
                sequence()
    return status_of(counts)


def _not_one(file: str, wrong: list[dict[str, Any]], as_json: bool) -> int:
    """Some lines cannot be read: they are named, and nothing is done at all."""
    for outcome in wrong:
        put_json(outcome) if as_json else say(*in_words(outcome))
    tell(f"{file}：有 {len(wrong)} 行读不了，整个文件都没有办理")
    return 2


def _shown(outcome: dict[str, Any], preview: bool, told: dict[str, set[str]]) -> None:
    """The outcome in words; a reminder that stood after the project's act before is not said again."""
    before = told.get(outcome["project"], set())
    standing = outcome.get("reminders", [])
    if outcome["outcome"] == "accepted":
        told[outcome["project"]] = {one["rule"] for one in standing}
    new = [one for one in standing if one["rule"] not in before]
    say(*in_words(outcome | {"reminders": new}, tried=preview))


def _totals(counts: Counter[str], preview: bool) -> None:
    parts = "，".join(f"{WORD_ZH[word]} {n}" for word, n in sorted(counts.items()))
    tell(f"共 {counts.total()} 行：{parts or '没有行为'}" + ("（试办，未保存）" if preview else ""))


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
    found = [*check.check_heads(done), *check.check_erasables()]
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
