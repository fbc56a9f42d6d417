"""A database for the browser tests: the bureau with its people and their accounts, and lives brought to where a test begins.

Run as `python -m tests.browser.prepare HOME`, in a process of its own, so that the tests' own database is not met."""

import os
import sys
from datetime import date
from typing import Any

from guicheng.demo.life import Spec

PASSWORD = "huai-an-2023-规程"
"""Everyone's password in these tests."""
OTHERS = {"xi.tong", "shen.ji", "qin.zheng", "ke.lin", "pan.dan"}
"""Who acts in none of the lives, and looks or signs in."""
NEW = "wen.bin"
"""Whose first password has not been changed yet."""


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
    indexed()


def indexed() -> None:
    """The search index, as the demonstration has one."""
    from guicheng.portfolio.search.write import bring

    bring(whole=True)


def people() -> None:
    """An account for everyone who acts, before the bureau is peopled: the password is checked once and copied."""
    from guicheng.accounts.entry import open_account
    from guicheng.accounts.models import Account

    hashed = open_account("sun.li", PASSWORD, must_change=False).password
    users = {line["by"].removeprefix("user:") for line in [*through_the_door(), *whole_life()]} - {"setup", "sun.li"}
    made = [Account(username=u, password=hashed, must_change=False) for u in sorted(users | OTHERS)]
    Account.objects.bulk_create([*made, Account(username=NEW, password=hashed, must_change=True)])


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

    specs = [SPEC, *situations(), *(spec for spec, _ in MOMENTS.values())]
    lives = [live(spec, i) for i, spec in enumerate(situations())]
    return list(ordered([opening(), plans(specs), *lives, *(parted(code)[0] for code in MOMENTS)]))


def _at(number: int, title: str, stop: str, *stories: str, unit: str = "zwfw") -> Spec:
    return Spec(f"HA-2023-{number}", title, unit, date(2023, 5, 8), 300, "software", stop, stories)


def situations() -> list[Spec]:
    return [
        _at(201, "变更试验项目", "operation"), _at(202, "别处室的项目", "operation", unit="gcsp"),
        _at(203, "刚报备的项目", "filed"), _at(204, "试运行中的项目", "trial"),
    ]  # fmt: skip


MOMENTS = {
    "HA-2023-205": (_at(205, "重新计时的项目", "operation", "restart"), "log-trial-event"),
    "HA-2023-206": (_at(206, "复议的项目", "operation", "reconsider"), "notify-reconsideration"),
}
"""Lives that are played in the browser from this act on."""


def parted(code: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The lines of such a life before its moment, and those from it on."""
    from guicheng.demo.build import live

    spec, act = MOMENTS[code]
    lines = live(spec, 4)
    first = next(n for n, line in enumerate(lines) if line["act"] == act)
    return lines[:first], lines[first:]


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
