"""What a text is indexed by: its pieces of two and three characters for finding, its words for likeness."""

from __future__ import annotations

from operator import add


def pieces(text: str) -> set[str]:
    """All pieces of two and of three characters without a blank. Case does not count."""
    found: set[str] = set()
    for run in text.lower().split():
        two = list(map(add, run, run[1:]))
        found.update(two)
        found.update(map(add, two, run[2:]))
    return found


def asked(word: str) -> list[str]:
    """The pieces that every text with this word has; none for a single character, which narrows nothing."""
    word = word.lower()
    if len(word) <= 3:
        return [word] if len(word) > 1 else []
    return [word[i : i + 3] for i in range(len(word) - 2)]


def words(text: str) -> set[str]:
    """The words of a text, longer ones with those inside them; single characters and signs say nothing about likeness."""
    import rjieba

    return {w for w in rjieba.cut_for_search(text.lower()) if len(w) > 1 and w.isalnum()}
