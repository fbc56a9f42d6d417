"""The lists show outside parties their part: no money, no findings; staff see all; what a number counts is what it opens."""

import csv
import io
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client

from guicheng.door.clock import today
from guicheng.people.models import Post
from guicheng.portfolio.models import KeptFinding
from guicheng.portfolio.sight import visible
from guicheng.portfolio.standing import refresh
from guicheng.records.project import DutyOf, Project
from guicheng.web.pages import projects

pytestmark = pytest.mark.usefixtures("demo_site")
In = Callable[[str], Client]


def exported(client: Client, address: str = "") -> list[list[str]]:
    text = b"".join(client.get(f"/projects/export.csv?{address}")).decode("utf-8-sig")  # type: ignore[arg-type]
    return list(csv.reader(io.StringIO(text)))[1:]


@pytest.mark.parametrize("role", ["contractor", "supervisor", "assessor"])
def test_money_is_not_shown_to_those_whose_part_leaves_it_out(sign_in: In, role: str) -> None:
    post = Post.objects.filter(role=role, project__in=Project.objects.filter(budget__gt=0).values("code")).order_by(
        "pk"
    )[0]
    client = sign_in(post.person_id)
    assert [(line[0], line[5]) for line in exported(client)] == [(post.project, "")]
    for address in ("/projects/", "/projects/?sort=-budget", "/cockpit/"):
        assert "万元" not in client.get(address).content.decode(), address
    context = client.get("/cockpit/").context
    assert {c["id"] for c in context["charts"]} == {"stages", "units"}
    assert not [f for f in context["figures"] if f.money]


def test_an_auditor_sees_money_but_not_findings(sign_in: In) -> None:
    project = Project.objects.filter(budget__gt=0, filed_on__gt="2023-06-01").order_by("code")[0]
    Post.objects.create(person_id="tan.lvyan", role="auditor", project=project.code, since=today(), seq=1, day=today())
    Post.objects.filter(person="tan.lvyan").exclude(role="auditor").delete()
    client = sign_in("tan.lvyan")
    ((code, *_, approved, _, _, _),) = exported(client)
    assert (code, Decimal(approved) * 100) == (project.code, project.budget)
    assert {c["id"] for c in client.get("/cockpit/").context["charts"]} == {"stages", "units", "years"}


def test_nobody_learns_of_findings_by_filtering(sign_in: In) -> None:
    refresh(today())
    outside = Post.objects.filter(role="contractor").values("project")
    finding = KeptFinding._default_manager.filter(verdict="breached", project__code__in=outside).select_related(
        "project"
    )[0]
    code = finding.project.code
    contractor = Post.objects.filter(role="contractor", project=code)[0].person_id
    for verdict in ("breached", "kept", "unknown"):
        assert exported(sign_in(contractor), f"rule={finding.rule}&verdict={verdict}") == []
    assert code in [line[0] for line in exported(sign_in("zhou.mingyuan"), f"rule={finding.rule}&verdict=breached")]


def test_the_overdue_number_opens_everybodys_overdue_duties(sign_in: In) -> None:
    refresh(today())
    for username in ("gu.changfeng", "sun.li"):
        client = sign_in(username)
        figure = next(f for f in client.get("/cockpit/").context["figures"] if "late=1" in f.opens)
        page = client.get(figure.opens)
        assert len(page.context["items"]) == figure.value > 0
        seen = visible(username, today())
        late = DutyOf._default_manager.filter(project__in=seen, closed_on__isnull=True, due_on__lt=today())
        assert {i.project.code for i in page.context["items"]} == set(late.values_list("project__code", flat=True))
    assert sign_in("gu.changfeng").get("/calendar/?late=1").context["items"] == []


def test_an_export_that_would_be_cut_short_is_not_made(sign_in: In, monkeypatch: pytest.MonkeyPatch) -> None:
    client = sign_in("sun.li")
    number = visible("sun.li", today()).count()
    monkeypatch.setattr(projects, "MOST_EXPORTED", number)
    assert len(exported(client)) == number
    monkeypatch.setattr(projects, "MOST_EXPORTED", number - 1)
    for kind in ("csv", "xlsx"):
        answer = client.get(f"/projects/export.{kind}")
        assert answer.status_code == 400
        assert "没有导出任何内容" in answer.content.decode()


def test_the_list_says_how_old_its_verdicts_are(sign_in: In) -> None:
    refresh(today())
    assert f"状况计算于{today().year}年" in sign_in("sun.li").get("/projects/").content.decode()
