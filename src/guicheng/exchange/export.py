"""The ledger as act lines, streamed in the global order; the format stands at the head of `ledger/verify.py`."""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from guicheng.ledger.digest import GENESIS, Tree, canonical
from guicheng.ledger.models import Entry, Erasable, Position
from guicheng.ledger.sequence import sequence

TOKEN = re.compile(r"sm3:[0-9a-f]{64}")
HEX = re.compile(r"[0-9a-f]{64}")
AT_ONCE = 500

Stored = tuple[int | None, str, int, str, str]
"""An entry as stored: its number (None in an export of one project), chain, seq, body, hash."""


def export(project: str | None = None) -> Iterator[bytes]:
    """The lines of the whole ledger, or of one chain, and the checkpoint. Writes what is stored without judging it:
    judging is the verifier's work. A chain without entries gives the checkpoint alone."""
    sequence(whole=project is None)
    tree, erasables = Tree(), hashlib.new("sm3")
    heads: dict[str, tuple[int, str]] = {}
    for batch in _batches(_stored(project)):
        erasable = _erasables(batch)
        for number, code, seq, body, own in batch:
            prev = heads[code][1] if code in heads else GENESIS
            heads[code] = (seq, own)
            tree.add(own if HEX.fullmatch(own) else GENESIS)
            mine = {t: erasable[t] for t in sorted(set(TOKEN.findall(body))) if t in erasable}
            if mine:
                erasables.update(_compact(mine).encode())
            yield _line(number, prev, body, own, mine)
    checkpoint = {
        "size": tree.size, "root": tree.root(), "heads": {c: list(h) for c, h in heads.items()}, "project": project,
        "erasable": "sm3:" + erasables.hexdigest(),
    }  # fmt: skip
    yield canonical({"checkpoint": checkpoint}) + b"\n"


def size_of(project: str | None = None) -> int:
    """How many acts an export would hold."""
    return (Entry.objects.filter(chain=project) if project is not None else Entry.objects.all()).count()


def _stored(project: str | None) -> Iterable[Stored]:
    if project is not None:
        rows = Entry.objects.filter(chain=project).order_by("seq").values_list("chain", "seq", "body", "hash")
        return ((None, *row) for row in rows.iterator(chunk_size=AT_ONCE))
    columns = ("number", "entry__chain", "entry__seq", "entry__body", "entry__hash")
    return Position.objects.order_by("number").values_list(*columns).iterator(chunk_size=AT_ONCE)


def _batches(rows: Iterable[Stored]) -> Iterator[list[Stored]]:
    rows = iter(rows)
    while batch := list(islice(rows, AT_ONCE)):
        yield batch


def _erasables(batch: list[Stored]) -> dict[str, dict[str, str] | None]:
    """The erasable values that these entries name: by token, None once erased."""
    tokens = {t for row in batch for t in TOKEN.findall(row[3])}
    found = Erasable.objects.filter(token__in=tokens) if tokens else ()
    return {e.token: None if e.erased_at else {"salt": e.salt, "value": e.value} for e in found}


def _line(number: int | None, prev: str, body: str, own: str, erasable: dict[str, Any]) -> bytes:
    tail: dict[str, Any] = {} if number is None else {"number": number}
    tail |= {"prev": prev, "hash": own} | ({"erasable": erasable} if erasable else {})
    return (body[:-1] + "," + _compact(tail)[1:] + "\n").encode()


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
