"""The index of the projects whose history has gaps leads to their records as well: each rule read every one of these rows on PostgreSQL for
its key alone, a quarter of what all rules take over them. The embedded database keeps the key in every index."""

from django.db import migrations, models
from django.db.models import Q

from guicheng.config.indexes import AddIndexBeside


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("records", "0011_unit_and_stage")]
    operations = [
        AddIndexBeside(
            "project",
            models.Index(
                fields=["edition", "code", "gaps", "stage", "furthest", "budget", "archived_on"],
                name="project_gapped",
                condition=~Q(gaps=""),
                include=["id"],
            ),
        ),
    ]
