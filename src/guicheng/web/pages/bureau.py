"""The bureau's own room: people and posts, the acts on the bureau's chain, refused attempts, sign-ins, accounts."""

from __future__ import annotations

import secrets
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_GET, require_POST

from guicheng.accounts.entry import open_account
from guicheng.accounts.models import Account, Change
from guicheng.ledger.erase import names_of
from guicheng.people.models import Person, Post
from guicheng.people.roles import Role
from guicheng.web.rooms import ROOMS, bureau_acts, rooms_of
from guicheng.web.who import Me, me, signed_in


@signed_in
@require_GET
def bureau(request: HttpRequest) -> HttpResponse:
    """`/bureau/`: who holds which post today, and what of the bureau's business is mine to do."""
    who = me(request)
    if not who.posts:
        raise Http404
    context = {"acts": bureau_acts(who), "rooms": rooms_of(who), "posts": _posts(who) if who.inside else []}
    return render(request, "bureau/bureau.html", context)


def _posts(who: Me) -> list[dict[str, Any]]:
    """The posts of the bureau's own people today; outsiders are named on their projects alone."""
    held = Post.objects.filter(Q(until__isnull=True) | Q(until__gte=who.day), since__lte=who.day, project="")
    rows = list(held.select_related("person__unit").order_by("role", "person__username"))
    names = names_of([p.person.name for p in rows])
    order = list(Role)
    rows.sort(key=lambda p: order.index(Role(p.role)))
    return [{"post": p, "name": names[p.person.name]} for p in rows]


@signed_in
@require_GET
def room(request: HttpRequest, code: str) -> HttpResponse:
    who = me(request)
    found = ROOMS.get(code)
    if found is None or not found.roles & set(who.roles):
        raise Http404
    return render(request, f"bureau/{code}.html", {"zh": found.zh, "en": found.en} | found.shows(request.GET))


@signed_in
@require_POST
def give_password(request: HttpRequest, username: str) -> HttpResponseBase:
    """The system administrator opens an account or gives it a new first password, shown once."""
    person = _person(request, Role.SYSTEM_ADMIN, username)
    password = secrets.token_urlsafe(12)
    open_account(person.username, password)
    Change._default_manager.create(by=me(request).username, username=person.username, what="password")
    return render(request, "bureau/password.html", {"username": person.username, "password": password})


@signed_in
@require_POST
def close_account(request: HttpRequest, username: str) -> HttpResponseBase:
    """The security administrator closes an account, opens it again, or lifts its lock."""
    person = _person(request, Role.SECURITY_ADMIN, username)
    what: dict[str, dict[str, Any]] = {
        "close": {"closed": True},
        "open": {"closed": False, "locked_until": None, "failures": 0},
    }
    asked = request.POST.get("to", "")
    if asked not in what or (person.username == me(request).username and asked == "close"):
        raise Http404
    if Account.objects.filter(username=person.username).update(**what[asked]):
        Change._default_manager.create(by=me(request).username, username=person.username, what=asked)
    return redirect("/bureau/security/")


def _person(request: HttpRequest, role: Role, username: str) -> Person:
    """The person of this name, for whoever holds the role; else nothing is there."""
    found = Person.objects.filter(username=username).first()
    if role not in me(request).roles or found is None:
        raise Http404
    return found


urlpatterns = [
    path("bureau/", bureau, name="bureau"),
    path("bureau/accounts/<str:username>/password/", give_password, name="give-password"),
    path("bureau/accounts/<str:username>/lock/", close_account, name="close-account"),
    path("bureau/<str:code>/", room, name="room"),
]
