"""What tests of pages stand on: one demonstration for the whole run, and signing in without a password."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

from guicheng.accounts.entry import open_account
from guicheng.demo.build import build
from guicheng.judge.edition import forget_figures
from tests.support.emptying import empty


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Pages are tested by one worker, so that the demonstration is built once."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.xdist_group("web"))


@pytest.fixture(scope="package")
def _demonstration(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The demonstration bureau, committed once and taken out again at the end."""
    with django_db_blocker.unblock():
        forget_figures()
        build()
        yield
        empty()


@pytest.fixture
def demo_site(_demonstration: None, db: None) -> None:
    """The demonstration bureau and its projects; what a test writes is rolled back."""


@pytest.fixture(autouse=True)
def _downloads_closed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A download that a test did not read to its end is closed after the test, as a server closes it."""
    ask, opened = Client.request, []

    def request(client: Client, **given: Any) -> Any:
        answer = ask(client, **given)
        if answer.streaming:
            opened.append(answer)
        return answer

    monkeypatch.setattr(Client, "request", request)
    yield
    for answer in opened:
        answer.close()


@pytest.fixture(autouse=True)
def _papers_without_text(monkeypatch: pytest.MonkeyPatch) -> None:
    """Here a PDF is a paper like any other: reading its pages takes a process of its own, which tests/papers and the browser start."""
    monkeypatch.setattr("guicheng.papers.marks.text_of_pdf", lambda path: "")


@pytest.fixture
def sign_in(client: Client) -> Callable[[str], Client]:
    """A browser in which this person of the demonstration has signed in."""

    def as_(username: str) -> Client:
        client.force_login(open_account(username, None, must_change=False))
        return client

    return as_
