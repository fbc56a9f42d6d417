"""Promise 1: the words and the code are one page."""

import pytest

from guicheng.law.declare import ActSpec, Duty, Force, Left, Proviso, Rule
from guicheng.regulations.base import regulation
from guicheng.regulations.coverage import by_row, by_sentence, rows

LAW = regulation()
FORCE_OF = {"H": {Force.HARD}, "H*": {Force.EXEMPTABLE, Force.HARD}, "S": {Force.EXPLAIN, Force.EXEMPTABLE, Force.HARD}}


def test_every_sentence_is_claimed() -> None:
    unclaimed = [f"{s.key} {s.words}" for s in LAW.text.sentences if not by_sentence(LAW)[s.key]]
    assert unclaimed == []


def test_every_row_of_the_clause_table_is_answered() -> None:
    assert [n for n, found in by_row(LAW).items() if not found] == []


def test_rows_stand_word_for_word_in_their_article() -> None:
    for row in rows(LAW.id):
        LAW.article(row.article).check(row.quote, row.item)


@pytest.mark.parametrize("row", rows(LAW.id), ids=lambda r: str(r.number))
def test_a_row_is_held_as_strictly_as_the_table_says(row: object) -> None:
    """H, H*, S: a rule of that force or stricter. An act alone is enough only where a person judges or it cannot be
    left out; then the row is in BY_ACT with the reason."""
    found = by_row(LAW)[row.number]  # type: ignore[attr-defined]
    forces = {r.force for r in found if isinstance(r, Rule)}
    demanded = [f for f in row.force if f in FORCE_OF]  # type: ignore[attr-defined]
    if row.number in BY_ACT:  # type: ignore[attr-defined]
        assert any(isinstance(f, ActSpec | Duty | Left | Proviso) for f in found)
        assert not (demanded and forces & FORCE_OF[demanded[0]]), "这一行已有规则，请从 BY_ACT 中删去"
        return
    for force in demanded[:1]:
        assert forces & FORCE_OF[force], f"{row} 应有强度为 {force} 的规则，现有 {[str(f) for f in forces]}"


BY_ACT: dict[int, str] = {}
"""Rows that an act answers by its own form or roles, with the reason why no rule is needed."""
