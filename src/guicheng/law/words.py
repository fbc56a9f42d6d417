"""The dozen words in which breaches are written. Each says the SQL that it becomes.

`p` stands for the judged project, `a` for a row of a record table; every record carries its project.
"""

from typing import Any

from guicheng.law.dates import DaysAfter, MonthsAfter
from guicheng.law.lists import NESTED
from guicheng.law.terms import (
    Binary,
    ProjectColumn,
    ProjectRow,
    Render,
    Row,
    Shape,
    Slot,
    Term,
    Value,
    Where,
    term,
)

here: Any = ProjectRow()
ONE = Shape("CAST(10000 AS bigint)", ())  # so that a product of small numbers never overflows
the_day = Slot("day", "date")


class OfRecords(Term):
    """What can be said of a project's rows in one table. Subclasses say which SQL."""

    def __init__(self, model: Any, where: Where | None, equal: dict[str, Value | Term]):
        self.model, self.where, self.equal = model, where, equal
        self.condition(Row(model, "a"))

    def condition(self, row: Row) -> list[Term]:
        parts = [getattr(row, name) == value for name, value in self.equal.items()]
        return [*parts, self.where(row)] if self.where else parts

    def listed(self, r: Render) -> tuple[str, str, str, Row]:
        """On a column engine: this project's rows, a name for one of them, the bare condition, and that row itself."""
        alias = r.alias()
        row = Row(self.model, alias)
        r.reads.add((self.model, "project_id"))
        condition = " AND ".join(t.sql(r) for t in self.condition(row)) or "TRUE"
        return f"p.{self.model._meta.model_name}", alias, condition, row

    def rows(self, r: Render) -> tuple[str, str, Row]:
        """FROM and WHERE of this project's matching rows, the bare condition, and the row itself."""
        alias = r.alias()
        row = Row(self.model, alias)
        condition = " AND ".join(t.sql(r) for t in self.condition(row)) or "TRUE"
        r.reads.add((self.model, "project_id"))
        source = f"FROM {self.model._meta.db_table} {alias} WHERE {alias}.project_id = {r.key}"
        return source, condition, row


def gap_of(model: Any, r: Render) -> str:
    """SQL: the history of this project is known to have gaps in this table."""
    percent = "%%" if r.dialect == "postgresql" else "%"
    return f"p.gaps LIKE '{percent},{model._meta.model_name},{percent}'"


class Has(OfRecords):
    def nested(self, r: Render) -> str:
        """Found in a list; in an open world perhaps unknown. The condition is written once, however deep it lies."""
        of = NESTED[r.dialect]
        rows, alias, condition, _ = self.listed(r)
        if not r.open:
            return of.some(rows, alias, condition)
        found = of.perhaps_some(rows, alias, condition)
        return f"({found} OR (CASE WHEN {gap_of(self.model, r)} THEN NULL ELSE FALSE END))"

    def sql(self, r: Render) -> str:
        if r.nested:
            return self.nested(r)
        source, condition, row = self.rows(r)
        if not r.open:
            return f"EXISTS(SELECT 1 {source} AND ({condition}))"
        # The condition is written once, however deep it lies. Nought is taken from the row: an aggregate over nothing but outer
        # columns would be the outer statement's.
        nought = f"{row.seq.sql(r)} * 0"
        said = f"SELECT MAX(CASE ({condition}) WHEN TRUE THEN 2 WHEN FALSE THEN {nought} ELSE 1 END) {source}"
        gap = f"CASE WHEN {gap_of(self.model, r)} THEN NULL ELSE FALSE END"
        return f"(CASE COALESCE(({said}), 0) WHEN 2 THEN TRUE WHEN 1 THEN NULL ELSE {gap} END)"

    def gathered(self, r: Render, alias: str) -> str:
        """The same in a closed world as an aggregate over rows joined as `alias`, so that many conditions share one scan.

        CASE and not MAX(condition): only there SQLite stops at the first part of an AND that fails."""
        condition = " AND ".join(t.sql(r) for t in self.condition(Row(self.model, alias))) or "TRUE"
        found = f"{alias}.id IS NOT NULL AND ({condition})"
        if r.dialect == "sqlite":
            return f"MAX(CASE WHEN {found} THEN 1 ELSE 0 END)"
        return f"COALESCE(bool_or({found}), FALSE)"


def stands_on(condition: Term) -> Any:
    """A table without whose rows (and without gaps in it) this condition is false; None where no one table decides."""
    if isinstance(condition, Has):
        return condition.model
    if isinstance(condition, Binary) and condition.op == "AND":
        return stands_on(condition.left) or stands_on(condition.right)
    return None


class Aggregate(OfRecords):
    """SUM, COUNT, MIN or MAX of an expression over matching rows; unknown where a value or the table has gaps."""

    def __init__(self, function: str, model: Any, value: Where | None, where: Where | None, equal: dict[str, Any]):
        self.function, self.value = function, value
        super().__init__(model, where, equal)

    def nested(self, r: Render) -> str:
        """The same over a list."""
        of = NESTED[r.dialect]
        rows, alias, condition, row = self.listed(r)
        fit = of.filtered(rows, alias, condition)
        if self.value is None:
            return of.size.format(fit)
        values = of.mapped(fit, alias, self.value(row).sql(r))
        if self.function != "SUM":
            return {"MIN": of.min, "MAX": of.max}[self.function].format(values)
        total, one = of.sum.format(values), r.alias()
        if not r.open:
            return total
        return f"(CASE WHEN {of.some(values, one, f'({one} IS NULL)')} THEN NULL ELSE {total} END)"

    def sql(self, r: Render) -> str:
        if r.nested:
            return self.unless_gap(r, self.nested(r))
        source, condition, row = self.rows(r)
        value = self.value(row).sql(r) if self.value else "1"
        call = {"SUM": f"COALESCE(SUM({value}), 0)", "COUNT": "COUNT(*)"}.get(
            self.function, f"{self.function}({value})"
        )
        if self.function == "SUM" and r.dialect != "sqlite":
            call = f"({call})::bigint"
        if r.open and self.function == "SUM":
            call = f"CASE WHEN COUNT({value}) < COUNT(*) THEN NULL ELSE {call} END"
        return self.unless_gap(r, f"(SELECT {call} {source} AND ({condition}))")

    def unless_gap(self, r: Render, found: str) -> str:
        """The value; in an open world unknown where the table has gaps."""
        if not r.open:
            return found
        return f"(CASE WHEN {gap_of(self.model, r)} THEN NULL ELSE {found} END)"


class Latest(OfRecords):
    def __init__(self, model: Any, value: Where, where: Where | None, equal: dict[str, Any]):
        self.value = value
        super().__init__(model, where, equal)

    def sql(self, r: Render) -> str:
        if r.nested:
            of = NESTED[r.dialect]
            rows, alias, condition, row = self.listed(r)
            fit = of.filtered(rows, alias, condition)
            return of.last.format(of.mapped(fit, alias, self.value(row).sql(r)))
        source, condition, row = self.rows(r)
        alias = row._alias
        return f"(SELECT {self.value(row).sql(r)} {source} AND ({condition}) ORDER BY {alias}.seq DESC, {alias}.id DESC LIMIT 1)"


class Unstated(Term):
    def __init__(self, value: Term):
        self.value = value

    def sql(self, r: Render) -> str:
        empty = f"({self.value.sql(r)} IS NULL)"
        return f"NULLIF({empty}, TRUE)" if r.open else empty


def unstated(value: Any) -> Term:
    """A fact that had to be stated was not; unknown where a project's history may have lost it. `(a.x IS NULL)`"""
    return Unstated(term(value))


def has(model: Any, where: Where | None = None, **equal: Any) -> Term:
    """Some record fits. `EXISTS(SELECT 1 FROM model a WHERE a.project_id = p.id AND …)`"""
    return Has(model, where, equal)


def lacks(model: Any, where: Where | None = None, **equal: Any) -> Term:
    """No record fits. `NOT EXISTS(…)`; unknown where the table has gaps."""
    return ~Has(model, where, equal)


def count(model: Any, where: Where | None = None, **equal: Any) -> Term:
    """How many fit. `(SELECT COUNT(*) …)`"""
    return Aggregate("COUNT", model, None, where, equal)


def total(model: Any, value: Where, where: Where | None = None, **equal: Any) -> Term:
    """The sum of a whole-number column, 0 where there is no row. `(SELECT COALESCE(SUM(a.x), 0) …)`"""
    return Aggregate("SUM", model, value, where, equal)


def earliest(model: Any, value: Where, where: Where | None = None, **equal: Any) -> Term:
    """The least value, nothing where there is no row. `(SELECT MIN(a.x) …)`"""
    return Aggregate("MIN", model, value, where, equal)


def last(model: Any, value: Where, where: Where | None = None, **equal: Any) -> Term:
    """The greatest value, nothing where there is no row. `(SELECT MAX(a.x) …)`"""
    return Aggregate("MAX", model, value, where, equal)


def latest(model: Any, value: Where, where: Where | None = None, **equal: Any) -> Term:
    """A value of the record that was written last. `(SELECT a.x … ORDER BY a.seq DESC, a.id DESC LIMIT 1)`"""
    return Latest(model, value, where, equal)


def reached(stage: int) -> Term:
    """The project has at some time come to this stage. `p.furthest >= n`"""
    return ProjectColumn("furthest") >= int(stage)


def months_after(start: Any, months: Any) -> Term:
    """The last day of so many calendar months after a date, clamped to the end of the month."""
    return MonthsAfter(term(start), term(months))


def days_after(start: Any, days: Any) -> Term:
    """The date so many days after another."""
    return DaysAfter(term(start), term(days))


def later_of(one: Any, other: Any) -> Term:
    """The greater of two values; nothing when either is missing."""
    a, b = term(one), term(other)
    return Shape("(CASE WHEN {0} IS NULL OR {1} IS NULL THEN NULL WHEN {0} >= {1} THEN {0} ELSE {1} END)", (a, b))


def either(condition: Term, then: Any, otherwise: Any) -> Term:
    """`CASE WHEN condition THEN a ELSE b END`"""
    return Shape("(CASE WHEN {0} THEN {1} ELSE {2} END)", (condition, term(then), term(otherwise)))


def below_share(part: Any, whole: Any, share: Any) -> Term:
    """part is less than share of whole, exactly: `part * 10000 < whole * share`, share in ten-thousandths."""
    return term(part) * ONE < term(whole) * term(share)


def above_share(part: Any, whole: Any, share: Any) -> Term:
    """part is more than share of whole, exactly: `part * 10000 > whole * share`."""
    return term(part) * ONE > term(whole) * term(share)


def share_of(part: Any, whole: Any) -> Term:
    """A share for showing, in whole ten-thousandths rounded down; nothing when whole is 0. Judge with below_share instead."""
    return either(term(whole) > 0, term(part) * 10000 // term(whole), None)
