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
from guicheng.accounts.models import Account, Change, SignIn
from guicheng.door.models import Attempt
from guicheng.ledger.erase import names_of
from guicheng.papers.models import Held, PaperRead
from guicheng.people.models import Person, Post, Unit
from guicheng.people.roles import Role
from guicheng.regulations.base import regulation
from guicheng.web.who import Me, me, signed_in

PAGE = 100


@signed_in
@require_GET
def bureau(request: HttpRequest) -> HttpResponse:
    """`/bureau/`: who holds which post today, and what of the bureau's business is mine to do."""
    who = me(request)
    if not who.posts:
        raise Http404
    inside = any(not p.project for p in who.posts)
    acts = [a for a in regulation().acts.values() if a.scope == "bureau" and set(a.by) & set(who.roles)]
    context = {
        "acts": acts,
        "rooms": _rooms(who),
        "units": Unit.objects.filter(outside=False).order_by("code") if inside else [],
    }
    return render(request, "bureau/bureau.html", context | {"posts": _posts(who) if inside else []})


def _posts(who: Me) -> list[dict[str, Any]]:
    """The posts of the bureau's own people today; outsiders are named on their projects alone."""
    held = Post.objects.filter(Q(until__isnull=True) | Q(until__gte=who.day), since__lte=who.day, project="")
    rows = list(held.select_related("person__unit").order_by("role", "person__username"))
    names = names_of([p.person.name for p in rows])
    order = list(Role)
    rows.sort(key=lambda p: order.index(Role(p.role)))
    return [{"post": p, "name": names[p.person.name]} for p in rows]


def _rooms(who: Me) -> list[tuple[str, str, str]]:
    """The rooms that are this person's to enter."""
    return [(f"/bureau/{code}/", zh, en) for code, (roles, zh, en, _) in ROOMS.items() if roles & set(who.roles)]


def _attempts() -> dict[str, Any]:
    return {"attempts": Attempt.objects.order_by("-pk")[:PAGE]}


def _reads() -> dict[str, Any]:
    return {"reads": PaperRead._default_manager.order_by("-pk")[:PAGE]}


def _signins() -> dict[str, Any]:
    return {
        "signins": SignIn._default_manager.order_by("-pk")[:PAGE],
        "changes": Change._default_manager.order_by("-pk")[:PAGE],
    }


def _accounts() -> dict[str, Any]:
    people = Person.objects.order_by("username")[:500]
    accounts = {a.username: a for a in Account.objects.filter(username__in=[p.username for p in people])}
    names = names_of([p.name for p in people])
    return {"people": [{"person": p, "name": names[p.name], "account": accounts.get(p.username)} for p in people]}


def _held() -> dict[str, Any]:
    return {"held": Held._default_manager.order_by("-pk")[:PAGE]} | _accounts()


ROOMS: dict[str, tuple[frozenset[Role], str, str, Any]] = {
    "attempts": (frozenset({Role.DISCIPLINE}), "未办成的尝试", "Refused attempts", _attempts),
    "reads": (frozenset({Role.DISCIPLINE, Role.AUDIT_ADMIN}), "文件查阅记录", "Papers read", _reads),
    "signins": (frozenset({Role.AUDIT_ADMIN}), "登录和账号变动", "Sign-ins and account changes", _signins),
    "accounts": (frozenset({Role.SYSTEM_ADMIN}), "账号", "Accounts", _accounts),
    "security": (frozenset({Role.SECURITY_ADMIN}), "锁定与拦截", "Locks and held uploads", _held),
}
"""The rooms beside the bureau's page: whose they are, their names, and what they show."""


@signed_in
@require_GET
def room(request: HttpRequest, code: str) -> HttpResponse:
    who = me(request)
    if code not in ROOMS or not ROOMS[code][0] & set(who.roles):
        raise Http404
    _, zh, en, shows = ROOMS[code]
    return render(request, f"bureau/{code}.html", {"zh": zh, "en": en} | shows())


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
