"""Who may read a paper: whoever handed it in, and whoever may read an entry that names it. Decided in the query."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from guicheng.ledger.models import Entry
from guicheng.papers.models import HandedIn
from guicheng.portfolio.sight import entries_seen, visible
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
    codes = visible(username, day).values("code")
    chains = (
        Entry.objects.filter(chain__in=codes, body__contains=digest).values_list("chain", flat=True).distinct()[:MOST]
    )
    found = []
    for project in Project.objects.filter(code__in=list(chains)).order_by("code"):
        seen = entries_seen(username, project, day).filter(body__contains=digest).order_by("seq")
        docs = ((e.seq, vars(e)["doc"]) for e in seen[:MOST])
        found += [Named(project, seq, str(doc["act"]), str(doc["by"])) for seq, doc in docs]
    return found


def handed_in(username: str, digest: str, named: list[Named]) -> QuerySet[HandedIn]:
    """Who handed the paper in, as far as this person may know: oneself, and the authors of the entries one sees name it.

    That somebody else holds the same bytes is nobody's business."""
    authors = {username, *(n.by for n in named)}
    return HandedIn._default_manager.filter(paper=digest, by__in=authors).order_by("-at", "-pk")
