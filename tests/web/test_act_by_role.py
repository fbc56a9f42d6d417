"""Each act's page opens exactly for those who may act at that stage, and the menu of a portrait offers no more and no less."""

from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest
import yaml
from django.test import Client

from guicheng.door.clock import today
from guicheng.door.models import Attempt
from guicheng.ledger.models import Entry
from guicheng.people.models import Person, Post
from guicheng.people.roles import PROJECT_BOUND, Role
from guicheng.records.project import Project
from guicheng.records.stage import ENDED
from guicheng.regulations.base import regulation
from guicheng.web.drafts import Draft

pytestmark = pytest.mark.usefixtures("demo_site")
In = Callable[[str], Client]
MAY: dict[str, list[str]] = yaml.safe_load(
    (Path(__file__).parents[1] / "house" / "who_may.yaml").read_text(encoding="utf8")
)
"""Who may do which act, by hand."""
BUREAU = {
    "construction": "sun.li", "cyber-office": "zhou.mingyuan", "leading-group": "bai.xingzhou", "general-office": "lu.wenbo",
    "technology": "jiang.yue", "legal": "tan.lvyan", "discipline": "qin.zheng", "party-group": "gu.changfeng",
    "system-admin": "xi.tong", "security-admin": "an.quan", "audit-admin": "shen.ji",
}  # fmt: skip
YOUNG, DONE = "HA-2026-005", "HA-2024-019"
"""Of one office: the one in its first studies, the other in operation."""
LAW = regulation()
ON_PROJECTS = [a for a in LAW.acts.values() if a.scope == "project" and not a.opening]
TRIED = list(LAW.acts.values())[::9]
"""Enough to try drafts and previews with: one view serves every act."""
ELSEWHERE = [a for a in LAW.acts.values() if a.scope != "project" or a.opening]


def holder(role: Role, code: str) -> str:
    """A person with this role alone, on this project where the role is bound to one."""
    if role.value in BUREAU:
        return BUREAU[role.value]
    username = f"on-{code}-{role}".lower()
    Person.objects.create(username=username, name=username, seq=1, day=today())
    since = Project.objects.get(code=code).filed_on
    Post.objects.create(person_id=username, role=role, project=code, since=since, seq=1, day=since)
    return username


def may_now(act: str, project: Project) -> bool:
    """Whether the act is done at the project's stage, as its declaration says."""
    at = LAW.acts[act].at
    return project.stage in at if at else project.stage not in ENDED


ROLES = [r for r in Role if r not in (Role.CLOCK, Role.SETUP)]


@pytest.mark.parametrize("code", [YOUNG, DONE])
@pytest.mark.parametrize("role", ROLES)
def test_each_page_opens_for_whom_the_table_names_and_the_menu_is_the_same(role: Role, code: str, sign_in: In) -> None:
    client, project = sign_in(holder(role, code)), Project.objects.get(code=code)
    blind = role.value.endswith("-admin")
    asked = ON_PROJECTS if code == DONE else ON_PROJECTS[::6]
    found = {a.code: client.get(f"/projects/{code}/acts/{a.code}/").status_code for a in asked}
    expected = {
        a.code: 404 if blind else 403 if role not in MAY[a.code] else 200 if may_now(a.code, project) else 409
        for a in ON_PROJECTS
    }
    assert found == {a: expected[a] for a in found}
    if not blind:
        menu = client.get(f"/projects/{code}/").context["menu"]
        offered = {e.spec.code: 200 if e.open else 409 for g in menu.groups for e in g.entries}
        assert offered == {a: status for a, status in expected.items() if status != 403}
        assert {spec.code for spec in menu.next} <= {a for a, status in expected.items() if status == 200}


@pytest.mark.parametrize("role", ROLES)
def test_acts_of_the_bureau_and_beginnings_open_for_whom_the_table_names(role: Role, sign_in: In) -> None:
    client = sign_in(holder(role, DONE))
    for act in ELSEWHERE:
        here = f"/new/{act.code}/" if act.opening else f"/bureau/acts/{act.code}/"
        closed = 404 if act.opening and role.value.endswith("-admin") else 403
        assert client.get(here).status_code == (200 if role in MAY[act.code] else closed), act.code
    yours = {a.code for a in client.get("/bureau/").context["acts"]}
    assert yours == {a.code for a in ELSEWHERE if not a.opening and role in MAY[a.code]}


@pytest.mark.parametrize("role", ROLES)
def test_a_form_posted_by_whoever_may_not_leaves_nothing_but_the_attempt(role: Role, sign_in: In) -> None:
    client = sign_in(holder(role, DONE))
    before, tried = (Entry.objects.count(), Project.objects.count(), Draft.objects.count()), Attempt.objects.count()
    for act in LAW.acts.values():
        if role in MAY[act.code]:
            continue
        here = f"/bureau/acts/{act.code}/" if act.scope == "bureau" else f"/projects/{DONE}/acts/{act.code}/"
        here = f"/new/{act.code}/" if act.opening else here
        own = {
            "_on": today().isoformat(),
            "_id": uuid4().hex,
            "_role": MAY[act.code][0],
            "reason": "试一试",
            "_code": "HA-2026-999",
        }
        status = client.post(here, own).status_code
        assert status in (403, 404), act.code
        tried += status == 403
        assert Attempt.objects.count() == tried, act.code
        if act in TRIED:
            assert client.post(f"{here}draft/", own).status_code == 404, act.code
            answer = client.post(f"{here}preview/", own)
            assert answer.status_code == 404 or "可以办理" not in answer.content.decode(), act.code
    assert before == (Entry.objects.count(), Project.objects.count(), Draft.objects.count())
    assert Attempt.objects.count() == tried


def test_outside_parties_and_bodies_are_all_asked() -> None:
    assert set(BUREAU) | {str(r) for r in PROJECT_BOUND} == {str(r) for r in ROLES}
