"""The office of each duty is filled in portion by portion, each kept by itself, and only then indexed. Run again after a stop, it
goes on."""

from typing import Any

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import Max, Min, OuterRef, Q, Subquery

from guicheng.config.indexes import AddIndexBeside

PORTION = 20_000
"""Keys of duties looked at in one transaction."""


def fill(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    duties: Any = apps.get_model("records", "DutyOf")._default_manager
    office = apps.get_model("records", "Project")._default_manager.filter(pk=OuterRef("project_id")).values("unit")
    ends = duties.aggregate(first=Min("pk"), last=Max("pk"))
    for first in range(ends["first"] or 0, (ends["last"] or -1) + 1, PORTION):
        some = duties.filter(pk__gte=first, pk__lt=first + PORTION, unit__isnull=True)
        some.update(unit=Subquery(office))


class Migration(migrations.Migration):
    atomic = False
    dependencies = [
        ("records", "0005_duty_unit"),
    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
        AddIndexBeside(
            "dutyof",
            models.Index(
                fields=["unit", "owed_by", "due_on", "project"], name="duty_unit", condition=Q(closed_on__isnull=True)
            ),
        ),
    ]
