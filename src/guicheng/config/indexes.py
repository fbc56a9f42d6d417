"""Indexes for tables that are in use: PostgreSQL builds them beside the writers, the embedded database as it always does."""

from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import AddIndex
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


class AddIndexBeside(AddIndex):
    """`AddIndex` that stops no writer; in a migration with `atomic = False` that does nothing else.

    An index half built when the server stopped stays in the way (on PostgreSQL as an invalid one): it is taken out first,
    so that running the migration again goes on.
    Source: postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY"""

    atomic = False
    concurrently = True

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        self._drop(schema_editor)
        model = to_state.apps.get_model(app_label, self.model_name)
        given: dict[str, Any] = {"concurrently": True} if schema_editor.connection.vendor == "postgresql" else {}
        schema_editor.add_index(model, self.index, **given)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        self._drop(schema_editor)

    def _drop(self, schema_editor: BaseDatabaseSchemaEditor) -> None:
        beside = "CONCURRENTLY " if schema_editor.connection.vendor == "postgresql" else ""
        schema_editor.execute(f"DROP INDEX {beside}IF EXISTS {schema_editor.quote_name(self.index.name)}")


class CoverOnSQLite(Operation):
    """An index on the embedded database that holds all that rules read of a table, so that an audit reads it and not the rows.

    Not on PostgreSQL: what it reads is not much less there, and an index holds no row of more than a third of a page, so that an
    act with long texts would be refused by the server. The models say nothing of it: it is how, not what."""

    reversible = True
    concurrently = True  # nobody else writes the file meanwhile

    def __init__(self, model_name: str, name: str, fields: tuple[str, ...]):
        self.model_name, self.name, self.fields = model_name, name, fields

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """The models stay as they are."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        if schema_editor.connection.vendor == "sqlite":
            model: Any = to_state.apps.get_model(app_label, self.model_name)
            columns = ", ".join(schema_editor.quote_name(c) for c in ("project_id", "seq", *self.fields))
            self.database_backwards(app_label, schema_editor, from_state, to_state)
            schema_editor.execute(f"CREATE INDEX {self.name} ON {model._meta.db_table} ({columns})")

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        if schema_editor.connection.vendor == "sqlite":
            schema_editor.execute(f"DROP INDEX IF EXISTS {self.name}")

    def describe(self) -> str:
        return f"Cover what rules read of {self.model_name} on SQLite"
