"""What readers of English see beside a regulation: titles, findings and cures. The regulation's own words stay Chinese."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import yaml


@dataclass(frozen=True)
class English:
    """By the codes of duties, the names of figures, and the ids of rules without the regulation: what was found (with the figures
    of the Chinese sentence in braces) and what cures it. `facts` are words that rules give as figures, `said` other sentences,
    `errors` what acts say of data that do not fit, with {} for what is named."""

    duties: dict[str, str] = field(default_factory=dict)
    figures: dict[str, str] = field(default_factory=dict)
    facts: dict[str, str] = field(default_factory=dict)
    said: dict[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    rules: dict[str, tuple[str, str]] = field(default_factory=dict)


def read_english(path: Path) -> English:
    """What stands in english.yaml; a regulation without one is read in Chinese."""
    if not path.exists():
        return English()
    told = yaml.safe_load(path.read_text(encoding="utf8"))
    return English(**told | {"rules": {code: tuple(pair) for code, pair in told["rules"].items()}})
