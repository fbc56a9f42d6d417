"""The projects with the longest overdue duties, of the bureau and of one unit: the two lists of the cockpit."""

from django.db import migrations, models
from django.db.models import Q

from guicheng.config.indexes import AddIndexBeside

LATE = Q(late_since__isnull=False)


class Migration(migrations.Migration):
    atomic = False
    dependencies = [
        ("portfolio", "0002_sums"),
    ]

    operations = [
        AddIndexBeside("kept", models.Index(fields=["late_since", "project"], name="kept_late", condition=LATE)),
        AddIndexBeside(
            "kept", models.Index(fields=["unit", "late_since", "project"], name="kept_unit_late", condition=LATE)
        ),
    ]
