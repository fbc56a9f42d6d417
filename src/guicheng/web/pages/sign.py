"""Signing in and out, changing one's password, choosing the language; in the demonstration, the page of the cast."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.conf import settings
from django.contrib.auth import login, logout, update_session_auth_hash
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import override
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from guicheng.accounts.entry import enter, open_account
from guicheng.accounts.models import Account
from guicheng.door.clock import now, today
from guicheng.ledger.erase import names_of
from guicheng.people.models import Post
from guicheng.people.roles import PROJECT_BOUND, ROLE_ZH, Role
from guicheng.web.spoken import ENGLISH

Errors = dict[str, str]
SHOWN = 4


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponseBase:
    """The name and the password; whatever was wrong, the answer is the same."""
    onward = _onward(request)
    if request.method == "GET":
        return render(request, "sign/in.html", {"next": onward, "cast": _cast() if settings.DEMONSTRATION else None})
    username = request.POST.get("username", "").replace("\0", "").strip()
    account = enter(username, request.POST.get("password", ""), now(), request.META.get("REMOTE_ADDR", ""))
    if account is None:
        page = {
            "next": onward,
            "username": username,
            "wrong": True,
            "cast": _cast() if settings.DEMONSTRATION else None,
        }
        return render(request, "sign/in.html", page, status=422)
    _begin(request, account)
    return redirect("/password/" if account.must_change else onward)


@require_POST
def sign_in_as(request: HttpRequest, username: str) -> HttpResponseBase:
    """One click for a member of the cast: only in the demonstration."""
    if not settings.DEMONSTRATION or not Post.objects.filter(person=username).exists():
        raise Http404
    account = Account.objects.filter(username=username).first() or open_account(username, None, must_change=False)
    account.entered()
    _begin(request, account)
    return redirect(_onward(request))


@require_POST
def sign_out(request: HttpRequest) -> HttpResponseBase:
    logout(request)
    return redirect("/sign-in/")


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def password(request: HttpRequest) -> HttpResponseBase:
    """Change one's own password; the first one has to be changed before anything else."""
    if not request.user.is_authenticated:
        return redirect("/sign-in/")
    errors: Errors = {}
    if request.method == "POST":
        errors = _changed(request)
        if not errors:
            return redirect("/")
    return render(request, "sign/password.html", {"errors": errors}, status=422 if errors else 200)


@require_POST
def choose_language(request: HttpRequest) -> HttpResponseBase:
    """Chinese or English, remembered by the browser."""
    answer = redirect(_onward(request))
    answer.set_cookie("language", "en" if request.POST.get("to") == "en" else "zh", max_age=31_536_000, samesite="Lax")
    return answer


def _changed(request: HttpRequest) -> Errors:
    """Set the new password, or say what is wrong with it."""
    account = request.user
    assert isinstance(account, Account)
    new = request.POST.get("new", "")
    if account.has_usable_password() and not account.check_password(request.POST.get("old", "")):
        return {"old": "现在的密码不对，请重新输入"}
    if new != request.POST.get("again", ""):
        return {"again": "两次输入的新密码不一样，请重新输入"}
    if account.has_usable_password() and account.check_password(new):
        return {"new": "新密码不能与现在的密码相同"}
    try:
        validate_password(new, account)
    except ValidationError as wrong:
        with override("en" if ENGLISH.get() else "zh-hans"):
            return {"new": "".join(wrong.messages)}
    account.set_password(new)
    account.must_change = False
    account.save(update_fields=["password", "must_change"])
    update_session_auth_hash(request, account)
    return {}


def _begin(request: HttpRequest, account: Account) -> None:
    login(request, account, backend=settings.AUTHENTICATION_BACKENDS[0])


def _onward(request: HttpRequest) -> str:
    """Where the visitor wanted to go: an address of this site, or the work list."""
    asked = request.POST.get("next") or request.GET.get("next") or "/"
    return asked if url_has_allowed_host_and_scheme(asked, {request.get_host()}) and asked.startswith("/") else "/"


def _cast() -> list[dict[str, Any]]:
    """Everyone who holds a post today, under the name of the role: bodies of the bureau first. Of the many who work on one
    project each, a few are shown and the others folded."""
    held = Post.objects.filter(since__lte=today(), until__isnull=True).select_related("person__unit")
    names = names_of([p.person.name for p in held])
    order = list(Role)
    rows = sorted({(order.index(Role(p.role)), p.person_id): p for p in held}.items())
    groups = groupby(rows, key=lambda item: item[0][0])
    return [_group(order[index], [_member(p, names) for _, p in posts]) for index, posts in groups]


def _group(role: Role, members: list[dict[str, Any]]) -> dict[str, Any]:
    """On one project each: the latest projects first."""
    shown = len(members)
    if role in PROJECT_BOUND:
        members, shown = sorted(members, key=lambda m: str(m["where"]), reverse=True), SHOWN
    return {"title": ROLE_ZH[role], "shown": members[:shown], "folded": members[shown:]}


def _member(post: Post, names: dict[str, str]) -> dict[str, Any]:
    unit = post.person.unit
    where = f"{post.project}　{unit.name}" if post.project and unit else unit.name if unit else post.project
    return {"username": post.person_id, "name": names[post.person.name], "where": where}


urlpatterns = [
    path("sign-in/", sign_in, name="sign-in"),
    path("sign-in/as/<str:username>/", sign_in_as, name="sign-in-as"),
    path("sign-out/", sign_out, name="sign-out"),
    path("password/", password, name="password"),
    path("language/", choose_language, name="language"),
]
