"""Which contracts are the original project's: what the approved budget bounds, and what a change is measured against."""

from typing import Any

from guicheng.law.words import has
from guicheng.records.operation import Commissioning

ORIGINAL = ("main", "supervision", "audit", "assessment", "study")


def signed_in_use(c: Any) -> Any:
    """The contract was signed when the project's system was already in use."""
    return has(Commissioning, lambda m: m.started_on < c.signed_on)


def of_original(c: Any) -> Any:
    """A contract of the original project: never a supplementary or a change one; O&M only where that is the project itself.

    A maintenance project has its `om` contract before anything is in use; one signed afterwards is yearly O&M money."""
    return c.kind.among(*ORIGINAL) | ((c.kind == "om") & ~signed_in_use(c))


def of_budget(c: Any) -> Any:
    """A contract that the approved budget pays: all but the O&M and the changes of a system in use, which have their own."""
    return c.kind.among(*ORIGINAL, "supplementary") | (c.kind.among("om", "change") & ~signed_in_use(c))
