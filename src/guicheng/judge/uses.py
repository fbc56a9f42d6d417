"""Which figures a rule depends on, found out by writing it as SQL once and listening."""

from guicheng.law.declare import Rule
from guicheng.law.figures import Figures
from guicheng.law.terms import Render
from guicheng.records.project import Project


class _Listening:
    """Stands in for the figures of a rendering and notes which were asked for."""

    def __init__(self, figures: Figures):
        self.figures = figures
        self.asked: set[str] = set()

    def periods(self, name: str) -> int:
        self.asked.add(name)
        return self.figures.periods(name)

    def kind(self, name: str) -> str:
        return self.figures.kind(name)


def figures_used(rule: Rule, figures: Figures) -> tuple[str, ...]:
    """The names of the figures that can change this rule's verdict, sorted."""
    listening = _Listening(figures)
    rule.condition().sql(Render("sqlite", listening, Project, open=True))
    return tuple(sorted(listening.asked))
