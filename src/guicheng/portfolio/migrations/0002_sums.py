"""Sums beside what is kept, so that counts over a book of any size are read and not counted.

What was kept until now does not say under what it was counted: it is emptied, and `guicheng refresh` keeps it anew."""

from django.db import migrations, models

EMPTY = "DELETE FROM portfolio_keptfinding; DELETE FROM portfolio_kept"


class Migration(migrations.Migration):
    dependencies = [
        ("portfolio", "0001_initial"),
        ("records", "0001_tables"),
    ]

    operations = [
        migrations.RunSQL(EMPTY, migrations.RunSQL.noop),
        migrations.CreateModel(
            name="Refreshed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                ("at", models.DateTimeField()),
                ("entry", models.BigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="Sum",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("unit", models.CharField(max_length=64)),
                ("stage", models.PositiveSmallIntegerField()),
                ("year", models.PositiveSmallIntegerField()),
                ("colour", models.CharField(max_length=8)),
                ("projects", models.BigIntegerField()),
                ("budget", models.BigIntegerField()),
                ("late", models.BigIntegerField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("unit", "stage", "year", "colour"), name="sum_one")],
            },
        ),
        migrations.CreateModel(
            name="FindingSum",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("unit", models.CharField(max_length=64)),
                ("rule", models.CharField(max_length=120)),
                ("verdict", models.CharField(max_length=16)),
                ("projects", models.BigIntegerField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("unit", "rule", "verdict"), name="findingsum_one")],
            },
        ),
        *(
            migrations.AddField("kept", name, field, preserve_default=False)
            for name, field in {
                "unit": models.CharField(max_length=64, default=""),
                "stage": models.PositiveSmallIntegerField(default=0),
                "year": models.PositiveSmallIntegerField(default=0),
                "budget": models.BigIntegerField(default=0),
                "late": models.PositiveIntegerField(default=0),
                "late_since": models.DateField(null=True),
            }.items()
        ),
    ]
