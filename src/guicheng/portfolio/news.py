"""What was done lately on the projects that a person sees, post by post: each post shows what its role may read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from guicheng.ledger.models import Entry, last_key
from guicheng.people.access import Holding
from guicheng.people.roles import PROJECT_BOUND
from guicheng.portfolio.sight import Reach, reach_of, with_doc
from guicheng.portfolio.sight_parts import ACTS_SEEN, DISCIPLINE_ACTS, DISCIPLINE_READERS
from guicheng.records.project import Project

Body = dict[str, Any]
RECENT = 2000
"""So many of the latest entries are looked through, however large the book; one project's people have its whole chain."""


def news(username: str, posts: Sequence[Holding], since: int) -> QuerySet[Entry, Body]:
    """The acts of others recorded behind this entry, by its key, the latest first: their bodies."""
    shown = Q(pk__lt=0)  # none; beside an "or" a database reads a body only where the conditions before it hold
    for post in posts:
        shown |= _shown(post) & ~Q(doc__by=username)
    # One value for an entry: whether there is any such project, PostgreSQL would look up in a table of all of the reader's.
    office = Project.objects.filter(code=OuterRef("chain")).values("unit")[:1]
    entries = with_doc(Entry.objects.alias(office=Subquery(office))).filter(shown, pk__gt=since).order_by("-pk")
    if all(p.role in PROJECT_BOUND for p in posts):
        found = entries.filter(chain__in={p.project for p in posts})
    else:
        found = entries.filter(pk__gt=last_key() - RECENT)
    return found.values_list(F("doc"), flat=True)


def _shown(post: Holding) -> Q:
    """What one post shows: the chains it reaches, the acts its role reads, and nothing of the discipline office's to others."""
    shown = _reached(reach_of([post]))
    if post.role in ACTS_SEEN:
        shown &= Q(doc__act__in=sorted(ACTS_SEEN[post.role]))
    return shown if post.role in DISCIPLINE_READERS else shown & ~Q(doc__act__in=sorted(DISCIPLINE_ACTS))


def _reached(reach: Reach) -> Q:
    """The chains of the projects that are reached; `office` is the unit of an entry's project, nothing where it is of none."""
    if reach.everywhere:
        return Q(office__isnull=False)
    return Q(office__in=sorted(reach.units)) | Q(chain__in=sorted(reach.codes))
