"""From data to a form and back: exactly the same for everything ever done; one sentence at its field for what cannot be read."""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from guicheng.door.data import as_data, validated
from guicheng.law.fields import MOST_MONEY
from guicheng.ledger.models import Entry
from guicheng.portfolio.portrait.choices import label
from guicheng.portfolio.sight import entries_seen, roles_on
from guicheng.records.project import Project
from guicheng.regulations.base import regulation
from guicheng.web.forms.choices import Offer
from guicheng.web.forms.kinds import Field, fields_of
from guicheng.web.forms.money import capital, fen, wan
from guicheng.web.forms.read import read
from guicheng.web.forms.typed import Typed, from_data, from_post


def posted(fields: tuple[Field, ...], typed: Typed, prefix: str = "") -> Iterator[tuple[str, str]]:
    """What a browser would send for a form that shows these texts."""
    for f in fields:
        if f.kind == "rows":
            for i, row in enumerate(typed[f.name]):
                yield from posted(f.columns, row, f"{prefix}{f.name}.{i}.")
        elif f.kind != "data":
            yield prefix + f.name, typed[f.name].replace("\n", "\r\n")


@pytest.mark.django_db
def test_everything_ever_done_survives_the_way_through_its_form(demo_site: None) -> None:
    acts, seen = regulation().acts, Counter[str]()
    for body in map(json.loads, Entry.objects.values_list("body", flat=True)):
        spec, fields = acts[body["act"]], fields_of(acts[body["act"]].cls)
        form = QueryDict(urlencode(list(posted(fields, from_data(fields, body["data"])))))
        data, errors = read(fields, from_post(fields, form))
        assert not errors, (body["act"], errors)
        assert as_data(validated(spec, data, body["history"])) == body["data"], body["act"]
        seen[body["act"]] += 1
    assert sum(seen.values()) > 4000
    assert len(seen) > 80


def named(fields: tuple[Field, ...], data: dict[str, Any], path: str) -> Iterator[tuple[str, Field, list[Any]]]:
    """What was typed into each line of a form, rows included, with its path."""
    for f in fields:
        value = data.get(f.name)
        if f.kind == "rows":
            for row in value or []:
                yield from named(f.columns, row, f"{path}.{f.name}")
        elif f.kind in ("line", "lines") and value:
            yield f"{path}.{f.name}", f, value if isinstance(value, list) else [value]


@pytest.mark.django_db
def test_every_record_that_an_act_named_is_among_those_offered(demo_site: None) -> None:
    """A list that left one out would close a door that the regulation opens."""
    acts, projects = regulation().acts, Project.objects.in_bulk(field_name="code")
    offers: dict[tuple[str, str], Offer] = {}
    looked = 0
    for body in map(json.loads, Entry.objects.exclude(chain="bureau").values_list("body", flat=True)):
        key = (body["project"], body["by"])
        if key not in offers:
            project = projects[body["project"]]
            roles = roles_on(body["by"], [project], date.fromisoformat(body["on"]))[project.code]
            offers[key] = Offer("", project, entries_seen(body["by"], project.code, roles))
        offer = offers[key]
        offer.act = body["act"]
        for path, f, values in named(fields_of(acts[body["act"]].cls), body["data"], body["act"]):
            found = offer.choices(path, f.most)
            if not found or body["history"] or f.name in ("lines",):
                continue
            looked += len(values)
            assert set(values) <= {v for v, _ in found}, (body["project"], path, values)
    assert looked > 500


def test_every_choice_has_words_in_both_languages() -> None:
    def walk(fields: tuple[Field, ...], path: str) -> Iterator[tuple[str, object]]:
        for f in fields:
            yield from ((f"{path}.{f.name}", v) for v in f.values)
            yield from walk(f.columns, f"{path}.{f.name}")

    pairs = [pair for code, spec in regulation().acts.items() for pair in walk(fields_of(spec.cls), code)]
    assert len(pairs) > 250
    for path, value in pairs:
        assert any("\u4e00" <= c <= "\u9fff" for c in label(path, value)), (path, value)
        assert label(path, value, english=True).isascii(), (path, value)
    for path in {p for p, _ in pairs}:
        words = [label(path, v) for p, v in pairs if p == path]
        assert len(words) == len(set(words)) or len(words) > 15, f"{path} 有两个选项叫法相同：{words}"


@given(st.integers(0, MOST_MONEY))
def test_money_comes_back_to_the_fen(amount: int) -> None:
    assert fen(wan(amount)) == amount
    assert capital(amount)[-1] in "整分"


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("46.5", 46_500_000), ("0.000001", 1), ("0", 0), ("1,234.56", 1_234_560_000), ("１２．５", 12_500_000),
        ("465000元", 46_500_000), ("0.01元", 1), ("1.2亿", 12_000_000_000), ("3万元", 3_000_000), (" 7 ", 7_000_000),
        ("10000000", MOST_MONEY), ("1.5000000", 1_500_000),
    ],
)  # fmt: skip
def test_money_as_people_write_it(text: str, amount: int) -> None:
    assert fen(text) == amount


@pytest.mark.parametrize("text", ["0.0000001", "0.001元", "-1", "十万", "1e5", "1.2.3", "万", "NaN", "1" * 13])
def test_what_is_no_sum_is_one_sentence(text: str) -> None:
    with pytest.raises(ValueError, match="金额"):
        fen(text)


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "零元整"), (1, "壹分"), (105, "壹元零伍分"), (4650, "肆拾陆元伍角整"), (1_000_000, "壹万元整"),
        (10_010_000_100, "壹亿零壹拾万零壹元整"), (1_234_567_890_123, "壹佰贰拾叁亿肆仟伍佰陆拾柒万捌仟玖佰零壹元贰角叁分"),
        (MOST_MONEY, "壹仟亿元整"),
    ],
)  # fmt: skip
def test_sums_in_capitals(amount: int, words: str) -> None:
    assert capital(amount) == words


def in_form(act: str, **texts: str) -> tuple[dict[str, object], dict[str, list[str]]]:
    fields = fields_of(regulation().acts[act].cls)
    return read(fields, from_post(fields, QueryDict(urlencode(texts))))


@pytest.mark.parametrize(
    ("act", "texts", "path", "sentence"),
    [
        ("file-project", {"estimate": "很多"}, "estimate", "万元"),
        ("submit-estimate", {"lines.7.amount": "一", "lines.7.ref": "a"}, "lines.0.amount", "万元"),
        ("publish-annual-plan", {"year": "明年"}, "year", "整数"),
        ("file-project", {"planned": "或许"}, "planned", "是或否"),
        ("flag-major", {"criterion": "mine"}, "criterion", "选项"),
        ("approve-preliminary", {"items": "party"}, "items", "选项"),
        ("interpret", {"sets": "没有等号"}, "sets", "="),
    ],
)
def test_what_cannot_be_read_is_one_sentence_at_its_field(
    act: str, texts: dict[str, str], path: str, sentence: str
) -> None:
    data, errors = in_form(act, **texts)
    assert list(errors) == [path]
    assert len(errors[path]) == 1
    assert sentence in errors[path][0]
    assert path not in data


def test_blank_rows_say_nothing_and_rows_count_as_data_do() -> None:
    texts = {"lines.0.ref": "", "lines.0.tag": "", "lines.4.ref": "L1", "lines.9.ref": "L2", "lines.9.amount": "1"}
    data, errors = in_form("submit-estimate", **texts)
    assert not errors
    assert data["lines"] == [{"ref": "L1"}, {"ref": "L2", "amount": 1_000_000}]


def test_days_as_people_write_them() -> None:
    for text in ("2026-06-02", "2026年6月2日", "2026/6/2", "2026.6.2"):
        assert in_form("file-project", starts_on=text)[0]["starts_on"] == "2026-06-02"
