"""The text of a regulation as a book with its margin. What belongs to the regulation is written once in each language; what a
reader may count is put in for each page, at the places of the rules."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import groupby
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from guicheng.law.declare import ActSpec, Cited, Duty, Left, Proviso, Rule
from guicheng.law.regulation import Regulation
from guicheng.law.text import Article, Sentence
from guicheng.portfolio.clauses import Tally
from guicheng.regulations.base import regulation
from guicheng.regulations.coverage import by_sentence
from guicheng.web.spoken import ENGLISH

MARK = "\0"
"""Stands on both sides of a rule's id where its tally goes: in no text of a page."""


@dataclass
class Shown:
    """A sentence with what carries it out, kind by kind."""

    sentence: Sentence
    acts: list[ActSpec] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    duties: list[Duty] = field(default_factory=list)
    provisos: list[Proviso] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)

    def add(self, one: Cited) -> None:
        match one:
            case ActSpec():
                self.acts.append(one)
            case Rule():
                self.rules.append(one)
            case Duty():
                self.duties.append(one)
            case Proviso():
                self.provisos.append(one)
            case Left():
                self.left.append(one)


def _article(article: Article, claims: dict[str, list[Cited]]) -> dict[str, Any]:
    """One article for the page: its items, each with its anchor and its sentences."""
    items: list[dict[str, Any]] = []
    for sentence in article.sentences:
        if not items or items[-1]["item"] != sentence.item:
            anchor = f"a{article.number}" + (f"-{sentence.item}" if sentence.item else "")
            first = anchor not in {i["anchor"] for i in items}
            items.append({"item": sentence.item, "anchor": anchor if first else "", "sentences": []})
        shown = Shown(sentence)
        for one in claims[sentence.key]:
            shown.add(one)
        items[-1]["sentences"].append(shown)
    numbered = [i for i in items if i["item"]]
    if numbered and items[0]["item"]:
        items[0]["also"] = f"a{article.number}"
    return {"number": article.number, "clause": article.clause(), "chapter": article.chapter, "items": items}


def book(law: Regulation, tallies: dict[str, Tally]) -> SafeString:
    """The contents and all articles; beside each rule, how the projects that a reader may see stand on it, if any are given."""
    english = ENGLISH.get()
    parts = list(_pieces(law.id, english))
    parts[1::2] = [_tally(id, tallies[id], english) if id in tallies else "" for id in parts[1::2]]
    return mark_safe("".join(parts))  # templates made each of them


@cache
def _pieces(regulation_id: str, english: bool) -> tuple[str, ...]:
    """The book in one language, cut at its rules: words and the id of a rule by turns."""
    law = regulation(regulation_id)
    claims = by_sentence(law)
    articles = [_article(a, claims) for a in law.text.articles.values()]
    chapters = [(c, list(within)) for c, within in groupby(articles, lambda a: a["chapter"])]
    page = {"articles": articles, "chapters": chapters, "mark": MARK}
    return tuple(render_to_string("regulation/book.html", page).split(MARK))


@lru_cache(maxsize=4096)
def _tally(rule: str, tally: Tally, english: bool) -> str:
    """The numbers of one rule as links to their lists; nothing where every project keeps it."""
    if tally.silent:
        return ""
    page = {"rule": rule, "tally": tally}
    return render_to_string("regulation/tally.html", page).rstrip()
