"""What the discipline office does with reports: read, accept, handle, answer, note. Each step and each reading is a row.

Every function takes the person, the day and the key, and checks the person's post on that day first.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from guicheng.law.figures import Figures
from guicheng.law.periods import add_workdays
from guicheng.people.access import roles_of
from guicheng.people.roles import ADMINISTRATORS, Role
from guicheng.sealed.key import REPLY, Key, locked
from guicheng.sealed.store import Body, all_opened, append, opened, prove

Step = Literal["accepted", "declined", "handled", "answered"]
AFTER: dict[Step, tuple[str, ...]] = {
    "accepted": ("report",), "declined": ("report",), "handled": ("accepted",), "answered": ("handled", "answered"),
}  # fmt: skip
CLOCKS = {"report": "report.accept_workdays", "handled": "report.feedback_workdays"}
"""Where a report stands, and the figure within which the next step is due."""
TOLD = ("accepted", "declined", "answered")
"""Steps of which the holder of the return code is told, in the words given for them."""


class NotYours(Exception):
    """Only the discipline office; administrators never."""


class OutOfOrder(Exception):
    """The step does not follow from where the report stands."""


@dataclass(frozen=True)
class Reader:
    """Somebody of the discipline office at work in the room."""

    person: str
    day: date
    key: Key = field(repr=False)

    def __post_init__(self) -> None:
        """Raises WrongKey, or NotYours for anybody else than the discipline office, and keeps that try as a row."""
        prove(self.key)
        held = roles_of(self.person, self.day)
        if Role.DISCIPLINE not in held or ADMINISTRATORS & set(held):
            self._keep({"kind": "turned-away"})
            raise NotYours("举报只有组织人事处（纪检）可以查阅和办理")

    def read(self, report: int) -> Body:
        """A report in plain. That it was read is kept before it is shown."""
        body = opened(self.key, report)
        if body["kind"] not in ("report", "note"):
            raise OutOfOrder(f"没有第{report}号举报")
        self._keep({"kind": "read", "report": report})
        return {k: v for k, v in body.items() if k not in ("reply_key", "code")}

    def step(self, report: int, step: Step, words: str) -> int:
        """Record a step; those of TOLD also lie ready for the holder of the return code. Raises OutOfOrder."""
        found = dict(all_opened(self.key))
        if found.get(report, {}).get("kind") != "report":
            raise OutOfOrder(f"没有第{report}号举报")
        if stands(found, report) not in AFTER[step]:
            raise OutOfOrder(f"第{report}号举报现处“{stands(found, report)}”，不能办理“{step}”")
        if not words.strip():
            raise ValueError("请写明内容")
        number = self._keep({"kind": step, "report": report, "words": words})
        if step in TOLD:
            self._tell(found[report], step, words)
        return number

    def note(self, words: str) -> str:
        """Keep a note of integrity supervision, and give the digest that the act note-integrity names."""
        row = append(self.key.seal, self._signed({"kind": "note", "words": words}))
        return f"sm3:{row.hash}"

    def listing(self) -> list[dict[str, Any]]:
        """Every report by number, day and standing, without its text; that the list was read is kept."""
        found = dict(all_opened(self.key))
        self._keep({"kind": "listed"})
        return [
            {"number": n, "on": b["on"], "stands": stands(found, n)} for n, b in found.items() if b["kind"] == "report"
        ]

    def overdue(self, figures: Figures) -> list[dict[str, Any]]:
        """Reports whose acceptance was not told, or whose result was not answered, within the regulation's working days."""
        found = dict(all_opened(self.key))
        self._keep({"kind": "listed"})
        late = []
        for number in (n for n, b in found.items() if b["kind"] == "report"):
            standing, since = stands(found, number), _since(found, number)
            if standing not in CLOCKS:
                continue
            due = add_workdays(since, int(figures[CLOCKS[standing]].on(since)))
            if self.day > due:
                late.append({"number": number, "stands": standing, "since": since, "due": due})
        return late

    def readings(self) -> list[Body]:
        """Who read what, and who was turned away."""
        kinds = ("read", "listed", "turned-away")
        return [b for _, b in all_opened(self.key) if b["kind"] in kinds]

    def _signed(self, body: Body) -> Body:
        return body | {"by": self.person, "on": self.day.isoformat()}

    def _keep(self, body: Body) -> int:
        return append(self.key.seal, self._signed(body)).number

    def _tell(self, report: Body, step: Step, words: str) -> None:
        secret = bytes.fromhex(report["reply_key"])
        told = {"step": step, "on": self.day.isoformat(), "words": words}
        append(lambda plain, _: REPLY + locked(secret, plain), told, report["code"])


def stands(found: dict[int, Body], report: int) -> str:
    """The last step of a report; 'report' when nothing was done yet."""
    return str(_last(found, report)["kind"])


def _since(found: dict[int, Body], report: int) -> date:
    return date.fromisoformat(_last(found, report)["on"])


def _last(found: dict[int, Body], report: int) -> Body:
    steps = [b for b in found.values() if b.get("report") == report and b["kind"] in AFTER]
    return steps[-1] if steps else found[report]
