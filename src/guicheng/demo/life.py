"""One life as act lines: who does what on which day, from filing to where the project stands today."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from guicheng.demo import cast
from guicheng.law.periods import is_workday
from guicheng.ledger.digest import sm3

BUREAU = "bureau"
KINDS = {
    "software": (("业务系统", "software", "应用软件开发"),),
    "hardware": (("设备", "hardware", "设备采购与安装"),),
    "mixed": (("业务系统", "software", "应用软件开发"), ("设备", "hardware", "设备采购与安装")),
    "security": (("安全平台", "software", "安全系统"), ("安全设备", "security", "安全设备")),
    "om": (("运维服务", "om", "运行维护服务"),),
}
"""The components of each kind of project: short name, kind, name."""


class Reached(Exception):
    """The life has come as far as it is told to."""


@dataclass(frozen=True)
class Spec:
    """One line of portfolio.yaml."""

    code: str
    title: str
    unit: str
    start: date
    wan: int
    kind: str
    stop: str
    stories: tuple[str, ...] = ()

    @property
    def amount(self) -> int:
        """The approved amount in fen."""
        return self.wan * 1_000_000


@dataclass
class Life:
    """The lines written so far, the day they have come to, and the people of this project."""

    spec: Spec
    index: int
    today: date
    lines: list[dict[str, Any]] = field(default_factory=list)
    staff: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.day = self.spec.start
        self.filer, self.follower = cast.builders(self.spec.unit)
        self.contractor = cast.firm_of(cast.CONTRACTORS, self.index)
        self.supervisor = cast.firm_of(cast.SUPERVISORS, self.index)

    # --- words -----------------------------------------------------------------------------------------------------

    def told(self, story: str) -> bool:
        return story in self.spec.stories

    @property
    def components(self) -> tuple[tuple[str, str, str], ...]:
        return KINDS[self.spec.kind]

    @property
    def software(self) -> bool:
        return any(kind == "software" for _, kind, _ in self.components)

    @property
    def supervised(self) -> bool:
        return self.spec.kind != "om" and not self.told("exempt-supervision")

    def share(self, ten_thousandths: int) -> int:
        """A share of the approved amount, in whole fen rounded down to whole hundreds of yuan."""
        return self.spec.amount * ten_thousandths // 10_000 // 10_000 * 10_000

    def paper(self, title: str) -> str:
        """The digest of a paper that only exists as its title."""
        return "sm3:" + sm3(f"{self.spec.code} {title}".encode())

    def number(self, prefix: str, suffix: str = "") -> str:
        """A document's number that no other project has: 淮审批 … 〔2024〕 4-009."""
        year, order = self.spec.code.split("-")[1:]
        return f"{prefix}〔{year}〕{order}{suffix}"

    # --- days ------------------------------------------------------------------------------------------------------

    def wait(self, days: int) -> None:
        """Let days pass; the next act falls on a working day, and never after today."""
        day = self.day + timedelta(days=days)
        while day <= self.today and not is_workday(day):
            day += timedelta(days=1)
        if day > self.today:
            raise Reached
        self.day = day

    def until(self, day: date) -> None:
        self.wait(max(0, (day - self.day).days))

    # --- acts ------------------------------------------------------------------------------------------------------

    def act(self, code: str, by: str, wait: int = 0, role: str | None = None, **data: Any) -> None:
        """One act, after some days; data left None are left out."""
        if wait:
            self.wait(wait)
        self.line(self.spec.code, code, by, role, data)

    def line(self, project: str, code: str, by: str, role: str | None, data: dict[str, Any]) -> None:
        chosen = {k: _json(v) for k, v in data.items() if v is not None}
        line = {
            "id": f"demo-{self.spec.code}-{len(self.lines) + 1}",
            "project": project,
            "act": code,
            "by": f"user:{by}",
        }
        line |= {"role": role} if role else {}
        self.lines.append(line | {"on": self.day.isoformat(), "data": chosen})

    def appoint(self, firm: cast.Firm, role: str, name: str) -> str:
        """Give someone of an outside body a post on this project; returns the user name."""
        user = cast.outsider(self.spec.code, firm.code)
        data = {"person": user, "outsider_name": name, "unit": firm.code, "post": role, "project": self.spec.code}
        self.line(BUREAU, "appoint", "an.quan", None, data)
        return user

    def mark(self, stop: str) -> None:
        """Stop here when the project has come no further than this."""
        if self.spec.stop == stop:
            raise Reached


def _json(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [_json(v) for v in value]
    if isinstance(value, dict):
        return {k: _json(v) for k, v in value.items() if v is not None}
    return value


def ordered(lives: list[list[dict[str, Any]]]) -> Iterator[dict[str, Any]]:
    """All lines by day, appointments first on their day, each life in its own order."""
    keyed = [
        (line["on"], line["project"] != BUREAU, life, place, line)
        for life, lines in enumerate(lives)
        for place, line in enumerate(lines)
    ]
    for *_, line in sorted(keyed, key=lambda k: k[:4]):
        yield line
