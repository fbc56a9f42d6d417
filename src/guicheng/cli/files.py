"""Act lines from a file, or as a trial that leaves nothing behind."""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

import click

from guicheng.cli import place
from guicheng.cli.out import json_option, progress, put_json, say, tell
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
@click.option(
    "--batch",
    type=click.IntRange(1, 1000),
    metavar="行数",
    help="多少行一并提交（不写即50）；每行仍各自办成或不办，提交后才报告",
)
@json_option
def import_(file: str, preview: bool, as_history: bool, batch: int | None, as_json: bool) -> int:
    """逐行办理行为（JSONL；- 为标准输入），每行各自办成或不办；中断后再次运行即从断处继续。"""
    place.database_ready()
    from guicheng.exchange.intake import TOGETHER, status_of, survey, take_in
    from guicheng.exchange.lines import Unreadable
    from guicheng.ledger.sequence import sequence

    with opened(file) as stream:
        try:
            found = survey(stream, as_history)
        except Unreadable as unreadable:
            raise Fault(f"{file}：{unreadable}") from None
        if found.wrong:
            return _not_one(file, [line.refusal for line in found.wrong], as_json)
        counts: Counter[str] = Counter()
        told: dict[str, set[str]] = {}
        try:
            with progress("办理") as tick:
                for _, outcome in take_in(found.lines, preview, batch or TOGETHER):
                    counts[outcome["outcome"]] += 1
                    put_json(outcome) if as_json else _shown(outcome, preview, told)
                    tick(counts.total(), found.number)
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
