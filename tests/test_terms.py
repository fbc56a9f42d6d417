"""Terms become SQL that keeps the order of what was written, and nests no deeper than it must."""

from guicheng.law.terms import Render, Term, term
from guicheng.records.project import Project
from guicheng.regulations.base import regulation


def sql(t: Term) -> str:
    return t.sql(Render("sqlite", regulation().figures, Project))


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
