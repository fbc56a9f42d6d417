"""Indexes for tables that are in use: PostgreSQL builds them beside the writers, the embedded database as it always does."""

from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import AddIndex
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
