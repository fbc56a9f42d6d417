"""A true life through the door, as far as a test needs it: the demonstration's bureau and one of its projects."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from guicheng.demo import build, bureau
from guicheng.demo.life import Spec
from guicheng.door.outcome import Outcome, Request
from guicheng.door.perform import perform
from guicheng.ledger.append import bodies

CODE = "HA-2024-900"
SPEC = Spec(CODE, "一网通办受理平台", "zwfw", date(2024, 1, 8), 100, "software", "operation", ("exempt-study",))


def said(line: dict[str, Any]) -> Outcome:
    by = line["by"].removeprefix("user:")
    return perform(Request(line["project"], line["act"], by, line["on"], line["data"], id=line["id"]))


def lines(*stories: str, until: str) -> Iterator[dict[str, Any]]:
    """The bureau's opening and the life up to the first act of this code, that included."""
    yield from bureau.opening()
    spec = Spec(**SPEC.__dict__ | {"stories": (*SPEC.stories, *stories)})
    for line in build.live(spec, 0):
        yield line
        if line["act"] == until:
            return


def live(*stories: str, until: str) -> None:
    for line in lines(*stories, until=until):
        outcome = said(line)
        assert outcome.ok, (line["act"], outcome.as_json())


def number_of(act: str, nth: int = 0) -> int:
    """The number of the nth entry of this act on the project's chain."""
    return [int(b["seq"]) for b in bodies(CODE) if b["act"] == act][nth]


def data_of(seq: int) -> dict[str, Any]:
    found: dict[str, Any] = next(b["data"] for b in bodies(CODE) if b["seq"] == seq)
    return found


def last_day() -> str:
    return str(bodies(CODE)[-1]["on"])


def act(code: str, data: dict[str, Any], by: str = "sun.li", **more: Any) -> Outcome:
    """One more act, on the day of the last."""
    return perform(Request(**{"project": CODE, "act": code, "by": by, "on": last_day(), "data": data} | more))


def correct(entry: int, replacement: dict[str, Any] | None = None, **more: Any) -> Outcome:
    data: dict[str, Any] = {"entry": entry, "reason": "录入有误"}
    return act("correct", data if replacement is None else data | {"replacement": replacement}, **more)
