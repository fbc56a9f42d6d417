"""Who is asking: the person, the posts held today, and what follows from them for every page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property, wraps
from typing import Any
from urllib.parse import quote

from django.db.models import FilteredRelation, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect

from guicheng.accounts.models import Account
from guicheng.accounts.visit import Accounts, ask_account
from guicheng.door.clock import today
from guicheng.ledger.erase import name_of
from guicheng.people.access import Holding, during
from guicheng.people.models import Person
from guicheng.people.roles import ADMINISTRATORS, Role
from guicheng.records.prepared import at_once, prepared

Rows = list[tuple[Any, ...]]
"""Name, unit and its name, and of one post role, unit and project."""


@dataclass(frozen=True)
class Me:
    """Whoever is signed in. `unit` is the code of the person's own unit, `day` the day on which the page is made."""

    username: str
    name: str
    unit: str
    unit_name: str
    posts: tuple[Holding, ...]
    day: date

    @cached_property
    def roles(self) -> tuple[Role, ...]:
        """Every role held anywhere, each once, in the order of the regulation's bodies."""
        held = {p.role for p in self.posts}
        return tuple(r for r in Role if r in held)

    @property
    def administers(self) -> bool:
        """One of the three administrators, who see no business content."""
        return any(r in ADMINISTRATORS for r in self.roles)

    @property
    def inside(self) -> bool:
        """Holds a post in the bureau itself, and not only on projects."""
        return any(not p.project for p in self.posts)


class Visitors(Accounts):
    """The account behind a session with the person behind the account, asked on one journey."""

    def get_user(self, user_id: Any) -> Account | None:
        day = today()
        with at_once():
            account, person = ask_account(int(user_id)), _behind.ask(int(user_id), day)
        found, rows = account(), person()
        if found is not None:
            vars(found)["_me"] = _told(found.username, rows, day)
        return found


def me(request: HttpRequest) -> Me:
    """The person behind a signed-in request, read once for each request, as of one day."""
    kept = vars(request)
    if "_me" not in kept:
        kept["_me"] = getattr(request.user, "_me", None) or whoever(request.user.get_username(), today())
    found: Me = kept["_me"]
    return found


def whoever(username: str, day: date) -> Me:
    """A person as of a day, with the posts held then. One who is not registered holds none."""
    return _told(username, _person.all(username, day), day)


def _told(username: str, found: Rows, day: date) -> Me:
    posts = tuple(Holding(Role(r), unit, project) for _, _, _, r, unit, project in found if r is not None)
    for name, unit, unit_name, *_ in found:
        return Me(username, name_of(name), unit or "", unit_name or "", posts, day)
    return Me(username, username, "", "", (), day)


@prepared
def _person(username: str, day: date) -> QuerySet[Person, tuple[Any, ...]]:
    return _held(Person.objects.filter(username=username), day)


@prepared
def _behind(account: int, day: date) -> QuerySet[Person, tuple[Any, ...]]:
    return _held(Person.objects.filter(username__in=Account.objects.filter(pk=account).values("username")), day)


def _held(person: QuerySet[Person], day: date) -> QuerySet[Person, tuple[Any, ...]]:
    """Name and unit, once for each post held, with its role, unit and project; once without where none is."""
    held = person.annotate(held=FilteredRelation("posts", condition=during(day, "posts__"))).order_by("held__pk")
    return held.values_list("name", "unit__code", "unit__name", "held__role", "held__unit", "held__project")


View = Callable[..., HttpResponseBase]


def signed_in(view: View) -> View:
    """Only for those signed in: others are sent to sign in and come back; a first password must be changed first."""

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            if request.headers.get("HX-Request"):
                return HttpResponse(status=204, headers={"HX-Redirect": "/sign-in/"})
            onward = f"?next={quote(request.get_full_path())}" if request.method == "GET" else ""
            return redirect(f"/sign-in/{onward}")
        if getattr(request.user, "must_change", False):
            return redirect("/password/")
        return view(request, *args, **kwargs)

    asked.signed_in = True  # type: ignore[attr-defined]  # read by the test that no page forgot it
    return asked
