"""The projects most like one, of those that a reader may see: against building the same thing twice."""

from __future__ import annotations

from operator import itemgetter

from django.db.models import F, QuerySet

from guicheng.portfolio.search.ask import similar
from guicheng.portfolio.search.index import installed, page
from guicheng.portfolio.search.terms import words
from guicheng.portfolio.search.write import said
from guicheng.records.project import Project

SHOWN = 5
COMPARED = 40
"""So many of those seen are compared word by word."""
LOOKED_AT = 400
"""So many of the most similar are looked at for a reader who sees only some projects."""

TELLING = ("title", "content", "background")
"""The fields of a filing by which projects are compared, the title and what `said` reads."""


def ready() -> bool:
    """Whether there is an index to ask."""
    return installed() and page() is not None


def alike(project: Project, seen: QuerySet[Project], most: int = SHOWN) -> list[Project]:
    """At most so many of the projects seen, the most similar first; none where there is no index."""
    if not ready():
        return []
    return nearest(f"{project.title} {said([project.pk]).get(project.pk, '')}", seen, most, project.pk)


def nearest(text: str, seen: QuerySet[Project], most: int = SHOWN, beside: int = 0) -> list[Project]:
    """The same for a text: those that the index finds by rare words, compared by all of them; one statement, or two for a reader
    who sees few projects."""
    found = _seen(similar(text, COMPARED, beside), seen)
    if len(found) < most:
        found = _seen(similar(text, LOOKED_AT, beside), seen)
    mine = words(text)
    shares = [(_shared(mine, words(told)), project) for project, told in found]
    return [project for _, project in sorted(shares, key=itemgetter(0), reverse=True)[:most]]


def _seen(keys: list[int], seen: QuerySet[Project]) -> list[tuple[Project, str]]:
    """Those of the projects that are seen, the most similar first, at most so many as are compared, with what is said of each."""
    if not keys:
        return []
    rows = seen.filter(pk__among=set(keys)).only("code", "title", "stage", "unit", "filed_on").order_by()
    told: dict[int, tuple[Project, str]] = {}
    for row in rows.annotate(content=F("filing__content"), background=F("filing__background")):
        project, before = told.get(row.pk, (row, row.title))
        told[row.pk] = (project, f"{before} {row.content or ''} {row.background or ''}")
    return [told[key] for key in keys if key in told][:COMPARED]


def _shared(mine: set[str], other: set[str]) -> tuple[float, float]:
    """How much of the one is in the other; where that is equal, how much both have in common. A title alone has few words,
    so it is not held against a project that it says more."""
    both = len(mine & other)
    return both / len(mine), both / (len(mine) + len(other))
