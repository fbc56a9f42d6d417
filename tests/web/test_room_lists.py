"""Long lists of the bureau's rooms: page by page to the first of all, and found by name; what an administrator sees first."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from guicheng.accounts.models import LOCKED_FOR, Account
from guicheng.door.clock import today
from guicheng.door.models import Attempt
from guicheng.papers.models import Held
from guicheng.people.models import Person
from guicheng.web.rooms import PAGE

pytestmark = pytest.mark.usefixtures("demo_site")
In = Callable[[str], Client]


def _many(client: Client, address: str, name: str) -> list[int]:
    """The keys of every row, page after page."""
    keys: list[int] = []
    mark = ""
    while True:
        context = client.get(f"{address}?{name}={mark}").context
        keys += [row.pk for row in context[name]]
        mark = context[f"older_{name}"]
        if mark is None:
            return keys


@pytest.mark.parametrize("count", [PAGE - 1, PAGE, PAGE + 1, 2 * PAGE + 1])
def test_the_oldest_refused_attempt_can_be_reached(sign_in: In, count: int) -> None:
    Attempt.objects.all().delete()
    Attempt.objects.bulk_create(
        Attempt(chain="HA-2026-003", act="approve-project", person="sun.li", day=today(), outcome="refused")
        for _ in range(count)
    )
    keys = _many(sign_in("qin.zheng"), "/bureau/attempts/", "attempts")
    assert keys == sorted(Attempt.objects.values_list("pk", flat=True), reverse=True) and len(keys) == count


def test_a_mark_nobody_was_given_shows_the_first_page(sign_in: In) -> None:
    Held._default_manager.create(by="sun.li", where="name")
    for mark in ("x", "-1", "9" * 40, "１２", ""):
        answer = sign_in("an.quan").get("/bureau/security/", {"held": mark})
        assert answer.status_code == 200 and len(answer.context["held"]) == 1, mark


def test_every_person_can_be_given_an_account(sign_in: In) -> None:
    one = Person.objects.get(username="sun.li")
    Person.objects.bulk_create(
        Person(username=f"zz.{n:03}", name="同名", unit=one.unit, seq=1, day=today()) for n in range(2 * PAGE)
    )
    client, seen, after = sign_in("xi.tong"), [], ""
    while True:
        context = client.get("/bureau/accounts/", {"after": after}).context
        seen += [row["person"].username for row in context["people"]]
        after = context["after"]
        if not after:
            break
    assert seen == sorted(Person.objects.values_list("username", flat=True)) and len(seen) > 2 * PAGE


@pytest.mark.parametrize(
    ("words", "found"), [("sun.l", ["sun.li"]), ("孙丽", ["sun.li"]), ("没有这个人", []), ("'%_", [])]
)
def test_a_person_is_found_by_user_name_or_name(sign_in: In, words: str, found: list[str]) -> None:
    answer = sign_in("xi.tong").get("/bureau/accounts/", {"q": words})
    assert [row["person"].username for row in answer.context["people"]] == found
    assert ("没有这样的人" in answer.content.decode()) is not bool(found)


def test_a_locked_account_is_shown_as_locked_until_it_ends(sign_in: In) -> None:
    client = sign_in("an.quan")
    account = Account.objects.get_or_create(username="sun.li")[0]
    for until, locked in ((timezone.now() + LOCKED_FOR, True), (timezone.now() - LOCKED_FOR, False)):
        account.locked_until = until
        account.save()
        page = client.get("/bureau/security/", {"q": "sun.li"}).content.decode()
        assert ("暂时锁定" in page) is locked


def test_an_administrator_sees_first_what_is_theirs_to_do(sign_in: In) -> None:
    for username, own, others in (
        ("xi.tong", "/bureau/accounts/", "/bureau/security/"),
        ("an.quan", "/bureau/security/", "/bureau/reads/"),
        ("shen.ji", "/bureau/reads/", "/bureau/accounts/"),
    ):
        page = sign_in(username).get("/").content.decode()
        assert f'href="{own}"' in page and f'href="{others}"' not in page, username


def test_outside_parties_are_not_led_to_the_bureau(sign_in: In) -> None:
    assert 'href="/bureau/"' in sign_in("sun.li").get("/").content.decode()
    assert 'href="/bureau/"' not in sign_in("cj-yunshan.ha-2025-006").get("/").content.decode()


def test_a_long_column_shows_its_first_and_keeps_the_rest_at_hand(sign_in: In) -> None:
    answer = sign_in("sun.li").get("/")
    late = answer.context["columns"][0]
    assert len(late["items"]) > 6
    page = answer.content.decode()
    assert f"其余{len(late['items']) - 6}件" in page
    assert page.count('<article class="item">') == sum(len(c["items"]) for c in answer.context["columns"])
