"""What each tab of a portrait shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from guicheng.judge.verdict import blocks
from guicheng.ledger.erase import names_of
from guicheng.people.models import Post
from guicheng.people.roles import Role
from guicheng.portfolio.portrait.book import Book
from guicheng.portfolio.portrait.clocks import clocks
from guicheng.portfolio.portrait.history import Page, page
from guicheng.portfolio.portrait.tables import tables
from guicheng.portfolio.portrait.verdicts import standing
from guicheng.portfolio.search.alike import alike
from guicheng.portfolio.sight import history_seen, reach_of, sight_roles
from guicheng.records.prepared import prepared
from guicheng.records.project import PaperOf
from guicheng.web.spoken import ENGLISH, role_word
from guicheng.web.who import Me


@dataclass(frozen=True)
class Tab:
    """One tab: its code as `sight` names the section, and its name."""

    code: str
    zh: str
    en: str


TABS = (
    Tab("overview", "概览", "Overview"), Tab("money", "资金", "Money"), Tab("contracts", "合同", "Contracts"),
    Tab("assessments", "测评", "Assessments"), Tab("trial", "试运行与验收", "Trial and acceptance"),
    Tab("operation", "运行", "Operation"), Tab("changes", "变更", "Changes"), Tab("assets", "资产", "Assets"),
    Tab("papers", "文件", "Papers"), Tab("history", "全过程", "History"),
)  # fmt: skip

CLOCKS = {
    "trial": ("试运行", "复议", "限期整改"), "contracts": ("质量保修",), "operation": ("质量保修",),
}  # fmt: skip
"""Which clocks stand on which tab, by their titles; assessments have all that is neither."""


def shown(tab: str, book: Book, who: Me, seen: frozenset[str], before: str) -> dict[str, Any]:
    """The contents of one tab."""
    if tab == "history":
        return {"history": _history(book, who, before)}
    if tab == "papers":
        return {"history": _history(book, who, before, papers=True), "attached": book.rows(PaperOf)[::-1]}
    found: dict[str, Any] = {"tables": tables(book, tab, ENGLISH.get()), "clocks": _clocks(book, tab)}
    if tab == "overview":
        found["tables"] = [t for t in found["tables"] if t.rows]
        if "findings" in seen:
            found |= _findings(book)
        if "people" in seen:
            found["people"] = _people(book)
        found["similar"] = alike(book.project, reach_of(who.posts).projects)
    return found


def _findings(book: Book) -> dict[str, Any]:
    """What is in breach or set aside; apart from it what cannot be judged, which fills pages where history has gaps."""
    shown = [f.as_json() | {"verdict": f.verdict} for f in sorted(standing(book), key=lambda f: not blocks(f.rule))]
    unknown = [f for f in shown if f["verdict"] == "unknown"]
    return {"findings": [f for f in shown if f["verdict"] != "unknown"], "unknown": unknown}


def _clocks(book: Book, tab: str) -> list[Any]:
    named = CLOCKS.get(tab, ())
    if tab in ("trial", "contracts", "operation"):
        return [c for c in clocks(book) if c.title[0] in named]
    if tab == "assessments":
        return [c for c in clocks(book) if not any(c.title[0] in names for names in CLOCKS.values())]
    return []


def _history(book: Book, who: Me, before: str, papers: bool = False) -> Page:
    """One page of the entries that this person may see; of those with papers alone, when asked."""
    roles = sight_roles(who.posts, book.project)
    below = int(before) if before.isdigit() and len(before) < 10 else None
    found = history_seen(who.username, book.project.code, roles, papers, below)
    return page(book, found, english=ENGLISH.get())


def _people(book: Book) -> list[dict[str, Any]]:
    """Who holds a role on this project today, by role: outside parties, and the office that builds."""
    posts = posts_of.all(book.project.code, book.project.unit, book.day)
    behind = names_of([name for _, name, _, _ in posts])
    return [
        {"role": role_word(role), "name": behind[name], "since": since, "unit": unit or ""}
        for role, name, since, unit in posts
    ]


@prepared
def posts_of(code: str, unit: str, day: date) -> QuerySet[Post, tuple[str, str, date, str | None]]:
    reach = Q(project=code) | Q(role=Role.CONSTRUCTION, unit=unit, project="")
    held = Post.objects.filter(reach, Q(until__isnull=True) | Q(until__gte=day), since__lte=day).order_by("pk")
    return held.values_list("role", "person__name", "since", "person__unit__name")
