"""Terms as SQL on the database at hand: three values, and an order that stays as it was written."""

import pytest

from guicheng.law.terms import Constant, Render, Term, term
from guicheng.law.words import here
from guicheng.records.project import Project
from tests.support.terms import LAW, TRUTH, UNKNOWN, truth

pytestmark = pytest.mark.django_db


# --- three values -----------------------------------------------------------------------------------------------------


def both(a: bool | None, b: bool | None) -> bool | None:
    return False if False in (a, b) else None if None in (a, b) else True


@pytest.mark.parametrize("a", TRUTH)
@pytest.mark.parametrize("b", TRUTH)
def test_and_or_not_are_three_valued(a: bool | None, b: bool | None) -> None:
    assert truth(TRUTH[a] & TRUTH[b]) is both(a, b)
    opposite = {True: False, False: True, None: None}
    assert truth(TRUTH[a] | TRUTH[b]) is opposite[both(opposite[a], opposite[b])]
    assert truth(~TRUTH[a]) is opposite[a]


@pytest.mark.parametrize("compare", ["__eq__", "__ne__", "__lt__", "__le__", "__gt__", "__ge__"])
def test_a_comparison_with_what_is_not_known_is_unknown(compare: str) -> None:
    assert truth(getattr(Constant(5), compare)(UNKNOWN)) is None
    assert truth(getattr(Constant(5), compare)(5)) is getattr(5, compare)(5)


def test_missing_and_present_are_never_unknown() -> None:
    assert [truth(UNKNOWN.missing), truth(UNKNOWN.present), truth(term(1).missing), truth(term(1).present)] == [
        True,
        False,
        False,
        True,
    ]
    assert truth(UNKNOWN.otherwise(7) == 7) is True


def test_a_chain_of_conditions_of_any_length_is_one_statement() -> None:
    long = Constant(1) == 1
    for i in range(300):
        long = long & (Constant(i) == i)
    assert truth(long) is True
    assert truth(long & (UNKNOWN == 1)) is None


def test_mixed_chains_keep_their_brackets() -> None:
    yes, no = TRUTH[True], TRUTH[False]
    assert truth((yes | no) & no) is False
    assert truth(yes | (no & no)) is True
    assert truth(((no & no) | yes) & yes) is True
    assert truth(((Constant(2) + 3) * 4) == 20) is True
    assert truth((Constant(10) - 3 - 2) == 5) is True
    assert truth((Constant(17) % 5) == 2) is True


def test_a_condition_has_no_truth_in_python() -> None:
    with pytest.raises(TypeError, match="真假"):
        bool(here.stage == 1)
    with pytest.raises(TypeError):
        _ = 1 < here.stage < 3


@pytest.mark.parametrize("words", ["普通", "O'Brien", "百分之%s", "100%", ":day", "%(day)s", "a\\b", '"', "；--", "𠮷"])
def test_words_stand_in_a_rule_as_they_are(words: str) -> None:
    assert truth((Constant(words) == words) & Constant(words).among("别的", words)) is True


# --- shape of the SQL -------------------------------------------------------------------------------------------------


def sql(t: Term) -> str:
    return t.sql(Render("sqlite", LAW.figures, Project))


def test_a_chain_of_and_or_or_is_flat() -> None:
    t = term(True)
    assert sql(t & t & t & t) == "(TRUE AND TRUE AND TRUE AND TRUE)"
    assert sql(t | t | t) == "(TRUE OR TRUE OR TRUE)"


def test_brackets_stay_where_they_change_the_meaning() -> None:
    t = term(True)
    assert sql((t | t) & t) == "((TRUE OR TRUE) AND TRUE)"
    assert sql(t & (t & t)) == "(TRUE AND (TRUE AND TRUE))"
    assert sql((term(3) - 2) - 1) == "((3 - 2) - 1)"
    assert sql(~(t & t)) == "(NOT (TRUE AND TRUE))"
