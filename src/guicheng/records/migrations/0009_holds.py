"""A project's own row tells in which tables it has rows. The columns are added empty, which rewrites nothing; the next migration
fills them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0008_cover_lookups"),
    ]

    operations = [
        migrations.AddField("project", "holds", models.TextField(null=True)),
        migrations.AddField("project", "noted_at", models.PositiveIntegerField(null=True)),
    ]
