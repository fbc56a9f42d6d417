"""From a browser's question to a question to the door: who stands at which form, and what they ask."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.db.models.functions import Length
from django.http import Http404, HttpRequest

from guicheng.door.check import denied, wrong_stage
from guicheng.door.fold import effective
from guicheng.door.look import BUREAU
from guicheng.door.outcome import Request
from guicheng.law.act import Unfit
from guicheng.ledger.append import bodies
from guicheng.ledger.models import Chain
from guicheng.portfolio.sight import entries_seen, project_or_none, sight_roles
from guicheng.records.project import Project
from guicheng.regulations.base import regulation
from guicheng.web.english import not_yours, stage_stop
from guicheng.web.forms.desk import OWN, Desk
from guicheng.web.forms.read import Errors
from guicheng.web.forms.typed import Typed
from guicheng.web.spoken import ENGLISH
from guicheng.web.who import Me, me

PREFIX = "HA"
"""Codes of projects are suggested as HA-2026-012; any other code may be typed."""


def desk_of(request: HttpRequest, act: str, code: str = "", place: str = "project") -> Desk:
    """Who stands at which form. Raises Http404 for an act that is not done here, or a project that they do not see."""
    person, spec = me(request), regulation().acts.get(act)
    kind = "" if spec is None else "bureau" if spec.scope == "bureau" else "new" if spec.opening else "project"
    if spec is None or "\0" in code or kind != place or (person.administers and place == "new"):
        raise Http404
    project = project_or_none(person.username, code, person.day) if place == "project" else None
    if place == "project" and project is None:
        raise Http404
    target = _target(request, project, person) if act == "correct" and project else None
    target_spec = regulation().acts[target["act"]] if target else None
    return Desk(person, spec, BUREAU if place == "bureau" else code, project, target, target_spec)


def _target(request: HttpRequest, project: Project, person: Me) -> dict[str, Any] | None:
    """The entry to correct, as it now stands: with earlier corrections in it. None while none is chosen."""
    number = request.POST.get("entry") or request.GET.get("entry") or ""
    if not re.fullmatch(r"[1-9]\d{0,6}", number):
        return None
    if (
        not entries_seen(person.username, project.code, sight_roles(person.posts, project))
        .filter(seq=int(number))
        .exists()
    ):
        return None
    whole = bodies(project.code)
    original = next((b for b in whole if b["seq"] == int(number) and b["act"] != "correct"), None)
    if original is None:
        return None
    try:
        return next((b for b in effective(whole) if b["seq"] == int(number)), original)
    except Unfit:
        return original


@dataclass(frozen=True)
class Posted:
    """What a browser sent: texts, the form's own fields, the data, and what could not be read of them."""

    typed: Typed
    own: dict[str, str]
    data: dict[str, Any]
    errors: Errors
    token: str
    after: int | None

    def request(self, desk: Desk, trying: bool) -> Request:
        """The question to the door; when only trying, under no id and whatever happened meanwhile."""
        role = self.own["role"] or (desk.roles[0] if len(desk.roles) == 1 else None)
        return Request(
            desk.code or self.own["code"], desk.spec.code, desk.me.username, self.own["on"], self.data, role=role,
            id=None if trying else self.token, after=None if trying else self.after,
        )  # fmt: skip


def posted(request: HttpRequest, desk: Desk) -> Posted:
    typed = desk.posted(request.POST)
    own = {name: request.POST.get(f"_{name}", "").replace("\0", "").strip() for name in OWN}
    data, errors = desk.data(typed, bool(own["void"]))
    token, after = request.POST.get("_id", ""), request.POST.get("_after", "")
    fits = re.fullmatch(r"[0-9a-f-]{32,36}", token)
    return Posted(
        typed, own, data, errors, token if fits else "", int(after) if re.fullmatch(r"\d{1,9}", after) else None
    )


def barred(desk: Desk, data: dict[str, Any]) -> dict[str, Any] | None:
    """The rule by which these data may not enter the house at all, as a card; None when they may."""
    spec = desk.target_spec or desk.spec
    rule = spec.cls.barred(data.get("replacement") if desk.target else data)
    if rule is None:
        return None
    return {"clause": rule.clause, "sentence": rule.sentence, "cure": rule.cure, "force": "hard", "cured_by": []}


def closed(desk: Desk) -> dict[str, Any] | None:
    """Why this person cannot do this here now, as a card; None when they can."""
    if not desk.roles:
        said = not_yours(desk.spec, desk.me.name) if ENGLISH.get() else ""
        says = said or denied(desk.spec, desk.me.name, None, desk.project)
        return {
            "clause": desk.spec.clause, "sentence": desk.spec.sentence, "says": says, "cure": "", "cured_by": [],
            "force": "hard", "denied": True,
        }  # fmt: skip
    card = wrong_stage(desk.spec, desk.project) if desk.project else None
    return card | {"says": stage_stop(desk.spec, desk.project)} if card and desk.project and ENGLISH.get() else card


def standing(desk: Desk) -> int | None:
    """The number of the last act on this chain, which the page shows; none before a project is opened."""
    if desk.project is not None:
        return desk.project.seq
    found = Chain.objects.filter(code=desk.code).first() if desk.bureau else None
    return found.seq if found else (0 if desk.bureau else None)


def free_code(year: int) -> str:
    """The next code of the year that nobody has used: HA-2026-012 after HA-2026-011."""
    used = Chain.objects.filter(code__startswith=f"{PREFIX}-{year}-").annotate(long=Length("code"))
    codes = used.order_by("-long", "-code").values_list("code", flat=True)[:50]
    last = next((int(m[1]) for c in codes if (m := re.fullmatch(rf"{PREFIX}-{year}-(\d{{1,9}})", c))), 0)
    return f"{PREFIX}-{year}-{last + 1:03}"
