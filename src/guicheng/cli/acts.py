"""One act through the door; where a project stands; what was done on it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from guicheng.cli import place
from guicheng.cli.out import aligned, json_option, put_json, say
from guicheng.cli.verdict import STATUS, breach_in_words, in_words, title_of
from guicheng.cli.zh import Command, Fault

LARGEST_DATA = 8 * 2**20


@click.command(cls=Command)
@click.argument("project", metavar="项目")
@click.argument("act", metavar="行为")
@click.option("--by", required=True, metavar="用户名", help="谁办理")
@click.option("--role", metavar="身份", help="以哪一个身份；兼有几个时才需要")
@click.option("--on", metavar="日期", help="办理日期，如 2026-06-02（不写即今天）")
@click.option("--data", "data", default="{}", metavar="JSON", help="内容：一个 JSON 对象，或 @文件，或 @- 读标准输入")
@click.option("--id", "id", metavar="编号", help="同一编号只办理一次")
@click.option("--after", type=click.IntRange(0), metavar="序号", help="您看到的项目末一行为的序号；此后若有办理即不办")
@click.option("--preview", is_flag=True, help="试办：只看结果，不保存")
@json_option
def perform(data: str, after: int | None, preview: bool, as_json: bool, **asked: Any) -> int:
    """在项目上办理一项行为；全局行为的项目写 bureau。"""
    place.database_ready()
    asked["on"] = asked["on"] or place.day_of(None, "on").isoformat()
    asked["data"] = _data(data)
    outcome = _asked(asked, after, preview)
    if as_json:
        put_json(outcome)
    else:
        say(*in_words(outcome, tried=preview))
    return STATUS[outcome["outcome"]]


def _data(text: str) -> Any:
    """The value of --data. Raises Fault when it is not JSON."""
    from guicheng.exchange.strict import NotJson, parse

    try:
        return parse(_given(text))
    except NotJson as wrong:
        raise Fault(f"--data {wrong}") from None
    except UnicodeError:
        raise Fault("--data 不是 UTF-8 文字") from None


def _given(text: str) -> str:
    if not text.startswith("@"):
        return text
    try:
        if text == "@-":
            raw = sys.stdin.buffer.read(LARGEST_DATA + 1)
        else:
            with Path(text[1:]).open("rb") as file:
                raw = file.read(LARGEST_DATA + 1)
    except (OSError, ValueError) as wrong:
        raise Fault(f"读不了 {text[1:]}：{getattr(wrong, 'strerror', None) or wrong}") from None
    if len(raw) > LARGEST_DATA:
        raise Fault(f"{text[1:]} 超过 {LARGEST_DATA // 2**20} MB，不可能是一项行为的内容")
    return raw.decode()


def _asked(asked: dict[str, Any], after: int | None, preview: bool) -> dict[str, Any]:
    from guicheng.door.outcome import Request
    from guicheng.door.perform import preview as try_out
    from guicheng.exchange.intake import safely
    from guicheng.exchange.lines import line_errors
    from guicheng.ledger.sequence import sequence

    if errors := line_errors(asked, history=False):
        shown = {k: asked[k].encode(errors="replace").decode() for k in ("project", "act")}
        return {**shown, "outcome": "invalid", "errors": errors}
    request = Request(**asked | {"by": asked["by"].removeprefix("user:")}, after=after)
    if preview:
        found = safely(request, try_out).as_json()
        found.pop("hash", None)
        return found | {"preview": True}
    outcome = safely(request)
    if outcome.outcome == "accepted":
        sequence()
    return outcome.as_json()


@click.command(cls=Command)
@click.argument("project", metavar="项目")
@json_option
def history(project: str, as_json: bool) -> int:
    """项目上办理过的行为，按先后。"""
    place.database_ready()
    from guicheng.ledger.append import bodies
    from guicheng.people.roles import ROLE_ZH

    done = bodies(project)
    if not done:
        raise Fault(f"没有编号为 {project} 的项目")
    if as_json:
        put_json({"project": project, "acts": done})
        return 0
    rows = [
        [
            f"第{b['seq']}号",
            b["on"],
            title_of(b["act"]),
            b["clause"],
            f"{b['by']}（{ROLE_ZH.get(b['role'], b['role'])}）",
        ]
        for b in done
    ]
    say(*aligned(rows))
    return 0


@click.command(cls=Command)
@click.argument("project", metavar="项目")
@json_option
def status(project: str, as_json: bool) -> int:
    """项目现在的情况：环节、违反与依据不足、未了的职责、可以办理的行为。"""
    place.database_ready()
    from guicheng.exchange.standing import standing

    found = standing(project, place.day_of(None, "on"))
    if found is None:
        raise Fault(f"没有编号为 {project} 的项目")
    if as_json:
        put_json(found)
        return 0
    say(f"{found['project']} {found['title']}", f"环节：{found['stage']}　末一行为：第{found['seq']}号")
    for word, title in (("breached", "违反"), ("exempted", "已豁免或说明")):
        if listed := [f for f in found["findings"] if f["verdict"] == word]:
            say(f"{title} {len(listed)} 条：", *(line for f in listed for line in breach_in_words(f)))
    if unknown := [f["clause"] for f in found["findings"] if f["verdict"] == "unknown"]:
        say(f"依据不足、无从判断 {len(unknown)} 条：{'、'.join(unknown)}")
    if found["duties"]:
        rows = [
            ["    " + d["title"], d["due"] or "无期限", d["owed_by"] + ("　已逾期" if d["late"] else "")]
            for d in found["duties"]
        ]
        say("未了的职责：", *aligned(rows))
    say("可以办理：", *aligned([["    " + a["title"], a["act"], "、".join(a["by"])] for a in found["acts"]]))
    return 0
