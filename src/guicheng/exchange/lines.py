"""Reading act lines: from the bytes of a file to requests, or one sentence for each line and field that does not fit."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from guicheng.door.outcome import Request
from guicheng.exchange.strict import NotJson, parse, printable, sound, value_errors
from guicheng.law.act import Act, personal_paths
from guicheng.ledger.digest import canonical, sm3
from guicheng.regulations.base import regulation

ASKED = ("id", "project", "act", "by", "role", "on", "data")
EXPORTED = {
    "v", "regulation", "edition", "clause", "recorded", "history", "bureau", "owed", "seq", "number", "prev", "hash",
    "erasable",
}  # fmt: skip
"""What an exported line holds besides; a new recording finds it out for itself."""

KNOWN = EXPORTED | set(ASKED)

LONGEST_LINE = 8 * 2**20
LONGEST = {"id": 128, "project": 64, "act": 80, "by": 64, "role": 32, "on": 40}

Errors = dict[str, list[str]]


class Unreadable(Exception):
    """The file as a whole cannot be read as act lines: one sentence."""


@dataclass(frozen=True)
class ActLine:
    """One line that was read: the request, or why it is none. `end` is how many bytes had been read after it."""

    number: int
    end: int
    request: Request | None = None
    errors: Errors = field(default_factory=dict)
    known: tuple[int, str] | None = None  # seq and hash that an exported line carries
    shown: dict[str, Any] = field(default_factory=dict)

    @property
    def refusal(self) -> dict[str, Any]:
        """The outcome of a line that cannot be read."""
        return {"line": self.number, **self.shown, "outcome": "invalid", "errors": self.errors}


def read_lines(file: BinaryIO, history: bool = False) -> Iterator[ActLine]:
    """Each act line of a file. Blank lines and an export's checkpoint are passed over. Raises Unreadable for a file that
    is not JSON lines in UTF-8 at all.

    A line without an id gets one from its content and the number of its like before it, so that the same file read
    again asks for the same acts under the same ids."""
    seen: Counter[str] = Counter()
    number = end = 0
    while raw := file.readline(LONGEST_LINE + 1):
        number, end = number + 1, end + len(raw)
        if number == 1:
            _encoding(raw)
        if len(raw) > LONGEST_LINE:
            end += _skip(file)
            yield ActLine(number, end, errors={"line": [f"这一行超过 {LONGEST_LINE // 2**20} MB，不可能是一项行为"]})
        elif raw.strip():
            line = _line(raw, number, end, history, seen)
            if line is not None:
                yield line


def _encoding(first: bytes) -> None:
    if first.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in first[:4]:
        raise Unreadable("文件是 UTF-16 编码，请另存为 UTF-8（不带 BOM）")
    if first.startswith(b"\xef\xbb\xbf"):
        raise Unreadable("第1行以字节序标记（BOM）开头，请另存为不带 BOM 的 UTF-8")


def _skip(file: BinaryIO) -> int:
    skipped = 0
    while rest := file.readline(LONGEST_LINE):
        skipped += len(rest)
        if rest.endswith(b"\n"):
            break
    return skipped


def _line(raw: bytes, number: int, end: int, history: bool, seen: Counter[str]) -> ActLine | None:
    try:
        text = raw.decode()
        said = parse(text)
    except UnicodeDecodeError as bad:
        return ActLine(number, end, errors={"line": [_not_utf8(raw, bad)]})
    except NotJson as bad:
        return ActLine(number, end, errors={"line": [str(bad)]})
    if isinstance(said, dict) and said.keys() == {"checkpoint"}:
        return None
    errors = line_errors(said, history, sound(text))
    shown = {k: v for k in ("project", "act") if isinstance(said, dict) and isinstance(v := said.get(k), str)}
    if errors:
        return ActLine(number, end, errors=errors, shown={k: printable(v) for k, v in shown.items()})
    asked = {name: said[name] for name in ASKED if said.get(name) is not None}
    asked |= {"data": asked.get("data", {}), "by": asked["by"].removeprefix("user:")}
    if "id" not in asked:
        asked["id"] = _derived(asked, seen)
    known = (said["seq"], said["hash"]) if type(said.get("seq")) is int and isinstance(said.get("hash"), str) else None
    data = _restored(asked.pop("data"), said.get("erasable") or {})
    return ActLine(number, end, Request(**asked, data=data, history=history), known=known)


def _not_utf8(raw: bytes, bad: UnicodeDecodeError) -> str:
    try:
        raw.decode("gb18030")
    except UnicodeDecodeError:
        return f"第{bad.start + 1}个字节起不是 UTF-8 文字"
    return "不是 UTF-8 编码（看来是 GBK），请另存为 UTF-8"


def _derived(asked: dict[str, Any], seen: Counter[str]) -> str:
    """An id of the content: two lines that say the same are told apart by their order.

    Names of outsiders stay out of it: the id is on the ledger for ever, and a digest without salt could be guessed."""
    spec = regulation().acts.get(asked["act"])
    data = without_names(spec.cls, asked["data"]) if spec else asked["data"]
    digest = sm3(canonical(asked | {"data": data}))
    seen[digest] += 1
    return f"line:{digest}" + (f":{seen[digest]}" if seen[digest] > 1 else "")


def without_names(cls: type[Act], data: dict[str, Any]) -> dict[str, Any]:
    """The data of an act without what is erasable in them; a correction's new data may hold anyone's."""
    paths = personal_paths(cls) or ((("replacement",),) if cls.spec.code == "correct" else ())
    if not paths:
        return data
    copy: dict[str, Any] = json.loads(json.dumps(data))
    for *above, name in paths:
        holders: list[Any] = [copy]
        for step in above:
            holders = [row for h in holders if isinstance(h, dict) and isinstance(h.get(step), list) for row in h[step]]
        for holder in holders:
            if isinstance(holder, dict):
                holder.pop(name, None)
    return copy


def _restored(data: Any, erasable: dict[str, Any]) -> Any:
    """The data of an exported line with the names that it keeps beside them; an erased one stays a token."""
    if not erasable:
        return data
    if isinstance(data, dict):
        return {k: _restored(v, erasable) for k, v in data.items()}
    if isinstance(data, list):
        return [_restored(v, erasable) for v in data]
    kept = erasable.get(data) if isinstance(data, str) else None
    return kept["value"] if isinstance(kept, dict) and isinstance(kept.get("value"), str) else data


def line_errors(said: Any, history: bool, sound: bool = False) -> Errors:
    """What is wrong with a line before any act looks at it: each field with its sentence. Of one that is `sound` not every
    value has to be looked at."""
    if not isinstance(said, dict):
        return {"line": ["应为一个对象：{…}"]}
    errors: Errors = {}
    for name in said.keys() - KNOWN:
        errors[printable(name)] = ["行为里没有这个栏目，请删去"]
    for name, longest in LONGEST.items():
        if wrong := _word(name, said.get(name), longest):
            errors[name] = [wrong]
    if not isinstance(said.get("data", {}), dict):
        errors["data"] = ["应为一组栏目：{…}"]
    if not isinstance(said.get("erasable") or {}, dict):
        errors["erasable"] = ["应为一组栏目：{…}"]
    if said.get("history") is True and not history:
        errors["history"] = ["这一行是历史记录，导入时请加 --as-history"]
    for path, words in () if sound else value_errors(said):
        errors.setdefault(path, [words])
    return errors


def _word(name: str, value: Any, longest: int) -> str | None:
    if value is None:
        return None if name in ("id", "role") else "必须填写"
    if not isinstance(value, str):
        return "应为文字"
    if not value:
        return "不能为空"
    return f"不得超过{longest}个字" if len(value) > longest else None
