"""Act lines in: strict reading, resuming, trials that leave nothing."""

import io
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from guicheng.door.models import Attempt
from guicheng.exchange import intake
from guicheng.exchange.export import export
from guicheng.exchange.intake import survey, take_in
from guicheng.exchange.lines import Unreadable, read_lines
from guicheng.exchange.strict import DEEPEST
from guicheng.ledger.models import Erasable
from guicheng.records.project import Project
from tests.support.door import everything
from tests.support.lines import LINES, PAPER, file_of, line, taken, words

# --- reading -----------------------------------------------------------------------------------------------------------

GOOD = {"project": "HA-1", "act": "attach-paper", "by": "li.wei", "on": "2025-06-04", "data": PAPER}


def errors_of(raw: bytes, history: bool = False) -> dict[str, list[str]]:
    (one,) = read_lines(io.BytesIO(raw), history)
    assert one.request is None
    assert one.refusal["outcome"] == "invalid"
    assert one.refusal["line"] == 1
    return one.errors


@pytest.mark.parametrize(
    ("raw", "field", "word"),
    [
        (b"{", "line", "JSON"),
        (b"[1]", "line", "对象"),
        (b'"x"', "line", "对象"),
        (b"null", "line", "对象"),
        (b'{"project": "A", "project": "B"}', "line", "写了两次"),
        (b'{"data": {"a": NaN}}', "line", "NaN"),
        (b'{"data": {"a": Infinity}}', "line", "Infinity"),
        (b'{"data": {"a": ' + b"9" * 5000 + b"}}", "line", "数字"),
        (b'{"data": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "line", "嵌套过深"),
        ("{“project”: 1}".encode(), "line", "JSON"),
        (json.dumps(GOOD, ensure_ascii=False).encode("gbk"), "line", "GBK"),
        (b'{"project": "\xff\xff"}', "line", "UTF-8"),
        (b"{" + b" " * (9 * 2**20) + b"}", "line", "MB"),
    ],
    ids=lambda v: v[:20] if isinstance(v, bytes | str) else None,
)
def test_a_line_that_is_no_act_line_says_why(raw: bytes, field: str, word: str) -> None:
    assert word in errors_of(raw)[field][0]


@pytest.mark.parametrize(
    ("change", "field", "word"),
    [
        ({"project": None}, "project", "必须填写"),
        ({"act": None}, "act", "必须填写"),
        ({"by": None}, "by", "必须填写"),
        ({"on": None}, "on", "必须填写"),
        ({"project": 7}, "project", "应为文字"),
        ({"project": ""}, "project", "不能为空"),
        ({"project": "A" * 65}, "project", "64"),
        ({"id": "x" * 129}, "id", "128"),
        ({"role": ["a"]}, "role", "应为文字"),
        ({"on": 20250604}, "on", "应为文字"),
        ({"data": [1]}, "data", "应为一组栏目"),
        ({"data": "x"}, "data", "应为一组栏目"),
        ({"dat": {}}, "dat", "没有这个栏目"),
        ({"history": True}, "history", "--as-history"),
        ({"by": "li\0wei"}, "by", "空字符"),
        ({"data": {"title": "a\0"}}, "data.title", "空字符"),
        ({"data": {"title": "\ud800"}}, "data.title", "半个代理码"),
        ({"data": {"a\0b": 1}}, "data.a?b", "名称"),
        ({"data": {"amount": 12.5}}, "data.amount", "12.5 不是整数"),
        ({"data": {"rows": [{"amount": 2**63}]}}, "data.rows.0.amount", "数字过大"),
    ],
    ids=str,
)
def test_a_field_that_no_act_could_take_is_named(change: dict[str, Any], field: str, word: str) -> None:
    assert word in errors_of(json.dumps(GOOD | change).encode())[field][0]


def test_numbers_beyond_all_numbers_are_not_whole() -> None:
    raw = json.dumps(GOOD | {"data": {"size": 1}}).replace('"size": 1', '"size": 1e999').encode()
    assert "1e999 不是整数" in errors_of(raw)["data.size"][0]


def test_nesting_is_limited_before_anything_recurses() -> None:
    deep: Any = 1
    for _ in range(DEEPEST):
        deep = [deep]
    assert any("嵌套过深" in w[0] for w in errors_of(json.dumps(GOOD | {"data": {"a": deep}}).encode()).values())


@pytest.mark.parametrize(
    ("raw", "word"),
    [
        ("\ufeff{}".encode(), "BOM"),
        ("{}".encode("utf-16"), "UTF-16"),
        ("{}".encode("utf-16-be"), "UTF-16"),
        (b"", "空"),
    ],
)
def test_a_file_that_is_no_act_lines_at_all_says_why(raw: bytes, word: str) -> None:
    with pytest.raises(Unreadable, match=word):
        survey(io.BytesIO(raw), history=False)


@pytest.mark.parametrize("kept", [10**6, 0])
def test_a_file_looked_through_gives_every_line_as_read_whether_it_is_read_again_or_not(
    kept: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "KEPT", kept)
    found = survey(file_of([GOOD, GOOD, GOOD | {"by": 7}]), history=False)
    assert (found.number, [one.number for one in found.wrong]) == (3, [3])
    assert isinstance(found.lines, list) is bool(kept)
    assert list(found.lines) == list(read_lines(file_of([GOOD, GOOD, GOOD | {"by": 7}])))


def test_a_line_of_fifty_megabytes_does_not_fill_the_memory_and_hides_no_other() -> None:
    raw = b'{"data": "' + b"x" * (50 * 2**20) + b'"}\n' + json.dumps(GOOD).encode()
    first, second = read_lines(io.BytesIO(raw))
    assert "MB" in first.errors["line"][0]
    assert (second.number, second.request is not None, second.end) == (2, True, len(raw))


def test_blank_lines_line_ends_and_checkpoints_are_passed_over() -> None:
    good = json.dumps(GOOD).encode()
    raw = b"\n  \r\n" + good + b'\r\n{"checkpoint": {"size": 1}}\n' + good
    assert [one.number for one in read_lines(io.BytesIO(raw))] == [3, 5]


def ids(*lines: dict[str, Any]) -> list[str | None]:
    return [one.request.id for one in read_lines(file_of(list(lines))) if one.request]


def test_a_line_without_id_gets_one_from_its_content_and_its_place_among_its_like() -> None:
    first, second, other = ids(GOOD, GOOD, GOOD | {"on": "2025-06-05"})
    assert len({first, second, other}) == 3
    assert ids(GOOD, GOOD | {"by": "user:li.wei"}) == [first, second]
    assert ids(GOOD | {"id": "mine"}) == ["mine"]


def test_names_of_outsiders_leave_no_trace_in_an_id() -> None:
    filing = LINES[5]
    other = json.loads(json.dumps(filing))
    other["data"]["contact_phone"] = "0517-99999999"
    assert ids(filing) == ids(other)
    assert ids(filing, other)[0] != ids(filing, other)[1]


# --- taking in ---------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_lines_are_performed_in_order_and_the_second_run_skips_them() -> None:
    assert words(taken(LINES)) == ["accepted"] * len(LINES)
    picture = everything()
    again = taken(LINES)
    assert words(again) == ["skipped"] * len(LINES)
    assert [o["line"] for o in again] == list(range(1, len(LINES) + 1))
    assert everything() == picture


@pytest.mark.django_db
def test_a_refused_line_stops_nothing_and_is_tried_again() -> None:
    wrong = line("HA-1", "attach-paper", "nobody", "2025-06-04", **PAPER)
    found = taken([*LINES[:6], wrong, *LINES[6:]])
    assert words(found) == ["accepted"] * 6 + ["denied"] + ["accepted"] * (len(LINES) - 6)
    assert words(taken([*LINES[:6], wrong])) == ["skipped"] * 6 + ["denied"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changed", "word", "field"),
    [
        ({"act": "fly-to-the-moon"}, "invalid", "act"),
        ({"project": "HA-NONE"}, "invalid", "project"),
        ({"project": "a b'; DROP TABLE x"}, "invalid", "project"),
        ({"on": "2025-02-30"}, "invalid", "on"),
        ({"on": "1900-01-01"}, "invalid", "on"),
        ({"on": "9999-12-31"}, "invalid", "on"),
        ({"role": "pope"}, "denied", "by"),
        ({"by": "x" * 64}, "denied", "by"),
        ({"data": {"title": "x", "kind": "y"}}, "invalid", "digest"),
        ({"data": PAPER | {"title": "文" * 1_000_000}}, "invalid", "title"),
        ({"data": PAPER | {"size": -1}}, "invalid", "size"),
        ({"data": PAPER | {"digest": "md5:1"}}, "invalid", "digest"),
        ({"data": PAPER | {"colour": "red"}}, "invalid", "colour"),
        (
            {"act": "file-project", "project": "HA-9", "data": LINES[5]["data"] | {"estimate": -1}},
            "invalid",
            "estimate",
        ),
    ],
    ids=str,
)
def test_wrong_acts_get_their_word_and_change_nothing(changed: dict[str, Any], word: str, field: str) -> None:
    taken(LINES[:6])
    picture = everything()
    (outcome,) = taken([GOOD | changed])
    assert (outcome["outcome"], list(outcome["errors"])) == (word, [field])
    assert all(re.search("[一-鿿]", s) for found in outcome["errors"].values() for s in found)
    assert everything() == picture


@pytest.mark.django_db
def test_a_preview_sees_the_lines_before_it_and_leaves_nothing() -> None:
    picture = everything()
    outcomes = taken(LINES, preview=True)
    assert words(outcomes) == ["accepted"] * len(LINES)
    assert all(o["preview"] and "hash" not in o for o in outcomes)
    assert everything() == picture
    assert not Attempt.objects.exists()
    assert words(taken(LINES)) == ["accepted"] * len(LINES)


@pytest.mark.django_db
def test_a_preview_that_is_broken_off_leaves_nothing() -> None:
    picture = everything()
    trial: Iterator[Any] = take_in(read_lines(file_of(LINES)), preview=True)
    next(trial)
    trial.close()  # type: ignore[attr-defined]  # a generator
    assert everything() == picture


@pytest.mark.django_db
def test_history_is_recorded_with_its_gaps_and_only_when_asked_for() -> None:
    taken(LINES[:5])
    past = line("HA-OLD", "file-project", "li.wei", "2024-03-01", classified="no", title="旧系统", unit="wcs")
    assert words(taken([past])) == ["invalid"]
    (outcome,) = taken([past], history=True)
    assert outcome["outcome"] == "accepted"
    assert Project.objects.get(code="HA-OLD").gaps == ","
    assert json.loads(next(iter(export("HA-OLD"))))["history"] is True


@pytest.mark.django_db
def test_what_was_exported_is_recognised_where_it_came_from() -> None:
    taken(LINES)
    exported = io.BytesIO(b"".join(export()))
    outcomes = [o for _, o in take_in(read_lines(exported))]
    assert words(outcomes) == ["skipped"] * len(LINES)


@pytest.mark.django_db
def test_an_export_can_be_performed_anew_elsewhere_with_its_names() -> None:
    with transaction.atomic():
        taken(LINES[:9])
        exported = b"".join(export())
        transaction.set_rollback(True)
    outcomes = [o for _, o in take_in(read_lines(io.BytesIO(exported)))]
    assert words(outcomes) == ["accepted"] * 9
    assert {"0517-80000000", "赵外人"} == set(Erasable.objects.values_list("value", flat=True))
