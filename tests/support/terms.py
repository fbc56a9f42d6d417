"""Terms computed by the database at hand."""

from datetime import date
from typing import Any

from django.db import connection

from guicheng.judge.statement import Statement
from guicheng.law.figures import Figures
from guicheng.law.terms import Constant, Render, Slot, Term
from guicheng.records.project import Project
from guicheng.regulations.base import regulation

LAW = regulation()
UNKNOWN = Constant(None)
NO_DAY, NO_NUMBER = Slot("no_day", "date"), Slot("no_number", "int")
TRUTH = {True: Constant(1) == 1, False: Constant(1) == 2, None: UNKNOWN == 1}


def value(
    what: Term, project: Project | None = None, open: bool | None = None, figures: Figures = LAW.figures, **slots: Any
) -> Any:
    """The value of a term, of a project where it looks at one."""
    vendor = connection.vendor
    gaps = bool(project and project.gaps) if open is None else open
    r = Render(vendor, figures, Project, gaps)
    mark = ":project" if vendor == "sqlite" else "%(project)s"
    source = f" FROM records_project p WHERE p.id = {mark}" if project else ""
    sql = f"SELECT {what.sql(r)}{source}"
    used = frozenset(r.slots | ({"project"} if project else set()))
    ((found,),) = Statement(sql, used, ("x",)).rows(
        project=project and project.pk,
        **{"day": date(2025, 6, 1), "no_day": None, "no_number": None} | figures.bound | slots,
    )
    return found


def truth(what: Term, project: Project | None = None, **more: Any) -> bool | None:
    """The same of a condition, where SQLite gives 0 and 1."""
    found = value(what, project, **more)
    return None if found is None else bool(found)


def day_of(found: Any) -> date | None:
    return date.fromisoformat(found) if isinstance(found, str) else found
