"""A database for the browser tests: the bureau with its people and their accounts, and lives brought to where a test begins.

Run as `python -m tests.browser.prepare HOME`, in a process of its own, so that the tests' own database is not met."""

import os
import sys
from datetime import date
from typing import Any

PASSWORD = "huai-an-2023-规程"
"""Everyone's password in these tests."""


def main(home: str) -> None:
    os.environ["GUICHENG_HOME"] = home
    os.environ["DJANGO_SETTINGS_MODULE"] = "guicheng.config.settings"
    os.environ.pop("GUICHENG_DATABASE", None)
    import django

    django.setup()
    from guicheng.cli.setup import lay_tables, make_folder

    make_folder()
    lay_tables()
    people()
    for line in through_the_door():
        _do(line)


def people() -> None:
    """An account for everyone who acts, before the bureau is peopled: the password is checked once and copied."""
    from guicheng.accounts.entry import open_account
    from guicheng.accounts.models import Account

    hashed = open_account("sun.li", PASSWORD, must_change=False).password
    users = {line["by"].removeprefix("user:") for line in [*through_the_door(), *whole_life()]} - {"setup", "sun.li"}
    Account.objects.bulk_create([Account(username=u, password=hashed, must_change=False) for u in sorted(users)])


def whole_life() -> list[dict[str, Any]]:
    """The lines of the example that are played in the browser, refused attempts among them."""
    from guicheng.demo.example import SPEC, example

    firms = SPEC.code.lower()
    return [x for x in example() if x["project"] == SPEC.code or firms in str(x["data"].get("person", ""))]


def through_the_door() -> list[dict[str, Any]]:
    """What is done before anybody opens a browser: the bureau, its plans, and one project in each situation."""
    from guicheng.demo.build import live
    from guicheng.demo.bureau import opening, plans
    from guicheng.demo.example import SPEC
    from guicheng.demo.life import ordered

    lives = [live(spec, i) for i, spec in enumerate(situations())]
    return list(ordered([opening(), plans([SPEC, *situations()]), *lives]))


def situations() -> list[Any]:
    from guicheng.demo.life import Spec

    def at(number: int, title: str, stop: str, *stories: str, unit: str = "zwfw") -> Spec:
        return Spec(f"HA-2023-{number}", title, unit, date(2023, 5, 8), 300, "software", stop, stories)

    return [
        at(201, "变更试验项目", "operation"),
        at(202, "别处室的项目", "operation", unit="gcsp"),
        at(203, "刚报备的项目", "filed"),
        at(204, "试运行中的项目", "trial"),
    ]


def _do(line: dict[str, Any]) -> None:
    from guicheng.door.outcome import Request
    from guicheng.door.perform import perform

    asked = Request(
        line["project"], line["act"], line["by"].removeprefix("user:"), line["on"], line["data"],
        role=line.get("role"), id=line["id"],
    )  # fmt: skip
    outcome = perform(asked)
    if not outcome.ok:
        raise SystemExit(f"{line['project']} {line['act']}: {outcome.as_json()}")


if __name__ == "__main__":
    main(sys.argv[1])
