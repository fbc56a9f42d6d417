"""Which records a field may name: this project's contracts, parts, milestones and so on, offered as a list."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.db.models import QuerySet

from guicheng.law.declare import FORCE_ZH, Force
from guicheng.ledger.models import Entry
from guicheng.people.models import Person, Unit
from guicheng.records import models as records
from guicheng.records.base import Record
from guicheng.records.project import Project
from guicheng.regulations.base import regulation
from guicheng.web.english import clause, gist
from guicheng.web.spoken import ENGLISH, day_word, money_word

Choice = tuple[str, str]
MOST = 500
NAMED_BY = ("title", "name", "topic", "item", "supplier", "summary", "text", "content", "demands", "organ")
SUMS = ("amount", "budget", "cost", "value")

TABLES: dict[str, type[models.Model]] = {
    "contract": records.Contract, "amends": records.Contract, "component": records.Component,
    "components": records.Component, "milestone": records.Milestone, "request": records.PaymentRequest,
    "payment": records.Payment, "tender": records.Tender, "award": records.Award, "inspection": records.Inspection,
    "review": records.Review, "system": records.System, "approval": records.Approval, "comment": records.Comment,
    "submission": records.PartySubmission, "close-condition.condition": records.Condition, "finding": records.Finding,
    "retest_of": records.Assessment, "event": records.TrialEvent, "claim": records.WarrantyClaim,
    "rests_on": records.Evaluation, "asset": records.Asset, "acceptance": records.Acceptance,
    "change": records.Change, "matter": records.SupervisedMatter, "plan_line": records.AnnualPlanLine,
    "edition": records.EditionOf, "publish-tender.plan": records.ProcurementPlan,
    "sign-contract.plan": records.ProcurementPlan, "hold-discussion.plan": records.Plan,
    "close-comment.plan": records.Plan, "confirm-security-lines.lines": records.EstimateLine,
    "review-contract-legality.contract": records.ContractDraft, "settle.report": records.SettlementAudit,
    "move-to-edition.edition": records.EditionOf,
}  # fmt: skip
"""The table whose rows a field names, by field or by act and field."""

NEW = {"grade-system.system", "draft-contract.contract", "submit-feasibility.contract", "retire-system.assets.approval"}
"""Fields that give a new name, or name what is kept elsewhere: typed."""

UNITS = {"unit", "to_unit"}
CODE = 64  # a field no longer than a reference means a unit's code; a longer one its name, which is typed
PEOPLE = {
    "person", "leader", "contact", "owner", "custodian", "received_by", "checked_by", "prepared_by", "reviewed_by",
    "judged_by", "filed_by", "user",
}  # fmt: skip
"""Fields that mean a person: those of the house are suggested, others may be typed."""


@dataclass
class Offer:
    """What the fields of one act on one project may name; each table is read once.

    `readable` are the entries whose records the person may see; a row that another entry wrote is not offered."""

    act: str
    project: Project | None
    readable: QuerySet[Entry] | None = None
    _read: dict[Any, list[Choice]] = field(default_factory=dict)

    def choices(self, path: str, most: int | None = None) -> list[Choice] | None:
        """The records that the field at this path (of so many characters at most) names, as value and label; None where it is
        typed."""
        name = path.rsplit(".", 1)[-1]
        if path in NEW:
            return None
        if path in SPECIAL:
            return self._once(path, lambda: SPECIAL[path](self))
        if name in UNITS and most == CODE:
            return self._once("units", _units)
        table = TABLES.get(path) or TABLES.get(name)
        if name == "budget_code" and self.act not in ("appropriate", "check-budget"):
            return self._once("budget", lambda: self._rows(records.Appropriation, "budget_code"))
        named = "contract" if table is records.ContractDraft else "ref"
        return self._once(table, lambda: self._rows(table, named)) if table else None

    def people(self, path: str) -> bool:
        """Whether the field means a person, so that the house's people are suggested."""
        return path.rsplit(".", 1)[-1] in PEOPLE

    def everyone(self) -> list[Choice]:
        """User names and names of the bureau's own people."""
        return self._once("people", _people)

    def _once(self, key: Any, find: Callable[[], list[Choice]]) -> list[Choice]:
        if key not in self._read:
            self._read[key] = find()
        return self._read[key]

    def _rows(self, table: type[models.Model], name: str) -> list[Choice]:
        rows = table._default_manager.order_by("-seq", "pk")
        if issubclass(table, Record):
            if self.project is None:
                return []
            rows = rows.filter(project=self.project)
            if self.readable is not None:
                rows = rows.filter(seq__in=self.readable.values("seq"))
        return list({str(getattr(r, name)): told(r, name) for r in rows[:MOST]}.items())


def told(row: models.Model, name: str) -> str:
    """A record in one line: its name, what it is about, the sum, the day."""
    parts = [str(getattr(row, name))]
    about = next((v for n in NAMED_BY if isinstance(v := getattr(row, n, None), str) and v), "")
    parts += [about[:40]] if about and about not in parts else []
    sums = next((v for n in SUMS if isinstance(v := getattr(row, n, None), int)), None)
    parts += [money_word(sums)] if sums is not None else []
    return " · ".join([*parts, day_word(row.day)] if isinstance(row, Record) else parts)


def _units() -> list[Choice]:
    return [(u.code, f"{u.name}（{u.code}）") for u in Unit.objects.order_by("outside", "code")[:MOST]]


def _people() -> list[Choice]:
    inside = Person.objects.filter(unit__outside=False).select_related("unit").order_by("unit__code", "username")
    return [(p.username, f"{p.name} · {p.unit.name if p.unit else ''}") for p in inside[:MOST]]


def _rules(force: Force) -> Callable[[Offer], list[Choice]]:
    def found(offer: Offer) -> list[Choice]:
        chosen = [r for r in regulation().rules.values() if r.force == force]
        if ENGLISH.get():
            return [(r.id, f"{clause(r.clause)} {gist(r)}") for r in chosen]
        return [(r.id, f"{r.clause} {r.sentence[:50]}（{FORCE_ZH[force]}）") for r in chosen]

    return found


def _entries(offer: Offer) -> list[Choice]:
    """The project's acts that may be corrected, latest first."""
    if offer.readable is None:
        return []
    acts = regulation().acts
    done = [
        b
        for b in map(json.loads, offer.readable.order_by("seq").values_list("body", flat=True))
        if b["act"] != "correct"
    ]
    english = ENGLISH.get()
    told = [(b["seq"], acts[b["act"]].title_en if english else acts[b["act"]].title, day_word(b["on"])) for b in done]
    return [(str(n), f"{f'No. {n}' if english else f'第{n}号'} · {act} · {on}") for n, act, on in reversed(told)]


def _posts(offer: Offer) -> list[Choice]:
    return _people()


SPECIAL: dict[str, Callable[[Offer], list[Choice]]] = {
    "grant-exemption.rule": _rules(Force.EXEMPTABLE),
    "explain.rule": _rules(Force.EXPLAIN),
    "correct.entry": _entries,
    "end-post.person": _posts,
}
