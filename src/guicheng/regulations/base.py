"""The regulations that are installed, bound to the tables of `records`."""

import importlib
from functools import cache
from pathlib import Path

from guicheng.law.regulation import Regulation
from guicheng.records.project import DutyOf

INSTALLED = ("huaian2023",)


def over_projects(id: str, folder: Path) -> Regulation:
    """A regulation over projects, read from its folder: its duties are rows of DutyOf."""
    return Regulation(id, folder, DutyOf)


@cache
def regulation(id: str = INSTALLED[0]) -> Regulation:
    """The regulation of a folder, with all its articles imported. Raises ModuleNotFoundError for another name."""
    package = f"guicheng.regulations.{id}"
    found: Regulation = importlib.import_module(f"{package}.articles").R
    found.load(package)
    return found
