"""The rooms beside the bureau's page: whose they are, what they are called, and what they show, page by page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.http import QueryDict
from django.utils import timezone

from guicheng.accounts.models import Account, Change, SignIn
from guicheng.door.models import Attempt
from guicheng.ledger.erase import names_of
from guicheng.papers.models import Held, PaperRead
from guicheng.people.models import Person
from guicheng.people.roles import Role
from guicheng.regulations.base import regulation
from guicheng.web.who import Me

PAGE = 100
LONGEST = 60
"""Of what is looked for, so many characters are used."""

Shown = dict[str, Any]


def latest(rows: QuerySet[Any], asked: QueryDict, name: str) -> Shown:
    """A page of what is only ever added to, the latest first; the older ones from a mark on.

    `name` is both where the page finds the rows and what the mark is called in the address; `older_<name>` is the next mark."""
    mark = asked.get(name, "")
    if mark.isascii() and mark.isdigit() and len(mark) < 19:
        rows = rows.filter(pk__lt=int(mark))
    found: list[Model] = list(rows.order_by("-pk")[: PAGE + 1])
    return {name: found[:PAGE], f"older_{name}": found[PAGE - 1].pk if len(found) > PAGE else None}


def people(asked: QueryDict) -> Shown:
    """A page of people by user name with their accounts, of those whose user name or own name has the words looked for.

    The names of outsiders are kept apart, where they can be erased, and are found by their user names alone."""
    words, after = asked.get("q", "").strip()[:LONGEST], asked.get("after", "")[:LONGEST]
    fits = Q(username__icontains=words) | Q(name__icontains=words) if words else Q()
    found = list(Person.objects.filter(fits, username__gt=after).order_by("username")[: PAGE + 1])
    accounts = Account.objects.in_bulk([p.username for p in found], field_name="username")
    names, now = names_of([p.name for p in found]), timezone.now()
    rows: list[Shown] = [
        {"person": p, "name": names[p.name], "account": accounts.get(p.username)} for p in found[:PAGE]
    ]
    for row in rows:
        row["locked"] = row["account"] is not None and row["account"].locked(now)
    return {"people": rows, "q": words, "after": found[PAGE - 1].username if len(found) > PAGE else ""}


def _attempts(asked: QueryDict) -> Shown:
    return latest(Attempt.objects.all(), asked, "attempts")


def _reads(asked: QueryDict) -> Shown:
    return latest(PaperRead._default_manager.all(), asked, "reads")


def _signins(asked: QueryDict) -> Shown:
    signed, changed = SignIn._default_manager.all(), Change._default_manager.all()
    return latest(signed, asked, "signins") | latest(changed, asked, "changes")


def _security(asked: QueryDict) -> Shown:
    return latest(Held._default_manager.all(), asked, "held") | people(asked)


@dataclass(frozen=True)
class Room:
    """A room: the roles it opens to, its two names, what to expect there, and what it shows."""

    roles: frozenset[Role]
    zh: str
    en: str
    about_zh: str
    about_en: str
    shows: Callable[[QueryDict], Shown]


ROOMS: dict[str, Room] = {
    "attempts": Room(
        frozenset({Role.DISCIPLINE}), "未办成的尝试", "Refused attempts",
        "谁想办什么、被哪条规定拒绝", "Who tried what, and which rule refused it", _attempts,
    ),
    "reads": Room(
        frozenset({Role.DISCIPLINE, Role.AUDIT_ADMIN}), "文件查阅记录", "Papers read",
        "谁在何时打开过哪份文件", "Who opened which paper, and when", _reads,
    ),
    "signins": Room(
        frozenset({Role.AUDIT_ADMIN}), "登录和账号变动", "Sign-ins and account changes",
        "登录成败，以及账号的开立、停用和改密", "Sign-ins that did and did not succeed; accounts opened, closed, given passwords", _signins,
    ),
    "accounts": Room(
        frozenset({Role.SYSTEM_ADMIN}), "账号", "Accounts",
        "为已任职的人开立账号、重设密码", "Open accounts for those who hold posts; give new passwords", people,
    ),
    "security": Room(
        frozenset({Role.SECURITY_ADMIN}), "锁定与拦截", "Locks and held uploads",
        "停用或启用账号；看被拦下的带密级标志的上传", "Close or open accounts; see uploads held for a mark of classification", _security,
    ),
}  # fmt: skip


def rooms_of(who: Me) -> list[tuple[str, Room]]:
    """The rooms that are this person's to enter, with their addresses."""
    return [(f"/bureau/{code}/", room) for code, room in ROOMS.items() if room.roles & set(who.roles)]


def bureau_acts(who: Me) -> list[Any]:
    """The acts on the bureau's own chain that are this person's to do."""
    return [a for a in regulation().acts.values() if a.scope == "bureau" and set(a.by) & set(who.roles)]
