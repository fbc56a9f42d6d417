"""The official text of a regulation, and the check that a quotation stands in it word for word."""

import hashlib
import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path

import yaml

DIGITS = "一二三四五六七八九"
ARTICLE = re.compile(r"^### 第([一二三四五六七八九十]+)条$")
CHAPTER = re.compile(r"^## (第[一二三四五六七八九十]+章 .+)$")
ITEM = re.compile(r"^（([一二三四五六七八九十]+)）")


class Misquoted(Exception):
    """A declaration quotes words that do not stand in the article it names."""


def number_of(chinese: str) -> int:
    """The integer of a Chinese numeral below one hundred: 二十三 is 23."""
    tens, mark, ones = chinese.partition("十")
    if not mark:
        return DIGITS.index(chinese) + 1
    return (DIGITS.index(tens) + 1 if tens else 1) * 10 + (DIGITS.index(ones) + 1 if ones else 0)


def chinese_of(number: int) -> str:
    """The Chinese numeral of an integer from 1 to 99: 23 is 二十三."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else DIGITS[tens - 1] + "十"
    return head + (DIGITS[ones - 1] if ones else "")


def plain(words: str) -> str:
    """Words without white space, full-width punctuation folded: scans differ in both, never in words."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", words))


@dataclass(frozen=True)
class Sentence:
    """One sentence of the text, the unit that something must carry out."""

    article: int
    item: int | None
    index: int
    words: str

    @property
    def key(self) -> str:
        item = f"({self.item})" if self.item else ""
        return f"{self.article}{item}.{self.index}"


@dataclass
class Article:
    """One article: its chapter, its sentences, and what was declared to carry them out."""

    regulation: str
    number: int
    chapter: str
    sentences: list[Sentence] = field(default_factory=list)

    @cached_property
    def words(self) -> str:
        return plain("".join(s.words for s in self.sentences))

    def item_words(self, item: int | None) -> str:
        """The words that may be quoted for this item, or for the whole article when item is None."""
        if item is None:
            return self.words
        return plain("".join(s.words for s in self.sentences if s.item == item))

    def clause(self, item: int | None = None) -> str:
        """The citation as officials write it: 第十三条(一)."""
        tail = f"({chinese_of(item)})" if item else ""
        return f"第{chinese_of(self.number)}条{tail}"

    def check(self, quote: str, item: int | None = None) -> None:
        """Raise Misquoted unless each part of quote (parts joined by …) stands word for word in the item."""
        words = self.item_words(item)
        for part in filter(None, map(plain, re.split("…+", quote))):
            if part not in words:
                raise Misquoted(f"{self.clause(item)} 没有这句原文：“{part}”")

    def claimed_by(self, quote: str, item: int | None) -> list[Sentence]:
        """The sentences that a quotation, already checked, lies in or covers."""
        parts = [p for p in map(plain, re.split("…+", quote)) if p]
        found = []
        for s in self.sentences:
            words = plain(s.words)
            if (item is None or s.item == item) and any(p in words or words in p or _overlap(p, words) for p in parts):
                found.append(s)
        return found


def _overlap(part: str, words: str) -> bool:
    """A quotation that runs over the end of one sentence into the next claims both."""
    return any(part[:n] == words[-n:] or part[-n:] == words[:n] for n in range(6, min(len(part), len(words))))


@dataclass
class Text:
    """The whole text with its number, issuer, date and digest."""

    title: str
    number: str
    issuer: str
    day: date
    digest: str
    source: str
    articles: dict[int, Article]

    @property
    def sentences(self) -> list[Sentence]:
        return [s for a in self.articles.values() for s in a.sentences]


def sentences_of(article: int, item: int | None, paragraph: str, start: int) -> list[Sentence]:
    """Split a paragraph after 。 and ； into sentences numbered from start."""
    pieces = [p for p in re.split(r"(?<=[。；])", paragraph) if p.strip()]
    return [Sentence(article, item, start + i, p) for i, p in enumerate(pieces)]


def read_text(path: Path, regulation: str) -> Text:
    """Read text.md. Raises ValueError when the digest in its head is not that of its body."""
    _, head, body = path.read_text(encoding="utf8").split("---\n", 2)
    about = yaml.safe_load(head)
    digest = "sm3:" + hashlib.new("sm3", body.encode()).hexdigest()
    if digest != about["digest"]:
        raise ValueError(f"{path.name} 的正文与其摘要不符，应为 {digest}")
    articles: dict[int, Article] = {}
    chapter, current, item = "", None, None
    for block in filter(None, (p.strip() for p in body.split("\n\n"))):
        paragraph = block
        if found := CHAPTER.match(paragraph):
            chapter = found[1]
        elif found := ARTICLE.match(paragraph):
            number, item = number_of(found[1]), None
            current = articles[number] = Article(regulation, number, chapter)
        elif current:
            if found := ITEM.match(paragraph):
                item, paragraph = number_of(found[1]), paragraph[found.end() :]
            start = 1 + sum(s.item == item for s in current.sentences)
            current.sentences += sentences_of(current.number, item, paragraph, start)
    return Text(about["title"], about["number"], about["issuer"], about["date"], digest, about["source"], articles)
