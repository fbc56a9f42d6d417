"""Each duty names the office of its project, so that what one office owes is one range of an index. The column is added empty,
which rewrites nothing; the next migration fills it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0004_cover"),
    ]

    operations = [
        migrations.AddField("dutyof", "unit", models.CharField(max_length=64, null=True)),
    ]
