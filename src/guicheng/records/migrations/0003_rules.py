"""Indexes for what rules read of the whole book. Which rules each serves is held by tests/test_rule_indexes.py."""

from django.db import migrations, models
from django.db.models import Q

from guicheng.config.indexes import AddIndexBeside


class Migration(migrations.Migration):
    atomic = False
    dependencies = [
        ("records", "0002_lists"),
    ]

    operations = [
        # The few projects whose history has gaps are judged apart: every rule asks for them.
        AddIndexBeside("project", models.Index(fields=["edition", "code"], name="project_gaps", condition=~Q(gaps=""))),
    ]
