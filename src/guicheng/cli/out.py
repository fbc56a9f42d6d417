"""Answers on standard output, people's words on standard error, progress where there is a terminal to show it."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any
from unicodedata import east_asian_width

import click

json_option = click.option("--json", "as_json", is_flag=True, help="在标准输出上只写一份 JSON")

Tick = Callable[[int, int], None]


def put_json(document: Any) -> None:
    """One JSON document, UTF-8 whatever the terminal speaks."""
    click.echo(as_json(document))


def put_long_json(head: dict[str, Any], name: str, items: Iterable[Any]) -> None:
    """The same document as `put_json(head | {name: [...]})`, written item by item as they come."""
    lines, before = map(as_json, items), as_json(head)[:-1] + b"," + as_json(name) + b":["
    while some := list(islice(lines, 1000)):
        click.echo(before + b",".join(some), nl=False)
        before = b","
    click.echo(b"]}" if before == b"," else before + b"]}")


def as_json(document: Any) -> bytes:
    """A document as JSON in UTF-8. Half a character, as a terminal may pass on, is written as a question mark."""
    from pydantic_core import to_json  # half of what it takes to show the help

    try:
        return to_json(document, fallback=str)
    except ValueError:
        return json.dumps(document, ensure_ascii=False, default=str).encode("utf8", "replace")


def say(*lines: str) -> None:
    for line in lines:
        click.echo(line)


def tell(*lines: str) -> None:
    """For people, beside the answer."""
    for line in lines:
        click.echo(line, err=True)


def width(text: str) -> int:
    """How many columns a terminal needs: Chinese takes two."""
    return sum(2 if east_asian_width(c) in "WFA" else 1 for c in text)


def padded(text: str, columns: int) -> str:
    return text + " " * max(0, columns - width(text))


def aligned(rows: list[list[str]]) -> Iterator[str]:
    """Rows as lines with their columns under one another; the last column runs free."""
    widths = [max(width(row[i]) for row in rows) for i in range(len(rows[0]) - 1)] if rows else []
    for row in rows:
        yield "  ".join([*(padded(cell, w) for cell, w in zip(row, widths, strict=False)), row[-1]]).rstrip()


@contextmanager
def progress(title: str) -> Iterator[Tick]:
    """Gives a function that is told how much is done, and of how much. Shows nothing unless standard error is a terminal."""
    if not sys.stderr.isatty():
        yield lambda done, of: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(title, total=None)
        yield lambda done, of: bar.update(task, completed=done, total=of)
