"""An exported ledger into an empty database: the same entries byte for byte, the same hashes, the tables by replay."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any, BinaryIO

from django.db import transaction
from django.utils import timezone

from guicheng.door import fold
from guicheng.door.look import BUREAU
from guicheng.judge.edition import forget_figures
from guicheng.ledger.append import bodies
from guicheng.ledger.digest import named
from guicheng.ledger.models import Chain, Entry, Erasable, Naming, Position
from guicheng.ledger.verify import CHECKPOINT, Verified, verify_lines
from guicheng.records.project import Project
from guicheng.regulations.base import regulation

AT_ONCE = 1000


class NotEmpty(Exception):
    """There is a ledger here already."""


class OnlyOne(Exception):
    """The export holds one project, not the whole ledger."""


def rebuild(file: BinaryIO, tick: Callable[[str, int, int], None] = lambda what, done, of: None) -> Verified:
    """Fill an empty database from an export. The file is verified first, and again by what is written; all of it is one
    transaction, so that a rebuild that stops half-way leaves the database empty.

    Raises Differs when the file does not verify, NotEmpty, OnlyOne."""
    if Entry.objects.exists() or Project.objects.exists():
        raise NotEmpty("这个数据库里已经有账本，只能在空数据库中重建")
    done = verify_lines(file)
    if done.project is not None:
        raise OnlyOne("这是单个项目的导出，重建需要整个账本的导出")
    file.seek(0)
    with transaction.atomic():
        for number in _entries(file, done):
            tick("写入账本", number, done.size)
        Chain.objects.bulk_create(
            [Chain(code=c, seq=seq, head=head) for c, (seq, head) in done.heads.items()], batch_size=AT_ONCE
        )
        _tables(done, tick)
    return done


def _entries(file: BinaryIO, done: Verified) -> Iterator[int]:
    lines = (line for line in file if not line.startswith(CHECKPOINT))
    number = 0
    while batch := list(islice(lines, AT_ONCE)):
        said = [json.loads(line) for line in batch]
        entries = Entry.objects.bulk_create(
            [
                Entry(chain=s["project"], seq=s["seq"], idem=s["id"], body=_body(s, line), hash=s["hash"])
                for s, line in zip(said, batch, strict=True)
            ]
        )
        Naming.objects.bulk_create(
            [Naming(digest=d, chain=e.chain, seq=e.seq) for e in entries for d in named(e.body)], batch_size=AT_ONCE
        )
        Position.objects.bulk_create([Position(number=number + i, entry=e) for i, e in enumerate(entries, 1)])
        _erasables(said)
        number += len(batch)
        yield number


def _body(said: dict[str, Any], line: bytes) -> str:
    """The entry inside a line that has been verified."""
    tail = {k: said[k] for k in ("number", "prev", "hash", "erasable") if k in said}
    end = "," + json.dumps(tail, ensure_ascii=False, separators=(",", ":"))[1:] + "\n"
    return line.decode()[: -len(end)] + "}"


def _erasables(said: list[dict[str, Any]]) -> None:
    """An erased one stays erased; the day on which it was is not known here."""
    found = {
        name: Erasable(token=name, **kept) if kept else Erasable(token=name, erased_at=timezone.now())
        for s in said
        for name, kept in s.get("erasable", {}).items()
    }
    Erasable.objects.bulk_create(found.values(), ignore_conflicts=True)


def _tables(done: Verified, tick: Callable[[str, int, int], None]) -> None:
    """The bureau's tables first: projects live under its editions and interpretations."""
    law = regulation()
    forget_figures()
    fold.replay(law, None, bodies(BUREAU))
    codes = [c for c in done.heads if c != BUREAU]
    for number, code in enumerate(codes, 1):
        fold.replay(law, None, fold.effective(bodies(code)))
        tick("写出各表", number, len(codes))
