"""Who sees which project, which entries and which sections: own, other, before and after the post."""

from datetime import date, timedelta

import pytest

from guicheng.accounts.models import ReadOf
from guicheng.door.outcome import Request
from guicheng.door.perform import perform
from guicheng.people.models import Post
from guicheng.people.roles import PROJECT_BOUND, Role
from guicheng.portfolio.sight import SECTIONS_SEEN, entries_seen, project_or_none, roles_on, sections, visible
from guicheng.portfolio.sight_parts import ACTS_SEEN, DISCIPLINE_ACTS
from guicheng.records.project import Project
from guicheng.regulations.base import regulation

pytestmark = pytest.mark.usefixtures("demo_site")
DAY = date(2026, 11, 23)
READ = {"what": "合同与付款", "ground": "年度监督计划"}


def roles(person: str, project: Project) -> frozenset[Role]:
    return roles_on(person, [project], DAY)[project.code]


def acts_read(person: str, project: Project) -> set[str]:
    return {e.doc["act"] for e in entries_seen(person, project.code, roles(person, project))}


def holder(role: Role) -> Post:
    return Post.objects.filter(role=role, until__isnull=True, since__lte=DAY).order_by("-project", "pk")[0]


@pytest.mark.parametrize(
    ("role", "sees"),
    [
        ("cyber-office", "all"), ("leading-group", "all"), ("general-office", "all"), ("technology", "all"), ("legal", "all"),
        ("discipline", "all"), ("party-group", "all"), ("construction", "unit"), ("contractor", "one"), ("supervisor", "one"),
        ("auditor", "one"), ("assessor", "one"), ("system-admin", "none"), ("security-admin", "none"), ("audit-admin", "none"),
    ],
)  # fmt: skip
def test_the_projects_of_each_role(role: str, sees: str) -> None:
    post = holder(Role(role))
    mine = {
        "all": Project.objects.all(), "unit": Project.objects.filter(unit=post.unit),
        "one": Project.objects.filter(code=post.project), "none": Project.objects.none(),
    }[sees]  # fmt: skip
    held = set(Post.objects.filter(person=post.person_id).values_list("role", flat=True))
    assert held <= {role}, "a person with one role alone shows what that role sees"
    assert set(visible(post.person_id, DAY)) == set(mine)
    assert sees == "none" or mine.exists()


def test_it_is_one_statement(django_assert_num_queries: "object") -> None:
    with django_assert_num_queries(1):  # type: ignore[operator]  # the fixture of pytest-django
        list(visible("xu.jing", DAY))


def test_a_post_reaches_from_its_first_day_to_its_last() -> None:
    post = holder(Role.CONTRACTOR)
    assert project_or_none(post.person_id, post.project, post.since)
    assert not project_or_none(post.person_id, post.project, post.since - timedelta(days=1))
    post.until = DAY
    post.save()
    assert project_or_none(post.person_id, post.project, DAY)
    assert not project_or_none(post.person_id, post.project, DAY + timedelta(days=1))


def test_one_outside_party_sees_nothing_of_another_project() -> None:
    post = holder(Role.CONTRACTOR)
    other = Project.objects.exclude(code=post.project).order_by("code")[0]
    assert project_or_none(post.person_id, other.code, DAY) is None
    assert not acts_read(post.person_id, other)
    assert sections(roles(post.person_id, other)) == frozenset()


def test_outside_parties_read_their_part_alone() -> None:
    for role in (Role.CONTRACTOR, Role.SUPERVISOR, Role.AUDITOR, Role.ASSESSOR):
        post = holder(role)
        project = Project.objects.get(code=post.project)
        acts = acts_read(post.person_id, project)
        everything = acts_read("xu.jing", project)
        assert acts and acts <= ACTS_SEEN[role]
        assert not acts & {"decide-by-party-group", "submit-to-party-group", "evaluate-performance", "hold-discussion"}
        assert acts < everything
        assert sections(roles(post.person_id, project)) == SECTIONS_SEEN[role]


@pytest.mark.parametrize("asks", [None, "请补充三家比价记录"])
def test_acts_of_the_discipline_office(asks: str | None) -> None:
    author = holder(Role.DISCIPLINE).person_id
    project = Project.objects.filter(stage=70).order_by("code")[0]
    data = {"kind": "risk", "note": "sm3:" + "0a" * 32} | ({"asks": asks} if asks else {})
    assert perform(Request(project.code, "note-integrity", author, DAY, data)).ok
    assert perform(Request(project.code, "read-for-integrity", author, DAY, READ)).ok
    builder = holder_in(project.unit)
    for person, shown in (
        (author, {"note-integrity", "read-for-integrity"}),
        (builder, {"note-integrity"} if asks else set()),
    ):
        found = acts_read(person, project) & DISCIPLINE_ACTS
        assert found == shown, person


def holder_in(unit: str) -> str:
    return Post.objects.filter(role=Role.CONSTRUCTION, unit=unit).order_by("pk")[0].person_id


def test_the_hand_written_tables_name_acts_that_exist() -> None:
    acts = set(regulation().acts)
    assert {code for seen in ACTS_SEEN.values() for code in seen} <= acts
    assert acts >= DISCIPLINE_ACTS
    assert set(ACTS_SEEN) == set(SECTIONS_SEEN) == PROJECT_BOUND


def test_what_the_discipline_office_reads_is_on_record_once_an_hour() -> None:
    reader, other = holder(Role.DISCIPLINE).person_id, holder(Role.CYBER_OFFICE).person_id
    code = Project.objects.order_by("code")[0].code
    for person in (other, reader, reader):
        assert project_or_none(person, code, DAY)
    assert list(ReadOf.objects.values_list("by", "capacity", "project")) == [(reader, "discipline", code)]
    assert project_or_none(reader, "HA-1999-999", DAY) is None
    assert ReadOf.objects.count() == 1
