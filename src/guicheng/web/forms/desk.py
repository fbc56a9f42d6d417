"""One person at one form: which act, on what, in which roles; what stands in it, and what that says as data."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict

from guicheng.door.look import BUREAU
from guicheng.law.declare import ActSpec
from guicheng.ledger.erase import is_token, names_of
from guicheng.ledger.models import Entry
from guicheng.people.access import roles_among
from guicheng.people.roles import Role
from guicheng.portfolio.sight import entries_seen, sight_roles
from guicheng.records.project import Project
from guicheng.web.forms.kinds import Field, fields_of
from guicheng.web.forms.read import Errors, read
from guicheng.web.forms.typed import Typed, from_data, from_post
from guicheng.web.who import Me

REPLACEMENT = "replacement"
OWN = ("on", "role", "code", "void")
"""The form's own fields, posted with a leading underscore so that no act's field can meet them."""


@dataclass(frozen=True)
class Desk:
    """`code` is the project's, empty for an act that opens one; `target` the entry that a correction is about."""

    me: Me
    spec: ActSpec
    code: str
    project: Project | None = None
    target: dict[str, Any] | None = None
    target_spec: ActSpec | None = None

    @property
    def bureau(self) -> bool:
        return self.spec.scope == "bureau"

    @property
    def here(self) -> str:
        """The address of this form."""
        if self.bureau:
            return f"/bureau/acts/{self.spec.code}/"
        return f"/new/{self.spec.code}/" if self.spec.opening else f"/projects/{self.code}/acts/{self.spec.code}/"

    @property
    def home(self) -> str:
        return "/bureau/" if self.bureau else f"/projects/{self.code}/" if self.code else "/projects/"

    @property
    def draft_act(self) -> str:
        return f"{self.spec.code}:{self.target['seq']}" if self.target else self.spec.code

    @property
    def draft_code(self) -> str:
        """Under which project a draft is kept: none for an act that opens one, whatever code was typed."""
        return "" if self.spec.opening else self.code

    @cached_property
    def roles(self) -> list[str]:
        """The roles in which the person may do this today."""
        if self.spec.opening:
            return sorted({str(p.role) for p in self.me.posts if p.role in self.spec.by})
        unit = self.project.unit if self.project else ""
        code = BUREAU if self.bureau else self.code
        return roles_among(self.me.posts, code, unit, self.spec.by)

    def readable(self) -> QuerySet[Entry] | None:
        """The project's entries that this person may read; None where there is no project yet."""
        if self.project is None:
            return None
        return entries_seen(self.me.username, self.project.code, sight_roles(self.me.posts, self.project))

    @property
    def fields(self) -> tuple[Field, ...]:
        own = fields_of(self.spec.cls)
        return tuple(f for f in own if f.name != "entry") if self.target else own

    @property
    def target_fields(self) -> tuple[Field, ...]:
        return fields_of(self.target_spec.cls) if self.target_spec else ()

    # --- what stands in the form ---------------------------------------------------------------------------------

    def posted(self, post: QueryDict) -> Typed:
        typed = from_post(self.fields, post)
        if self.target:
            typed[REPLACEMENT] = from_post(self.target_fields, post, f"{REPLACEMENT}.")
        return typed

    def initial(self) -> Typed:
        """An empty form with its defaults, the person's own unit filled in; a correction shows what was recorded."""
        typed = from_data(self.fields, {})
        if self.spec.opening and (units := [p.unit for p in self.me.posts if p.role == Role.CONSTRUCTION]):
            typed["unit"] = units[0]
        if self.target:
            typed[REPLACEMENT] = from_data(self.target_fields, _named(self.target["data"]))
        return typed

    def fit(self, kept: Typed) -> Typed:
        """A draft, as far as it still fits the form."""
        return _fit(self.fields, kept, self.initial()) | (
            {REPLACEMENT: _fit(self.target_fields, kept.get(REPLACEMENT) or {}, self.initial()[REPLACEMENT])}
            if self.target
            else {}
        )

    def data(self, typed: Typed, void: bool) -> tuple[dict[str, Any], Errors]:
        """The data of the act, and the texts that could not be read."""
        data, errors = read(self.fields, typed)
        if self.target:
            data["entry"] = self.target["seq"]
            if not void:
                new, wrong = read(self.target_fields, typed[REPLACEMENT], f"{REPLACEMENT}.")
                data[REPLACEMENT] = _tokens_again(self.target_fields, new, self.target["data"])
                errors |= wrong
        return data, errors


def _fit(fields: tuple[Field, ...], kept: Typed, initial: Typed) -> Typed:
    return {f.name: _fitting(f, kept.get(f.name), initial.get(f.name, "")) for f in fields}


def _fitting(field: Field, value: Any, initial: Any) -> Any:
    if field.kind == "rows":
        return (
            [_fit(field.columns, r, {}) for r in value if isinstance(r, dict)] if isinstance(value, list) else initial
        )
    return value if isinstance(value, str) else initial


def _named(data: Any) -> Any:
    """Recorded data with the names of outsiders instead of their tokens."""
    found = [v for v in _texts(data) if is_token(v)]
    return _swap(data, {t: n for t, n in names_of(found).items() if not n.startswith("（")}) if found else data


def _tokens_again(fields: tuple[Field, ...], new: dict[str, Any], recorded: Any) -> dict[str, Any]:
    """A name left as it was keeps the token under which it is stored apart."""
    names = names_of([v for v in _texts(recorded) if is_token(v)])
    return _held(fields, new, {name: token for token, name in names.items() if not name.startswith("（")})


def _held(fields: tuple[Field, ...], data: dict[str, Any], tokens: dict[str, str]) -> dict[str, Any]:
    held = dict(data)
    for f in fields:
        if f.personal and f.name in held:
            held[f.name] = _swap(held[f.name], tokens)
        elif f.kind == "rows" and f.name in held:
            held[f.name] = [_held(f.columns, row, tokens) for row in held[f.name]]
    return held


def _texts(data: Any) -> list[str]:
    if isinstance(data, str):
        return [data]
    inner = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    return [t for v in inner for t in _texts(v)]


def _swap(data: Any, names: dict[str, str]) -> Any:
    if isinstance(data, dict):
        return {k: _swap(v, names) for k, v in data.items()}
    if isinstance(data, list):
        return [_swap(v, names) for v in data]
    return names.get(data, data) if isinstance(data, str) else data
