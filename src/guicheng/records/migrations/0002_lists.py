"""An index for every order in which projects are listed: over the book, within a unit, within a stage. The list walks them both ways."""

from django.db import migrations, models
from django.db.models import Q

from guicheng.config.indexes import AddIndexBeside

BUDGET = models.Func(models.F("budget"), function="COALESCE", template="%(function)s(%(expressions)s, -1)")
"""An amount that is not known yet is sorted as -1: as an expression, so that its place in the list can be sought like any other."""

ORDERS = (
    models.Index(fields=["filed_on", "code"], name="project_filed"),
    models.Index(BUDGET, "code", name="project_budget"),
    models.Index(fields=["stage", "filed_on", "code"], name="project_stage_filed"),
    models.Index("stage", BUDGET, "code", name="project_stage_budget"),
    models.Index(fields=["unit", "filed_on", "code"], name="project_unit_filed"),
    models.Index("unit", BUDGET, "code", name="project_unit_budget"),
    models.Index(fields=["unit", "stage", "code"], name="project_unit_stage"),
)
RARE = (
    models.Index(fields=["code"], name="project_major", condition=Q(major=True)),
    models.Index(fields=["code"], name="project_suspended", condition=Q(suspended_on__isnull=False)),
)
"""Filters that fit few projects: these alone are held, and an act on any other project does not touch the index."""


class Migration(migrations.Migration):
    atomic = False
    dependencies = [
        ("records", "0001_tables"),
    ]

    operations = [
        *(AddIndexBeside("project", index) for index in (*ORDERS, *RARE)),
        # The filter by kind asks which projects have a component of it.
        AddIndexBeside("component", models.Index(fields=["kind", "project"], name="component_kind")),
        # The work list asks for what a body owes, the earliest first; what was done is not in it.
        AddIndexBeside(
            "dutyof",
            models.Index(
                fields=["owed_by", "due_on", "project"], name="duty_owed", condition=Q(closed_on__isnull=True)
            ),
        ),
    ]
