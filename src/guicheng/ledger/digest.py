"""From an entry to its digest: the one function that writer and verifier share. Needs nothing but Python."""

import hashlib
import json
import re
from collections.abc import Iterable
from typing import Any

GENESIS = "0" * 64
_EMPTY = hashlib.new("sm3")
_PLAIN = frozenset({str, int, bool, type(None)})
_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))

NAMED = re.compile(r"(?:sm3|sha256):[0-9a-f]{64}(?![0-9a-f])")


def canonical(body: dict[str, Any]) -> bytes:
    """The bytes of an entry: JSON, keys sorted, no white space, UTF-8. Raises TypeError where a float occurs."""
    _no_floats(body)
    return _ENCODER.encode(body).encode()


def _no_floats(value: Any) -> None:
    for inner in value.values() if isinstance(value, dict) else value:
        if type(inner) in _PLAIN:  # nearly all: asked first, and of the type alone
            continue
        if isinstance(inner, float):
            raise TypeError(f"分录中不得出现浮点数：{inner}")
        if isinstance(inner, dict | list):
            _no_floats(inner)


def sm3(data: bytes) -> str:
    """The SM3 digest (GB/T 32905-2016) in hexadecimal."""
    return _sm3(data).hex()


def _sm3(data: bytes) -> bytes:
    fresh = _EMPTY.copy()  # looking the algorithm up by name each time would cost as much as hashing a short entry
    fresh.update(data)
    return fresh.digest()


def entry_hash(prev: str, body: bytes) -> str:
    """hash = SM3(prev ‖ canonical entry), prev as its 32 bytes; the first entry of a chain follows GENESIS."""
    return sm3(bytes.fromhex(prev) + body)


def token(salt: str, value: str) -> str:
    """What the ledger keeps of an erasable value: the salted digest stays when the value is erased."""
    return "sm3:" + sm3(bytes.fromhex(salt) + value.encode())


def named(body: str) -> list[str]:
    """The digests that an entry names, each once, sorted: of papers, and of values set apart."""
    return sorted(set(NAMED.findall(body)))


class Tree:
    """The Merkle tree over entry hashes in order, hashed as RFC 9162 does (leaf 00, node 01), with SM3.

    Only the roots of its full subtrees are kept, so a ledger of any length can be read as a stream."""

    def __init__(self) -> None:
        self.size = 0
        self._full: list[bytes] = []

    def add(self, entry: str) -> None:
        node = _sm3(b"\0" + bytes.fromhex(entry))
        odd = self.size
        while odd & 1:
            node = _sm3(b"\1" + self._full.pop() + node)
            odd >>= 1
        self._full.append(node)
        self.size += 1

    def root(self) -> str:
        if not self._full:
            return sm3(b"")
        node = self._full[-1]
        for left in reversed(self._full[:-1]):
            node = _sm3(b"\1" + left + node)
        return node.hex()


def tree_root(hashes: Iterable[str]) -> str:
    """The root of the tree over these entry hashes."""
    tree = Tree()
    for one in hashes:
        tree.add(one)
    return tree.root()
