"""A larger book for measuring audits, without the ledger of its copies: python -m bench.copies [times], on GUICHENG_DATABASE.

Every project is there so many times afterwards, with its rows in every table of records, under codes with -2, -3, … added. Only
what was there before has its acts behind it: for engines that read records, not for verifying or for pages of history."""

import os
import sys
from typing import Any

import django


def main(times: str = "10") -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "guicheng.config.settings"
    django.setup()
    from django.db import connection, transaction
    from django.db.models import Max, Min

    from guicheng.records.project import Project
    from guicheng.records.tables import project_tables

    ends = Project.objects.aggregate(first=Min("pk"), last=Max("pk"))
    step = ends["last"] - ends["first"] + 1
    for number in range(1, int(times)):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                copied(Project, {"id": f"id + {step * number}", "code": f"code || '-{number + 1}'"}, "id", ends)
            )
            for table in project_tables():
                cursor.execute(copied(table, {"project_id": f"project_id + {step * number}"}, "project_id", ends))
        print(f"{number + 1} times", flush=True)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def copied(table: Any, changed: dict[str, str], key: str, ends: dict[str, int]) -> str:
    """Insert the rows of the projects that were there at first, with these columns changed; the others as they are.

    In order, so that of several records in breach the first is the first among the copies too."""
    name, columns = table._meta.db_table, [f.column for f in table._meta.concrete_fields]
    kept = [c for c in columns if c != "id" or "id" in changed]
    into, values = (", ".join(f'"{c}"' for c in kept), ", ".join(changed.get(c, f'"{c}"') for c in kept))
    return f"INSERT INTO {name} ({into}) SELECT {values} FROM {name} WHERE {key} BETWEEN {ends['first']} AND {ends['last']} ORDER BY id"


if __name__ == "__main__":
    main(*sys.argv[1:])
