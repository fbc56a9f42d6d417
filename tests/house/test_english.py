"""Whatever a reader of English is told of the regulation stands in its english.yaml, with the same figures, and nothing else does."""

import re
from collections.abc import Iterable

from guicheng.law.declare import Rule
from guicheng.portfolio.portrait.choices import label
from guicheng.regulations.base import regulation
from guicheng.web.english import SITE
from guicheng.web.forms.draw import Control
from guicheng.web.forms.kinds import Field, fields_of

HAN = re.compile("[\u4e00-\u9fff]")
LAW = regulation()
TOLD = LAW.english


def own(rule: Rule) -> bool:
    """Not the reminder of a late duty, which is told by the duty's title."""
    return rule.over is not LAW.table_of_duties


def figures(sentence: str) -> list[str]:
    return sorted(re.findall(r"\{[^}]*\}", sentence))


def helps(fields: Iterable[Field], path: str) -> Iterable[str]:
    """What stands beside fields, except where the choices say it already."""
    for f in fields:
        choices = [(str(v), label(f"{path}.{f.name}", v)) for v in f.values]
        yield Control(f, path, f.name, "", f.kind, choices=choices).help
        yield from helps(f.columns, f"{path}.{f.name}")


def test_every_rule_is_told_with_the_figures_of_its_own_sentence() -> None:
    rules = {r.id.partition(":")[2]: r for r in LAW.rules.values() if own(r)}
    assert set(TOLD.rules) == set(rules)
    assert [code for code, r in rules.items() if figures(TOLD.rules[code][0]) != figures(r.says)] == []


def test_every_duty_figure_and_sentence_beside_a_field_is_told() -> None:
    assert set(TOLD.duties) == set(LAW.duties)
    assert set(TOLD.figures) == {f.name for f in LAW.figures}
    beside = {h for a in LAW.acts.values() for h in helps(fields_of(a.cls), a.code) if h}
    assert set(TOLD.said) == beside | {left.why for left in LAW.left}


def test_the_same_chinese_is_told_in_one_way_and_none_of_it_is_chinese() -> None:
    cures: dict[str, set[str]] = {}
    for r in LAW.rules.values():
        if own(r):
            cures.setdefault(r.cure, set()).add(TOLD.rules[r.id.partition(":")[2]][1])
    assert [c for c in cures.values() if len(c) > 1] == []
    every = [*TOLD.duties.values(), *TOLD.figures.values(), *TOLD.facts.values(), *TOLD.said.values(), *SITE.values()]
    assert [s for s in [*every, *(part for pair in TOLD.rules.values() for part in pair)] if HAN.search(s)] == []
