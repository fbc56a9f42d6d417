"""The door's answer in words: done, or why not, under which clause, in whose words, what would cure it, and who can."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

STATUS = {"accepted": 0, "skipped": 0, "refused": 1, "denied": 1, "invalid": 2}
"""The exit status of an outcome."""

WORD_ZH = {
    "accepted": "已办理",
    "skipped": "早已办理，跳过",
    "refused": "不予办理",
    "denied": "无权办理",
    "invalid": "填写有误",
}
VERDICT_ZH = {"breached": "违反", "unknown": "依据不足", "exempted": "已豁免或说明"}


def in_words(outcome: dict[str, Any], tried: bool = False) -> Iterator[str]:
    """An outcome as JSON, line by line."""
    word = "可以办理（试办，未保存）" if tried and outcome["outcome"] == "accepted" else WORD_ZH[outcome["outcome"]]
    mark = "✓" if outcome["outcome"] in ("accepted", "skipped") else "✗"
    line = f"第{outcome['line']}行 " if "line" in outcome else ""
    number = f"，第{outcome['seq']}号" if "seq" in outcome else ""
    yield f"{mark} {line}{word}：{outcome.get('project', '')} {title_of(outcome.get('act', ''))}{number}".rstrip("： ")
    yield from _errors(outcome)
    for breach in outcome.get("breaches", ()):
        yield from breach_in_words(breach)
    for one in outcome.get("meanwhile", ()):
        yield f"    此间：{one['on']} {one['by']} {title_of(one['act'])}（第{one['seq']}号）"
    for one in outcome.get("reminders", ()):
        yield f"    提醒 {one['clause']}：{one['cure']}"
    if unknown := outcome.get("unknown"):
        yield f"    依据不足、无从判断的规则 {len(unknown)} 条：{'、'.join(u['clause'] for u in unknown[:8])}"


def breach_in_words(breach: dict[str, Any]) -> Iterator[str]:
    """One finding: the clause and its words, the figures, the cure, and who can do it."""
    yield f"    {breach['clause']}：“{breach['sentence']}”"
    if breach.get("says"):
        yield f"      情况：{breach['says']}"
    if breach.get("cure"):
        yield f"      怎么办：{breach['cure']}"
    for code in breach.get("cured_by", ()):
        yield f"      由谁办：{who_does(code)}"


def _errors(outcome: dict[str, Any]) -> Iterator[str]:
    for name, words in outcome.get("errors", {}).items():
        label = field_title(outcome.get("act", ""), name)
        for one in words:
            yield f"    {name}{label}：{one}"


def title_of(code: str) -> str:
    """An act's Chinese title with its code; an unknown code as it is."""
    from guicheng.regulations.base import regulation

    spec = regulation().acts.get(code)
    return f"{spec.title}（{code}）" if spec else code


def who_does(code: str) -> str:
    from guicheng.door.check import names
    from guicheng.regulations.base import regulation

    spec = regulation().acts.get(code)
    return f"{names(spec.by)}办理“{spec.title}”（{code}）" if spec else code


def field_title(act: str, path: str) -> str:
    """（申请文件）, when the first part of the path is a field of the act."""
    from guicheng.regulations.base import regulation

    spec = regulation().acts.get(act)
    info = spec.cls.model_fields.get(path.removeprefix("data.").split(".")[0]) if spec else None
    return f"（{info.title}）" if info is not None and info.title else ""
