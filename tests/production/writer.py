"""A process that files projects until it is stopped or the database is gone: `python -m tests.production.writer NAME`.

It says what was acknowledged, one JSON line each, and only after it was acknowledged."""

import json
import sys

import django

django.setup()

from django.db import Error  # noqa: E402  # Django is set up first

from guicheng.demo.cast import MEMBERS  # noqa: E402
from guicheng.door.outcome import Request  # noqa: E402
from guicheng.door.perform import perform  # noqa: E402
from guicheng.people.roles import Role  # noqa: E402
from tests.support.door import DAY, FILING  # noqa: E402

filer = next(m for m in MEMBERS if Role.CONSTRUCTION in m.roles)

if __name__ == "__main__":
    name, n = sys.argv[1], 0
    try:
        while True:
            n += 1
            done = perform(Request(f"{name}-{n}", "file-project", filer.user, DAY, FILING | {"unit": filer.office}))
            sys.stdout.write(json.dumps(done.as_json()) + "\n")
            sys.stdout.flush()
    except Error:
        sys.exit(1)
