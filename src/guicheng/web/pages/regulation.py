"""The regulation to read: each sentence with what carries it out, the figures with their dates, and how the portfolio stands."""

from __future__ import annotations

import re
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_GET

from guicheng.judge.edition import base_edition
from guicheng.judge.say import yuan
from guicheng.judge.uses import figures_used
from guicheng.law.figures import Dated, Figure, spoken
from guicheng.law.regulation import Regulation
from guicheng.portfolio.clauses import by_rule
from guicheng.portfolio.sight import reach_of
from guicheng.portfolio.sweep import figures_now
from guicheng.records.bureau import EditionOf, Interpretation
from guicheng.regulations.base import regulation
from guicheng.web.english import gist, period
from guicheng.web.pages.regulation_book import book
from guicheng.web.spoken import ENGLISH, listed, role_word
from guicheng.web.who import me, signed_in

ANCHOR = re.compile(r"a([0-9]{1,2})(?:-([0-9]))?")


@signed_in
@require_GET
def text(request: HttpRequest) -> HttpResponse:
    """`/regulation/`: the whole text as a book, with the margin."""
    who, law = me(request), regulation()
    tallies = {} if who.administers else by_rule(law, reach_of(who.posts, "findings"))
    return render(request, "regulation/text.html", {"law": law, "book": book(law, tallies)})


@signed_in
@require_GET
def clause(request: HttpRequest, anchor: str) -> HttpResponse:
    """The words of one clause, for a chip to open in place."""
    found = ANCHOR.fullmatch(anchor)
    law = regulation()
    number, item = (int(found[1]), int(found[2]) if found[2] else None) if found else (0, None)
    if number not in law.text.articles:
        raise Http404
    article = law.text.articles[number]
    words = [s.words for s in article.sentences if item is None or s.item == item]
    if not words:
        raise Http404
    return render(
        request, "regulation/clause.html", {"words": "".join(words), "clause": article.clause(item), "anchor": anchor}
    )


@signed_in
@require_GET
def figures(request: HttpRequest) -> HttpResponse:
    """`/regulation/figures/`: every figure with its dates, its bounds and its source; interpretations and editions on record."""
    law, day = regulation(), me(request).day
    rows = [_figure(law, f, day) for f in figures_now(law, base_edition(law))]
    context = {
        "law": law, "rows": rows, "interpretations": Interpretation.objects.order_by("-starts", "-seq"),
        "editions": EditionOf.objects.order_by("-starts"),
    }  # fmt: skip
    return render(request, "regulation/figures.html", context)


def _figure(law: Regulation, figure: Figure, day: Any) -> dict[str, Any]:
    now = figure.on(day)
    least, most = ("not below ", "not above ") if ENGLISH.get() else ("不得低于", "不得高于")
    bounds = [
        least + _said(figure.floor, figure) if figure.floor is not None else "",
        most + _said(figure.ceiling, figure) if figure.ceiling is not None else "",
    ]
    return {
        "figure": figure, "clause": law.article(figure.article).clause(figure.item), "now": _said(now, figure),
        "bounds": (", " if ENGLISH.get() else "，").join(filter(None, bounds)), "periods": [_period(figure, d) for d in figure.timeline],
    }  # fmt: skip


def _said(value: int | str, figure: Figure) -> str:
    """A value in its unit: money and shares in their own way, other units in the reader's language."""
    if ENGLISH.get() and figure.unit == "fen":
        return yuan(int(value))
    if ENGLISH.get() and figure.unit == "score":
        return str(value)
    return period(spoken(value, figure.unit))


def _period(figure: Figure, dated: Dated) -> dict[str, Any]:
    return {"start": dated.start, "value": _said(dated.value, figure), "source": dated.source}


@signed_in
@require_GET
def rule(request: HttpRequest, id: str) -> HttpResponse:
    """`/regulation/rules/ID/`: one rule: its words, force, figures, cure, and how the portfolio stands on it."""
    who, law = me(request), regulation()
    found = law.rules.get(id)
    if found is None:
        raise Http404
    now = figures_now(law, base_edition(law))
    context = {
        "rule": found, "gist": gist(found), "provisos": found.provisos,
        "uses": [_figure(law, now[name], who.day) for name in figures_used(found, now)],
        "cures": [(law.acts[c], listed([role_word(r) for r in law.acts[c].by])) for c in found.cured_by if c in law.acts],
        "tally": None if who.administers else by_rule(law, reach_of(who.posts, "findings"))[id],
    }  # fmt: skip
    return render(request, "regulation/rule.html", context)


urlpatterns = [
    path("regulation/", text, name="regulation"),
    path("regulation/clause/<str:anchor>/", clause, name="clause"),
    path("regulation/figures/", figures, name="figures"),
    path("regulation/rules/<str:id>/", rule, name="rule"),
]
