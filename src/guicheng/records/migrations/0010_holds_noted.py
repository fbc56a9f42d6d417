"""In which tables each project has rows is noted portion by portion, each kept by itself. Run again after a stop, it goes on."""

from django.apps.registry import Apps
from django.db import migrations, transaction
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import Max, Min

from guicheng.records.tables import holding

PORTION = 5_000
"""Keys of projects filled in one transaction."""


def fill(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """The rows are locked by a statement before the one that looks: on PostgreSQL one that waited for a row would write what it
    had seen before under the number of an act that it had not."""
    records = apps.get_app_config("records")
    tables = [m for m in records.get_models() if any(f.name == "project" for f in m._meta.fields)]
    said, projects = holding("records_project.id", tables), apps.get_model("records", "Project")._default_manager
    ends = projects.aggregate(first=Min("pk"), last=Max("pk"))
    for first in range(ends["first"] or 0, (ends["last"] or -1) + 1, PORTION):
        with transaction.atomic(), schema_editor.connection.cursor() as cursor:
            some = projects.filter(pk__gte=first, pk__lt=first + PORTION, holds__isnull=True)
            list(some.select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True))
            cursor.execute(
                f"UPDATE records_project SET holds = {said}, noted_at = seq WHERE id >= %s AND id < %s AND holds IS NULL",
                (first, first + PORTION),
            )


class Migration(migrations.Migration):
    atomic = False
    dependencies = [
        ("records", "0009_holds"),
    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
