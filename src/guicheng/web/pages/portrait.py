"""The portrait of a project on one page, and its tabs by themselves for htmx. Everything is read through `sight`."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_GET

from guicheng.people.access import roles_among
from guicheng.people.models import Unit
from guicheng.portfolio.portrait.book import Book
from guicheng.portfolio.portrait.clocks import clocks, first_waits
from guicheng.portfolio.portrait.health import health
from guicheng.portfolio.portrait.menu import menu
from guicheng.portfolio.portrait.meters import meters
from guicheng.portfolio.portrait.readiness import readiness
from guicheng.portfolio.portrait.verdicts import standing
from guicheng.portfolio.portrait.way import TABLES, way
from guicheng.portfolio.sight import project_or_none, sections, sight_roles
from guicheng.records.money import Settlement
from guicheng.records.prepared import prepared
from guicheng.records.project import DutyOf
from guicheng.records.security import Assessment
from guicheng.web.choices import Watch
from guicheng.web.pages.portrait_tabs import TABS, shown
from guicheng.web.who import Me, me, signed_in


@signed_in
@require_GET
def portrait(request: HttpRequest, code: str) -> HttpResponse:
    """`/projects/CODE/`, with `?tab=`; only the tab where htmx asks for it."""
    who = me(request)
    project = project_or_none(who.username, code, who.day)
    if project is None:
        raise Http404
    book, seen = Book(project, who.day), sections(sight_roles(who.posts, project))
    tabs = [t for t in TABS if t.code in seen]
    asked = request.GET.get("tab", "")
    tab = asked if asked in {t.code for t in tabs} else "overview"
    context = {"project": project, "book": book, "tabs": tabs, "tab": tab, "seen": seen, "today": who.day}
    context |= shown(tab, book, who, seen, request.GET.get("before", ""))
    if request.headers.get("HX-Target") == "tab":
        return render(request, "portrait/tab.html", context)
    return render(request, "portrait/page.html", context | _around(book, who, seen))


def _around(book: Book, who: Me, seen: frozenset[str]) -> dict[str, Any]:
    """What stands around the tabs: the way, what is missing, health, the acts open to this person."""
    project = book.project
    book.gather(*TABLES, DutyOf, Assessment, Settlement)
    stands, findings = way(book), standing(book)
    ready = readiness(book, stands)
    roles = roles_among(who.posts, project.code, project.unit)
    return {
        "way": stands, "ready": ready, "health": health(book, findings), "roles": frozenset(roles),
        "menu": menu(book.law, project, roles, ready), "waits": first_waits(clocks(book), who.day)[:3],
        "watched": _watched.one(who.username, project.code) is not None,
        "unit": (_unit.one(project.unit) or (project.unit,))[0],
        "meters": [m for m in meters(book) if "money" in seen],
    }  # fmt: skip


@prepared
def _watched(person: str, project: str) -> QuerySet[Watch, tuple[int]]:
    return Watch._default_manager.filter(person=person, project=project).values_list("pk")[:1]


@prepared
def _unit(code: str) -> QuerySet[Unit, tuple[str]]:
    return Unit.objects.filter(code=code).values_list("name")[:1]


urlpatterns = [path("projects/<str:code>/", portrait, name="portrait")]
