"""Wrong data of every kind: one Chinese sentence for each field that does not fit, and nothing else; history is lenient."""

import re
from typing import Any, Literal

import pytest

from guicheng.door.data import as_data, as_day, storable, validated
from guicheng.door.outcome import Wrong
from guicheng.law.act import Act, lenient
from guicheng.law.declare import ActSpec
from guicheng.law.fields import (
    MOST_MONEY,
    Count,
    Day,
    Line,
    Money,
    Months,
    Paper,
    Papers,
    PersonName,
    Ref,
    RowData,
    Words,
    field,
)
from guicheng.people.roles import Role
from guicheng.regulations.base import regulation

PAPER = "sm3:" + "0" * 64


class Part(RowData):
    name: Line = field("名称")
    amount: Money = field("金额")
    kind: Literal["a", "b"] = field("种类", default="a")


class Sample(Act):
    """Every kind of field."""

    name: Line = field("名称")
    number: Ref = field("编号")
    text: Words = field("说明")
    amount: Money = field("金额")
    signed: Day = field("日期")
    months: Months = field("月数")
    count: Count = field("数量", ge=1)
    kind: Literal["main", "other"] = field("种类")
    role: Role = field("身份", strict=False)
    agreed: bool = field("是否同意")
    paper: Paper = field("文件")
    papers: Papers = field("附件")
    who: PersonName = field("何人")
    parts: list[Part] = field("分项", min_length=1, max_length=3)
    note: Words | None = field("备注", default=None)
    more: list[Part] | None = field("其他分项", default=None)
    sets: dict[str, str] = field("数值", default={})


Sample.spec = ActSpec(**regulation().acts["attach-paper"].__dict__ | {"cls": Sample, "code": "sample"})

GOOD: dict[str, Any] = {
    "name": "受理平台", "number": "HT-1", "text": "说明", "amount": 100, "signed": "2026-06-02", "months": 24, "count": 1, "kind": "main",
    "role": "legal", "agreed": True, "paper": PAPER, "papers": [PAPER], "who": "张三", "parts": [{"name": "甲", "amount": 5}],
}  # fmt: skip


def errors(data: Any, history: bool = False) -> dict[str, list[str]]:
    with pytest.raises(Wrong) as wrong:
        validated(Sample.spec, data, history)
    found: dict[str, list[str]] = wrong.value.parts["errors"]
    return found


def test_good_data_come_back_as_they_were() -> None:
    kept = as_data(validated(Sample.spec, GOOD, False))
    assert kept == GOOD | {"parts": [{"name": "甲", "amount": 5, "kind": "a"}], "sets": {}}
    assert as_data(validated(Sample.spec, kept, False)) == kept


def test_spaces_around_words_are_dropped() -> None:
    assert validated(Sample.spec, GOOD | {"name": "  受理平台 \n"}, False).model_dump()["name"] == "受理平台"


WRONG: list[tuple[str, Any, str, str]] = [
    ("amount", -1, "amount", "不得小于 0"),
    ("amount", 1.5, "amount", "应为整数（金额以分为单位，不带小数点）"),
    ("amount", 1.0, "amount", "应为整数（金额以分为单位，不带小数点）"),
    ("amount", "100", "amount", "应为整数（金额以分为单位，不带小数点）"),
    ("amount", True, "amount", "应为整数（金额以分为单位，不带小数点）"),
    ("amount", None, "amount", "应为整数（金额以分为单位，不带小数点）"),
    ("amount", MOST_MONEY + 1, "amount", f"不得大于 {MOST_MONEY}"),
    ("amount", 10**30, "amount", "不得大于"),
    ("amount", float("nan"), "amount", "应为整数"),
    ("amount", float("inf"), "amount", "应为整数"),
    ("signed", "1900-01-01", "signed", "不得小于 2000-01-01"),
    ("signed", "2100-01-01", "signed", "不得大于 2099-12-31"),
    ("signed", "2026-02-30", "signed", "没有这样的日期，应写作 2026-06-02"),
    ("signed", "2026/06/02", "signed", "没有这样的日期，应写作 2026-06-02"),
    ("signed", "6月2日", "signed", "没有这样的日期，应写作 2026-06-02"),
    ("signed", "2026-06-02T08:00:00", "signed", "日期"),
    ("signed", 20260602, "signed", "应为日期，如 2026-06-02"),
    ("months", 601, "months", "不得大于 600"),
    ("count", 0, "count", "不得小于 1"),
    ("kind", "mian", "kind", "只能是 'main'、'other' 之一"),
    ("role", "boss", "role", "只能是"),
    ("agreed", "yes", "agreed", "应为是或否（true 或 false）"),
    ("agreed", 1, "agreed", "应为是或否（true 或 false）"),
    ("name", "", "name", "不能为空"),
    ("name", " \n ", "name", "不能为空"),
    ("name", "长" * 201, "name", "不得超过200个字"),
    ("name", "长" * 1_000_000, "name", "不得超过200个字"),
    ("name", 5, "name", "应为文字"),
    ("name", ["甲"], "name", "应为文字"),
    ("text", "字" * 4001, "text", "不得超过4000个字"),
    ("paper", "sm3:123", "paper", "格式不符"),
    ("paper", "md5:" + "0" * 64, "paper", "格式不符"),
    ("papers", [], "papers", "至少要有 1 项"),
    ("papers", [PAPER] * 201, "papers", "最多 200 项"),
    ("papers", PAPER, "papers", "应为列表"),
    ("papers", [PAPER, "x"], "papers.1", "格式不符"),
    ("parts", [], "parts", "至少要有 1 项"),
    ("parts", [{"name": "甲", "amount": 5}] * 4, "parts", "最多 3 项"),
    ("parts", [{"name": "甲", "amount": 5}, {"name": "乙", "amount": -5}], "parts.1.amount", "不得小于 0"),
    ("parts", [{"name": "甲", "amount": 5, "price": 3}], "parts.0.price", "没有这个栏目，请删去"),
    ("parts", [{"name": "甲", "amount": 5, "kind": "c"}], "parts.0.kind", "只能是 'a'、'b' 之一"),
    ("parts", ["甲"], "parts.0", "应为一组栏目"),
    ("more", [{"name": ""}], "more.0.name", "不能为空"),
    ("sets", {"a": 1}, "sets.a", "应为文字"),
    ("unknown", 1, "unknown", "没有这个栏目，请删去"),
    ("Unknown", 1, "Unknown", "没有这个栏目，请删去"),
    ("栏目", 1, "栏目", "没有这个栏目，请删去"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "value", "at", "words"), WRONG, ids=lambda v: str(v)[:20])
def test_each_field_that_does_not_fit_has_its_sentence(name: str, value: Any, at: str, words: str) -> None:
    found = errors(GOOD | {name: value})
    assert at in found
    assert words in found[at][0]
    said = "".join(w for ws in found.values() for w in ws)
    assert len(said) < 600
    assert not re.search(r"[Ii]nput|should|valid", said)


def test_what_is_missing_is_named() -> None:
    found = errors({})
    assert set(found) == set(GOOD)
    assert all(words == ["必须填写"] for words in found.values())


def test_all_that_is_wrong_is_said_at_once() -> None:
    assert set(errors(GOOD | {"amount": -1, "signed": "x", "extra": 1})) == {"amount", "signed", "extra"}


def deep(levels: int) -> Any:
    found: Any = "x"
    for _ in range(levels):
        found = [found]
    return found


@pytest.mark.parametrize(
    "data",
    [None, [], "text", 5, True, [GOOD], {"name": {1, 2}}, {"name": b"x"}, {"name": object()}, {"name": deep(100_000)},
     {"name": 10**5000}, {"sets": {"a": deep(1000)}}],
    ids=lambda v: type(v).__name__,
)  # fmt: skip
def test_what_is_no_set_of_fields_is_one_sentence(data: Any) -> None:
    found = errors(data)
    assert found
    assert all(len("".join(words)) < 100 for words in found.values())


@pytest.mark.parametrize("text", ["\ud800", "a\udfffb", "a\0b", "\0"])
@pytest.mark.parametrize("at", ["name", "parts", "sets", "key"])
def test_text_that_no_database_holds_is_refused(text: str, at: str) -> None:
    inside: dict[str, Any] = {"name": text, "parts": [{"name": text, "amount": 5}], "sets": {text: "1"}}
    more = {text: 1} if at == "key" else {at: inside[at]}
    assert "不能存放的字符" in errors(GOOD | more)["data"][0]
    assert not storable(text)


@pytest.mark.parametrize("text", ["𠮷田", "😀", "a\tb", "O'Brien; DROP TABLE", "<script>", "％ʼ—", "\u202e反"])
def test_unusual_but_real_text_is_kept_as_it_is(text: str) -> None:
    assert validated(Sample.spec, GOOD | {"text": text}, False).model_dump()["text"] == text


# --- history ----------------------------------------------------------------------------------------------------------


def test_history_may_leave_every_fact_open() -> None:
    act = validated(Sample.spec, {}, True)
    assert act.spec is Sample.spec
    assert act.model_dump() == dict.fromkeys(GOOD) | {"papers": [], "parts": [], "note": None, "more": None, "sets": {}}
    assert as_data(act) == {"papers": [], "parts": [], "sets": {}}


@pytest.mark.parametrize("name", [*GOOD, "note", "more", "sets"])
def test_history_may_say_that_a_fact_is_unknown(name: str) -> None:
    act = validated(Sample.spec, GOOD | {name: None}, True)
    again = validated(Sample.spec, as_data(act), True)
    assert getattr(again, name) in (None, [], {})


def test_history_may_leave_facts_of_a_row_open() -> None:
    act = validated(Sample.spec, {"parts": [{"name": "甲"}, {"amount": None}, {}], "more": [{}]}, True)
    rows = [p.model_dump() for p in getattr(act, "parts")]  # noqa: B009  # Act has no such field to a type checker
    nothing = {"name": None, "amount": None, "kind": "a"}
    assert rows == [nothing | {"name": "甲"}, nothing, nothing]
    assert as_data(act)["more"] == [{"kind": "a"}]


STILL_WRONG = [w for w in WRONG if w[1] is not None and w[1] != [] and w[2] != "parts"]
"""How many rows there were may be unknown."""


@pytest.mark.parametrize(("name", "value", "at", "words"), STILL_WRONG, ids=lambda v: str(v)[:20])
def test_what_history_does_say_must_still_be_right(name: str, value: Any, at: str, words: str) -> None:
    assert words in errors(GOOD | {name: value}, history=True)[at][0]


def test_the_lenient_class_is_made_once_and_changes_nothing_of_the_act() -> None:
    assert lenient(Sample) is lenient(Sample)
    assert Sample.model_fields["name"].is_required()
    assert issubclass(lenient(Sample), Sample)


@pytest.mark.parametrize("code", regulation().acts)
def test_every_act_can_be_recorded_with_nothing_known(code: str) -> None:
    spec = regulation().acts[code]
    data = as_data(validated(spec, {}, True))
    assert as_data(validated(spec, data, True)) == data


# --- business days ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "value",
    ["2026-02-30", "1999-12-31", "2100-01-01", "1900-01-01", "20260602", "2026-W01-1", "", "今天",
     None, 5, 1.5, [], "2026-6-2", " 2026-06-02"],
)  # fmt: skip
def test_impossible_business_days(value: Any) -> None:
    with pytest.raises(Wrong) as wrong:
        as_day(value, "on")
    assert list(wrong.value.parts["errors"]) == ["on"]


@pytest.mark.parametrize("value", ["2000-01-01", "2099-12-31", "2024-02-29"])
def test_possible_business_days(value: str) -> None:
    assert as_day(value, "on").isoformat() == value
