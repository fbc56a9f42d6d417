"""A query compiled once answers with other values what Django's own answers, row by row; what it cannot hold on to is refused."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection, models
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.test.utils import CaptureQueriesContext

from guicheng.people.wire import send
from guicheng.records.prepared import at_once, prepared
from guicheng.records.project import DutyOf, Project
from tests.engines.random_book import write

pytestmark = pytest.mark.django_db


def projects(unit: str, day: date, most: int) -> QuerySet[Project]:
    late = DutyOf.objects.filter(project=OuterRef("pk"), closed_on__isnull=True)
    reached = Q(unit=unit) | Q(filed_on__lte=day, budget__lt=most)
    return Project.objects.filter(reached, stage__in=[10, 70, 120]).annotate(late=Exists(late)).order_by("code")


def units(unit: str, day: date) -> QuerySet[Project, tuple[str, date, Any]]:
    return Project.objects.filter(unit=unit, filed_on__gte=day).order_by("code").values_list("code", "filed_on", "gaps")


def row(project: Project) -> tuple[Any, ...]:
    fields: list[models.Field[Any, Any]] = list(Project._meta.concrete_fields)
    return (*(getattr(project, f.attname) for f in fields), vars(project)["late"])


def test_it_answers_what_the_query_itself_answers() -> None:
    write(3, 40)
    days = sorted(Project.objects.values_list("filed_on", flat=True))
    of_project, of_unit, seen = prepared(projects), prepared(units), 0
    for unit in sorted({*Project.objects.values_list("unit", flat=True), "nobody's"}):
        for day in (days[0] - timedelta(1), days[20], days[-1]):
            for most in (0, 10**9, 10**12):
                asked = [row(p) for p in of_project.all(unit, day, most)]
                assert asked == [row(p) for p in projects(unit, day, most)]
                seen += len(asked)
            assert of_unit.all(unit, day) == list(units(unit, day))
    assert seen > 40
    assert of_unit.one("nobody's", days[0]) is None


def test_a_set_of_keys_or_of_texts_is_one_value() -> None:
    write(3, 40)
    of_keys = prepared(lambda keys: Project.objects.filter(pk__among=keys).order_by("code"))
    of_codes = prepared(lambda codes: Project.objects.filter(code__among=codes).order_by("code").values_list("pk"))
    every = list(Project.objects.order_by("code").values_list("pk", "code"))
    for some in ([], every[:1], every[::3], every):
        keys, codes = frozenset(pk for pk, _ in some), frozenset(code for _, code in some)
        assert [p.pk for p in of_keys.all(keys | {10**12})] == [pk for pk, _ in some]
        assert of_codes.all(codes | {'O\'Brien "x" \\ ,{}', ""}) == [(pk,) for pk, _ in some]


def test_a_whole_number_is_found_in_the_smallest_column() -> None:
    write(3, 40)
    of_stage = prepared(lambda stage, unit: Project.objects.filter(stage=stage, unit=unit).values_list("pk"))
    seen = 0
    for stage, unit in Project.objects.values_list("stage", "unit").distinct():
        found = of_stage.all(stage, unit)
        assert {pk for (pk,) in found} == set(
            Project.objects.filter(stage=stage, unit=unit).values_list("pk", flat=True)
        )
        seen += len(found)
    assert seen == 40


def test_rows_it_made_can_be_saved() -> None:
    write(3, 5)
    one = prepared(lambda code: Project.objects.filter(code=code)).one(Project.objects.earliest("pk").code)
    assert one is not None
    one.title = "改过的名称"
    one.save()
    assert Project.objects.get(pk=one.pk).title == "改过的名称"


def test_several_travel_together_and_each_is_counted() -> None:
    write(3, 8)
    of_unit, day = prepared(units), date(2000, 1, 1)
    names = sorted(set(Project.objects.values_list("unit", flat=True)))
    with CaptureQueriesContext(connection) as counted:
        with at_once():
            asked = [of_unit.ask(unit, day) for unit in names]
        found = [answer() for answer in asked]
    assert found == [list(units(unit, day)) for unit in names]
    assert len(counted) == len(names)


def test_as_many_stay_prepared_as_pages_and_acts_have() -> None:
    """The driver would keep a hundred and forget the others, to be prepared again at every visit."""
    asked = [f"SELECT {n} + %s" for n in range(300)]
    for sql in asked:
        assert send(sql, (1,)).fetchone()[0] == asked.index(sql) + 1
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_prepared_statements WHERE statement = ANY(%s)",
                ([s.replace("%s", "$1") for s in asked],),
            )
            assert cursor.fetchone() == (300,)


def test_what_it_cannot_hold_on_to_is_refused() -> None:
    with pytest.raises(TypeError, match="not handed on"):
        prepared(lambda text: Project.objects.filter(title__contains=text)).all("例")
    with pytest.raises(TypeError, match="not handed on"):
        prepared(lambda code, day: Project.objects.filter(code=code)).all("A", date(2026, 1, 1))
    with pytest.raises(TypeError, match="all columns of its own table"):
        prepared(lambda seq: DutyOf.objects.filter(seq=seq).select_related("project")).all(1)
    with pytest.raises(TypeError, match="all columns of its own table"):
        prepared(lambda code: Project.objects.filter(code=code).only("code")).all("A")
    with pytest.raises(TypeError, match="None"):
        prepared(lambda code: Project.objects.filter(code=code)).all(None)
    with pytest.raises(TypeError, match="by place"):
        prepared(lambda code: Project.objects.filter(code=code)).all(code="A")
