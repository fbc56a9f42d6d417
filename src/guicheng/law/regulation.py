"""A regulation: its text, its figures, and all that was declared to carry it out."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from guicheng.law.act import Act
from guicheng.law.declare import (
    REMIND,
    ActSpec,
    Breach,
    Duty,
    Force,
    Left,
    Proviso,
    Rows,
    Rule,
    as_rows,
    breach,
    checked,
    codes,
    dashed,
)
from guicheng.law.english import read_english
from guicheng.law.figures import FigureNames, read_figures
from guicheng.law.text import Article, read_text
from guicheng.law.words import the_day

A = TypeVar("A", bound=type[Act])
F = TypeVar("F", bound=Callable[..., Any])


class Regulation:
    """One regulation, read from its folder; declarations register themselves when their module is imported."""

    def __init__(self, id: str, folder: Path, table_of_duties: Any):
        """`table_of_duties` has code, subject, due_on, closed_on: law itself knows no table."""
        self.id, self.table_of_duties = id, table_of_duties
        self.text = read_text(folder / "text.md", id)
        self.figures = read_figures(folder / "parameters.yaml")
        self.english = read_english(folder / "english.yaml")
        self.names = FigureNames(f.name for f in self.figures)
        self.acts: dict[str, ActSpec] = {}
        self.rules: dict[str, Rule] = {}
        self.duties: dict[str, Duty] = {}
        self.left: list[Left] = []

    def article(self, number: int) -> Article:
        return self.text.articles[number]

    @cached_property
    def provisos(self) -> list[Proviso]:
        return [p for r in self.rules.values() for p in r.provisos]

    def duties_opened_by(self, act: str) -> list[Duty]:
        return self._duties_by_act[0].get(act, [])

    def duties_closed_by(self, act: str) -> list[Duty]:
        return self._duties_by_act[1].get(act, [])

    @cached_property
    def _duties_by_act(self) -> tuple[dict[str, list[Duty]], dict[str, list[Duty]]]:
        """Those that each act opens, and those that it closes."""
        opened: dict[str, list[Duty]] = {}
        closed: dict[str, list[Duty]] = {}
        for duty in self.duties.values():
            for acts, found in ((duty.opens, opened), (duty.closes, closed)):
                for act in acts:
                    found.setdefault(act, []).append(duty)
        return opened, closed

    # --- declarations -------------------------------------------------------------------------------------------

    def act(
        self, title: str, article: Article, item: int | None = None, *, row: Rows, by: tuple[str, ...] | str,
        at: tuple[int, ...] | None = None, to: int | None = None, keeps: Any = None, scope: str = "project",
        opening: bool = False,
    ) -> Callable[[A], A]:  # fmt: skip
        """Declare an act. at=None: in any stage of an open project; scope 'bureau': on the bureau's own chain."""

        def declare(cls: A) -> A:
            code = dashed(cls.__name__)
            quotes = checked(article, item, cls.__doc__, code)
            spec = ActSpec(
                article, item, as_rows(row), quotes, code, title, codes(by), at, to, keeps, scope, cls, opening
            )
            if code in self.acts:
                raise ValueError(f"重复的行为 {code}")
            self.acts[code] = cls.spec = spec
            return cls

        return declare

    def rule(
        self, article: Article, item: int | None = None, *, row: Rows, force: Force, cure: str, says: str = "",
        cured_by: tuple[str, ...] | str = (), deepened_by: tuple[str, ...] | str = (), over: Any = None,
    ) -> Callable[[Callable[..., Any]], Rule]:  # fmt: skip
        """Declare a rule. With over=Model the function takes (p, row) and judges each record of that table."""

        def declare(body: Callable[..., Any]) -> Rule:
            code = dashed(body.__name__)
            quotes = checked(article, item, body.__doc__, code)
            rule = Rule(
                article, item, as_rows(row), quotes, code, force, cure, codes(cured_by), codes(deepened_by), says,
                over, body, self.names,
            )  # fmt: skip
            rule.condition()  # a misspelt column or figure is found at import
            if rule.id in self.rules:
                raise ValueError(f"重复的规则 {rule.id}")
            self.rules[rule.id] = rule
            return rule

        return declare

    def proviso(self, article: Article, item: int | None = None, *, to: Rule, row: Rows) -> Callable[[F], Proviso]:
        """Declare a 但书 to a rule; the function takes what the rule's function takes."""

        def declare(body: F) -> Proviso:
            quotes = checked(article, item, body.__doc__, body.__name__)
            proviso = Proviso(article, item, as_rows(row), quotes, dashed(body.__name__), to, body)
            to.provisos.append(proviso)
            to.condition()
            return proviso

        return declare

    def duty(
        self, title: str, article: Article, item: int | None = None, *, row: Rows, by: tuple[str, ...] | str,
        opens: tuple[str, ...] | str, closes: tuple[str, ...] | str, within: str | None = None,
    ) -> Callable[[F], Duty]:  # fmt: skip
        """Declare a duty; `within` names the figure of its period, unless the function gives the due day itself."""

        def declare(body: F) -> Duty:
            code = dashed(body.__name__)
            quotes = checked(article, item, body.__doc__, code)
            duty = Duty(
                article, item, as_rows(row), quotes, code, title, codes(by), within, codes(opens), codes(closes), body
            )
            if code in self.duties:
                raise ValueError(f"重复的职责 {code}")
            self.duties[code] = duty
            self._remind_when_late(duty, article, item, as_rows(row))
            return duty

        return declare

    def _remind_when_late(self, duty: Duty, article: Article, item: int | None, rows: tuple[int, ...]) -> None:
        def late(p: Any, d: Any) -> Breach:
            return breach(
                (d.code == duty.code) & d.closed_on.missing & d.due_on.present & (d.due_on < the_day),
                due=d.due_on, subject=d.subject,
            )  # fmt: skip

        late.__doc__ = "\n".join(duty.quotes)
        late.__name__ = f"{duty.code}-late"
        words = {"says": f"{duty.title}：最迟应于{{due:day}}办理，已经逾期", "cure": f"尽快办理：{duty.title}"}
        self.rule(article, item, row=rows, force=REMIND, cured_by=duty.closes, over=self.table_of_duties, **words)(late)

    def left_to_people(self, article: Article, item: int | None = None, *, row: Rows, quote: str, why: str) -> None:
        """Say aloud which words no program judges, and why."""
        article.check(quote, item)
        self.left.append(Left(article, item, as_rows(row), (quote,), "left", why))

    def load(self, package: str) -> None:
        """Import every article module below a package, in the order of their names."""
        root = importlib.import_module(package)
        for found in sorted(m.name for m in pkgutil.walk_packages(root.__path__, package + ".")):
            if ".tests" not in found:
                importlib.import_module(found)
