"""What the door answers: the act was done, or why not, under which clause, in whose words, and the cure."""

from dataclasses import dataclass, field
from typing import Any, Literal

Word = Literal["accepted", "refused", "invalid", "denied", "skipped"]


@dataclass(frozen=True)
class Request:
    """One act as asked for. `after` is the project's sequence number that the asker saw; None does not care."""

    project: str
    act: str
    by: str
    on: Any
    data: dict[str, Any] = field(default_factory=dict)
    role: str | None = None
    id: str | None = None
    after: int | None = None
    history: bool = False


@dataclass(frozen=True)
class Outcome:
    """The door's answer. `breaches` are findings as JSON; `reminders` and `unknown` never stopped anything."""

    outcome: Word
    project: str
    act: str
    breaches: list[dict[str, Any]] = field(default_factory=list)
    errors: dict[str, list[str]] = field(default_factory=dict)
    reminders: list[dict[str, Any]] = field(default_factory=list)
    unknown: list[dict[str, Any]] = field(default_factory=list)
    meanwhile: list[dict[str, Any]] = field(default_factory=list)
    seq: int | None = None
    hash: str | None = None

    def as_json(self) -> dict[str, Any]:
        """The outcome as interfaces promise it; parts that say nothing are left out."""
        parts = {k: v for k, v in self.__dict__.items() if v not in (None, [], {})}
        return {"project": self.project, "act": self.act, "outcome": self.outcome, **parts}

    @property
    def ok(self) -> bool:
        return self.outcome in ("accepted", "skipped")


class Stopped(Exception):
    """Carries an outcome out of the transaction, so that everything written in it is rolled back."""

    def __init__(self, word: Word, **parts: Any):
        super().__init__(word)
        self.word, self.parts = word, parts


class Wrong(Stopped):
    """The request does not fit: each field with its sentence."""

    def __init__(self, errors: dict[str, list[str]]):
        super().__init__("invalid", errors=errors)
