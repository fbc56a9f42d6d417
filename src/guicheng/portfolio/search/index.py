"""The index in its folder, and the page that says of which database it is and up to which entry of the ledger."""

from __future__ import annotations

import fcntl
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.conf import settings

from guicheng.ledger.sequence import last_position
from guicheng.portfolio.identity import database
from guicheng.records.project import Project

VERSION = 2
"""Of what is indexed and how: an index of another version is written anew."""


class NoSearch(Exception):
    """What searching stands on is not installed: one sentence with the cure."""


class Busy(Exception):
    """Another process is writing the index."""


@dataclass(frozen=True)
class Page:
    """Which subfolder holds the index, of which version and database, after which entry (number and hash), and the
    project added to the database last, by which a database filled anew under the same name is noticed."""

    version: int
    database: str
    position: int
    head: str
    part: str
    last: tuple[int, str]


@cache
def installed() -> bool:
    return all(find_spec(name) for name in ("tantivy", "rjieba"))


def folder() -> Path:
    return Path(settings.VAR) / "search"


def page() -> Page | None:
    """What is kept, where it can be read and is an index of this version and of this very database."""
    try:
        said = json.loads((folder() / "page.json").read_text(encoding="utf8"))
        found = Page(**said | {"last": tuple(said["last"])})
    except (OSError, ValueError, TypeError, KeyError):
        return None
    return found if _holds(found) else None


def _holds(found: Page) -> bool:
    """The entry after which it was written still has its number and hash, the last project its key and code."""
    if (found.version, found.database) != (VERSION, database()) or not (folder() / found.part / "meta.json").exists():
        return False
    key, code = found.last
    same = not key or Project.objects.filter(pk=key, code=code).exists()
    return same and last_position(found.position) == (found.position, found.head)


def keep(new: Page) -> None:
    """The new page takes the old one's place at one stroke; parts that it does not name are removed."""
    file = folder() / "page.new"
    file.write_text(json.dumps(asdict(new)), encoding="utf8")
    file.replace(folder() / "page.json")
    for part in folder().glob("part-*"):
        if part.name != new.part:
            shutil.rmtree(part, ignore_errors=True)


@contextmanager
def alone() -> Iterator[None]:
    """One process at a time writes; the lock ends with the process that holds it. Raises Busy at once, NoSearch."""
    if not installed():
        raise NoSearch("检索还缺 tantivy、rjieba：请先运行 pip install 'guicheng[search]'")
    folder().mkdir(parents=True, exist_ok=True)
    with (folder() / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Busy("另一个进程正在写检索索引，请等它写完再试") from None
        yield


def made(part: str) -> Any:
    """The tantivy index in a subfolder, made where there is none."""
    import tantivy

    shape = tantivy.SchemaBuilder()
    shape.add_unsigned_field("key", indexed=True, fast=True)
    # With frequencies, though each word is there once: only then tantivy leaves out what cannot come among the best.
    for name, kept in (("pieces", "basic"), ("words", "freq")):
        shape.add_text_field(name, tokenizer_name="blank", index_option=kept)
    where = folder() / part
    where.mkdir(exist_ok=True)
    index = tantivy.Index(shape.build(), path=str(where))
    index.register_tokenizer("blank", tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
    return index


_opened: dict[Path, tuple[int, Any]] = {}


def opened(found: Page) -> Any:
    """The index of a page, opened once in this process and looked at anew when it was written to."""
    where = folder() / found.part
    written = (where / "meta.json").stat().st_mtime_ns
    known = _opened.get(where)
    if known is None or known[0] != written:
        index = known[1] if known else made(found.part)
        index.reload()
        _opened.clear()
        known = _opened[where] = (written, index)
    return known[1]
