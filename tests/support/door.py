"""A small bureau for tests of the door: people in their posts, one project filed, and a picture of every table."""

from datetime import date
from typing import Any

from django.apps import apps

from guicheng.door.models import Attempt
from guicheng.door.outcome import Outcome, Request
from guicheng.door.perform import perform, preview
from guicheng.people.models import Person, Post, Unit
from guicheng.people.roles import PROJECT_BOUND, UNIT_BOUND, Role

DAY = date(2025, 6, 3)
SINCE = date(2020, 1, 1)
CODE = "HA-1"

FILING: dict[str, Any] = {
    "classified": "no", "judged_by": "保密员", "title": "一网通办受理平台", "unit": "wcs", "leader": "周处长", "contact": "李工",
    "contact_phone": "0517-80000000", "components": [{"ref": "受理系统", "kind": "software", "name": "受理系统", "new_system": True}],
    "planned": False, "unplanned_reason": "上级临时部署", "background": "窗口排队时间长", "content": "建设受理平台", "estimate": 30_000_000,
    "funds": "财政资金", "starts_on": "2025-07-01", "ends_on": "2026-06-30", "reuse_checked": True, "cloud": True,
    "uses_data": False, "unit_opinion": "同意报备",
}  # fmt: skip


def hire(person: str, role: str, project: str = CODE, since: date = SINCE, until: date | None = None) -> None:
    """Put somebody in a post, as an appointment would."""
    unit, _ = Unit.objects.get_or_create(code="wcs", defaults={"name": "网技处", "seq": 1, "day": since})
    who, _ = Person.objects.get_or_create(
        username=person, defaults={"name": person, "unit": unit, "seq": 1, "day": since}
    )
    Post.objects.create(
        person=who, role=role, unit="wcs" if Role(role) in UNIT_BOUND else "", since=since, until=until, seq=1, day=since,
        project=project if Role(role) in PROJECT_BOUND else "",
    )  # fmt: skip


def found_bureau() -> None:
    """A unit and the security administrator, by the acts of a fresh installation."""
    bureau_act("register-unit", "setup", code="wcs", name="网技处")
    bureau_act("appoint", "setup", person="an.quan", name="安全员", unit="wcs", post="security-admin")


def bureau_act(act: str, by: str, on: date = SINCE, **data: Any) -> Outcome:
    done = perform(Request("bureau", act, by, on, data))
    assert done.outcome == "accepted", done.as_json()
    return done


def open_project(code: str = CODE, on: date = DAY, **changes: Any) -> Outcome:
    """File a project through the door by li.wei of the construction office."""
    if not Post.objects.filter(person_id="li.wei").exists():
        hire("li.wei", "construction")
    done = perform(Request(code, "file-project", "li.wei", on, FILING | changes))
    assert done.outcome == "accepted", done.as_json()
    return done


def project_act(act: str, data: dict[str, Any] | None = None, **more: Any) -> Outcome:
    """One act on the project, by li.wei on DAY unless said otherwise."""
    asked = {"project": CODE, "act": act, "by": "li.wei", "on": DAY, "data": data or {}} | more
    return perform(Request(**asked))


def paper(title: str = "会议纪要") -> dict[str, str]:
    return {"title": title, "kind": "纪要", "digest": "sm3:" + "0" * 64}


def everything() -> dict[str, list[dict[str, Any]]]:
    """Every row of every table, refused attempts and session tables apart: equal pictures mean that nothing changed."""
    pictures = {}
    for model in apps.get_models():
        if model is not Attempt:
            rows = model._default_manager.order_by("pk").values()
            pictures[model._meta.db_table] = [
                {k: bytes(v) if isinstance(v, memoryview) else v for k, v in r.items()} for r in rows
            ]
    return pictures


def unchanged(asked: dict[str, Any]) -> Outcome:
    """The act is not done: every table but the refused attempts is as it was, and a preview says the same."""
    before, tries = everything(), Attempt.objects.count()
    whole = {"project": CODE, "act": "attach-paper", "by": "li.wei", "on": DAY, "data": paper()} | asked
    foretold = preview(Request(**whole))
    assert Attempt.objects.count() == tries
    outcome = perform(Request(**whole))
    assert outcome.outcome in ("refused", "invalid", "denied")
    assert everything() == before
    assert foretold == outcome
    assert Attempt.objects.count() == tries + 1
    return outcome
