"""What comes first for each role, as its help page says it, and the pictures that show it: the words stand in guide.yaml."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml

from guicheng.people.roles import Role

Both = tuple[str, str]
FOLDER = Path(__file__).parent / "static" / "help"
WIDTH, HEIGHT = 1100, 600
"""Of every picture, in pixels: `docs/pictures.py` takes them so."""


@dataclass(frozen=True)
class Guide:
    """For one role, in 中文 and English: two or three plain sentences, then what its work list and its typical page show."""

    first: Both
    work: Both
    then: Both


@dataclass(frozen=True)
class Picture:
    """A picture that is there: its address below /static/, and what it shows."""

    address: str
    words: Both


def _read() -> dict[Role, Guide]:
    told = yaml.safe_load(Path(__file__).with_name("guide.yaml").read_text(encoding="utf8"))
    return {Role(role): Guide(**{part: tuple(words) for part, words in parts.items()}) for role, parts in told.items()}


GUIDES = _read()
"""Every role that a person can hold."""

_THERE = frozenset(p.name for p in FOLDER.glob("*.webp"))
"""Looked for once, when the site starts."""


def pictures(role: Role) -> list[Picture]:
    """The pictures of a role that are there."""
    told = GUIDES[role]
    named = ((f"{role.value}-first.webp", told.work), (f"{role.value}-then.webp", told.then))
    return [Picture(f"help/{name}", words) for name, words in named if name in _THERE]
