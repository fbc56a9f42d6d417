"""Signing in: right and wrong, locked, closed, idle, the first password, and where one is sent afterwards."""

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client, override_settings
from pytest import MonkeyPatch

from guicheng.accounts.entry import enter, open_account
from guicheng.accounts.models import Account, SignIn
from guicheng.door.clock import now
from guicheng.people.models import Post

pytestmark = pytest.mark.django_db
GOOD = "hui-ji-zhi-dao-9"


def account(must_change: bool = False) -> Account:
    return open_account("sun.li", GOOD, must_change=must_change)


def test_right_password_goes_where_one_wanted_to_go(client: Client) -> None:
    account()
    answer = client.post("/sign-in/", {"username": "sun.li", "password": GOOD, "next": "/projects/"})
    assert (answer.status_code, answer["Location"]) == (302, "/projects/")


@pytest.mark.parametrize("onward", ["https://example.org/", "//example.org/", "javascript:alert(1)"])
def test_nobody_is_sent_to_another_host(client: Client, onward: str) -> None:
    account()
    answer = client.post("/sign-in/", {"username": "sun.li", "password": GOOD, "next": onward})
    assert answer["Location"] == "/"


def test_wrong_name_and_wrong_password_look_the_same(client: Client) -> None:
    account()
    wrong = client.post("/sign-in/", {"username": "sun.li", "password": "x"})
    nobody = client.post("/sign-in/", {"username": "sun.la", "password": "x"})
    assert wrong.status_code == nobody.status_code == 422
    assert wrong.content.decode().replace("sun.li", "sun.la").count("锁定") == nobody.content.decode().count("锁定")


def test_the_fifth_wrong_password_locks_for_a_quarter_of_an_hour() -> None:
    account()
    start = now()
    for _ in range(4):
        assert enter("sun.li", "x", start) is None
    assert enter("sun.li", GOOD, start) is not None  # four do not lock, and a right one forgets them
    for _ in range(5):
        enter("sun.li", "x", start)
    assert enter("sun.li", GOOD, start + timedelta(minutes=14, seconds=59)) is None
    assert enter("sun.li", GOOD, start + timedelta(minutes=15)) is not None


def test_every_attempt_is_noted_without_its_password() -> None:
    account()
    enter("sun.li", "secret-word", now(), "10.0.0.7")
    noted = SignIn.objects.get()
    assert (noted.username, noted.address, noted.outcome) == ("sun.li", "10.0.0.7", "wrong")


@pytest.mark.parametrize("backend", settings.AUTHENTICATION_BACKENDS)
def test_a_visit_begun_under_either_version_goes_on_until_the_account_is_closed(client: Client, backend: str) -> None:
    one = account()
    client.force_login(one, backend=backend)
    assert client.get("/password/").status_code == 200
    one.closed = True
    one.save()
    assert client.get("/password/").status_code == 302


def test_a_session_that_ended_or_never_was_is_nobody(client: Client) -> None:
    client.force_login(account())
    assert client.get("/password/").status_code == 200
    key = client.cookies["sessionid"].value
    for wrong in ("x" * 32, "y\0y" * 9, ""):
        client.cookies["sessionid"] = wrong
        assert client.get("/password/").status_code == 302, wrong
    client.cookies["sessionid"] = key
    assert client.get("/password/").status_code == 200
    Session.objects.update(expire_date=now())
    assert client.get("/password/").status_code == 302


def test_a_closed_account_stays_outside_and_is_put_out() -> None:
    closed = account()
    client = Client()
    client.force_login(closed)
    assert client.get("/password/").status_code == 200
    closed.closed = True
    closed.save()
    assert enter("sun.li", GOOD, now()) is None
    assert client.get("/password/").status_code == 302


@pytest.mark.parametrize(("after", "status"), [(1800, 200), (1801, 302)])
def test_half_an_hour_idle_ends(client: Client, monkeypatch: MonkeyPatch, after: int, status: int) -> None:
    client.force_login(account())
    begun = int(datetime(2026, 11, 23, 9, tzinfo=UTC).timestamp())
    monkeypatch.setattr("guicheng.web.middleware.time", lambda: begun)
    client.get("/password/")
    monkeypatch.setattr("guicheng.web.middleware.time", lambda: begun + after)
    assert client.get("/password/").status_code == status


def test_a_first_password_has_to_be_changed(client: Client) -> None:
    account(must_change=True)
    answer = client.post("/sign-in/", {"username": "sun.li", "password": GOOD})
    assert answer["Location"] == "/password/"
    assert client.get("/", follow=True).request["PATH_INFO"] == "/password/"
    kept = client.post("/password/", {"old": GOOD, "new": "yan-zi-gui-lai-3", "again": "yan-zi-gui-lai-3"})
    assert kept.status_code == 302
    assert not Account.objects.get().must_change
    assert client.get("/password/").status_code == 200  # still signed in


@pytest.mark.parametrize(
    ("old", "new", "again", "field"),
    [
        ("wrong", "yan-zi-gui-lai-3", "yan-zi-gui-lai-3", "old"),
        (GOOD, "yan-zi-gui-lai-3", "yan-zi-gui-lai-4", "again"),
        (GOOD, GOOD, GOOD, "new"),
        (GOOD, "123456789", "123456789", "new"),
        (GOOD, "password12", "password12", "new"),
    ],
)
def test_what_is_wrong_with_a_new_password_is_said(client: Client, old: str, new: str, again: str, field: str) -> None:
    client.force_login(account())
    answer = client.post("/password/", {"old": old, "new": new, "again": again})
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.content.decode()
    assert Account.objects.get().check_password(GOOD)


def test_one_click_is_for_the_demonstration_alone(client: Client, demo_site: None) -> None:
    assert client.post("/sign-in/as/sun.li/").status_code == 404
    with override_settings(DEMONSTRATION=True):
        assert "孙丽" in client.get("/sign-in/").content.decode()
        assert client.post("/sign-in/as/nobody/").status_code == 404
        assert client.post("/sign-in/as/sun.li/").status_code == 302
    assert Post.objects.filter(person="sun.li").exists()


def test_every_answer_forbids_other_hosts_and_caches(client: Client) -> None:
    answer = client.get("/sign-in/")
    assert answer["Content-Security-Policy"].startswith("default-src 'self'")
    assert answer["Cache-Control"] == "no-store"
    assert "http://" not in answer.content.decode() and "https://" not in answer.content.decode()


def test_english_by_a_switch(client: Client) -> None:
    assert "登录" in client.get("/sign-in/").content.decode()
    client.post("/language/", {"to": "en", "next": "/sign-in/"})
    page = client.get("/sign-in/").content.decode()
    assert '<html lang="en">' in page and "Sign in" in page
