"""Terms: a condition over a project and its records as a small tree that becomes SQL on any engine.

Every term renders itself with `sql(r)`. A term is three-valued as SQL is: a comparison with an unknown fact is
unknown (NULL), and `has` over a table in which a project's history has gaps is unknown unless a row is found.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from guicheng.law.lists import NESTED

Value = int | str | bool | date | None


class Timelines(Protocol):
    """What a figure's term needs to know: how many periods each figure has (its values are bound later)."""

    def periods(self, name: str) -> int: ...

    def kind(self, name: str) -> str: ...


@dataclass
class Render:
    """One rendering: the dialect, the figures' shape, and whether facts may be missing (open) or not (closed).

    In a closed world nothing is missing, so `has` is a plain EXISTS; in an open one it may be unknown.
    `key` is the judged project's key: a column where many are judged, a slot where one is. A subquery over records then
    depends on nothing outside it, and both engines answer it once and not for every row. `prefix` stands before the slots of
    figures, so that one statement can hold two sets of them."""

    dialect: str
    figures: Timelines
    project_model: Any
    open: bool = False
    key: str = "p.id"
    slots: set[str] = field(default_factory=set)
    reads: set[tuple[Any, str]] = field(default_factory=set)
    aliases: int = 0
    prefix: str = ""

    @property
    def nested(self) -> bool:
        """On the column engines a project's rows lie in its own row, as one list for each table."""
        return self.dialect in NESTED

    def alias(self) -> str:
        self.aliases += 1
        return f"r{self.aliases}"

    def slot(self, name: str, kind: str) -> str:
        self.slots.add(name)
        if self.dialect == "sqlite":
            return f":{name}"
        if self.nested:
            cast = {"date": "DATE", "int": "BIGINT", "text": NESTED[self.dialect].text}[kind]
            return f"CAST({NESTED[self.dialect].slot}{name} AS {cast})"
        cast = {"date": "date", "int": "bigint", "text": "text"}[kind]
        return f"%({name})s::{cast}"

    def literal(self, value: Value) -> str:
        if value is None:
            return "NULL"
        if isinstance(value, bool):
            return "TRUE" if value else "FALSE"
        if isinstance(value, int):
            return str(int(value))
        if isinstance(value, date):
            return f"'{value.isoformat()}'" if self.dialect == "sqlite" else f"DATE '{value.isoformat()}'"
        if self.dialect == "spark":
            return "'" + str(value).replace("\\", "\\\\").replace("'", "\\'") + "'"
        quoted = "'" + str(value).replace("'", "''") + "'"
        return quoted.replace("%", "%%") if self.dialect == "postgresql" else quoted


class Term:
    """Something with a value in SQL. Comparisons and `& | ~` make new terms; `==` does too, so never test a term's truth."""

    nullable = False

    def sql(self, r: Render) -> str:
        raise TypeError(f"{type(self).__name__} has no SQL")

    def __bool__(self) -> bool:
        raise TypeError("一个条件没有真假，只有写成 SQL 才能判断：请用 & | ~，不用 and or not")

    __hash__ = object.__hash__

    def __eq__(self, other: Any) -> Term:  # type: ignore[override]  # a condition, as in every query language of Python
        return Binary("=", self, term(other))

    def __ne__(self, other: Any) -> Term:  # type: ignore[override]  # see __eq__
        return Binary("<>", self, term(other))

    def __lt__(self, other: Any) -> Term:
        return Binary("<", self, term(other))

    def __le__(self, other: Any) -> Term:
        return Binary("<=", self, term(other))

    def __gt__(self, other: Any) -> Term:
        return Binary(">", self, term(other))

    def __ge__(self, other: Any) -> Term:
        return Binary(">=", self, term(other))

    def __and__(self, other: Any) -> Term:
        return Binary("AND", self, term(other))

    def __or__(self, other: Any) -> Term:
        return Binary("OR", self, term(other))

    def __add__(self, other: Any) -> Term:
        return Binary("+", self, term(other))

    def __sub__(self, other: Any) -> Term:
        return Binary("-", self, term(other))

    def __mul__(self, other: Any) -> Term:
        return Binary("*", self, term(other))

    def __floordiv__(self, other: Any) -> Term:
        """The whole part, cut off towards zero."""
        return Binary("/", self, term(other))

    def __mod__(self, other: Any) -> Term:
        return Binary("%", self, term(other))

    def __invert__(self) -> Term:
        return Shape("(NOT {})", (self,))

    def among(self, *values: Value) -> Term:
        """True when the value is one of these."""
        return Among(self, values)

    def contains(self, words: str) -> Term:
        """True when the text has these words somewhere in it."""
        return Contains(self, words)

    @property
    def missing(self) -> Term:
        """True when there is no value at all (never unknown): use it for 'not yet', not for 'not known'."""
        return Shape("({} IS NULL)", (self,))

    @property
    def present(self) -> Term:
        """True when there is a value."""
        return Shape("({} IS NOT NULL)", (self,))

    def otherwise(self, value: Any) -> Term:
        """The value, or another one where there is none."""
        return Shape("COALESCE({}, {})", (self, term(value)))


def term(value: Any) -> Term:
    """A term of a Python value; a term stays itself."""
    return value if isinstance(value, Term) else Constant(value)


class Constant(Term):
    """A value written in the rule itself. Raises TypeError for a float: money and ratios are exact."""

    def __init__(self, value: Value):
        if isinstance(value, float):
            raise TypeError(f"规则中不得出现浮点数：{value}")
        self.value = value

    def sql(self, r: Render) -> str:
        return r.literal(self.value)


OPERATORS = {("%", "postgresql"): "%%", ("/", "duckdb"): "//", ("/", "spark"): "div"}
"""What is written otherwise on an engine than in Python or standard SQL."""


class Binary(Term):
    def __init__(self, op: str, left: Term, right: Term):
        self.op, self.left, self.right = op, left, right

    def sql(self, r: Render) -> str:
        return f"({self.bare(r)})"

    def bare(self, r: Render) -> str:
        """Without its brackets. A chain of AND (or OR) stays flat: SQLite's parser bears few levels of nesting."""
        op = OPERATORS.get((self.op, r.dialect), self.op)
        chain = isinstance(self.left, Binary) and self.left.op == self.op and self.op in ("AND", "OR")
        left = self.left.bare(r) if chain else self.left.sql(r)  # type: ignore[attr-defined]  # a chain is Binary
        return f"{left} {op} {self.right.sql(r)}"


class Shape(Term):
    """A fixed piece of SQL, equal on every engine, around other terms."""

    def __init__(self, shape: str, parts: tuple[Term, ...]):
        self.shape, self.parts = shape, parts

    def sql(self, r: Render) -> str:
        return self.shape.format(*(p.sql(r) for p in self.parts))


class Among(Term):
    def __init__(self, value: Term, values: tuple[Value, ...]):
        self.value, self.values = value, values

    def sql(self, r: Render) -> str:
        return f"({self.value.sql(r)} IN ({', '.join(r.literal(v) for v in self.values)}))"


class Contains(Term):
    """`text LIKE '%words%'`. Raises ValueError for words with a sign that LIKE reads otherwise."""

    def __init__(self, value: Term, words: str):
        if not words or set(words) & set("%_\\'"):
            raise ValueError(f"不能以“{words}”作包含判断")
        self.value, self.words = value, words

    def sql(self, r: Render) -> str:
        return f"({self.value.sql(r)} LIKE {r.literal(f'%{self.words}%')})"


class Slot(Term):
    """A value bound when the statement runs: the project, the judged day, a figure."""

    def __init__(self, name: str, kind: str):
        self.name, self.kind = name, kind

    def sql(self, r: Render) -> str:
        return r.slot(self.name, self.kind)


class Column(Term):
    def __init__(self, model: Any, alias: str, column: str):
        self.model, self.alias, self.column = model, alias, column

    def sql(self, r: Render) -> str:
        r.reads.add((self.model, self.column))
        return f"{self.alias}.{self.column}"


class ProjectColumn(Term):
    """A column of the judged project; the name is checked when the statement is compiled."""

    def __init__(self, name: str):
        self.name = name

    def sql(self, r: Render) -> str:
        column = r.project_model._meta.get_field(self.name).column
        r.reads.add((r.project_model, column))
        return f"p.{column}"


class ProjectRow:
    """`here`: the judged project. `here.stage` is its column."""

    def __getattr__(self, name: str) -> Term:
        return ProjectColumn(name)


class Row:
    """One row of a record table, as a rule sees it: `c.warranty_months` is that row's column.

    Raises FieldDoesNotExist when the rule is declared, not when it is run, for a name the table does not have."""

    def __init__(self, model: Any, alias: str):
        self._model, self._alias = model, alias

    def __getattr__(self, name: str) -> Term:
        return Column(self._model, self._alias, self._model._meta.get_field(name).attname)


Where = Callable[[Any], Term]


class FigureAt(Term):
    """A figure of the edition as it stood on a date: one slot per period of its timeline; unknown where the date is."""

    def __init__(self, name: str, day: Term):
        self.name, self.day = name, day

    def sql(self, r: Render) -> str:
        periods, kind = r.figures.periods(self.name), r.figures.kind(self.name)
        slot = r.prefix + self.name.replace(".", "_")
        value = r.slot(f"{slot}_0", kind)
        if periods == 1:
            return value
        day = self.day.sql(r)
        later = " ".join(
            f"WHEN {day} >= {r.slot(f'{slot}_{i}_from', 'date')} THEN {r.slot(f'{slot}_{i}', kind)}"
            for i in range(periods - 1, 0, -1)
        )
        return f"(CASE WHEN {day} IS NULL THEN NULL {later} ELSE {value} END)"
