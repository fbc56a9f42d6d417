"""The clock of the door: the only place that asks what day it is."""

from datetime import date, datetime

from django.utils import timezone


def now() -> datetime:
    return timezone.now()


def today() -> date:
    """Today in the bureau's time zone."""
    return now().astimezone(timezone.get_default_timezone()).date()
