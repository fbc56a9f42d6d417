"""A visit is remembered by the last entry of the ledger at that moment, no longer by its time."""

import json
from datetime import datetime
from typing import Any

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import Max


def fill(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    entries: Any = apps.get_model("ledger", "Entry")._default_manager
    accounts: Any = apps.get_model("accounts", "Account")._default_manager
    for account in accounts.exclude(visited_at=None):
        account.visited_entry = last_until(entries, account.visited_at)
        account.before_entry = account.before_at and last_until(entries, account.before_at)
        account.save(update_fields=["visited_entry", "before_entry"])


def last_until(entries: Any, moment: datetime) -> int:
    """The key of the last entry recorded by then, 0 for none: halving, since entries stand nearly in the order of their recording."""
    until = moment.isoformat(timespec="milliseconds")
    low, high = 0, entries.aggregate(last=Max("pk"))["last"] or 0
    while low < high:
        middle = (
            entries.filter(pk__gt=low, pk__lte=(low + high + 1) // 2).order_by("-pk").values_list("pk", "body").first()
        )
        if middle is None or json.loads(middle[1])["recorded"] <= until:
            low = (low + high + 1) // 2
        else:
            high = middle[0] - 1
    return int(low)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_reads"),
        ("ledger", "0001_entries"),
    ]

    operations = [
        migrations.AddField("account", "visited_entry", models.BigIntegerField(null=True)),
        migrations.AddField("account", "before_entry", models.BigIntegerField(null=True)),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RemoveField("account", "visited_at"),
        migrations.RemoveField("account", "before_at"),
    ]
