"""Meters: security against its least share, changes against their most, contracts against the budget, payments against contracts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from guicheng.judge.say import percent, wan
from guicheng.portfolio.portrait.book import Book
from guicheng.portfolio.portrait.facts import of_project, per_record, rule_called
from guicheng.records.initiation import Approval, BudgetCheck, EstimateLine
from guicheng.records.money import Settlement
from guicheng.records.operation import Change
from guicheng.records.procurement import Contract

Both = tuple[str, str]
WHOLE = 10_000  # ten-thousandths


@dataclass(frozen=True)
class Meter:
    """A part of a whole against a limit. Money in fen, shares in ten-thousandths. `at_least`: the limit is a floor.

    `part` is None where it is not known, `whole` where there is nothing yet to measure against."""

    code: str
    title: Both
    basis: Both
    clause: str
    part: int | None
    whole: int | None
    limit: int
    at_least: bool

    @property
    def share(self) -> int | None:
        return self.part * WHOLE // self.whole if self.part is not None and self.whole else None

    @property
    def kept(self) -> bool | None:
        """Exactly, in fen; None while it cannot be said."""
        if self.part is None or not self.whole:
            return None
        mine, bound = self.part * WHOLE, self.whole * self.limit
        return mine >= bound if self.at_least else mine <= bound

    @property
    def bound(self) -> int | None:
        """The limit as an amount: rounded up for a floor, down for a ceiling."""
        if not self.whole:
            return None
        return -(-self.whole * self.limit // WHOLE) if self.at_least else self.whole * self.limit // WHOLE

    @property
    def words(self) -> str:
        """Number, unit and limit in words."""
        side = "应不低于" if self.at_least else "不得超过"
        if self.part is None or self.share is None or self.bound is None:
            return f"依据不足，{side}{percent(self.limit)}"
        return f"{wan(self.part)}，占{wan(self.whole or 0)}的{percent(self.share)}，{side}{percent(self.limit)}（{wan(self.bound)}）"

    @property
    def full(self) -> int:
        """The share at the right end of the bar, so that both the value and its limit are on it."""
        return max(self.share or 0, self.limit * 5 // 4 if self.limit >= WHOLE else self.limit * 2)

    @property
    def fill(self) -> int:
        """How far the bar is filled, in per cent."""
        return (self.share or 0) * 100 // self.full

    @property
    def mark(self) -> int:
        """Where the limit line stands, in per cent."""
        return self.limit * 100 // self.full


SECURITY: tuple[tuple[str, type[Any], Both], ...] = (
    ("security-share-at-settlement", Settlement, ("按审定结算", "of the settlement")),
    ("security-share-after-change", Change, ("按批复预算与变更", "of the budget with changes")),
    ("security-share-too-low", Approval, ("按批复预算", "of the approved budget")),
    ("security-share-at-budget-check", BudgetCheck, ("按预算把关时的概算", "of the estimate at the budget check")),
)
"""The rules that judge the security share, the latest moment first, and what each judges."""


def meters(book: Book) -> list[Meter]:
    """Every meter that has something to measure on this project."""
    found = (_security(book), _changes(book), _contracted(book), _paid(book))
    return [m for m in found if m is not None]


def _security(book: Book) -> Meter | None:
    least = book.figure("security.min_ratio")
    for code, table, basis in SECURITY:
        facts = per_record(book, code)[-1:] if book.rows(table) else []
        if facts:
            part, whole, limit = facts[0]["security"], facts[0]["whole"], facts[0]["least"]
            return _meter(book, "security", basis, part, whole, limit or least)
    lines = book.rows(EstimateLine)
    if not lines:
        return None
    counted = {"security"} | ({"assessment"} if book.figure("security.tags") == "WITH_ASSESSMENT" else set())
    part = sum(line.amount or 0 for line in lines if line.tag in counted)
    whole = sum(line.amount or 0 for line in lines)
    return _meter(book, "security", ("按现有概算", "of the estimate so far"), part, whole, least)


def _changes(book: Book) -> Meter | None:
    facts = per_record(book, "changes-beyond-share")[-1:] if book.rows(Change) else []
    if not facts:
        return None
    spent, base, most = facts[0]["spent"], facts[0]["base"], book.figure("change.max_ratio", book.rows(Change)[-1].day)
    basis = ("累计，按原建设项目总费用", "all together, of the original cost")
    return _meter(book, "changes", basis, spent, base, most)


def _contracted(book: Book) -> Meter | None:
    if not book.rows(Contract):
        return None
    facts = of_project(book, "contracted-beyond-budget")
    basis = ("合同合计，按批复预算", "all contracts, of the approved budget")
    return _meter(book, "contracts", basis, facts.get("signed"), book.project.budget, WHOLE)


def _paid(book: Book) -> Meter | None:
    amending = {c.ref for c in book.rows(Contract) if c.amends}
    facts = [f for f in per_record(book, "paid-beyond-contract") if f["contract"] not in amending]
    if not facts:
        return None
    known = all(f["paid"] is not None and f["most"] is not None for f in facts)
    part, whole = (sum(f["paid"] for f in facts), sum(f["most"] for f in facts)) if known else (None, None)
    return _meter(book, "payments", ("已付净额，按合同金额", "net payments, of the contracts"), part, whole, WHOLE)


TITLES: dict[str, tuple[Both, str]] = {
    "security": (("安全投入占比", "Security share"), "security-share-too-low"),
    "changes": (("变更经费占比", "Share of changes"), "changes-beyond-share"),
    "contracts": (("合同占预算", "Contracts of budget"), "contracted-beyond-budget"),
    "payments": (("支付占合同", "Payments of contracts"), "paid-beyond-contract"),
}


def _meter(book: Book, code: str, basis: Both, part: int | None, whole: int | None, limit: int) -> Meter:
    title, rule = TITLES[code]
    found = rule_called(book.law, rule)
    return Meter(code, title, basis, found.clause if found else "", part, whole, limit, at_least=code == "security")
