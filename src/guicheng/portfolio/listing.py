"""The list of projects: what may be asked, and the filters, which combine. How its pages are turned stands in `paging`."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import BigIntegerField, Case, Exists, F, OuterRef, Q, QuerySet, When

from guicheng.portfolio.models import RULE_READ, Kept, KeptFinding
from guicheng.portfolio.search.ask import Sieve, sieve
from guicheng.records.initiation import Component, Filing
from guicheng.records.project import Project
from guicheng.records.stage import ENDED, Stage
from guicheng.regulations.base import regulation

PAGE = 50
KINDS = {"software": "软件", "hardware": "硬件", "security": "安全", "om": "运维", "other": "其他"}
SORTS = {"code": "code", "filed": "filed_on", "budget": "money", "stage": "stage"}
COLOURS = ("red", "amber", "green")


@dataclass(frozen=True)
class Asked:
    """What the reader asked for. Anything that is not offered is left out, never an error."""

    q: str = ""
    stage: int | None = None
    unit: str = ""
    year: int | None = None
    kind: str = ""
    health: str = ""
    major: bool = False
    suspended: bool = False
    ongoing: bool = False
    rule: str = ""
    article: str = ""
    verdict: str = ""
    sort: str = "-filed"
    after: tuple[str, str] | None = None
    further: bool = False
    """The page before was left short: to look at many more for this one."""
    ignored: tuple[str, ...] = field(default=(), compare=False)

    def address(self, **changes: Any) -> str:
        """The same question, changed, as the end of an address."""
        asked = replace(self, after=None, further=False, **changes)
        named = {
            "q": asked.q, "stage": asked.stage, "unit": asked.unit, "year": asked.year, "kind": asked.kind,
            "health": asked.health, "major": asked.major and "1", "suspended": asked.suspended and "1",
            "ongoing": asked.ongoing and "1", "rule": asked.rule, "article": asked.article, "verdict": asked.verdict,
            "sort": asked.sort if asked.sort != "-filed" else "",
        }  # fmt: skip
        return urlencode({k: v for k, v in named.items() if v})


def understood(given: Any) -> Asked:
    """The question in an address (a mapping with `get`)."""
    sort = given.get("sort", "-filed")
    key, _, code = given.get("after", "").rpartition("|")
    return Asked(
        q=given.get("q", "").strip()[:100], stage=_number(given.get("stage"), {int(s) for s in Stage}),
        unit=given.get("unit", "")[:64], year=_number(given.get("year"), set(range(2000, 2100))),
        kind=_one_of(given.get("kind"), KINDS), health=_one_of(given.get("health"), COLOURS),
        major=given.get("major") == "1", suspended=given.get("suspended") == "1", ongoing=given.get("ongoing") == "1",
        rule=given.get("rule", "")[:120], article=given.get("article", "")[:12],
        verdict=_one_of(given.get("verdict"), ("breached", "unknown", "exempted", "kept")),
        sort=sort if sort.lstrip("-") in SORTS else "-filed", after=(key, code) if code else None,
        further=given.get("further") == "1",
    )  # fmt: skip


def _number(text: str | None, offered: set[int]) -> int | None:
    value = int(text) if text and text.isascii() and text.isdigit() and len(text) < 6 else None
    return value if value in offered else None


def _one_of(text: str | None, offered: Any) -> str:
    return text if text and text in offered else ""


def chosen(projects: QuerySet[Project], asked: Asked, passed: Sieve | None = None) -> QuerySet[Project]:
    """Those of these projects that fit. `passed` is what the index leaves over for the words, where it was asked already."""
    plain: dict[str, Any] = {"stage": asked.stage, "unit": asked.unit or None}
    found = projects.filter(**{k: v for k, v in plain.items() if v is not None}, **in_year(asked.year))
    if asked.major:
        found = found.filter(major=True)
    if asked.suspended:
        found = found.filter(suspended_on__isnull=False)
    if asked.ongoing:
        found = found.exclude(stage__in=ENDED)
    if asked.kind:
        found = found.filter(_with(Component, kind=asked.kind))
    if asked.health:
        found = found.filter(_with(Kept, colour=asked.health))
    return _judged(_said(sieved(found, passed or sieve(asked.q)), asked.q), asked)


def sieved(found: QuerySet[Project], passed: Sieve | None) -> QuerySet[Project]:
    """Those that the index leaves over; all where there is none."""
    if passed is None or passed.keys is None:
        return found
    return found.filter(Q(pk__among=set(passed.keys)) | Q(code__in=passed.recent))


def in_year(year: int | None) -> dict[str, date]:
    """Filed in a year, as a range of days: an index knows days, not years."""
    return {} if year is None else {"filed_on__gte": date(year, 1, 1), "filed_on__lte": date(year, 12, 31)}


def priced(projects: QuerySet[Project], money_seen: QuerySet[Project] | None) -> QuerySet[Project]:
    """Each with `approved`: its approved money, nothing where the reader's part of it leaves money out (None: sees all)."""
    if money_seen is None:
        return projects.annotate(approved=F("budget"))
    seen = Exists(money_seen.filter(pk=OuterRef("pk")))
    return projects.annotate(approved=Case(When(seen, then=F("budget")), output_field=BigIntegerField()))


def _with(model: Any, **equal: Any) -> Exists:
    return Exists(model._default_manager.filter(project=OuterRef("pk"), **equal))


def _said(found: QuerySet[Project], words: str) -> QuerySet[Project]:
    """Every word stands in the title, the code, or what was said of it when it was filed. The index narrows; this decides."""
    for word in words.split()[:5]:
        filed = Filing._default_manager.filter(
            Q(content__icontains=word) | Q(background__icontains=word), project=OuterRef("pk")
        )
        found = found.filter(Q(title__icontains=word) | Q(code__icontains=word) | Exists(filed))
    return found


def _judged(found: QuerySet[Project], asked: Asked) -> QuerySet[Project]:
    """Those on which a rule, or some rule of an article, has this verdict."""
    if not (asked.rule or asked.article):
        return found
    kept = _found(asked, RULE_READ).filter(project=OuterRef("pk"))
    return found.filter(~Exists(kept) if asked.verdict == "kept" else Exists(kept))


def rules_of(article: str) -> list[str]:
    return [r.id for r in regulation().rules.values() if str(r.article.number) == article]


def _found(asked: Asked, name: Any = None) -> QuerySet[KeptFinding]:
    """What is kept of a rule, or of all rules of an article: they are named one by one, so that an index finds each."""
    rules = [asked.rule] if asked.rule else rules_of(asked.article)
    kept = KeptFinding._default_manager.alias(name=name or F("rule")).filter(name__in=rules)
    return kept.filter(verdict=asked.verdict) if asked.verdict not in ("", "kept") else kept
