"""One complete life of a mixed software and hardware project as act lines, with refusals and their cures among them."""

from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from typing import Any

from guicheng.demo.build import live
from guicheng.demo.bureau import opening, plans
from guicheng.demo.life import Spec, ordered

SPEC = Spec(
    "HA-2023-101", "政务服务综合受理平台与自助终端建设项目", "zwfw", date(2023, 5, 8), 468, "mixed", "operation",
    ("major", "conditional", "restart", "reconsider", "change-near", "evaluated-good"),
)  # fmt: skip


def too_early(line: dict[str, Any], day: str) -> dict[str, Any]:
    """The same act, attempted on an earlier day."""
    tests = [test | {"tested_on": day} for test in line["data"]["tests"]]
    return line | {"id": f"{line['id']}-too-early", "on": day, "data": line["data"] | {"tests": tests}}


def with_data(line: dict[str, Any], **changed: Any) -> dict[str, Any]:
    """The same act with other data."""
    tried = deepcopy(line)
    tried["id"] += "-refused"
    tried["data"] |= changed
    return tried


def attempts(lines: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The lines of the life, and before three of them an attempt that the regulation refuses."""
    previous = lines[0]
    for line in lines:
        if line["act"] == "sign-contract" and line["data"]["kind"] == "main":
            yield with_data(line, warranty_months=23)
        if line["act"] == "apply-for-acceptance":
            yield too_early(line, previous["on"])
        if line["act"] == "plan-change":
            yield with_data(line, cost=line["data"]["cost"] * 2)
        yield line
        previous = line


def example() -> list[dict[str, Any]]:
    """Every line of the example, for an empty installation."""
    life = list(ordered([opening(), plans([SPEC]), live(SPEC, 0)]))
    return list(attempts(life))
