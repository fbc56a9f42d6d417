"""The account of a person: password, lock, forced change. Nothing here is an act, and nothing here is on the ledger."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from guicheng.accounts.reads import ReadOf
from guicheng.ledger.models import last_key

__all__ = ["Account", "ReadOf", "SignIn"]

MOST_FAILURES = 5
LOCKED_FOR = timedelta(minutes=15)


class Account(AbstractBaseUser):
    """How the person of this user name signs in. Whoever holds no post sees nothing, with or without an account.

    `locked_until` ends by itself; `closed` is for the security administrator to set and to lift. `visited_entry` is the key of
    the ledger's last entry at this visit, `before_entry` at the one before: what is new stands behind it, and is found without
    reading when each entry was recorded."""

    username = models.CharField(max_length=64, unique=True)
    must_change = models.BooleanField(default=True)
    failures = models.PositiveSmallIntegerField(default=0)
    locked_until = models.DateTimeField(null=True)
    closed = models.BooleanField(default=False)
    visited_entry = models.BigIntegerField(null=True)
    before_entry = models.BigIntegerField(null=True)

    USERNAME_FIELD = "username"
    objects: ClassVar[BaseUserManager[Self]] = BaseUserManager()

    @property
    def is_active(self) -> bool:  # type: ignore[override]  # a closed account is what Django calls inactive
        return not self.closed

    def locked(self, now: datetime) -> bool:
        return self.locked_until is not None and now < self.locked_until

    def failed(self, now: datetime) -> None:
        """One more wrong password; the fifth in a row locks the account for a quarter of an hour."""
        self.failures += 1
        if self.failures >= MOST_FAILURES:
            self.failures, self.locked_until = 0, now + LOCKED_FOR
        self.save(update_fields=["failures", "locked_until"])

    def entered(self) -> None:
        """Signed in: failures are forgotten, and the visit before this one is remembered for 'since my last visit'."""
        self.failures, self.locked_until = 0, None
        self.before_entry, self.visited_entry = self.visited_entry, last_key()
        self.save(update_fields=["failures", "locked_until", "before_entry", "visited_entry"])

    def __str__(self) -> str:
        return self.username


class SignIn(models.Model):
    """One attempt to sign in, for the audit administrator. The outcome: entered, wrong, locked, closed."""

    username = models.CharField(max_length=64)
    at = models.DateTimeField(auto_now_add=True)
    address = models.CharField(max_length=64, blank=True)
    outcome = models.CharField(max_length=16)

    class Meta:
        indexes = [models.Index(fields=["-at"], name="signin_at")]

    def __str__(self) -> str:
        return f"{self.username} {self.outcome}"


class Change(models.Model):
    """What an administrator did to an account: password, close, open."""

    by = models.CharField(max_length=64)
    username = models.CharField(max_length=64)
    what = models.CharField(max_length=16)
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.by} {self.what} {self.username}"
