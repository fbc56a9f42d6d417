"""JSON, strictly: no key twice, no NaN, no number that is not whole, nothing that a column or a screen could not hold."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

DEEPEST = 32
GREATEST = 2**63 - 1
SUSPECT = re.compile(r'\\u|(?:"\s*:|[,\[])\s*-?(?:[0-9]{19}|[0-9]+[.eE])')
"""An escaped character (it may be NUL or half of a pair), a number of 19 digits, a number that is not whole. The colon
before a number follows the quotation mark of its key; one inside a text, as in the name of a digest, is none."""


class NotJson(Exception):
    """Why a text is not JSON as the house takes it."""


class NotWhole(str):
    """A number that is not whole, kept as written until its field is known."""


def parse(text: str) -> Any:
    """The JSON value of a text. Raises NotJson, also for a key given twice and for NaN."""
    try:
        return _DECODER.decode(text)
    except json.JSONDecodeError as bad:
        raise NotJson(f"不是有效的 JSON（第{bad.colno}个字符处）") from None
    except RecursionError:
        raise NotJson("嵌套过深") from None
    except ValueError:
        raise NotJson("有一个数字长得不可能") from None


def sound(text: str) -> bool:
    """Whether a text that was parsed can hold nothing that `value_errors` would find. False may be a false alarm.

    Looking at the text once costs a tenth of looking at each of its values; nearly every line is sound."""
    return text.count("{") + text.count("[") <= DEEPEST and SUSPECT.search(text) is None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        twice = next(k for k, n in Counter(k for k, _ in pairs).items() if n > 1)
        raise NotJson(f"栏目“{printable(twice)}”写了两次")
    return found


def _constant(word: str) -> Any:
    raise NotJson(f"{word} 不是数字")


_DECODER = json.JSONDecoder(object_pairs_hook=_once, parse_constant=_constant, parse_float=NotWhole)


def printable(text: str) -> str:
    return text[:80].encode(errors="replace").decode().replace("\0", "?")


def value_errors(value: Any, path: str = "", depth: int = 0) -> Iterator[tuple[str, str]]:
    """Values that no field of any act could take, with their paths."""
    if isinstance(value, dict | list):
        if depth >= DEEPEST:
            yield path, "嵌套过深"
            return
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            at = f"{path}.{key}" if path else str(key)
            if isinstance(key, str) and (wrong := _text(key)):
                yield printable(at), f"栏目的名称{wrong}"
            else:
                yield from value_errors(inner, at, depth + 1)
    elif isinstance(value, NotWhole):
        yield path, f"{value[:40]} 不是整数（金额以分为单位，不带小数点）"
    elif isinstance(value, str):
        if wrong := _text(value):
            yield path, wrong
    elif type(value) is int and abs(value) > GREATEST:
        yield path, "数字过大"


def _text(value: str) -> str | None:
    if "\0" in value:
        return "含有空字符"
    try:
        value.encode()
    except UnicodeEncodeError:
        return "含有不成字的半个代理码"
    return None
