"""The figures of a project's edition as they stand now: the regulation's, an edition's own, and interpretations."""

from collections import OrderedDict
from datetime import date

from guicheng.law.figures import Figures
from guicheng.law.regulation import Regulation
from guicheng.records.bureau import EditionOf, Interpretation

_known: OrderedDict[tuple[str, str, int], Figures] = OrderedDict()
MOST_KNOWN = 64


def base_edition(regulation: Regulation) -> str:
    return regulation.text.day.isoformat()


def edition_on(regulation: Regulation, day: date) -> str:
    """The edition in force on a day: what a project filed then lives under."""
    later = EditionOf.objects.filter(starts__lte=day).order_by("-starts").first()
    return later.ref if later else base_edition(regulation)


def figures_of(regulation: Regulation, edition: str, bureau_seq: int) -> Figures:
    """The figures of an edition; as known when the bureau's chain, which alone can change them, had come to
    `bureau_seq`."""
    key = (regulation.id, edition, bureau_seq)
    if key not in _known:
        _known[key] = _gather(regulation, edition, bureau_seq)
        while len(_known) > MOST_KNOWN:
            _known.popitem(last=False)
    return _known[key]


def forget_figures() -> None:
    """Forget what was gathered: for a process that turned to another database."""
    _known.clear()


def _gather(regulation: Regulation, edition: str, bureau_seq: int) -> Figures:
    figures = regulation.figures
    if edition != base_edition(regulation):
        starts = EditionOf.objects.get(ref=edition).starts
        for one in EditionOf.objects.filter(starts__lte=starts, seq__lte=bureau_seq).order_by("starts"):
            figures = figures.with_(*(figures[n].fixed(v, bounds=False) for n, v in one.figures.items()))
    for said in Interpretation.objects.filter(seq__lte=bureau_seq).order_by("starts", "seq"):
        figures = figures.with_(*(figures[n].changed(said.starts, v, said.number or "") for n, v in said.sets.items()))
    return figures
