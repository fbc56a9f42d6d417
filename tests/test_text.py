"""The official text: word for word, sentence by sentence, its numbers as they stand, its digest held."""

from pathlib import Path

import pytest

from guicheng.law.act import Act
from guicheng.law.declare import HARD, quotes_of
from guicheng.law.fields import Line, field
from guicheng.law.regulation import Regulation
from guicheng.law.terms import term
from guicheng.law.text import Misquoted, Text, chinese_of, number_of, plain, read_text
from guicheng.ledger.digest import sm3
from guicheng.records.project import DutyOf
from guicheng.regulations import base

FOLDER = Path(base.__file__).parent / "huaian2023"
TEXT = read_text(FOLDER / "text.md", "huaian2023")

SMALL = """## 第一章 总则

### 第一条

第一句。第二句；第三句。

又一段。

### 第二条

引言

（一）第一项的话，共两句。其二。

（三）第三项：“引号”（括号）5%。
"""


def written(tmp_path: Path, body: str = SMALL, digest: str | None = None) -> Path:
    head = "title: 例\nnumber: 例〔2026〕1号\nissuer: 例局\ndate: 2026-01-01\nsource: 例\n"
    head += f"digest: {digest or 'sm3:' + sm3(body.encode())}\n"
    (tmp_path / "text.md").write_text(f"---\n{head}---\n{body}", encoding="utf8")
    (tmp_path / "parameters.yaml").write_text(
        'a.days: {title: 例, article: 1, unit: days, source: s, values: [{from: 2026-01-01, value: "1"}]}',
        encoding="utf8",
    )
    return tmp_path / "text.md"


@pytest.fixture
def small(tmp_path: Path) -> Text:
    return read_text(written(tmp_path), "example")


@pytest.fixture
def law(tmp_path: Path) -> Regulation:
    written(tmp_path)
    return Regulation("example", tmp_path, DutyOf)


# --- the text ---------------------------------------------------------------------------------------------------------


def test_sentences_are_numbered_in_their_item(small: Text) -> None:
    said = {s.key: s.words for s in small.sentences}
    assert said == {
        "1.1": "第一句。", "1.2": "第二句；", "1.3": "第三句。", "1.4": "又一段。", "2.1": "引言",
        "2(1).1": "第一项的话，共两句。", "2(1).2": "其二。", "2(3).1": "第三项：“引号”（括号）5%。",
    }  # fmt: skip
    assert small.articles[2].chapter == "第一章 总则"


def test_the_whole_regulation_is_read() -> None:
    assert list(TEXT.articles) == list(range(1, 24))
    assert TEXT.number == "淮审批发〔2023〕8号"
    assert TEXT.day.isoformat() == "2023-04-19"
    assert TEXT.articles[13].clause(1) == "第十三条(一)"
    assert [s.words for s in TEXT.articles[14].sentences][-1] == "保修期自项目竣工验收合格之日起不得少于2年。"
    assert {s.item for s in TEXT.articles[13].sentences} - {None} == {1, 2, 3, 4, 5}


def test_the_missing_item_is_a_placeholder_and_nothing_is_renumbered() -> None:
    twelve = TEXT.articles[12]
    assert {s.item for s in twelve.sentences} - {None} == {1, 2, 3, 4, 5}
    assert twelve.item_words(3) == "原文缺失"
    assert "工程监理" in twelve.item_words(4)
    assert "5%" in twelve.item_words(5)


@pytest.mark.parametrize("change", [("第一句", "第1句"), ("。", "。 "), ("5%", "6%"), ("\n\n又", "\n又")])
def test_a_changed_character_does_not_match_the_digest(tmp_path: Path, change: tuple[str, str]) -> None:
    path = written(tmp_path, SMALL.replace(*change), "sm3:" + sm3(SMALL.encode()))
    with pytest.raises(ValueError, match="摘要不符"):
        read_text(path, "example")


@pytest.mark.parametrize(
    ("number", "chinese"),
    [(1, "一"), (9, "九"), (10, "十"), (11, "十一"), (20, "二十"), (23, "二十三"), (99, "九十九")],
)
def test_chinese_numbers(number: int, chinese: str) -> None:
    assert chinese_of(number) == chinese
    assert number_of(chinese) == number


def test_every_number_below_a_hundred_comes_back() -> None:
    assert [number_of(chinese_of(n)) for n in range(1, 100)] == list(range(1, 100))


def test_white_space_and_width_are_folded_and_words_never() -> None:
    assert plain(" （一） 5％ \n ") == "(一)5%"
    assert plain("第一句") != plain("第壹句")


# --- quotations -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("article", "item", "quote"),
    [
        (1, None, "第一句。"), (1, None, "第二句；第三句。"), (1, None, "第一句…第三句"), (2, 1, "其二。"), (2, None, "其二。"),
        (2, 3, '第三项:“引号”(括号)5%'), (1, None, "第一 句 。"), (2, 1, "第一项的话，……其二。"),
    ],
)  # fmt: skip
def test_what_stands_there_may_be_quoted(small: Text, article: int, item: int | None, quote: str) -> None:
    small.articles[article].check(quote, item)


@pytest.mark.parametrize(
    ("article", "item", "quote"),
    [
        (1, None, "第一句，"), (1, None, "第四句。"), (1, None, "第一句…第四句"), (2, 3, "其二。"), (2, 1, "引言"),
        (1, None, "引言"), (2, 2, "其二。"), (2, 3, "第三项：「引号」"), (2, 3, "6%"),
    ],
)  # fmt: skip
def test_what_does_not_is_misquoted(small: Text, article: int, item: int | None, quote: str) -> None:
    with pytest.raises(Misquoted, match="没有这句原文"):
        small.articles[article].check(quote, item)


@pytest.mark.parametrize(
    ("quote", "claimed"),
    [
        ("第一句。", [1]), ("第二句；第三句。", [2, 3]), ("第一句…第三句", [1, 3]), ("一句", [1]),
        ("第一句。第二句；第三句。又一段。", [1, 2, 3, 4]),
    ],
)  # fmt: skip
def test_a_quotation_claims_the_sentences_it_lies_in_or_covers(small: Text, quote: str, claimed: list[int]) -> None:
    assert [s.index for s in small.articles[1].claimed_by(quote, None)] == claimed


def test_a_quotation_in_an_item_claims_nothing_elsewhere(small: Text) -> None:
    assert [s.key for s in small.articles[2].claimed_by("其二。", 1)] == ["2(1).2"]


# --- declarations ----------------------------------------------------------------------------------------------------


def test_only_the_first_block_of_a_docstring_is_law() -> None:
    assert quotes_of("第一句。\n    第三句。\n\n    A comment.\n") == ("第一句。", "第三句。")
    assert quotes_of(None) == quotes_of("\n\n") == ()


def test_a_misquoted_act_is_not_declared(law: Regulation) -> None:
    with pytest.raises(Misquoted, match="第一条 没有这句原文"):

        @law.act("例", law.article(1), row=1, by="legal")
        class Wrong(Act):
            """第一句话。"""

    assert law.acts == {}


def test_an_act_without_law_is_not_declared(law: Regulation) -> None:
    with pytest.raises(ValueError, match="没有引用条文"):

        @law.act("例", law.article(1), row=1, by="legal")
        class Silent(Act):
            name: Line = field("名称")

    assert law.acts == {}


def test_a_misquoted_rule_duty_or_reason_is_not_declared(law: Regulation) -> None:
    def misquoted(*_: object) -> object:
        """第九句。"""
        return term(True)

    one = law.article(1)
    with pytest.raises(Misquoted):
        law.rule(one, row=1, force=HARD, cure="x")(misquoted)
    with pytest.raises(Misquoted):
        law.duty("例", one, row=1, by="legal", opens="a", closes="b")(misquoted)
    with pytest.raises(Misquoted):
        law.left_to_people(one, row=1, quote="第九句。", why="x")
    assert (law.rules, law.duties, law.left) == ({}, {}, [])


def test_a_code_is_given_once(law: Regulation) -> None:
    def same_code(*_: object) -> object:
        """第一句。"""
        return term(True)

    declare = law.rule(law.article(1), row=1, force=HARD, cure="x")
    assert declare(same_code).id == "example:1.same-code"
    with pytest.raises(ValueError, match="重复"):
        declare(same_code)


def test_a_rule_that_names_an_unknown_figure_is_not_declared(law: Regulation) -> None:
    def unknown_figure(p: object) -> object:
        """第一句。"""
        return p.b_days < 1  # type: ignore[attr-defined]  # that is the test

    with pytest.raises(AttributeError, match="b_days"):
        law.rule(law.article(1), row=1, force=HARD, cure="x")(unknown_figure)
