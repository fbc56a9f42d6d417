"""Erasing a value that entries know only by its token: the value and its salt go, the token and the chain stay as they are."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from guicheng.ledger.models import Erasable
from guicheng.records.prepared import prepared

ERASED = "（已删除）"


def erase(token: str) -> bool:
    """Empty the value and the salt, so that the token tells nothing any more. True when there is such a value, erased now
    or earlier; the day of the first erasing stays. The caller's transaction keeps or drops it with its act."""
    found = Erasable.objects.filter(token=token)
    found.filter(erased_at__isnull=True).update(value="", salt="", erased_at=timezone.now())
    return found.exists()


def name_of(token: str) -> str:
    """The value behind a token: a sign once it is erased, or where it was never known. What is no token is shown as it is."""
    return names_of([token])[token]


def names_of(tokens: list[str]) -> dict[str, str]:
    """The same for many at once, in one query; in none where no token is among them."""
    asked = frozenset(t for t in tokens if is_token(t))
    found = _behind.all(asked) if asked else []
    known = {token: ERASED if erased else value for token, value, erased in found}
    return {t: known.get(t, ERASED if is_token(t) else t) for t in tokens}


@prepared
def _behind(tokens: frozenset[str]) -> QuerySet[Erasable, tuple[str, str, datetime | None]]:
    return Erasable.objects.filter(token__among=tokens).values_list("token", "value", "erased_at")


def is_token(value: str) -> bool:
    return value.startswith("sm3:") and len(value) == 68
