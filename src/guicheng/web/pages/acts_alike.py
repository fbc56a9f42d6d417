"""Beside the form that files a project: the projects most like it, so that nothing is built twice (第三条)."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from guicheng.law.declare import ActSpec
from guicheng.portfolio.search.alike import TELLING, nearest, ready
from guicheng.portfolio.sight import visible
from guicheng.web.pages.acts_ask import closed, desk_of
from guicheng.web.who import signed_in

LONGEST = 4000
"""So many characters of each field are compared; an index of words needs no more."""


def compares(spec: ActSpec) -> str:
    """The field of this act's form beside which similar projects stand: it files one, and there is an index to ask."""
    return TELLING[0] if spec.opening and spec.cls.model_fields.keys() >= set(TELLING) and ready() else ""


@signed_in
@require_POST
def similar(request: HttpRequest, act: str) -> HttpResponse:
    """The projects most like what is being typed, of those that the person may see. Nothing is kept."""
    desk = desk_of(request, act, place="new")
    if closed(desk):
        raise Http404
    typed = [request.POST.get(name, "").replace("\0", "").strip()[:LONGEST] for name in TELLING]
    found = nearest(" ".join(typed), visible(desk.me.username, desk.me.day)) if any(typed) else []
    return render(request, "acts/similar.html", {"similar": found, "typed": any(typed)})
