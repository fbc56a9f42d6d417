"""Files posted with the form itself, where the browser has no script: taken in as papers before the act is done."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from django.http import HttpRequest

from guicheng.ledger.digest import named
from guicheng.papers.models import HandedIn
from guicheng.papers.store import Refused, keep
from guicheng.web.forms.desk import REPLACEMENT, Desk
from guicheng.web.forms.kinds import Field
from guicheng.web.forms.typed import Typed
from guicheng.web.pages.acts_ask import Posted

MARK = "~file"
"""A file's control is named like the text that takes its digest, and this."""


def taken_in(request: HttpRequest, desk: Desk, asked: Posted) -> Posted:
    """The same with each posted file kept and its digest written where it belongs, or the sentence why not."""
    files = [(name, file) for name in request.FILES for file in request.FILES.getlist(name) if name.endswith(MARK)]
    if not files:
        return asked
    errors = dict(asked.errors)
    for name, file in files:
        path = name.removesuffix(MARK)
        digest, refused = _kept(file, desk, request.POST.get("_declared") == "on")
        if refused:
            errors[path] = [refused]
        else:
            _place(desk, asked.typed, path.split("."), digest)
    data, unread = desk.data(asked.typed, bool(asked.own["void"]))
    return replace(asked, data=data, errors={**unread, **errors})


def _kept(file: Any, desk: Desk, declared: bool) -> tuple[str, str]:
    """The digest, or the sentence of the refusal."""
    try:
        return keep(file, file.name or "", desk.me.username, declared).digest, ""
    except Refused as refused:
        return "", str(refused)


def _place(desk: Desk, typed: Typed, parts: list[str], digest: str) -> None:
    """Write a digest where its file was chosen. One in a row that says nothing else has no row to go to."""
    new = parts[0] == REPLACEMENT
    try:
        _write(desk.target_fields if new else desk.fields, typed[REPLACEMENT] if new else typed, parts[new:], digest)
    except (LookupError, ValueError, StopIteration):
        return


def _write(fields: tuple[Field, ...], typed: Typed, parts: list[str], digest: str) -> None:
    """Write a digest at a path such as tests.0.digest: beside the others, or in place of the only one."""
    name, *rest = parts
    field = next(f for f in fields if f.name == name)
    if rest:
        _write(field.columns, typed[name][int(rest[0])], rest[1:], digest)
    else:
        typed[name] = "\n".join(filter(None, (typed[name], digest))) if field.kind == "papers" else digest


def own_names(desk: Desk, typed: Typed) -> dict[str, str]:
    """Digest to file name, for the papers in the form that this person handed in."""
    digests = named(json.dumps(typed))
    if not digests:
        return {}
    mine = HandedIn._default_manager.filter(by=desk.me.username, paper__digest__in=digests)
    return {digest: str(name) for digest, name in mine.values_list("paper__digest", "name")}
