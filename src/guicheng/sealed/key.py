"""The key of the discipline office: a private file of theirs, and a public half that can only put in.

Rows put in from outside are sealed to the public half (X25519, then AES-256-GCM); rows that the office writes, and replies
to a return code, with AES-256-GCM alone. `bound` ties a ciphertext to its place in the chain.
"""

import os
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

NONCE, POINT = 12, 32
OUTSIDE, OFFICE, REPLY = b"\x01", b"\x02", b"\x03"


class WrongKey(Exception):
    """The file is not the key that these rows were sealed for, or a row was tampered with."""


def derived(secret: bytes, purpose: str) -> bytes:
    return HKDF(hashes.SHA256(), 32, None, b"guicheng.sealed " + purpose.encode()).derive(secret)


def locked(key: bytes, words: bytes, bound: bytes = b"") -> bytes:
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, words, bound)


def unlocked(key: bytes, sealed: bytes, bound: bytes = b"") -> bytes:
    """Raises WrongKey."""
    try:
        return AESGCM(key).decrypt(sealed[:NONCE], sealed[NONCE:], bound)
    except (InvalidTag, ValueError):
        raise WrongKey("密钥不符，或该行已被改动") from None


class PublicKey:
    """Seals from outside; cannot open anything, its own rows included."""

    def __init__(self, point: bytes):
        self.point = point

    def seal(self, words: bytes, bound: bytes) -> bytes:
        once = X25519PrivateKey.generate()
        shared = once.exchange(X25519PublicKey.from_public_bytes(self.point))
        public = once.public_key().public_bytes_raw()
        return OUTSIDE + public + locked(derived(shared + public + self.point, "outside"), words, bound)


class Key:
    """Opens every row, and seals the office's own. Never shown, logged or stored."""

    def __init__(self, private: bytes):
        self._private = X25519PrivateKey.from_private_bytes(private)
        self._office = derived(private, "office")
        self.public = PublicKey(self._private.public_key().public_bytes_raw())

    def __repr__(self) -> str:
        return "<Key>"

    def seal(self, words: bytes, bound: bytes) -> bytes:
        return OFFICE + locked(self._office, words, bound)

    def open(self, sealed: bytes, bound: bytes) -> bytes:
        """Raises WrongKey."""
        if sealed[:1] == OFFICE:
            return unlocked(self._office, sealed[1:], bound)
        public, rest = sealed[1 : 1 + POINT], sealed[1 + POINT :]
        try:
            shared = self._private.exchange(X25519PublicKey.from_public_bytes(public))
        except ValueError:
            raise WrongKey("密钥不符，或该行已被改动") from None
        return unlocked(derived(shared + public + self.public.point, "outside"), rest, bound)


def create_key(private: Path, public: Path) -> None:
    """Make the two files, the private one readable by its owner alone. Raises FileExistsError rather than overwrite one:
    what a lost key had sealed stays sealed."""
    made = X25519PrivateKey.generate()
    for path, words, mode in (
        (private, made.private_bytes_raw(), 0o600),
        (public, made.public_key().public_bytes_raw(), 0o644),
    ):
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(words.hex() + "\n")


def load_key(private: Path) -> Key:
    """Raises WrongKey when the file does not hold a key."""
    return Key(_bytes(private))


def load_public(public: Path) -> PublicKey:
    return PublicKey(_bytes(public))


def _bytes(path: Path) -> bytes:
    try:
        found = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except (OSError, ValueError):
        raise WrongKey(f"{path.name} 不是封存库的密钥文件") from None
    if len(found) != POINT:
        raise WrongKey(f"{path.name} 不是封存库的密钥文件")
    return found
