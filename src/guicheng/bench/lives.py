"""The lives that go through the door: those of the demonstration, each under a code that can be told from all other text."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from guicheng.demo.build import Refused, live, specs
from guicheng.demo.bureau import opening, plans
from guicheng.demo.history import PAST, recorded
from guicheng.demo.life import Spec
from guicheng.door.outcome import Request
from guicheng.door.perform import perform

Tick = Callable[[int, int], None]
Line = dict[str, Any]


@dataclass(frozen=True)
class Pattern:
    """One life: its project, its act lines on its own chain and on the bureau's, and whether it is recorded history."""

    spec: Spec
    lines: list[Line]

    @property
    def order(self) -> str:
        """The part of the code that no other text contains."""
        return self.spec.code.rpartition("-")[2]


def coded(spec: Spec, number: int) -> Spec:
    """The same project as the number-th of a portfolio: HA-2024-P0000017."""
    return replace(spec, code=f"{spec.code[:7]}-{order_of(number)}")


def order_of(number: int) -> str:
    return f"P{number:07d}"


def patterns(only: Iterable[int] | None = None) -> list[Pattern]:
    """Every life of the demonstration and of its recorded history, or those with these places in the list."""
    every = [(spec, live) for spec in specs()] + [(spec, recorded) for spec in PAST]
    chosen = range(len(every)) if only is None else sorted(set(only))
    found = []
    for number, place in enumerate(chosen):
        spec, lines = coded(every[place][0], number), every[place][1]
        found.append(Pattern(spec, lines(spec, place)))
    return found


def through_the_door(lives: list[Pattern], tick: Tick = lambda done, of: None) -> None:
    """The bureau's opening, its annual plans, then life after life. Raises Refused when the regulation disagrees."""
    for line in [*opening(), *plans([one.spec for one in lives])]:
        _perform(line)
    for number, one in enumerate(lives, 1):
        for line in one.lines:
            _perform(line)
        tick(number, len(lives))


def _perform(line: Line) -> None:
    by = line["by"].removeprefix("user:")
    outcome = perform(
        Request(
            line["project"], line["act"], by, line["on"], line["data"], role=line.get("role"), id=line["id"],
            history=line.get("history", False),
        )
    )  # fmt: skip
    if outcome.outcome != "accepted":
        raise Refused(line, outcome)
