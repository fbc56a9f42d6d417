"""Projects by what is kept of them, the worst first, those entered last before the others: the first of an index each time."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from django.db.models import Exists, OuterRef, Q, QuerySet

from guicheng.portfolio.models import Kept
from guicheng.portfolio.sight import Reach
from guicheng.records.project import Project

LOOKS = (0, 300, 1500)
"""Where one look at the projects of a colour ends and the next begins; what stands further back is not looked at."""


def kept_in(reach: Reach) -> QuerySet[Kept]:
    """What is kept of the projects that are reached. The office as it was kept leads to them by an index; whether they are
    reached is decided by where they stand now, since a system may have been handed over after it was judged."""
    kept = Kept._default_manager.all()
    if reach.everywhere:
        return kept
    if not reach.unit:
        return kept.filter(reach.fits("project__"))
    return kept.filter(Exists(reach.projects.filter(pk=OuterRef("project_id"))), unit=reach.unit)


def need_action(reach: Reach, most: int = 8) -> list[Project]:
    """The projects that need action."""
    red = kept_in(reach).filter(colour="red").select_related("project").order_by("-project_id")
    return [kept.project for kept in red[:most]]


def urgent(reach: Reach, fits: Q) -> Iterator[list[int]]:
    """The keys of projects on which something is not in order and that fit, a look at a time: what is in breach is among them."""
    kept = kept_in(reach).filter(project__in=Project.objects.filter(fits)) if fits else kept_in(reach)
    for colour in ("red", "amber"):
        keys = kept.filter(colour=colour).order_by("-project_id").values_list("project_id", flat=True)
        for first, last in pairwise(LOOKS):
            found = list(keys[first:last])
            yield found
            if len(found) < last - first:
                break
