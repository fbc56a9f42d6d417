"""The database itself refuses to change or delete an entry, on SQLite and on PostgreSQL."""

from django.db import migrations

TABLES = ("ledger_entry", "ledger_position")
SQLITE = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END
"""
REPLACED = {
    "ledger_entry": "id = NEW.id OR (chain = NEW.chain AND (seq = NEW.seq OR idem = NEW.idem))",
    "ledger_position": "number = NEW.number OR entry_id = NEW.entry_id",
}
NO_REPLACE = """
CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN EXISTS (SELECT 1 FROM {table} WHERE {same})
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END
"""  # REPLACE deletes a row without asking the trigger on DELETE
FUNCTION = """
CREATE OR REPLACE FUNCTION ledger_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the ledger is append-only'; END $$
"""
POSTGRES = """
CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION ledger_append_only();
CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION ledger_append_only()
"""


def lay(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for table in TABLES:
            for verb in ("update", "delete"):
                schema_editor.execute(SQLITE.format(table=table, verb=verb))
            schema_editor.execute(NO_REPLACE.format(table=table, same=REPLACED[table]))
        return
    schema_editor.execute(FUNCTION)
    for table in TABLES:
        schema_editor.execute(POSTGRES.format(table=table))


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_entries")]
    operations = [migrations.RunPython(lay)]
