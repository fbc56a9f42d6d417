"""What the entries that are there already name, portion by portion, each kept by itself. Run again after a stop, it goes on."""

from typing import Any

from django.apps.registry import Apps
from django.db import migrations, models, transaction
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import Max

from guicheng.config.indexes import AddIndexBeside
from guicheng.ledger.digest import named

PORTION = 2_000
"""Keys of entries looked at in one transaction."""


def fill(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    entries: Any = apps.get_model("ledger", "Entry")._default_manager
    naming: Any = apps.get_model("ledger", "Naming")
    last = entries.aggregate(last=Max("pk"))["last"] or 0
    for first in range(1, last + 1, PORTION):
        some = list(entries.filter(pk__gte=first, pk__lt=first + PORTION).values_list("chain", "seq", "body"))
        found = {(digest, chain, seq) for chain, seq, body in some for digest in named(body)}
        with transaction.atomic():
            there = naming._default_manager.filter(digest__in={digest for digest, *_ in found})
            found -= set(there.values_list("digest", "chain", "seq"))
            naming._default_manager.bulk_create([naming(digest=d, chain=c, seq=s) for d, c, s in sorted(found)])


class Migration(migrations.Migration):
    atomic = False
    dependencies = [
        ("ledger", "0004_naming"),
    ]

    operations = [
        AddIndexBeside("naming", models.Index(fields=["digest", "chain", "seq"], name="naming_digest")),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
