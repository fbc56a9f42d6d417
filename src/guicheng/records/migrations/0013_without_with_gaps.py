"""The index that another has taken the place of."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("records", "0012_gapped")]
    operations = [migrations.RemoveIndex("project", "project_with_gaps")]
