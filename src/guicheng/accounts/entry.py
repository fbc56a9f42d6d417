"""Signing in: the password checked, failures counted, and always the same answer to whoever guesses."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction

from guicheng.accounts.models import Account, SignIn


def enter(username: str, password: str, now: datetime, address: str = "") -> Account | None:
    """The account, when the password is right and it is neither locked nor closed; else nothing, and nobody learns which.

    The row is held meanwhile, so that a hundred guesses at once count as a hundred."""
    with transaction.atomic():
        account = Account.objects.select_for_update().filter(username=username).first()
        right = check_password(password, account.password if account else make_password(None))
        outcome = _outcome(account, right, now)
        SignIn.objects.create(username=username[:64], address=address[:64], outcome=outcome)
        if account and outcome == "entered":
            account.entered()
        elif account and outcome == "wrong":
            account.failed(now)
    return account if outcome == "entered" else None


def _outcome(account: Account | None, right: bool, now: datetime) -> str:
    if account is None:
        return "wrong"
    if account.closed:
        return "closed"
    if account.locked(now):
        return "locked"
    return "entered" if right else "wrong"


def open_account(username: str, password: str | None, must_change: bool = True) -> Account:
    """Make an account or give it a new password. Without a password nobody can sign in with one."""
    account, _ = Account.objects.get_or_create(username=username)
    account.set_password(password)
    account.must_change, account.failures, account.locked_until = must_change, 0, None
    account.save()
    return account
