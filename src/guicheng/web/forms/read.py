"""From what was typed to the data of an act, as act lines have them; one sentence for each text that cannot be read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from guicheng.web.forms.kinds import Field
from guicheng.web.forms.money import WIDE, fen
from guicheng.web.forms.typed import Typed

Errors = dict[str, list[str]]
WRITTEN_DAY = re.compile(r"(\d{4})\s*[年/.-]\s*(\d{1,2})\s*[月/.-]\s*(\d{1,2})\s*日?")


def read(fields: Iterable[Field], typed: Typed, prefix: str = "") -> tuple[dict[str, Any], Errors]:
    """The data and the errors, by the paths of the data (lines.2.amount). A text that cannot be read is left out."""
    data: dict[str, Any] = {}
    errors: Errors = {}
    for f in fields:
        if f.kind == "data":
            continue
        if f.kind == "rows":
            data[f.name] = _rows(f, typed.get(f.name) or [], prefix + f.name, errors)
            if not data[f.name] and f.default is None:
                del data[f.name]
            continue
        try:
            value = READ[f.kind](f, str(typed.get(f.name) or "").strip())
        except ValueError as wrong:
            errors[prefix + f.name] = [str(wrong)]
            continue
        if value is not None:
            data[f.name] = value
    return data, errors


def _rows(field: Field, rows: list[Typed], path: str, errors: Errors) -> list[dict[str, Any]]:
    found = []
    for i, row in enumerate(rows):
        data, wrong = read(field.columns, row, f"{path}.{i}.")
        errors |= wrong
        found.append(data)
    return found


def _money(field: Field, text: str) -> int | None:
    return fen(text) if text else None


def _count(field: Field, text: str) -> int | None:
    plain = re.sub(r"[\s,，]", "", text.translate(WIDE))
    if not plain:
        return None
    if not re.fullmatch(r"-?\d{1,15}", plain):
        raise ValueError("应为整数")
    return int(plain)


def _day(field: Field, text: str) -> str | None:
    """A day as the browser gives it, or as people write it; what is no day is told by the door."""
    found = WRITTEN_DAY.fullmatch(text.translate(WIDE))
    return f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}" if found else text or None


def _yesno(field: Field, text: str) -> bool | None:
    if text not in ("", "yes", "no"):
        raise ValueError("请选择是或否")
    return None if not text else text == "yes"


def _choice(field: Field, text: str) -> Any:
    if not text:
        return None
    found = next((v for v in field.values if str(v) == text), None)
    if found is None:
        raise ValueError("请从列出的选项中选择")
    return found


def _lines(field: Field, text: str) -> list[str] | None:
    found = [line.strip() for line in text.splitlines() if line.strip()]
    return found or (None if field.required or field.default is None else [])


def _picks(field: Field, text: str) -> list[Any] | None:
    return [_choice(field, t) for t in _lines(field, text) or []] or _lines(field, "")


def _mapping(field: Field, text: str) -> dict[str, str]:
    pairs = [line.split("=", 1) for line in text.splitlines() if line.strip()]
    if any(len(pair) != 2 for pair in pairs):
        raise ValueError("每行写一项：名称 = 数值")
    return {name.strip(): value.strip() for name, value in pairs}


def _line(field: Field, text: str) -> str | None:
    return text or None


READ: dict[str, Callable[[Field, str], Any]] = {
    "money": _money, "count": _count, "day": _day, "yesno": _yesno, "choice": _choice, "picks": _picks,
    "lines": _lines, "papers": _lines, "mapping": _mapping, "line": _line, "words": _line, "paper": _line,
}  # fmt: skip
