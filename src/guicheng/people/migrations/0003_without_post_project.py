"""The index that another has taken the place of."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("people", "0002_post_on")]
    operations = [migrations.RemoveIndex("post", "post_project")]
