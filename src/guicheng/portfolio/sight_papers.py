"""Who may read a paper: whoever handed it in, and whoever may read an entry in which one who handed it in names it.

Decided in the query. To know a digest and write it into an act of one's own opens nothing."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from guicheng.ledger.models import Entry
from guicheng.papers.models import HandedIn
from guicheng.people.roles import Role
from guicheng.portfolio.sight import readable, roles_on, visible, with_doc
from guicheng.records.project import Project

DIGEST = re.compile(r"(sm3|sha256):[0-9a-f]{64}")
MOST = 50


def may_open_paper(username: str, digest: str, day: date) -> bool:
    """Whether this person may read the bytes of that digest today."""
    hands = set(HandedIn._default_manager.filter(paper=digest).values_list("by", flat=True))
    return username in hands or bool(hands and named_in(username, digest, day, by=hands))


@dataclass(frozen=True)
class Named:
    """An entry that names a paper: the project, the entry's number, its act and its author."""

    project: Project
    seq: int
    act: str
    by: str


def named_in(username: str, digest: str, day: date, by: Collection[str] | None = None) -> list[Named]:
    """The entries in which this person sees the paper named, by project; with `by`, in acts of these authors only."""
    if not DIGEST.fullmatch(digest):
        return []
    named = with_doc(Entry.objects.filter(body__contains=digest))
    if by is not None:
        named = named.filter(Q(doc__by__in=sorted(by)))
    chains = named.filter(chain__in=visible(username, day).values("code")).values_list("chain", flat=True)
    projects = {p.code: p for p in Project.objects.filter(code__in=list(chains.distinct()[:MOST]))}
    by_roles: dict[frozenset[Role], list[str]] = {}
    for code, roles in roles_on(username, projects.values(), day).items():
        by_roles.setdefault(roles, []).append(code)
    shown = Q(pk__in=[])
    for roles, codes in by_roles.items():
        shown |= Q(chain__in=codes) & readable(username, roles)
    found = [(e, vars(e)["doc"]) for e in named.filter(shown).order_by("chain", "seq")[:MOST]]
    return [Named(projects[e.chain], e.seq, str(doc["act"]), str(doc["by"])) for e, doc in found]


def handed_in(username: str, digest: str, named: list[Named]) -> QuerySet[HandedIn]:
    """Who handed the paper in, as far as this person may know: oneself, and the authors of the entries one sees name it.

    That somebody else holds the same bytes is nobody's business."""
    authors = {username, *(n.by for n in named)}
    return HandedIn._default_manager.filter(paper=digest, by__in=authors).order_by("-at", "-pk")
