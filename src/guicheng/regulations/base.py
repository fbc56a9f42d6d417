"""The regulations that are installed, and the words of `law` bound to the tables of `records`."""

import importlib
from functools import cache

from guicheng.law.regulation import Regulation
from guicheng.law.terms import Term
from guicheng.law.words import has, the_day
from guicheng.records.project import DutyOf

INSTALLED = ("huaian2023",)


class ProjectRegulation(Regulation):
    """A regulation over projects: its duties are rows of DutyOf."""

    def late_condition(self, code: str) -> Term:
        return has(DutyOf, lambda d: d.closed_on.missing & (d.due_on < the_day), code=code)


@cache
def regulation(id: str = INSTALLED[0]) -> Regulation:
    """The regulation of a folder, with all its articles imported. Raises ModuleNotFoundError for another name."""
    package = f"guicheng.regulations.{id}"
    found: Regulation = importlib.import_module(f"{package}.articles").R
    found.load(package)
    return found
