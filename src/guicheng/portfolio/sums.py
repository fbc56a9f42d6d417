"""Sums of what is kept: by unit, stage, year and colour, and by unit, rule and verdict. They change in the transaction that changes
what is kept, so that they always equal it added up."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from django.db import connection

from guicheng.portfolio.models import FindingSum, Kept, Sum

CELL = f"""
INSERT INTO {Sum._meta.db_table} (unit, stage, year, colour, projects, budget, late) VALUES (%s, %s, %s, %s, %s, %s, %s)
ON CONFLICT (unit, stage, year, colour) DO UPDATE SET projects = {Sum._meta.db_table}.projects + excluded.projects,
budget = {Sum._meta.db_table}.budget + excluded.budget, late = {Sum._meta.db_table}.late + excluded.late
"""
FINDING = f"""
INSERT INTO {FindingSum._meta.db_table} (unit, rule, verdict, projects) VALUES (%s, %s, %s, %s)
ON CONFLICT (unit, rule, verdict) DO UPDATE SET projects = {FindingSum._meta.db_table}.projects + excluded.projects
"""
Cell = tuple[str, int, int, str]
Finding = tuple[str, str, str]
"""Unit, rule, verdict."""


class Change:
    """By how much the sums change: what is no longer kept is taken off, what is kept now is added."""

    def __init__(self) -> None:
        self.cells: dict[Cell, tuple[int, int, int]] = defaultdict(lambda: (0, 0, 0))
        self.findings: Counter[Finding] = Counter()

    def count(self, kept: Iterable[Kept], findings: Iterable[Finding], sign: int = 1) -> None:
        for k in kept:
            cell = k.unit, k.stage, k.year, k.colour
            n, budget, late = self.cells[cell]
            self.cells[cell] = n + sign, budget + sign * k.budget, late + sign * k.late
        for finding in findings:
            self.findings[finding] += sign

    def write(self) -> None:
        """Call it inside the transaction. Rows are met in one order by everybody, so that two who write do not wait for each other."""
        cells = [(*cell, *by) for cell, by in sorted(self.cells.items()) if any(by)]
        findings = [(*one, n) for one, n in sorted(self.findings.items()) if n]
        with connection.cursor() as cursor:
            if cells:
                cursor.executemany(CELL, cells)
            if findings:
                cursor.executemany(FINDING, findings)
