"""Who may read a paper: whoever handed it in, and whoever may read an entry in which one who handed it in names it.

Decided in the query. To know a digest and write it into an act of one's own opens nothing."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from guicheng.ledger.models import Entry, Naming
from guicheng.papers.models import HandedIn
from guicheng.people.roles import Role
from guicheng.portfolio.sight import readable, roles_on, visible, with_doc
from guicheng.records.project import Project

MOST = 50


@dataclass(frozen=True)
class Named:
    """An entry that names a paper: the project, the entry's number, its act and its author."""

    project: Project
    seq: int
    act: str
    by: str


def named_in(username: str, digest: str, day: date, by: Collection[str] | None = None) -> list[Named]:
    """The entries in which this person sees the paper named, by project; with `by`, in acts of these authors only."""
    naming = Naming.objects.filter(digest=digest)
    here = Exists(naming.filter(chain=OuterRef("chain"), seq=OuterRef("seq")))
    named = with_doc(Entry.objects.filter(here, chain__in=naming.values("chain")))
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


def handed_in(username: str, digest: str, day: date) -> QuerySet[HandedIn]:
    """The times that this paper was handed in, the latest first, as far as this person may know: by oneself, and by authors
    whose acts one sees name it. Where there are none, it may not be opened: that somebody holds it is nobody's business."""
    times = HandedIn._default_manager.filter(paper=digest)
    others = set(times.exclude(by=username).values_list("by", flat=True))
    authors = {n.by for n in named_in(username, digest, day, by=others)} if others else set()
    return times.filter(by__in={username, *authors}).order_by("-at", "-pk")
