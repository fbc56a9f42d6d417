"""Who is asking: read together with the account, and the same as when asked by name."""

from datetime import timedelta

import pytest
from django.test import RequestFactory

from guicheng.accounts.entry import open_account
from guicheng.door.clock import today
from guicheng.people.models import Person, Post
from guicheng.web.who import Me, Visitors, me, whoever

pytestmark = pytest.mark.usefixtures("demo_site")


def visiting(username: str) -> Me:
    request = RequestFactory().get("/")
    account = Visitors().get_user(open_account(username, None, must_change=False).pk)
    assert account is not None
    assert vars(account)["_me"]
    request.user = account
    return me(request)


def test_everybody_is_who_they_are_by_name() -> None:
    people = list(Person.objects.values_list("username", flat=True))
    assert len(people) > 10
    for username in people:
        assert visiting(username) == whoever(username, today())
    assert len({whoever(username, today()).roles for username in people}) > 10


def test_a_post_counts_from_its_first_day_to_its_last() -> None:
    post = Post.objects.filter(person_id="sun.li").first()
    assert post
    for since, until, held in (
        (today(), today(), True),
        (today() + timedelta(1), None, False),
        (today() - timedelta(9), today() - timedelta(1), False),
    ):
        Post.objects.filter(person_id="sun.li").exclude(pk=post.pk).delete()
        Post.objects.filter(pk=post.pk).update(since=since, until=until)
        assert [p.role for p in visiting("sun.li").posts] == ([post.role] if held else [])


def test_an_account_of_nobody_who_is_registered_holds_nothing() -> None:
    found = visiting("nobody.here")
    assert found == whoever("nobody.here", today())
    assert found.posts == ()


def test_a_closed_account_is_nobody() -> None:
    account = open_account("sun.li", None, must_change=False)
    assert Visitors().get_user(account.pk) is not None
    account.closed = True
    account.save()
    assert Visitors().get_user(account.pk) is None
    assert Visitors().get_user(account.pk + 10_000) is None
