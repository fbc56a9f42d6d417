"""Duties that an act opens and closes. Due days are computed once, with the holidays known then, and kept in the entry."""

from datetime import date
from typing import Any

from guicheng.door.deed import Deed
from guicheng.law.declare import Duty, Owed
from guicheng.law.periods import deadline
from guicheng.law.regulation import Regulation
from guicheng.records.project import DutyOf

Due = dict[str, Any]
"""One opened duty as the entry keeps it: code, subject, start, due."""


def close(law: Regulation, deed: Deed) -> None:
    """Close the open duties that this act discharges: those about its subject, when it names one."""
    for duty in law.duties_closed_by(deed.act.spec.code):
        still = deed.rows(DutyOf, code=duty.code, closed_on__isnull=True)
        subject = _subject(deed)
        about = still.filter(subject__in=("", subject)) if subject else still
        about.update(closed_on=deed.day)


def hand_over(deed: Deed) -> None:
    """Every duty of the project, open or closed, now stands under its new office."""
    deed.rows(DutyOf).update(unit=deed.project.unit)


def _subject(deed: Deed) -> str:
    """What an act is about: what `write` found out, else its own `subject()` when it has one."""
    if deed.subject:
        return deed.subject
    say = getattr(deed.act, "subject", None)
    return str(say()) if callable(say) else ""


def opened(law: Regulation, deed: Deed) -> list[Due]:
    """The duties that this act opens, with their last days."""
    found: list[Due] = []
    for duty in law.duties_opened_by(deed.act.spec.code):
        owed = duty.body(deed)
        for one in owed if isinstance(owed, list) else [owed] if owed else []:
            found.append(_due(duty, deed, one if isinstance(one, Owed) else Owed(one)))
    return found


def _due(duty: Duty, deed: Deed, owed: Owed) -> Due:
    due: date | None = owed.due
    if due is None and duty.within:
        figure = deed.figures[duty.within]
        amount = figure.on(owed.start)
        due = deadline(owed.start, int(amount), figure.unit)
    last = due.isoformat() if due else None
    return {"code": duty.code, "subject": owed.subject, "start": owed.start.isoformat(), "due": last}


def keep(law: Regulation, deed: Deed, dues: list[Due]) -> None:
    """Write opened duties, as just computed or as the entry kept them."""
    for i, one in enumerate(dues, 1):
        duty = law.duties[one["code"]]
        deed.keep(
            DutyOf, ref=f"{deed.seq}.{i}", code=duty.code, subject=one["subject"], title=duty.title,
            owed_by=",".join(duty.by), started_on=date.fromisoformat(one["start"]),
            due_on=date.fromisoformat(one["due"]) if one["due"] else None, closed_on=None, unit=deed.project.unit,
        )  # fmt: skip
