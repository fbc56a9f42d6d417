"""What stands around the list of projects, for whoever sees everything, one office, several, single projects or nothing."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from guicheng.people.models import Unit
from guicheng.portfolio.listing import KINDS
from guicheng.portfolio.sight import Reach
from guicheng.records.initiation import Component
from guicheng.records.project import Project
from guicheng.web.choices import SavedView
from guicheng.web.pages.projects_around import around

pytestmark = pytest.mark.usefixtures("demo_site")
NONE: frozenset[str] = frozenset()
REACHES = {
    "everything": Reach(True, NONE, NONE),
    "one office": Reach(False, frozenset({"zwfw"}), NONE),
    "an office without projects": Reach(False, frozenset({"nobody"}), NONE),
    "two offices": Reach(False, frozenset({"zwfw", "gcsp"}), NONE),
    "one project": Reach(False, NONE, frozenset({"HA-2025-006"})),
    "an office and a project": Reach(False, frozenset({"zwfw"}), frozenset({"HA-2025-006"})),
    "nothing": Reach(False, NONE, NONE),
}


@pytest.mark.parametrize("reach", REACHES.values(), ids=list(REACHES))
def test_filters_offer_what_is_there_for_this_reader(reach: Reach) -> None:
    found, seen = around(reach, "sun.li", []), list(reach.projects)
    assert found.names == dict(Unit.objects.values_list("code", "name"))
    with_projects = {p.unit for p in seen}
    assert found.units == [
        (c, n) for c, n in Unit.objects.order_by("name").values_list("code", "name") if c in with_projects
    ]
    filed = {p.filed_on.year for p in seen}
    assert found.years == (list(range(max(filed), min(filed) - 1, -1)) if filed else [])
    assert found.kinds == {}


def test_kinds_are_those_of_the_projects_shown_in_their_own_order() -> None:
    shown = list(Project.objects.order_by("code")[:30])
    found = around(REACHES["everything"], "sun.li", (p.pk for p in shown)).kinds
    for project in shown:
        kinds = set(Component._default_manager.filter(project=project).values_list("kind", flat=True))
        assert found.get(project.pk, "") == "、".join(words for kind, words in KINDS.items() if kind in kinds)
    assert set(found) <= {p.pk for p in shown} and any("、" in words for words in found.values())


def test_views_are_the_readers_own() -> None:
    for person, name in (("sun.li", "乙"), ("sun.li", "甲"), ("zhou.mingyuan", "别人的")):
        SavedView._default_manager.create(person=person, name=name, query="stage=70")
    assert [v.name for v in around(REACHES["one office"], "sun.li", []).views] == sorted("乙甲")
    assert [v.name for v in around(REACHES["nothing"], "xu.jing", []).views] == []


@pytest.mark.parametrize("reach", [REACHES["everything"], REACHES["one office"]], ids=["everything", "one office"])
def test_it_is_six_statements_whatever_is_shown(reach: Reach) -> None:
    every = list(Project.objects.values_list("pk", flat=True))
    for shown in ([], every):
        with CaptureQueriesContext(connection) as asked:
            around(reach, "sun.li", shown)
        assert len(asked) == 6
    assert len(every) > 50
