"""In which tables each project has rows is noted portion by portion, each kept by itself. Run again after a stop, it goes on."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from guicheng.records.tables import holding

PORTION = 5_000
"""Keys of projects filled in one transaction."""


def fill(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT MIN(id), MAX(id) FROM records_project")
        first, last = cursor.fetchone()
        tables = [
            m for m in apps.get_app_config("records").get_models() if any(f.name == "project" for f in m._meta.fields)
        ]
        said = holding("records_project.id", tables)
        for key in range(first or 0, (last or -1) + 1, PORTION):
            cursor.execute(
                f"UPDATE records_project SET holds = {said}, noted_at = seq WHERE id >= %s AND id < %s AND holds IS NULL",
                (key, key + PORTION),
            )


class Migration(migrations.Migration):
    atomic = False
    dependencies = [
        ("records", "0009_holds"),
    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
