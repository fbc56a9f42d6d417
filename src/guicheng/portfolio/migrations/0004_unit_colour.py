"""The projects of one office that need action, the latest first, are one range of an index."""

from django.db import migrations, models

from guicheng.config.indexes import AddIndexBeside


class Migration(migrations.Migration):
    atomic = False
    dependencies = [
        ("portfolio", "0003_late"),
    ]

    operations = [
        AddIndexBeside("kept", models.Index(fields=["unit", "colour", "project"], name="kept_unit_colour")),
    ]
