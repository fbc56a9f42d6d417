"""Every act of the catalogue has its page: a form in which each field of the declaration has a labelled control."""

from collections.abc import Callable
from html.parser import HTMLParser

import pytest
from django.test import Client

from guicheng.people.models import Post
from guicheng.people.roles import PROJECT_BOUND, UNIT_BOUND
from guicheng.records.project import Project
from guicheng.regulations.base import regulation
from guicheng.web.forms.kinds import fields_of

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]


class Labels(HTMLParser):
    """The names of controls, and the ids that labels and legends name."""

    def __init__(self, page: str):
        super().__init__()
        self.names: set[str] = set()
        self.ids: set[str] = set()
        self.labelled: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.ids |= {found["id"] or ""} if "id" in found else set()
        if tag in ("input", "select", "textarea"):
            self.names.add(found.get("name") or "")
        if tag == "label" and "for" in found:
            self.labelled.add(found["for"] or "")
        if tag in ("legend", "p") and (found.get("id") or "").startswith("f-"):
            self.labelled.add(found["id"] or "")


def someone(spec) -> tuple[str, Project | None]:  # type: ignore[no-untyped-def]
    """A person who may do it, and a project at a stage where it is done."""
    for post in Post.objects.filter(role__in=spec.by, until=None).exclude(role__in=("clock", "setup")):
        if spec.scope == "bureau" or spec.opening:
            return post.person_id, None
        found = Project.objects.filter(suspended_on=None)
        found = found.filter(stage__in=spec.at) if spec.at else found.filter(stage__lt=120)
        if post.role in UNIT_BOUND:
            found = found.filter(unit=post.unit)
        if post.role in PROJECT_BOUND:
            found = found.filter(code=post.project)
        if project := found.first():
            return post.person_id, project
    if spec.code == "assist":  # nobody of another office is engaged in the demonstration
        project = Project.objects.filter(stage=10).earliest("code")
        Post.objects.create(
            person_id="fang.zhi",
            role="other-office",
            project=project.code,
            since=project.filed_on,
            seq=1,
            day=project.filed_on,
        )
        return "fang.zhi", project
    raise AssertionError(f"nobody in the demonstration may do {spec.code}")


@pytest.mark.parametrize("act", sorted(regulation().acts))
def test_every_act_has_a_form_with_a_labelled_control_for_each_field(
    act: str, demo_site: None, sign_in: SignIn
) -> None:
    spec = regulation().acts[act]
    person, project = someone(spec)
    here = "/bureau/acts" if spec.scope == "bureau" else "/new" if spec.opening else f"/projects/{project.code}/acts"  # type: ignore[union-attr]
    ask = "?classified=no" if spec.opening else "?entry=1" if act == "correct" else ""
    answer = sign_in(person).get(f"{here}/{act}/{ask}")
    assert answer.status_code == 200, answer.content.decode()[:500]
    page = Labels(answer.content.decode())
    for field in fields_of(spec.cls):
        if field.kind == "data" or (act, field.name) == ("correct", "entry"):
            continue
        assert f"f-{field.name}" in page.labelled, f"{act}.{field.name} 没有标签"
        if field.kind == "rows":
            for column in field.columns:
                assert f"{field.name}.0.{column.name}" in page.names
                assert f"f-{field.name}.0.{column.name}" in page.labelled
        else:
            assert field.name in page.names, f"{act}.{field.name} 没有控件"
            assert f"f-{field.name}" in page.ids
