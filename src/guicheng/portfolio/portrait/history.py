"""The whole history, newest first: who did what, when, in which capacity, with which seal. Paged by the entry's number."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from pydantic import BaseModel

from guicheng.door.clock import by_the_clock
from guicheng.judge.say import day as spoken_day
from guicheng.judge.say import wan, yuan
from guicheng.law.act import personal_paths
from guicheng.law.declare import ActSpec
from guicheng.ledger.erase import is_token, names_of
from guicheng.ledger.models import Entry
from guicheng.people.models import Person
from guicheng.people.roles import ROLE_ZH, Role
from guicheng.portfolio.portrait.book import Book
from guicheng.portfolio.portrait.choices import chosen, label
from guicheng.portfolio.sight import PAGE, Read
from guicheng.records.prepared import prepared

PARTS = 4  # how many fields a line's sentence of substance names
SAID_FIRST = (
    "outcome",
    "conclusion",
    "opinion",
    "amount",
    "total",
    "ref",
    "title",
    "name",
    "reason",
    "contract",
    "component",
)
"""Which fields tell most of what an act was about."""


@dataclass(frozen=True)
class Line:
    """One entry as it reads on the page. `corrected_by` is the number of the correction that struck it through."""

    seq: int
    spec: ActSpec
    who: str
    capacity: str
    on: date
    recorded: datetime
    substance: str
    hash: str
    papers: tuple[str, ...]
    history: bool
    corrected_by: int | None = None
    voided: bool = False

    @property
    def back_dated(self) -> bool:
        """Recorded on another day than the business day that it gives."""
        return self.recorded.date() != self.on


@dataclass(frozen=True)
class Page:
    """Some lines, and the number to ask on from, if there are earlier ones."""

    lines: tuple[Line, ...]
    before: int | None = None


@dataclass(frozen=True)
class _Known:
    """What was read once for all lines: names of people, words behind tokens, what was corrected."""

    names: dict[str, str]
    said: dict[str, str]
    struck: dict[int, tuple[int, bool]]
    english: bool


def page(book: Book, found: Sequence[Read], most: int = PAGE, english: bool = False) -> Page:
    """A page of entries, newest first, with the names of those who acted; substance in either language. `found` may hold one
    more than the page: then there are earlier ones."""
    bodies = [(seq, json.loads(body), hash) for seq, body, hash in found[:most]]
    said = names_of(sorted({t for _, b, _ in bodies for t in _tokens(b["data"])}))
    known = _Known(people({b["by"] for _, b, _ in bodies}), said, corrections(book), english)
    lines = tuple(_line(book, seq, b, hash, known) for seq, b, hash in bodies)
    return Page(lines, lines[-1].seq if len(found) > most else None)


def people(usernames: Collection[str]) -> dict[str, str]:
    """The names of those who acted; an outsider's is read behind its token."""
    names = dict(_named.all(frozenset(usernames)))
    behind = names_of([n for n in names.values() if is_token(n)])
    return {u: behind.get(n, n) for u, n in names.items()}


def corrections(book: Book) -> dict[int, tuple[int, bool]]:
    """Which entries were corrected, by which correction, and whether that left them out altogether."""
    bodies = [(seq, json.loads(body)["data"]) for seq, body in _corrections.all(book.project.code)]
    return {data["entry"]: (seq, data.get("replacement") is None) for seq, data in bodies}


@prepared
def _named(usernames: frozenset[str]) -> QuerySet[Person, tuple[str, str]]:
    return Person.objects.filter(username__among=usernames).values_list("username", "name")


@prepared
def _corrections(code: str) -> QuerySet[Entry, tuple[int, str]]:
    found = Entry.objects.filter(chain=code, body__startswith='{"act":"correct",')
    return found.order_by("seq").values_list("seq", "body")


def _line(book: Book, seq: int, body: dict[str, Any], hash: str, known: _Known) -> Line:
    spec, role = book.law.acts[body["act"]], body["role"]
    by, void = known.struck.get(seq, (None, False))
    return Line(
        seq, spec, known.names.get(body["by"], body["by"]), ROLE_ZH[Role(role)] if role in set(Role) else role,
        date.fromisoformat(body["on"]), by_the_clock(datetime.fromisoformat(body["recorded"])),
        substance(spec, body["data"], known.said, known.english), hash, tuple(papers(body["data"])), bool(body.get("history")), by, void,
    )  # fmt: skip


def substance(spec: ActSpec, data: dict[str, Any], said: dict[str, str], english: bool = False) -> str:
    """One sentence of what was done: the fields that tell most, by their labels."""
    cls: type[BaseModel] = spec.cls
    fields, parts = cls.model_fields, list[str]()
    for name in [n for n in SAID_FIRST if n in data] + [n for n in data if n not in SAID_FIRST]:
        info = fields.get(name)
        if info is None or not (text := _in_words(spec, name, data[name], info, said, english)):
            continue
        title = name.replace("_", " ").capitalize() if english else (info.title or name).removesuffix("（分）")
        parts.append(f"{title}: {text}" if english else f"{title}：{text}")
        if len(parts) == PARTS:
            break
    return ("; " if english else "；").join(parts)


def _in_words(spec: ActSpec, name: str, value: Any, info: Any, said: dict[str, str], english: bool) -> str:
    """What one field tells; nothing for what tells nothing in one line."""
    cls: type[BaseModel] = spec.cls
    if chosen(info.annotation, value):
        return label(f"{spec.code}.{name}", value, english)
    if isinstance(value, str) and is_token(value) and (name,) in personal_paths(cls):  # else a paper's digest
        return said.get(value, "")
    return (_told if english else _spoken)(value, info)


def _spoken(value: Any, info: Any) -> str:
    """A value in words; nothing for what tells nothing in one line."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int):
        extra = info.json_schema_extra
        return wan(value) if isinstance(extra, dict) and extra.get("unit") == "分" else str(value)
    if isinstance(value, list):
        return f"{len(value)}项" if value and isinstance(value[0], dict) else ""
    if not isinstance(value, str) or _is_digest(value):
        return ""
    if _is_day(value):
        return spoken_day(value)
    return value if len(value) <= 60 else f"{value[:60]}……"


def _told(value: Any, info: Any) -> str:
    """The same in English; what was typed in words stays as it was typed."""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    words = _spoken(value, info)
    if isinstance(value, int):
        return yuan(value) if words != str(value) else words
    if isinstance(value, list):
        return f"{len(value)} rows" if words else ""
    return value if words and _is_day(value) else words


def _is_day(value: str) -> bool:
    return len(value) == 10 and value[4] == value[7] == "-" and value.replace("-", "").isdigit()


def _is_digest(value: str) -> bool:
    return value.startswith(("sm3:", "sha256:")) and len(value) in (68, 71)


def _tokens(data: Any) -> list[str]:
    """Every token of an erasable value at the top of an act's data."""
    return [v for v in data.values() if isinstance(v, str) and is_token(v)]


def papers(data: Any) -> list[str]:
    """The digests of papers anywhere in an act's data, each once."""
    found: dict[str, None] = {}
    for value in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        if isinstance(value, str):
            found |= {value: None} if value.startswith("sha256:") and len(value) == 71 else {}
        else:
            found |= dict.fromkeys(papers(value))
    return list(found)
