"""The table of sealed rows; the database itself refuses to change or delete one."""

from django.db import migrations, models

SQLITE = """
CREATE TRIGGER sealed_sealedrow_no_{verb} BEFORE {verb} ON sealed_sealedrow
BEGIN SELECT RAISE(ABORT, 'the sealed room is append-only'); END
"""
NO_REPLACE = """
CREATE TRIGGER sealed_sealedrow_no_replace BEFORE INSERT ON sealed_sealedrow
WHEN EXISTS (SELECT 1 FROM sealed_sealedrow WHERE number = NEW.number)
BEGIN SELECT RAISE(ABORT, 'the sealed room is append-only'); END
"""
POSTGRES = """
CREATE FUNCTION sealed_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the sealed room is append-only'; END $$;
CREATE TRIGGER sealed_sealedrow_append_only BEFORE UPDATE OR DELETE ON sealed_sealedrow
FOR EACH ROW EXECUTE FUNCTION sealed_append_only();
CREATE TRIGGER sealed_sealedrow_no_truncate BEFORE TRUNCATE ON sealed_sealedrow
FOR EACH STATEMENT EXECUTE FUNCTION sealed_append_only()
"""


def lay(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for verb in ("update", "delete"):
            schema_editor.execute(SQLITE.format(verb=verb))
        schema_editor.execute(NO_REPLACE)
        return
    schema_editor.execute(POSTGRES)


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="SealedRow",
            fields=[
                ("number", models.PositiveBigIntegerField(primary_key=True, serialize=False)),
                ("code", models.CharField(blank=True, db_index=True, default="", max_length=64)),
                ("sealed", models.BinaryField()),
                ("hash", models.CharField(max_length=64)),
            ],
        ),
        migrations.RunPython(lay),
    ]
