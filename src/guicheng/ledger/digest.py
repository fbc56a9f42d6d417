"""From an entry to its digest: the one function that writer and verifier share. Needs nothing but Python."""

import hashlib
import json
from typing import Any

GENESIS = "0" * 64


def canonical(body: dict[str, Any]) -> bytes:
    """The bytes of an entry: JSON, keys sorted, no white space, UTF-8. Raises TypeError where a float occurs."""
    _no_floats(body)
    return json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _no_floats(value: Any) -> None:
    if isinstance(value, float):
        raise TypeError(f"分录中不得出现浮点数：{value}")
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        _no_floats(inner)


def sm3(data: bytes) -> str:
    """The SM3 digest (GB/T 32905-2016) in hexadecimal."""
    return hashlib.new("sm3", data).hexdigest()


def entry_hash(prev: str, body: bytes) -> str:
    """hash = SM3(prev ‖ canonical entry), prev as its 32 bytes; the first entry of a chain follows GENESIS."""
    return sm3(bytes.fromhex(prev) + body)


def token(salt: str, value: str) -> str:
    """What the ledger keeps of an erasable value: the salted digest stays when the value is erased."""
    return "sm3:" + sm3(bytes.fromhex(salt) + value.encode())


def tree_root(hashes: list[str]) -> str:
    """The Merkle root over entry hashes in order, hashed as RFC 9162 does (leaf 00, node 01), with SM3."""
    level = [sm3(b"\0" + bytes.fromhex(h)) for h in hashes]
    if not level:
        return sm3(b"")
    while len(level) > 1:
        paired = [sm3(b"\1" + bytes.fromhex(a + b)) for a, b in zip(level[::2], level[1::2], strict=False)]
        level = paired + level[len(paired) * 2 :]
    return level[0]
