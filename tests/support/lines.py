"""A short history as act lines: a bureau, two projects, an outsider, a correction, an interpretation that reaches back."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from guicheng.exchange.check import Difference, check_erasables, check_heads, check_ledger, check_namings, check_tables
from guicheng.exchange.intake import take_in
from guicheng.exchange.lines import read_lines
from tests.support.door import FILING

PAPER = {"title": "会议纪要", "kind": "纪要", "digest": "sm3:" + "0" * 64}
ROOT = Path(__file__).parents[2]


def line(project: str, act: str, by: str, on: str, /, **data: Any) -> dict[str, Any]:
    return {"project": project, "act": act, "by": by, "on": on, "data": data}


def post(person: str, role: str, unit: str, by: str = "an.quan", **more: Any) -> dict[str, Any]:
    named = more if "outsider_name" in more else {"name": person, **more}
    return line("bureau", "appoint", by, "2024-01-02", person=person, unit=unit, post=role, **named)


LINES: list[dict[str, Any]] = [
    line("bureau", "register-unit", "setup", "2024-01-02", code="wcs", name="网技处"),
    post("an.quan", "security-admin", "wcs", by="setup"),
    line("bureau", "register-unit", "an.quan", "2024-01-02", code="firm", name="云杉数科（虚构）", outside=True),
    post("li.wei", "construction", "wcs"),
    post("wang.wx", "cyber-office", "wcs"),
    line("HA-1", "file-project", "user:li.wei", "2025-06-03", **FILING),
    line("HA-1", "attach-paper", "li.wei", "2025-06-04", **PAPER),
    line("HA-1", "attach-paper", "li.wei", "2025-06-04", **PAPER),
    post("out.zhao", "contractor", "firm", outsider_name="赵外人", project="HA-1"),
    line("HA-2", "file-project", "li.wei", "2025-06-05", **FILING | {"title": "第二个项目", "contact_phone": "0517-81111111"}),
    line("HA-1", "attach-paper", "out.zhao", "2025-06-06", **PAPER | {"title": "承建单位的“材料”\n第二行"}),
    line(
        "bureau", "interpret", "wang.wx", "2025-06-09", ref="解释1号", title="重大项目", article=4, text="按金额认定",
        starts="2025-01-01", sets={"major.amount": "20000000"},
    ),
    line("HA-1", "correct", "li.wei", "2025-06-10", entry=2, reason="题名写错", replacement=PAPER | {"title": "更正后的纪要"}),
    line("HA-1", "correct", "li.wei", "2025-06-11", entry=1, reason="换了电话", replacement=FILING | {"contact_phone": "0517-82222222"}),
    line("HA-2", "attach-paper", "li.wei", "2025-06-12", **PAPER),
]  # fmt: skip
"""The interpretation comes after the filings and starts before them: a replay must not let it reach them."""


def written(lines: list[dict[str, Any]], path: Path) -> Path:
    path.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in lines), encoding="utf8")
    return path


def guicheng(*arguments: str, home: Path, **more: Any) -> subprocess.CompletedProcess[bytes]:
    """The real command in a process of its own, on the embedded database of a folder."""
    return subprocess.run(command(*arguments, home=home), env=environment(), capture_output=True, check=False, **more)


def command(*arguments: str, home: Path) -> list[str]:
    return [str(Path(sys.executable).parent / "guicheng"), "--home", str(home), *arguments]


def environment() -> dict[str, str]:
    return {k: v for k, v in os.environ.items() if not k.startswith(("GUICHENG", "DJANGO"))}


def file_of(lines: list[dict[str, Any]]) -> io.BytesIO:
    return io.BytesIO("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in lines).encode())


def taken(lines: list[dict[str, Any]], preview: bool = False, history: bool = False) -> list[dict[str, Any]]:
    return [outcome for _, outcome in take_in(read_lines(file_of(lines), history), preview)]


def words(outcomes: list[dict[str, Any]]) -> list[str]:
    return [o["outcome"] for o in outcomes]


def differences() -> list[Difference]:
    done = check_ledger()
    return [*check_heads(done), *check_erasables(), *check_namings(), *check_tables()]
