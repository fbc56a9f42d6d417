"""The projects of one unit at one stage by day of filing and by money, as they were already by code: an unlucky unit and stage stood so
far down the unit's own order that a page found nothing."""

from django.db import migrations, models

from guicheng.config.indexes import AddIndexBeside
from guicheng.records.base import known


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("records", "0010_holds_noted")]
    operations = [
        AddIndexBeside(
            "project",
            models.Index(fields=["unit", "stage", "filed_on", "code"], name="project_unit_stage_filed"),
        ),
        AddIndexBeside(
            "project",
            models.Index("unit", "stage", known("budget"), "code", name="project_unit_stage_budget"),
        ),
    ]
