"""Who may read a paper: whoever handed it in, and whoever may read an entry that names it. Decided in the query."""

from __future__ import annotations

import re
from datetime import date

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


def named_in(username: str, digest: str, day: date) -> list[tuple[Project, int, str]]:
    """The projects, entries and acts in which this person sees the paper named."""
    if not DIGEST.fullmatch(digest):
        return []
    codes = visible(username, day).values("code")
    chains = (
        Entry.objects.filter(chain__in=codes, body__contains=digest).values_list("chain", flat=True).distinct()[:MOST]
    )
    found = []
    for project in Project.objects.filter(code__in=list(chains)).order_by("code"):
        seen = entries_seen(username, project, day).filter(body__contains=digest).order_by("seq")
        found += [(project, e.seq, str(vars(e)["doc"]["act"])) for e in seen[:MOST]]
    return found
