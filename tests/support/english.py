"""A reader's language, where no request says which: the last request's would stand."""

from collections.abc import Iterator
from contextlib import contextmanager

from guicheng.web.spoken import ENGLISH


@contextmanager
def reading(english: bool) -> Iterator[None]:
    before = ENGLISH.set(english)
    try:
        yield
    finally:
        ENGLISH.reset(before)
