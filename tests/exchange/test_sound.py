"""A line looked at as text and found sound holds no value that looking at each of them would find wrong."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from guicheng.exchange.strict import DEEPEST, NotJson, parse, sound, value_errors

TEXTS = some.text(alphabet=some.characters(), max_size=8)
NUMBERS = some.integers(-(10**21), 10**21) | some.floats(allow_nan=False, allow_infinity=False)
VALUES = some.recursive(
    some.none() | some.booleans() | NUMBERS | TEXTS,
    lambda inner: some.lists(inner, max_size=4) | some.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=40,
)


@given(VALUES, some.booleans(), some.sampled_from([None, 1]))
def test_nothing_sound_is_wrong(value: Any, escaped: bool, indent: int | None) -> None:
    text = json.dumps({"data": value}, ensure_ascii=escaped, indent=indent)
    try:
        found = list(value_errors(parse(text)))
    except NotJson:
        return
    assert not (found and sound(text))


@pytest.mark.parametrize(
    ("text", "is_sound"),
    [
        ('{"a": 1}', True),
        (f'{{"a": "sm3:{"a3" * 32}"}}', True),
        (f'{{"a": "sm3:{"0" * 64}", "b": "比例为1:1.5，见:2e5"}}', True),
        ('{"a": 1.0}', False),
        ('{"a" : 1.0}', False),
        ('{"a": [1, -2e5]}', False),
        ('{"a":\n1.5}', False),
        ('{"a": "\\u0000"}', False),
        ('{"a": "\\ud800"}', False),
        ('{"a": 100000000000000000}', True),
        ('{"a": 9223372036854775808}', False),
        ('{"a"\t:\t-9223372036854775808}', False),
        ("[" * DEEPEST + "]" * DEEPEST, True),
        ("[" * (DEEPEST + 1) + "]" * (DEEPEST + 1), False),
    ],
)
def test_what_may_be_wrong_is_looked_at(text: str, is_sound: bool) -> None:
    assert sound(text) is is_sound
    if is_sound:
        assert not list(value_errors(parse(text)))
