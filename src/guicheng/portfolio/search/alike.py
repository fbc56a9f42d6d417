"""The projects most like one, of those that a reader may see: against building the same thing twice."""

from __future__ import annotations

from django.db.models import QuerySet

from guicheng.portfolio.search.ask import similar
from guicheng.portfolio.search.index import installed, page
from guicheng.portfolio.search.write import said
from guicheng.records.project import Project

SHOWN = 5
LOOKED_AT = 100
"""So many of the most similar are looked at, so that a reader who sees only some projects still sees the nearest of these."""

TELLING = ("title", "content", "background")
"""The fields of a filing by which projects are compared, the title and what `said` reads."""


def ready() -> bool:
    """Whether there is an index to ask."""
    return installed() and page() is not None


def alike(project: Project, seen: QuerySet[Project], most: int = SHOWN) -> list[Project]:
    """At most so many of the projects seen, the most similar first; none where there is no index."""
    return nearest(f"{project.title} {said([project.pk]).get(project.pk, '')}", seen, most, project.pk)


def nearest(text: str, seen: QuerySet[Project], most: int = SHOWN, beside: int = 0) -> list[Project]:
    """The same for a text, one statement."""
    keys = similar(text, LOOKED_AT, beside)
    if not keys:
        return []
    found = seen.in_bulk(keys)
    return [found[key] for key in keys if key in found][:most]
