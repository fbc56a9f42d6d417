"""The chain of sealed rows: append, open, verify. Knows ciphertext and digests, not reports."""

import json
from collections.abc import Callable
from typing import Any

from django.db import connection, transaction

from guicheng.ledger.digest import GENESIS, entry_hash, sm3
from guicheng.sealed.key import REPLY, Key, WrongKey
from guicheng.sealed.models import SealedRow

Body = dict[str, Any]
BLOCK = 1024


class Broken(Exception):
    """A row of the chain is missing, moved or changed."""


def digest_of(code: str) -> str:
    """What the table knows of a return code. The code is 100 random bits, so it cannot be guessed from this."""
    return sm3(b"code " + code.encode())


def append(seal: Callable[[bytes, bytes], bytes], body: Body, code: str = "") -> SealedRow:
    """Seal body as the next row, bound to the row before it. Texts are padded, so that their length tells little."""
    words = json.dumps(body, ensure_ascii=False).encode()
    with transaction.atomic():
        number, before = _head()
        sealed = seal(words + b" " * (-len(words) % BLOCK), bytes.fromhex(before))
        row = SealedRow(number=number + 1, code=code, sealed=sealed, hash=_hash(before, code, sealed))
        row.save(force_insert=True)
    return row


def _head() -> tuple[int, str]:
    """The last row's number and hash, nobody else appending until the transaction ends."""
    if connection.vendor != "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {SealedRow._meta.db_table} IN SHARE ROW EXCLUSIVE MODE")
    last = SealedRow.objects.order_by("-number").first()
    return (last.number, last.hash) if last else (0, GENESIS)


def _hash(before: str, code: str, sealed: bytes) -> str:
    return entry_hash(before, code.encode() + sealed)


def opened(key: Key, number: int) -> Body:
    """One row in plain. Raises WrongKey; SealedRow.DoesNotExist."""
    row = SealedRow.objects.get(number=number)
    before = SealedRow.objects.filter(number=number - 1).values_list("hash", flat=True).first() or GENESIS
    found: Body = json.loads(key.open(bytes(row.sealed), bytes.fromhex(before)))
    return found


def prove(key: Key) -> None:
    """Raises WrongKey unless this is the key of the room: it must open the first row, if there is one."""
    if SealedRow.objects.filter(number=1).exists():
        opened(key, 1)


def all_opened(key: Key) -> list[tuple[int, Body]]:
    """Every row but the replies, in order; one that the key does not open is shown as 'unreadable', and hides no other."""
    found, before = [], GENESIS
    for row in SealedRow.objects.order_by("number"):
        if bytes(row.sealed[:1]) != REPLY:
            found.append((row.number, _try(key, bytes(row.sealed), before)))
        before = row.hash
    return found


def _try(key: Key, sealed: bytes, before: str) -> Body:
    try:
        found: Body = json.loads(key.open(sealed, bytes.fromhex(before)))
    except WrongKey:
        return {"kind": "unreadable"}
    return found


def verify() -> tuple[int, str]:
    """Check the chain without any key: how many rows, and the head to note down. Raises Broken, naming the row."""
    before, expected = GENESIS, 1
    for row in SealedRow.objects.order_by("number"):
        if row.number != expected:
            raise Broken(f"缺少第{expected}行")
        if row.hash != _hash(before, row.code, bytes(row.sealed)):
            raise Broken(f"第{row.number}行已被改动")
        before, expected = row.hash, expected + 1
    return expected - 1, before
