"""What the door, the forms and the store of papers say of data that do not fit, for a reader of English.

Their sentences are Chinese and stay so in every answer and on record; on a page in English each is told by its pattern."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

import yaml

from guicheng.people.roles import ROLE_ZH
from guicheng.records.stage import STAGE_ZH
from guicheng.regulations.base import regulation
from guicheng.web.english import clause, said
from guicheng.web.spoken import ENGLISH, listed, role_word, stage_word

SLOT = re.compile(r"\{\w*\}")
DAY = re.compile(r"([0-9]{4})年([0-9]{1,2})月([0-9]{1,2})日")


def pattern(template: str) -> re.Pattern[str]:
    """What fits a sentence with words, or none, in place of each {}."""
    return re.compile("(.*?)".join(map(re.escape, SLOT.split(template))), re.DOTALL)


@cache
def templates() -> dict[str, str]:
    """Each Chinese sentence, with {} for what it names, and its English with {0}, {1}."""
    own: dict[str, str] = yaml.safe_load(Path(__file__).with_name("errors.yaml").read_text(encoding="utf8"))
    return own | regulation().english.errors


@cache
def _patterns() -> list[tuple[re.Pattern[str], str]]:
    """Those that name something; the ones that say most in words of their own are asked first."""
    named = [zh for zh in templates() if SLOT.search(zh)]
    return [(pattern(zh), templates()[zh]) for zh in sorted(named, key=lambda zh: -len(SLOT.sub("", zh)))]


@cache
def _names() -> dict[str, str]:
    """What the sentences name: acts, roles, stages."""
    acts = {spec.title: spec.title_en for spec in regulation().acts.values()}
    return acts | {zh: role_word(r) for r, zh in ROLE_ZH.items()} | {zh: stage_word(s) for s, zh in STAGE_ZH.items()}


def refusal(sentence: str) -> str:
    """One sentence in the reader's language; Chinese where nobody has put it into English."""
    if not ENGLISH.get():
        return sentence
    if sentence in templates():
        return templates()[sentence]
    for fits, english in _patterns():
        if found := fits.fullmatch(sentence):
            return _Sentence().vformat(english, [_slot(words) for words in found.groups()], {})
    return said(sentence)


class _Sentence(Formatter):
    """English with its slots filled; {0:day} is a day that the house wrote. What people typed may look like one and stands as typed."""

    def format_field(self, value: Any, format_spec: str) -> str:
        found = DAY.fullmatch(value) if format_spec == "day" else None
        return "{}-{:0>2}-{:0>2}".format(*found.groups()) if found else str(value)


def _slot(words: str) -> str:
    """What a sentence names, in English where that has a name: one or several of them, a clause, another sentence."""
    words = words.strip()
    parts = words.split("、")
    if all(part in _names() for part in parts):
        return listed([_names()[part] for part in parts])
    return templates().get(words) or clause(words)
