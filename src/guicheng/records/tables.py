"""Which tables belong to a project and which to the bureau: for folding, comparing and emptying them."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from django.apps import apps
from django.db import models

from guicheng.people.models import Person, Post, Unit
from guicheng.people.wire import send
from guicheng.records.base import Record
from guicheng.records.bureau import BureauRecord
from guicheng.records.project import Project

BY_UNIT = [Post, Person, Unit]
"""Tables of the people room, in the order in which they can be emptied."""


@cache
def project_tables() -> tuple[type[Record], ...]:
    return tuple(m for m in apps.get_app_config("records").get_models() if issubclass(m, Record))


@cache
def bureau_tables() -> tuple[type[models.Model], ...]:
    own = [m for m in apps.get_app_config("records").get_models() if issubclass(m, BureauRecord)]
    return (*own, *BY_UNIT)


def with_table(holds: str, table: type[models.Model]) -> str:
    """What a project's `holds` says once rows were written in this table too."""
    name = str(table._meta.model_name)
    return holds if f",{name}," in holds else "," + ",".join(sorted([*filter(None, holds.split(",")), name])) + ","


def looked_up(project: Project) -> str:
    """What a project's `holds` should say, by looking into every table; one statement."""
    found = send(_looking(), [project.pk] * len(project_tables())).fetchone()
    return str(found[0])


@cache
def _looking() -> str:
    return f"SELECT {holding('%s', project_tables())}"


def holding(key: str, tables: Iterable[Any]) -> str:
    """SQL: those of the tables with rows of the project of this key, as `holds` lists them."""
    named = sorted((str(t._meta.model_name), t._meta.db_table) for t in tables)
    some = "EXISTS(SELECT 1 FROM {1} a WHERE a.project_id = {2})"
    asked = (f"CASE WHEN {some.format(*one, key)} THEN '{one[0]},' ELSE '' END" for one in named)
    return f"',' || {' || '.join(asked)}"


def clear_project(project: Project) -> None:
    """Empty this project's rows in every table; the project's own row stays."""
    for table in project_tables():
        table._default_manager.filter(project=project).delete()


def clear_bureau() -> None:
    for table in bureau_tables():
        table._default_manager.all().delete()


def natural(row: models.Model) -> dict[str, Any]:
    """A row without its surrogate keys: what two databases with the same history must agree on."""
    left_out = {"id"} if row._meta.pk and row._meta.pk.name == "id" else set()
    return {
        f.name: str(v)
        if (v := getattr(row, f.attname)) is not None and not isinstance(v, bool | int | list | dict)
        else v
        for f in row._meta.concrete_fields
        if f.name not in left_out | {"project"} or isinstance(row, Post)
        if f.name != "id"
    }


def snapshot_project(project: Project) -> dict[str, list[dict[str, Any]]]:
    """Every row of a project, by table, in the order in which they were written."""
    rows = {"project": [natural(project)]}
    for table in project_tables():
        found = [natural(r) for r in table._default_manager.filter(project=project).order_by("seq", "ref")]
        if found:
            rows[str(table._meta.model_name)] = found
    return rows


def snapshot_bureau() -> dict[str, list[dict[str, Any]]]:
    rows = {}
    for table in bureau_tables():
        found = sorted((natural(r) for r in table._default_manager.all()), key=str)
        if found:
            rows[str(table._meta.model_name)] = found
    return rows
