"""Which digests each entry names, so that where a paper is named is one look-up. The next migration indexes and fills it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0003_watermark"),
    ]

    operations = [
        migrations.CreateModel(
            name="Naming",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.CharField(max_length=80)),
                ("chain", models.CharField(max_length=64)),
                ("seq", models.PositiveIntegerField()),
            ],
        ),
    ]
