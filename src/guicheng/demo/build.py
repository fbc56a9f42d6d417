"""The whole demonstration as act lines, and putting them through the door."""

from collections.abc import Callable, Iterator
from datetime import date
from importlib.resources import files
from typing import Any

import yaml

from guicheng.demo.beginning import begin
from guicheng.demo.building import build as built
from guicheng.demo.bureau import callings, opening, plans
from guicheng.demo.ending import finish
from guicheng.demo.history import histories
from guicheng.demo.life import Life, Reached, Spec, ordered
from guicheng.door.outcome import Outcome, Request
from guicheng.door.perform import perform

LAST_DAY = date(2026, 11, 20)
"""The demonstration ends here, so that it is the same on every later day."""


def specs() -> list[Spec]:
    text = files("guicheng.demo").joinpath("portfolio.yaml").read_text(encoding="utf8")
    return [Spec(**{**about, "stories": tuple(about["stories"])}) for about in yaml.safe_load(text)]


def live(spec: Spec, index: int) -> list[dict[str, Any]]:
    """One project's lines, to where it stands."""
    life = Life(spec, index, LAST_DAY)
    try:
        begin(life)
        built(life)
        finish(life)
    except Reached:
        pass
    return life.lines


def lines() -> Iterator[dict[str, Any]]:
    """Every act line of the demonstration, by day."""
    every = specs()
    called = callings(LAST_DAY.isoformat())
    yield from ordered([opening(), plans(every), called, *histories(), *(live(s, i) for i, s in enumerate(every))])


class Refused(Exception):
    """A line of the demonstration was not accepted: the demonstration and the regulation no longer agree."""

    def __init__(self, line: dict[str, Any], outcome: Outcome):
        super().__init__(f"{line['project']} {line['on']} {line['act']}: {outcome.as_json()}")


def build(progress: Callable[[int, int], None] = lambda done, of: None) -> int:
    """Put the demonstration through the door, line by line; returns how many acts. Raises Refused."""
    every = list(lines())
    for n, line in enumerate(every, 1):
        outcome = perform(
            Request(
                line["project"], line["act"], line["by"].removeprefix("user:"), line["on"], line["data"],
                role=line.get("role"), id=line["id"], history=line.get("history", False),
            )
        )  # fmt: skip
        if not outcome.ok:
            raise Refused(line, outcome)
        progress(n, len(every))
    return len(every)
