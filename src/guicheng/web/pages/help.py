"""Help for each role: what comes first, with pictures; then its acts and duties, made from the acts so that they say what is so."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_GET

from guicheng.people.roles import PROJECT_BOUND, UNIT_BOUND, Role
from guicheng.regulations.base import regulation
from guicheng.web.guide import GUIDES, HEIGHT, WIDTH, pictures
from guicheng.web.spoken import role_word
from guicheng.web.who import signed_in

SHOWN = tuple(r for r in Role if r not in (Role.CLOCK, Role.SETUP))


@signed_in
@require_GET
def contents(request: HttpRequest) -> HttpResponse:
    """`/help/`: how to begin, and a page for each role."""
    return render(request, "help/contents.html", {"roles": [(r.value, role_word(r)) for r in SHOWN]})


@signed_in
@require_GET
def role(request: HttpRequest, code: str) -> HttpResponse:
    """`/help/ROLE/`: what comes first, two pictures, the acts of this role, article by article, and the duties that it will owe."""
    if code not in {r.value for r in SHOWN}:
        raise Http404
    law, asked = regulation(), Role(code)
    acts = sorted((a for a in law.acts.values() if asked in a.by), key=lambda a: a.article.number)
    context: dict[str, Any] = {
        "role": role_word(asked), "code": code,
        "groups": [(law.article(n).clause(), list(found)) for n, found in groupby(acts, key=lambda a: a.article.number)],
        "duties": [d for d in law.duties.values() if asked in d.by],
        "reach": "project" if asked in PROJECT_BOUND else "unit" if asked in UNIT_BOUND else "bureau",
        "administers": asked.value.endswith("-admin"), "count": len(acts),
        "guide": GUIDES[asked], "pictures": pictures(asked), "width": WIDTH, "height": HEIGHT,
    }  # fmt: skip
    return render(request, "help/role.html", context)


urlpatterns = [path("help/", contents, name="help"), path("help/<str:code>/", role, name="help-role")]
