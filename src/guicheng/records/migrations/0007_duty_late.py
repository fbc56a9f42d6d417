"""What is late of one duty is one range of an index: 27 rules of an audit ask nothing else."""

from django.db import migrations, models
from django.db.models import Q

from guicheng.config.indexes import AddIndexBeside


class Migration(migrations.Migration):
    atomic = False
    dependencies = [
        ("records", "0006_duty_unit_filled"),
    ]

    operations = [
        AddIndexBeside(
            "dutyof",
            models.Index(fields=["code", "due_on", "project"], name="duty_late", condition=Q(closed_on__isnull=True)),
        ),
    ]
