"""The clock of the door: the only place that asks what day it is."""

from datetime import date, datetime

from django.utils import timezone


def now() -> datetime:
    return timezone.now()


def today() -> date:
    """Today in the bureau's time zone."""
    return by_the_clock(now()).date()


def by_the_clock(at: datetime) -> datetime:
    """A moment in the bureau's time zone."""
    return at.astimezone(timezone.get_default_timezone())
