"""Data of acts: a field's own bounds hold beside those of its type, and words may be looked for inside a text."""

from typing import Any

import pytest
from pydantic import ValidationError

from guicheng.law.fields import Count, Line, Months, Papers, RowData, field
from guicheng.law.terms import Constant, Render
from guicheng.regulations.base import regulation

PAPER = "sm3:" + "1" * 64


class Narrow(RowData):
    share: Count = field("比例", le=100)
    first: Count = field("序号", ge=1)
    wide: Months = field("期间", le=9999)
    name: Line = field("名称", max_length=4)
    papers: Papers = field("附件", max_length=1)


GOOD: dict[str, Any] = {"share": 100, "first": 1, "wide": 600, "name": "四个字整", "papers": [PAPER]}


def test_bounds_of_the_field_are_held() -> None:
    assert Narrow(**GOOD).share == 100


@pytest.mark.parametrize(
    "beyond",
    [{"share": 101}, {"first": 0}, {"name": "五个字不行"}, {"name": ""}, {"papers": [PAPER, PAPER]}, {"papers": []}],
)
def test_one_beyond_the_bound_is_refused(beyond: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Narrow(**GOOD | beyond)


def test_a_field_cannot_loosen_its_type() -> None:
    with pytest.raises(ValidationError):
        Narrow(**GOOD | {"wide": 601})


def test_words_are_looked_for_as_they_stand() -> None:
    found = Constant("系统集成资质").contains("系统集成")
    figures = regulation().figures
    assert found.sql(Render("sqlite", figures, None)) == "('系统集成资质' LIKE '%系统集成%')"
    assert found.sql(Render("postgresql", figures, None)) == "('系统集成资质' LIKE '%%系统集成%%')"


@pytest.mark.parametrize("words", ["", "100%", "a_b", "'"])
def test_signs_that_like_reads_otherwise_are_refused(words: str) -> None:
    with pytest.raises(ValueError, match="包含判断"):
        Constant("x").contains(words)
