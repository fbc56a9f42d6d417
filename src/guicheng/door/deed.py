"""The hands of an act: what `write(deed)` may do to the records. Nothing else in the house writes them."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any, TypeVar

from django.core.exceptions import FieldDoesNotExist
from django.db import models

from guicheng.law.act import Act, Unfit
from guicheng.law.figures import Figures
from guicheng.ledger.erase import erase
from guicheng.records.base import Record
from guicheng.records.project import Project
from guicheng.records.stage import Stage
from guicheng.records.tables import with_table
from guicheng.records.write import insert, new, update

M = TypeVar("M", bound=models.Model)


class Deed:
    """One act being written: who, when, on which project, under which figures. Used again, word for word, in a replay."""

    def __init__(
        self, act: Act, *, project: Project | None, code: str, seq: int, day: date, by: str, role: str,
        edition: str, figures: Figures, history: bool = False, replayed: bool = False,
    ):  # fmt: skip
        self.act, self._project, self.code, self.seq = act, project, code, seq
        self.day, self.by, self.role = day, by, role
        self.edition, self.figures, self.history, self.replayed = edition, figures, history, replayed
        self.subject = ""  # what this act turned out to be about: closes only the duties about it

    @property
    def project(self) -> Project:
        """The project of this act. Raises RuntimeError on the bureau's chain, which has none."""
        if self._project is None:
            raise RuntimeError(f"{self.act.spec.code} 不属于任何项目")
        return self._project

    def figure(self, name: str) -> Any:
        """A figure as it stands on the business day of this act."""
        return self.figures[name].on(self.day)

    # --- writing -------------------------------------------------------------------------------------------------

    def open(self, **fields: Any) -> Project:
        """Create the project: only for the act that opens one. In a replay its row is filled anew."""
        project = self._project or Project(code=self.code)
        for name, value in {
            "edition": self.edition,
            "filed_on": self.day,
            "gaps": "," if self.history else "",
            "holds": ",",
            "noted_at": project.seq,
            **fields,
        }.items():
            setattr(project, name, value)
        self._project = project
        self.move(fields.get("stage", Stage.FILED))
        if not project.pk:
            insert(project)
        return project

    def move(self, stage: Stage) -> None:
        """The project now stands at this stage; `furthest` remembers the farthest it came."""
        self.project.stage = stage
        if stage < Stage.TERMINATED:
            self.project.furthest = max(self.project.furthest or 0, stage)

    def advance(self, stage: Stage) -> None:
        """Move on to this stage, unless the project has already come as far or is at an end."""
        if self.project.stage < stage:
            self.move(stage)

    def keep(self, model: type[M], *, ref: str | None = None, **fields: Any) -> M:
        """Write one record: the act's fields that the table also has, and `fields` over them.

        It is named by `ref`, else by the act's own field `ref`, else by seq."""
        name = ref or fields.pop("ref", None) or getattr(self.act, "ref", None) or str(self.seq)
        row = self._row(model, name, self.act.__dict__ | fields)
        insert(row)
        return row

    def keep_rows(self, model: type[M], rows: list[Any] | None, **fields: Any) -> list[M]:
        """Write one record for each row of data, in order; a row's own `ref` names it, else seq and its number."""
        made = [
            self._row(model, getattr(r, "ref", None) or f"{self.seq}.{i}", r.__dict__ | fields)
            for i, r in enumerate(rows or [], 1)
        ]
        return list(model._default_manager.bulk_create(made))

    def change(self, row: models.Model, **fields: Any) -> None:
        """Set columns of a record that an earlier act of this project wrote."""
        for name, value in fields.items():
            setattr(row, name, value)
        update(row, *fields)

    def forget(self, token: str, field: str) -> None:
        """Erase the value behind a token, in the act's own transaction; a replay erases again what is still there.

        Raises Unfit at `field` for a token that nobody knows; not in a replay, which may stand beside lost values."""
        known = erase(token)
        self.need(known or self.replayed, **{field: f"没有代号为 {token} 的个人信息"})

    def _row(self, model: type[M], ref: str, values: dict[str, Any]) -> M:
        own = {"seq": self.seq, "ref": ref, "day": self.day, "by": self.by, "role": self.role}
        if issubclass(model, Record):
            own["project"] = self.project
            if (holds := self.project.noted) is not None:
                self.project.holds = with_table(holds, model)
        columns = _nullable(model)
        chosen = {
            k: _plain(v) for k, v in values.items() if k in columns and k not in own and (v is not None or columns[k])
        }  # a list left open stays the empty list of its column
        return new(model, {k: v for k, v in own.items() if k in columns} | chosen)

    # --- looking -------------------------------------------------------------------------------------------------

    def find(self, model: type[M], ref: str | None, field: str, what: str) -> M:
        """This project's record of that ref. Raises Unfit at `field`: 没有编号为“…”的合同."""
        row = self.seek(model, ref=ref)
        if row is None:
            raise Unfit(**{field: f"本项目没有编号为“{ref}”的{what}"})
        return row

    def seek(self, model: type[M], **where: Any) -> M | None:
        """This project's latest record that fits, or None."""
        return self.rows(model, **where).last()

    def rows(self, model: type[M], **where: Any) -> models.QuerySet[M]:
        """This project's records that fit, oldest first."""
        found = model._default_manager.filter(**where).order_by("seq", "pk")
        try:
            model._meta.get_field("project")
        except FieldDoesNotExist:
            return found
        return found.filter(project=self.project) if issubclass(model, Record) else found

    def need(self, found: Any, **error: str) -> None:
        """Raise Unfit with this field and sentence unless found."""
        if not found:
            raise Unfit(**error)


@cache
def _nullable(model: type[models.Model]) -> dict[str, bool]:
    """The columns that are written, and whether each may be null."""
    return {f.name: f.null for f in model._meta.concrete_fields if f.name != "id"}


def _plain(value: Any) -> Any:
    """A value as a column takes it: rows become lists of plain data."""
    if isinstance(value, list):
        return [v.model_dump(mode="json") if hasattr(v, "model_dump") else v for v in value]
    return str(value) if isinstance(value, str) else value
