"""Reads *.cases.yaml: rows are laid straight into the tables, then a rule is judged or an act goes through the door."""

import json
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.apps import apps

import guicheng.regulations
from guicheng.door.outcome import Outcome, Request
from guicheng.door.perform import perform
from guicheng.judge.verdict import Finding, explain, judge, released
from guicheng.law.figures import Dated, Figures
from guicheng.ledger.models import Erasable
from guicheng.people.models import Person, Post, Unit
from guicheng.people.roles import PROJECT_BOUND, UNIT_BOUND
from guicheng.records.base import Record
from guicheng.records.project import Project
from guicheng.records.stage import Stage
from guicheng.regulations.base import regulation

ROOT = Path(guicheng.regulations.__file__).parent
DAY = date(2025, 6, 1)


@cache
def all_cases() -> list[dict[str, Any]]:
    """Every case of every article, each with the file it came from."""
    found = []
    for path in sorted(ROOT.glob("*/tests/*.cases.yaml")):
        for case in yaml.safe_load(path.read_text(encoding="utf8")) or []:
            named = {"on" if k is True else k: v for k, v in case.items()}  # YAML reads a bare `on` as yes
            found.append(named | {"file": path.name, "regulation": path.parent.parent.name})
    return found


def rule_id(case: dict[str, Any]) -> str:
    return f"{case['regulation']}:{case['rule']}"


def figures_for(case: dict[str, Any]) -> Figures:
    figures = regulation(case["regulation"]).figures
    for name, periods in (case.get("figures") or {}).items():
        f = figures[name]
        figures = figures.with_(replace(f, timeline=tuple(Dated(p["from"], f.checked(p["value"])) for p in periods)))
    return figures


def lay(case: dict[str, Any]) -> Project:
    """Write the case's project and rows. A row's seq counts up in the order of the file unless it says otherwise;
    before an act, which is the first entry of its chain, all rows are older than any entry."""
    about = dict(case.get("project") or {})
    stage = Stage[about.pop("stage", "FILED")]
    furthest = Stage[about.pop("furthest", stage.name)]
    given = {"code": "HA-CASE", "title": "例", "unit": "wcs", "edition": "2023-04-19", "filed_on": DAY} | about
    project = Project.objects.create(stage=stage, furthest=furthest, **given)
    number = 1
    for table, rows in (case.get("records") or {}).items():
        model: Any = apps.get_model("records", table)
        for row in rows:
            number += 1
            seq = 0 if "act" in case else number
            base = {"seq": seq, "ref": f"{table}-{number}", "day": DAY, "by": "someone", "role": "construction"}
            model.objects.create(**base | ({"project": project} if issubclass(model, Record) else {}) | row)
    _lay_people(case)
    return project


def _lay_people(case: dict[str, Any]) -> None:
    for post in case.get("posts") or []:
        unit, _ = Unit.objects.get_or_create(code=post.get("unit") or "x", defaults={"name": "x", "seq": 1, "day": DAY})
        person, _ = Person.objects.get_or_create(
            username=post["person"], defaults={"name": post["person"], "unit": unit, "seq": 1, "day": DAY}
        )
        values = {"unit": "", "project": "", "since": DAY, "seq": 1, "day": DAY} | post | {"person": person}
        Post.objects.create(**values)


def verdict_of(case: dict[str, Any]) -> Finding:
    """The verdict of the case's rule, with its figures."""
    law, figures, day = regulation(case["regulation"]), figures_for(case), case.get("day", DAY)
    rule, project = law.rules[rule_id(case)], lay(case)
    judged = judge(law, project, day, figures)
    if rule.id in judged.unknown:
        return explain(law, rule, project, day, figures, "unknown")
    if rule.id not in judged.breached:
        return Finding(rule, "kept")
    word = "exempted" if rule.id in released(project, [rule], day) else "breached"
    return explain(law, rule, project, day, figures, word)


def outcome_of(case: dict[str, Any]) -> Outcome:
    """The door's answer to the case's act on the laid project; `by` is a role, held by a person made for it."""
    law, day = regulation(case["regulation"]), case.get("on", DAY)
    bureau = law.acts[case["act"]].scope == "bureau"
    code = "bureau" if bureau else lay(case).code if "project" in case or "records" in case else "HA-NEW"
    if bureau:
        _lay_people(case)
        Erasable.objects.bulk_create(Erasable(**e) for e in case.get("erasables") or [])
    role, person = case["by"], case.get("person", "the-actor")
    bound = {"project": code} if role in PROJECT_BOUND else {"unit": "wcs"} if role in UNIT_BOUND else {}
    _lay_people({"posts": [{"person": person, "role": role, "since": date(2020, 1, 1)} | bound]})
    for earlier in case.get("before") or []:
        done = perform(Request(code, earlier["act"], person, day, _plain(earlier)))
        assert done.outcome == "accepted", done.as_json()
    return perform(Request(code, case["act"], person, day, _plain(case), history=case.get("history", False)))


def _plain(case: dict[str, Any]) -> dict[str, Any]:
    """The data of a case with the days that YAML made as JSON text."""
    found: dict[str, Any] = json.loads(json.dumps(case.get("data") or {}, default=str))
    return found
