"""How a regulation speaks: @act, @rule, @proviso, @duty and left_to_people, each bound to the words it carries out.

The first block of a declaration's docstring is the law: it must stand word for word in the article, or the module does
not import. Later blocks are commentary.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from guicheng.law.figures import FigureNames
from guicheng.law.terms import Row, Term
from guicheng.law.text import Article, Sentence
from guicheng.law.words import Has

Rows = int | tuple[int, ...]


class Force(StrEnum):
    """How strictly a rule holds."""

    HARD = "hard"  # no way round
    EXEMPTABLE = "exemptable"  # a named, reasoned exemption on record
    EXPLAIN = "explain"  # 原则上: comply or explain
    REMIND = "remind"  # never blocks


HARD, EXEMPTABLE, EXPLAIN, REMIND = Force.HARD, Force.EXEMPTABLE, Force.EXPLAIN, Force.REMIND
FORCE_ZH = {HARD: "不得违反", EXEMPTABLE: "可经书面豁免", EXPLAIN: "应遵守，否则说明理由", REMIND: "提醒"}


@dataclass(frozen=True)
class Breach:
    """What a rule returns when it has figures to show: the condition, and named terms that decided it."""

    when: Term
    facts: dict[str, Term]


def breach(when: Term, **facts: Term) -> Breach:
    """The condition of a breach with the figures that decide it; `says=` of the rule may use their names."""
    return Breach(when, facts)


@dataclass
class Cited:
    """Anything that carries out the law: its clause, its quotations, the rows of the clause table it answers."""

    article: Article
    item: int | None
    rows: tuple[int, ...]
    quotes: tuple[str, ...]
    code: str

    @property
    def clause(self) -> str:
        return self.article.clause(self.item)

    @property
    def sentence(self) -> str:
        return "".join(self.quotes)

    @property
    def claims(self) -> list[Sentence]:
        return [s for q in self.quotes for s in self.article.claimed_by(q, self.item)]


@dataclass
class Rule(Cited):
    """A breach as a condition. `over` is the table whose rows it judges one by one, if any."""

    force: Force
    cure: str
    cured_by: tuple[str, ...]
    deepened_by: tuple[str, ...]
    says: str
    over: Any
    body: Callable[..., Term | Breach]
    figures: FigureNames
    provisos: list[Proviso] = field(default_factory=list)

    @property
    def id(self) -> str:
        item = f"({self.item})" if self.item else ""
        return f"{self.article.regulation}:{self.article.number}{item}.{self.code}"

    def judged(self, row: Row | None = None) -> Breach:
        """The breach with its provisos taken out, for a row of `over` or for the project."""
        args = (self.figures, row) if self.over is not None else (self.figures,)
        found = self.body(*args)
        when, facts = (found.when, found.facts) if isinstance(found, Breach) else (found, {})
        for proviso in self.provisos:
            when = when & ~proviso.body(*args)
        return Breach(when, facts)

    def condition(self) -> Term:
        """True when the project is in breach."""
        if self.over is None:
            return self.judged().when
        return Has(self.over, lambda row: self.judged(row).when, {})


@dataclass
class Proviso(Cited):
    """但书: when its condition holds, the rule is set aside, and the verdict says so."""

    rule: Rule
    body: Callable[..., Term]


@dataclass
class Duty(Cited):
    """Something owed by a day: it fills the work list; when late, a reminder that never blocks.

    `body(deed)` is asked after each act of `opens`: a day, an Owed, or None when nothing is owed."""

    title: str
    by: tuple[str, ...]
    within: str | None
    opens: tuple[str, ...]
    closes: tuple[str, ...]
    body: Callable[[Any], Any]


@dataclass(frozen=True)
class Owed:
    """One duty that an act opens: from when, about what (a contract's ref, say), and by when if not by the duty's period."""

    start: Any
    subject: str = ""
    due: Any = None


@dataclass
class Left(Cited):
    """Words that no program can judge, said aloud with the reason."""

    why: str


@dataclass
class ActSpec(Cited):
    """What an act is: who may perform it, in which stages, and where it leads."""

    title: str
    by: tuple[str, ...]
    at: tuple[int, ...] | None
    to: int | None
    keeps: Any
    scope: str
    cls: type[Any]
    opening: bool = False

    @property
    def title_en(self) -> str:
        return self.code.replace("-", " ").capitalize()


def dashed(name: str) -> str:
    """ApplyForAcceptance and used_before_accepted as permanent codes."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", name).replace("_", "-").lower()


def quotes_of(doc: str | None) -> tuple[str, ...]:
    """The quotations of a docstring: the lines of its first block."""
    block = inspect.cleandoc(doc or "").split("\n\n", 1)[0]
    return tuple(line.strip() for line in block.splitlines() if line.strip())


def checked(article: Article, item: int | None, doc: str | None, name: str) -> tuple[str, ...]:
    """The quotations, each checked. Raises Misquoted; a declaration without a quotation is misquoted too."""
    quotes = quotes_of(doc)
    if not quotes:
        raise ValueError(f"{name} 没有引用条文：文档字符串的第一段须为原文")
    for quote in quotes:
        article.check(quote, item)
    return quotes


def as_rows(rows: Rows) -> tuple[int, ...]:
    return (rows,) if isinstance(rows, int) else tuple(rows)


def codes(names: str | tuple[str, ...]) -> tuple[str, ...]:
    return (names,) if isinstance(names, str) else tuple(names)
