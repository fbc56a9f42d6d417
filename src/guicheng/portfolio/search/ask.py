"""Asks the index: which projects may have these words, which are found best, which are most like a text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from guicheng.ledger.feed import last
from guicheng.ledger.sequence import changed_since, sequence
from guicheng.portfolio.search.index import Busy, Page, installed, opened, page
from guicheng.portfolio.search.terms import asked, words
from guicheng.portfolio.search.write import bring

MOST = 10_000
"""Beyond so many projects a word narrows nothing worth while: the database finds a page of them without reading far."""
FEW = 1000
"""So many new entries are read into the index on the way; more wait for `guicheng index`."""
RAREST = 12
COMMON_ONE_IN, FEWEST = 4, 10
"""A word of every fourth project says nothing about likeness, but in ten projects any word may."""
WORDS = 5
"""So many words of a question count, as in the list of projects."""


@dataclass(frozen=True)
class Sieve:
    """Which projects may have all words: those keys, and the codes of projects changed since; None: any may.

    `behind`: how many entries the index does not know of, where these are too many to be looked at one by one."""

    keys: list[int] | None = None
    recent: tuple[str, ...] = ()
    behind: int = 0


def sieve(text: str) -> Sieve | None:
    """What the words of a question leave over; None where there is no index. What passes may still not fit: it is the
    database that decides. What does not pass fits in no case, unless the index is behind."""
    if not text.split() or (found := ready()) is None:
        return None
    current, recent, behind = found
    index = opened(current)
    searcher, rare = index.searcher(), []
    for word in text.split()[:WORDS]:
        terms = asked(word)
        if terms and min(searcher.doc_freq("pieces", t) for t in terms) <= MOST:
            rare += terms
    if not rare:
        return Sieve(None, recent, behind)
    hits = searcher.search(_all_of(index, rare), MOST + 1, count=False, order_by_field="key").hits
    return Sieve([key for key, _ in hits] if len(hits) <= MOST else None, recent, behind)


def ready() -> tuple[Page, tuple[str, ...], int] | None:
    """The index as it can be asked now, brought to the present where little is new and nobody else writes."""
    if not installed() or (found := page()) is None:
        return None
    sequence()
    behind = last() - found.position
    if behind > FEW:
        return found, (), behind
    if behind:
        try:
            bring()
            found = page() or found
        except Busy:
            return found, tuple(sorted(changed_since(found.position))), 0
    return found, (), 0


def ranked(text: str, limit: int) -> list[int] | None:
    """The keys of projects that may have all words, the best first: short texts and rare words count more."""
    terms = [t for word in text.split()[:WORDS] for t in asked(word)]
    if not terms or (found := ready()) is None:
        return None
    index = opened(found[0])
    searcher = index.searcher()
    hits = searcher.search(_all_of(index, terms), limit, count=False).hits
    return _keys(searcher, hits)


def similar(text: str, limit: int, beside: int = 0) -> list[int]:
    """The keys of the projects most like a text, by the rarest of its words; not the one with the key `beside`.

    Where there is no index, none."""
    if not installed() or (found := page()) is None:
        return []
    import tantivy

    index = opened(found)
    searcher = index.searcher()
    common = max(searcher.num_docs // COMMON_ONE_IN, FEWEST)
    known = sorted((n, w) for w in words(text) if 0 < (n := searcher.doc_freq("words", w)) <= common)[:RAREST]
    if not known:
        return []
    query = tantivy.Query.boolean_query(
        [(tantivy.Occur.Should, tantivy.Query.term_query(index.schema, "words", w, "freq")) for _, w in known],
    )
    keys = _keys(searcher, searcher.search(query, limit + 1, count=False).hits)
    return [key for key in keys if key != beside][:limit]


def _all_of(index: Any, terms: list[str]) -> Any:
    from tantivy import Occur, Query

    return Query.boolean_query(
        [(Occur.Must, Query.term_query(index.schema, "pieces", t, "basic")) for t in dict.fromkeys(terms)]
    )


def _keys(searcher: Any, hits: list[Any]) -> list[int]:
    return [int(key) for key in searcher.fast_field_values("key", [at for _, at in hits])]
