"""Append to a chain: contracts for the door, the only caller."""

import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from guicheng.ledger.digest import GENESIS, canonical, entry_hash, named, token
from guicheng.ledger.models import Chain, Entry, Erasable, Naming
from guicheng.people.wire import dialect, later, send

RECORDED = f"SELECT seq, body, hash FROM {Entry._meta.db_table} WHERE chain = %s AND idem = %s"


@dataclass(frozen=True)
class Written:
    """Where an act now stands: its number on its chain and its hash."""

    seq: int
    hash: str


@dataclass
class Head:
    """Where a chain stands: 0 and GENESIS while it does not exist."""

    code: str
    seq: int
    head: str


def ask_head(chain: str, wait: bool = True) -> Callable[[], Head]:
    """Ask for the chain's head, locked until the transaction ends; call the result for the answer.

    With wait=False it is only read.
    On SQLite the whole database is locked by BEGIN IMMEDIATE; on PostgreSQL the row is."""
    locked = wait and dialect() != "sqlite"
    cursor = send(f"SELECT seq, head FROM {CHAIN} WHERE code = %s{' FOR UPDATE' if locked else ''}", (chain,))
    return lambda: Head(chain, *(cursor.fetchone() or (0, GENESIS)))


def lock(chain: str, wait: bool = True) -> Head:
    """The chain's head, locked (or with wait=False only read) as `ask_head` says."""
    return ask_head(chain, wait)()


def append(head: Head, body: dict[str, Any], idem: str | None) -> Written:
    """Append body as the next entry of a locked chain. The caller's transaction keeps or drops it with the records.

    If the process dies here, nothing was written. Raises IntegrityError when another transaction began the same chain
    or used the same idem first; inside `held()` this comes out where the caller asks next, or at its end."""
    data = canonical({**body, "project": head.code, "seq": head.seq + 1})
    new = head.seq == 0
    head.seq, head.head = head.seq + 1, entry_hash(head.head, data)
    if new:  # before the entry: the order counts on a transaction having its number before it draws a key
        later(BEGIN, (head.seq, head.head, head.code))
    text = data.decode()
    later(ENTER, (head.code, head.seq, idem, text, head.head))
    for digest in named(text):
        later(NAME, (digest, head.code, head.seq))
    if not new:
        later(ADVANCE, (head.seq, head.head, head.code))
    return Written(head.seq, head.head)


CHAIN, ENTRY = Chain._meta.db_table, Entry._meta.db_table
ENTER = f"INSERT INTO {ENTRY} (chain, seq, idem, body, hash) VALUES (%s, %s, %s, %s, %s)"
NAME = f"INSERT INTO {Naming._meta.db_table} (digest, chain, seq) VALUES (%s, %s, %s)"
BEGIN = f"INSERT INTO {CHAIN} (seq, head, code) VALUES (%s, %s, %s)"
ADVANCE = f"UPDATE {CHAIN} SET seq = %s, head = %s WHERE code = %s"


def ask_recorded(chain: str, idem: str) -> Callable[[], Entry | None]:
    """Ask for the entry that was recorded under this id of the caller's; call the result for it, or None."""
    cursor = send(RECORDED, (chain, idem))

    def answer() -> Entry | None:
        found = cursor.fetchone()
        return Entry(chain=chain, idem=idem, seq=found[0], body=found[1], hash=found[2]) if found else None

    return answer


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
