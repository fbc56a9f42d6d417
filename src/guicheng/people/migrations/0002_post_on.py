"""Who holds a role on a project, or builds in its office, is one look-up: the index of before left out the posts of the bureau,
so that a project's page read every post there is."""

from django.db import migrations, models

from guicheng.config.indexes import AddIndexBeside


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("people", "0001_tables")]
    operations = [AddIndexBeside("post", models.Index(fields=["project", "role", "unit"], name="post_on"))]
