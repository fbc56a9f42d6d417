"""Who may read a paper: whoever handed it in, and whoever may read an entry that names it. Decided in the query."""

from __future__ import annotations

import re
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


def may_read_paper(username: str, digest: str, day: date) -> bool:
    """Whether this person may read the paper of that digest today."""
    if not DIGEST.fullmatch(digest):
        return False
    if HandedIn._default_manager.filter(paper=digest, by=username).exists():
        return True
    return bool(named_in(username, digest, day))


@dataclass(frozen=True)
class Named:
    """An entry that names a paper: the project, the entry's number, its act and its author."""

    project: Project
    seq: int
    act: str
    by: str


def named_in(username: str, digest: str, day: date) -> list[Named]:
    """The entries in which this person sees the paper named, by project."""
    if not DIGEST.fullmatch(digest):
        return []
    named = Entry.objects.filter(body__contains=digest)
    chains = named.filter(chain__in=visible(username, day).values("code")).values_list("chain", flat=True)
    projects = {p.code: p for p in Project.objects.filter(code__in=list(chains.distinct()[:MOST]))}
    by_roles: dict[frozenset[Role], list[str]] = {}
    for code, roles in roles_on(username, projects.values(), day).items():
        by_roles.setdefault(roles, []).append(code)
    shown = Q(pk__in=[])
    for roles, codes in by_roles.items():
        shown |= Q(chain__in=codes) & readable(username, roles)
    found = [(e, vars(e)["doc"]) for e in with_doc(named).filter(shown).order_by("chain", "seq")[:MOST]]
    return [Named(projects[e.chain], e.seq, str(doc["act"]), str(doc["by"])) for e, doc in found]


def handed_in(username: str, digest: str, named: list[Named]) -> QuerySet[HandedIn]:
    """Who handed the paper in, as far as this person may know: oneself, and the authors of the entries one sees name it.

    That somebody else holds the same bytes is nobody's business."""
    authors = {username, *(n.by for n in named)}
    return HandedIn._default_manager.filter(paper=digest, by__in=authors).order_by("-at", "-pk")
