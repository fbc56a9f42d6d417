"""Append to a chain: contracts for the door, the only caller."""

import json
import secrets
from dataclasses import dataclass
from typing import Any

from django.db import connection

from guicheng.ledger.digest import GENESIS, canonical, entry_hash, token
from guicheng.ledger.models import Chain, Entry, Erasable
from guicheng.records.write import insert, update


@dataclass(frozen=True)
class Written:
    """Where an act now stands: its number on its chain and its hash."""

    seq: int
    hash: str


def lock(chain: str, wait: bool = True) -> Chain:
    """The chain's head, locked until the transaction ends; an unsaved one when the chain does not exist yet.

    With wait=False it is only read.
    On SQLite the whole database is locked by BEGIN IMMEDIATE; on PostgreSQL the row is."""
    sql = f"SELECT seq, head FROM {Chain._meta.db_table} WHERE code = %s"
    with connection.cursor() as cursor:
        cursor.execute(f"{sql} FOR UPDATE" if wait and connection.vendor != "sqlite" else sql, [chain])
        seq, head = cursor.fetchone() or (0, GENESIS)
    return Chain(code=chain, seq=seq, head=head)


def append(head: Chain, body: dict[str, Any], idem: str | None) -> Written:
    """Append body as the next entry of a locked chain. The caller's transaction keeps or drops it with the records.

    If the process dies here, nothing was written. Raises IntegrityError when another transaction began the same chain
    or used the same idem first."""
    data = canonical({**body, "project": head.code, "seq": head.seq + 1})
    new = head.seq == 0
    head.seq, head.head = head.seq + 1, entry_hash(head.head, data)
    insert(Entry(chain=head.code, seq=head.seq, idem=idem, body=data.decode(), hash=head.head))
    if new:
        insert(head)
    else:
        update(head)
    return Written(head.seq, head.head)


def recorded(chain: str, idem: str) -> Entry | None:
    """The entry that was recorded under this id of the caller's, if any."""
    return Entry.objects.filter(chain=chain, idem=idem).first()


def bodies(chain: str, after: int = 0) -> list[dict[str, Any]]:
    """The entries of a chain in order, as written."""
    found = Entry.objects.filter(chain=chain, seq__gt=after).order_by("seq").values_list("body", flat=True)
    return [json.loads(b) for b in found]


def set_apart(value: str) -> str:
    """Store an erasable value under a fresh salt and return its token for the ledger."""
    salt = secrets.token_hex(16)
    name = token(salt, value)
    Erasable.objects.create(token=name, salt=salt, value=value)
    return name
