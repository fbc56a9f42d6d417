"""Every declaration is whole: cases on both sides, codes that exist, words that can be shown."""

import re
from collections import defaultdict
from string import Formatter

from guicheng.judge.statement import fact_names
from guicheng.law.declare import EXEMPTABLE, EXPLAIN
from guicheng.people.roles import Role
from guicheng.regulations.base import regulation
from tests.support.cases import all_cases, rule_id

LAW = regulation()


def verdicts() -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for case in all_cases():
        if "rule" in case:
            found[rule_id(case)].add(case["then"])
        else:
            then = case["then"] if isinstance(case["then"], str) else next(iter(case["then"]))
            found[case["act"]].add(then)
    return found


def test_every_rule_has_a_case_refused_and_one_permitted() -> None:
    found = verdicts()
    assert [r for r in LAW.rules if not {"breached", "kept"} <= found[r]] == []


def test_every_rule_that_can_be_set_aside_has_a_case_of_it() -> None:
    found = verdicts()
    soft = [r.id for r in LAW.rules.values() if r.force in (EXEMPTABLE, EXPLAIN)]
    assert [r for r in soft if "exempted" not in found[r]] == []


def test_every_act_has_a_case_done_and_one_not_done() -> None:
    found = verdicts()
    lacking = [a for a in LAW.acts if "accepted" not in found[a] or not found[a] & {"refused", "invalid", "denied"}]
    assert lacking == []


def test_cases_name_what_exists() -> None:
    for case in all_cases():
        assert rule_id(case) in LAW.rules if "rule" in case else case["act"] in LAW.acts, case


def test_codes_that_declarations_name_exist() -> None:
    for rule in LAW.rules.values():
        assert set(rule.cured_by + rule.deepened_by) <= set(LAW.acts), rule.id
    for duty in LAW.duties.values():
        assert set(duty.opens + duty.closes) <= set(LAW.acts), duty.code


def test_every_refusal_says_its_figures_and_its_cure() -> None:
    for rule in LAW.rules.values():
        assert rule.cure, rule.id
        named = {name for _, name, _, _ in Formatter().parse(rule.says) if name}
        assert named <= set(fact_names(rule)), f"{rule.id} 的 says 用了没有的数 {named - set(fact_names(rule))}"


def test_every_field_of_every_act_has_a_chinese_label() -> None:
    for spec in LAW.acts.values():
        assert all(r in set(Role) for r in spec.by), spec.code
        for name, info in spec.cls.model_fields.items():
            assert info.title, f"{spec.code}.{name}"
            assert re.search(r"[\u4e00-\u9fff]", info.title), f"{spec.code}.{name}"


def test_every_figure_is_used_by_something() -> None:
    """A figure that nothing reads is a promise that nothing keeps."""
    import subprocess

    for figure in LAW.figures:
        name = figure.name.replace(".", "_")
        pattern = f'p\\.{name}\\b|"{re.escape(figure.name)}"'
        done = subprocess.run(["grep", "-rqE", pattern, "src/guicheng", "--include=*.py"], check=False)
        assert done.returncode == 0, f"{figure.name} 没有被任何规则、职责或行为使用"
