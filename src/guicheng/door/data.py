"""From the raw data of a request to a validated act: one clear Chinese sentence for each field that does not fit."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails, from_json

from guicheng.door.outcome import Wrong
from guicheng.law.act import Act, lenient, personal_paths
from guicheng.law.declare import ActSpec
from guicheng.ledger.append import set_apart
from guicheng.ledger.erase import is_token

Model = TypeVar("Model", bound=BaseModel)
_ENCODER = json.JSONEncoder(ensure_ascii=False)

SENTENCES = {
    "missing": "必须填写",
    "extra_forbidden": "没有这个栏目，请删去",
    "int_type": "应为整数（金额以分为单位，不带小数点）",
    "int_from_float": "应为整数（金额以分为单位，不带小数点）",
    "int_parsing": "应为整数（金额以分为单位，不带小数点）",
    "int_parsing_size": "数字过大",
    "string_type": "应为文字",
    "string_too_short": "不能为空",
    "string_too_long": "不得超过{max_length}个字",
    "string_pattern_mismatch": "格式不符，应为 {pattern}",
    "string_unicode": "不是有效的文字",
    "bool_type": "应为是或否（true 或 false）",
    "date_type": "应为日期，如 2026-06-02",
    "date_parsing": "没有这样的日期，应写作 2026-06-02",
    "date_from_datetime_parsing": "没有这样的日期，应写作 2026-06-02",
    "date_from_datetime_inexact": "应为日期，不带时刻",
    "greater_than_equal": "不得小于 {ge}",
    "greater_than": "应大于 {gt}",
    "less_than_equal": "不得大于 {le}",
    "less_than": "应小于 {lt}",
    "literal_error": "只能是 {expected} 之一",
    "enum": "只能是 {expected} 之一",
    "list_type": "应为列表",
    "too_short": "至少要有 {min_length} 项",
    "too_long": "最多 {max_length} 项",
    "model_type": "应为一组栏目",
    "model_attributes_type": "应为一组栏目",
    "dict_type": "应为一组栏目",
    "none_required": "应留空",
    "json_invalid": "不是有效的 JSON",
}


def sentence(error: ErrorDetails) -> str:
    """One pydantic error as a Chinese sentence; a validator's own words are kept."""
    if error["type"] == "value_error":
        return str(error.get("ctx", {}).get("error", error["msg"]))
    words = SENTENCES.get(error["type"])
    if words is None:
        return f"填写有误（{error['msg']}）"
    context = {k: str(v).replace(" or ", "、") for k, v in error.get("ctx", {}).items()}
    return words.format(**context) if "{" in words else words


def label(spec: ActSpec, path: tuple[int | str, ...]) -> str:
    """Where an error is, in JSON's terms: lines.2.amount counts rows from 0, as the data do."""
    named = (p for i, p in enumerate(path) if i == 0 or not (isinstance(p, str) and p[:1].isupper()))
    return ".".join(str(p)[:64] for p in named) or spec.code


def validated(spec: ActSpec, data: Any, history: bool) -> Act:
    """The act with its data. Raises Wrong naming each field that does not fit."""
    whole: type[BaseModel] = spec.cls
    cls = lenient(whole) if history else whole
    try:
        text = _ENCODER.encode(data)
        if ("\\u0000" in text or not storable(text)) and not all(map(storable, _texts(data))):
            raise Wrong({"data": ["含有不能存放的字符（空字符或不成对的代理字符）"]})
    except (TypeError, ValueError, RecursionError):
        raise Wrong({"data": ["不是有效的 JSON"]}) from None
    return _read(spec, cls, text)  # type: ignore[return-value]  # a subclass of Act


def _read(spec: ActSpec, cls: type[Model], text: str) -> Model:
    try:
        return cls.model_validate_json(text)
    except ValidationError as wrong:
        errors: dict[str, list[str]] = {}
        for e in wrong.errors(include_url=False):
            words = sentence(e)
            found = errors.setdefault(label(spec, e["loc"]), [])
            if words not in found:
                found.append(words)
        raise Wrong(errors) from None


def storable(text: str) -> bool:
    """Whether both databases can hold this text: no NUL, no half of a surrogate pair."""
    if "\0" in text:
        return False
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _texts(data: Any) -> Iterator[str]:
    """Every text inside raw data, names of fields included. Raises RecursionError for nesting without end."""
    if isinstance(data, str):
        yield data
    for inner in [*data, *data.values()] if isinstance(data, dict) else data if isinstance(data, list | tuple) else ():
        yield from _texts(inner)


def as_data(act: Act) -> dict[str, Any]:
    """The data of an act as the ledger keeps them: JSON values, fields left open left out."""
    return act.model_dump(mode="json", exclude_none=True)


def settled(spec: ActSpec, act: Act, history: bool) -> tuple[dict[str, Any], Act]:
    """The data as the ledger keeps them, and the act read back from them as every replay will read it."""
    cls: type[BaseModel] = spec.cls
    if personal_paths(cls):
        data = apart(act)
        return data, validated(spec, data, history)
    text = act.model_dump_json(exclude_none=True)
    return from_json(text), _read(spec, type(act), text)


def apart(act: Act) -> dict[str, Any]:
    """The data as the ledger keeps them: each outsider's name stored apart, its token in its place."""
    return with_tokens(act, as_data(act))


def with_tokens(act: Act, data: dict[str, Any]) -> dict[str, Any]:
    """The data with each outsider's name stored apart and its token in its place."""
    base = next(c for c in type(act).__mro__ if "spec" in c.__dict__)
    for path in personal_paths(base):
        for holder in _holders(data, path[:-1]):
            value = holder.get(path[-1])
            if isinstance(value, list):
                holder[path[-1]] = [_token(v) for v in value]
            elif value is not None:
                holder[path[-1]] = _token(value)
    return data


def _token(value: str) -> str:
    return value if is_token(value) else set_apart(value)


def _holders(data: dict[str, Any], path: tuple[str, ...]) -> list[dict[str, Any]]:
    if not path:
        return [data]
    return [h for inner in data.get(path[0]) or [] for h in _holders(inner, path[1:])]


def as_day(value: Any, name: str) -> date:
    """A business day. Raises Wrong for anything but a date from 2000 to 2099."""
    if value in (None, ""):
        raise Wrong({name: [SENTENCES["missing"]]})
    try:
        day = value if type(value) is date else date.fromisoformat(value)
        if isinstance(value, str) and value != day.isoformat():
            raise ValueError(value)
    except (TypeError, ValueError):
        raise Wrong({name: [f"没有“{str(value)[:40]}”这样的日期，应写作 2026-06-02"]}) from None
    if not 2000 <= day.year <= 2099:
        raise Wrong({name: [f"{day} 不在可办理的年份之内（2000 至 2099 年）"]})
    return day
