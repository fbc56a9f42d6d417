"""How the column engines say what a condition needs of a list: there a project's rows lie in its own row, one list a table.

A list keeps its rows in the order in which they were written (seq, then id) and is empty, never missing, where there is none.
With no join left, a condition inside another one is a function inside a function, and every engine cuts the work by project.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Lists:
    """One engine's words: the sign of a slot, its text type, dates, and functions over lists."""

    slot: str
    text: str
    months: str
    days: str
    arrow: str
    filter: str
    map: str
    any: str
    perhaps: str
    size: str
    first: str
    last: str
    sum: str
    min: str
    max: str
    pack: str
    named: str

    def lambda_(self, alias: str, body: str) -> str:
        return self.arrow.format(alias, body)

    def filtered(self, rows: str, alias: str, condition: str) -> str:
        """The rows on which the condition is true; where it is unknown they are left out, as in SQL."""
        return rows if condition == "TRUE" else self.filter.format(rows, self.lambda_(alias, condition))

    def mapped(self, rows: str, alias: str, value: str) -> str:
        """The value of each row, in the same order."""
        return self.map.format(rows, self.lambda_(alias, value))

    def some(self, rows: str, alias: str, condition: str) -> str:
        """Whether the condition is true on some row: true or false, never unknown."""
        if condition == "TRUE":
            return f"({self.size.format(rows)} > 0)"
        return self.any.format(rows, self.lambda_(alias, condition))

    def perhaps_some(self, rows: str, alias: str, condition: str) -> str:
        """The same, but unknown where it is true on none and unknown on some."""
        return self.perhaps.format(rows, self.lambda_(alias, self.weighed(condition)))

    def struct(self, names: tuple[str, ...], values: list[str]) -> str:
        """Values under names."""
        return f"{self.pack}({', '.join(self.named.format(n, v) for n, v in zip(names, values, strict=True))})"

    def weighed(self, condition: str) -> str:
        """On DuckDB true is 2, unknown 1, false 0, so that the greatest of a list is its verdict."""
        return condition if self.arrow.startswith("{0} ->") else f"COALESCE(CAST(({condition}) AS TINYINT) * 2, 1)"


NESTED = {
    "duckdb": Lists(
        slot="$", text="VARCHAR", months="CAST({0} + to_months(CAST({1} AS INTEGER)) AS DATE)",
        days="({0} + CAST({1} AS INTEGER))", arrow="lambda {0}: {1}", filter="list_filter({0}, {1})",
        map="list_transform({0}, {1})", any="list_contains(list_transform({0}, {1}), TRUE)",
        perhaps="(NULLIF(COALESCE(list_max(list_transform({0}, {1})), 0), 1) = 2)", size="len({0})", first="({0})[1]",
        last="({0})[-1]", sum="CAST(COALESCE(list_sum({0}), 0) AS BIGINT)", min="list_min({0})", max="list_max({0})",
        pack="struct_pack", named='"{0}" := {1}',
    ),
    "spark": Lists(
        slot=":", text="STRING", months="add_months({0}, CAST({1} AS INT))", days="date_add({0}, CAST({1} AS INT))",
        arrow="{0} -> {1}", filter="filter({0}, {1})", map="transform({0}, {1})", any="COALESCE(exists({0}, {1}), FALSE)",
        perhaps="exists({0}, {1})",
        size="size({0})", first="get({0}, 0)", last="try_element_at({0}, -1)",
        sum="aggregate({0}, CAST(0 AS BIGINT), (a, x) -> a + COALESCE(x, CAST(0 AS BIGINT)))",
        min="array_min({0})", max="array_max({0})", pack="named_struct", named="'{0}', {1}",
    ),
}  # fmt: skip
