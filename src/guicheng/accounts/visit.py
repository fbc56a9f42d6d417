"""Who is signed in: the session and the account, read on every visit, each by a statement compiled once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.contrib.sessions.backends.db import SessionStore as InDatabase
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

from guicheng.accounts.models import Account
from guicheng.records.prepared import prepared


class SessionStore(InDatabase):
    """Django's sessions in the database, in the same table."""

    def _get_session_from_db(self) -> Session | None:
        key = self.session_key or ""
        found = None if "\0" in key else _session.one(key, timezone.now())
        if found is None:
            self._session_key = None
        return found


class Accounts(BaseBackend):
    """The account behind a session; none once it is closed. Passwords are checked where people sign in, never here."""

    def get_user(self, user_id: Any) -> Account | None:
        return ask_account(int(user_id))()


def ask_account(key: int) -> Callable[[], Account | None]:
    """Ask for an account; call the result for it, or for None where there is none or it is closed."""
    rows = _account.ask(key)
    return lambda: next((account for account in rows() if account.is_active), None)


@prepared
def _session(key: str, moment: datetime) -> QuerySet[Session]:
    return Session.objects.filter(session_key=key, expire_date__gt=moment)


@prepared
def _account(key: int) -> QuerySet[Account]:
    return Account.objects.filter(pk=key)
