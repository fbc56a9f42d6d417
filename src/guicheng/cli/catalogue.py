"""What there is: the regulation with what carries out each sentence, the acts, the rules."""

from __future__ import annotations

from typing import Any

import click

from guicheng.cli import place
from guicheng.cli.out import aligned, json_option, put_json, say
from guicheng.cli.zh import Command


@click.command(cls=Command)
@json_option
def regulations(as_json: bool) -> int:
    """规定及其版本；每一句由什么行为、规则、职责执行，或为什么由人判断。"""
    place.django_ready()
    documents = [_regulation(law) for law in _installed()]
    if as_json:
        put_json({"regulations": documents})
        return 0
    for one in documents:
        say(f"{one['title']}（{one['number']}，{one['issuer']}，{one['issued_on']}）", f"正文摘要 {one['digest']}")
        for edition in one["editions"]:
            say(f"版本 {edition['edition']}：自 {edition['starts']} 起施行 {edition['number'] or ''}".rstrip())
        for sentence in one["sentences"]:
            say("", f"{sentence['clause']} {sentence['words']}")
            say(*(f"    {c['kind']}：{c['name']}" for c in sentence["carried_out_by"]))
    return 0


def _installed() -> list[Any]:
    from guicheng.regulations.base import INSTALLED, regulation

    return [regulation(id) for id in INSTALLED]


def _regulation(law: Any) -> dict[str, Any]:
    from guicheng.regulations.coverage import by_sentence

    carried = by_sentence(law)
    return {
        "regulation": law.id, "title": law.text.title, "number": law.text.number, "issuer": law.text.issuer,
        "issued_on": law.text.day.isoformat(), "digest": law.text.digest, "editions": _editions(law),
        "sentences": [
            {
                "key": s.key, "clause": law.article(s.article).clause(s.item), "words": s.words,
                "carried_out_by": [_carrier(c) for c in carried[s.key]],
            }
            for s in law.text.sentences
        ],
    }  # fmt: skip


def _carrier(one: Any) -> dict[str, str]:
    """What carries a sentence out: its kind, its code, and its name or the reason why people judge."""
    from guicheng.law.declare import ActSpec, Duty, Left, Rule
    from guicheng.regulations.coverage import KIND_ZH

    code = one.id if isinstance(one, Rule) else one.code
    name = one.why if isinstance(one, Left) else f"{one.title}（{code}）" if isinstance(one, ActSpec | Duty) else code
    return {"kind": KIND_ZH[type(one)], "code": code, "name": name}


def _editions(law: Any) -> list[dict[str, Any]]:
    """The first edition, and those that the bureau has published since, where there is a database."""
    from guicheng.judge.edition import base_edition

    day = law.text.day.isoformat()
    found = [{"edition": base_edition(law), "starts": day, "number": law.text.number}]
    if place.initialised():
        from guicheng.records.bureau import EditionOf

        later = EditionOf.objects.order_by("starts")
        found += [{"edition": e.ref, "starts": e.starts.isoformat(), "number": e.number} for e in later]
    return found


@click.command(cls=Command)
@json_option
def acts(as_json: bool) -> int:
    """全部行为：编码、名称、条款、由谁办理、在哪些环节、内容的格式。"""
    place.django_ready()
    found = [_act(spec) for law in _installed() for spec in law.acts.values()]
    if as_json:
        put_json({"acts": found})
        return 0
    for one in found:
        say(
            f"{one['title']['zh']}（{one['act']}）　{one['clause']}",
            f"    由 {'、'.join(one['roles_zh'])}　{_stages(one)}",
        )
        fields = [
            [f"      {name}", about.get("title", ""), "必填" if name in one["schema"].get("required", ()) else "可不填"]
            for name, about in one["schema"].get("properties", {}).items()
        ]
        say(*aligned(fields))
    return 0


def _act(spec: Any) -> dict[str, Any]:
    from guicheng.people.roles import ROLE_ZH, Role
    from guicheng.records.stage import STAGE_ZH, Stage

    stages = None if spec.at is None else [Stage(s) for s in spec.at]
    return {
        "act": spec.code, "title": {"zh": spec.title, "en": spec.title_en}, "clause": spec.clause,
        "sentence": spec.sentence, "regulation": spec.article.regulation, "scope": spec.scope, "opening": spec.opening,
        "roles": [str(r) for r in spec.by], "roles_zh": [ROLE_ZH[Role(r)] for r in spec.by],
        "stages": None if stages is None else [s.name.lower() for s in stages],
        "stages_zh": None if stages is None else [STAGE_ZH[s] for s in stages],
        "leads_to": None if spec.to is None else Stage(spec.to).name.lower(),
        "schema": spec.cls.model_json_schema(),
    }  # fmt: skip


def _stages(one: dict[str, Any]) -> str:
    from guicheng.records.stage import Stage

    if one["scope"] == "bureau":
        return "全局（项目写 bureau）"
    if one["opening"]:
        return "由此开始一个项目"
    if one["stages_zh"] is None:
        return "项目结束之前的任何环节"
    return "任何环节" if len(one["stages_zh"]) == len(Stage) else f"环节：{'、'.join(one['stages_zh'])}"


@click.command(cls=Command)
@json_option
def rules(as_json: bool) -> int:
    """全部规则：编码、条款、原文、效力、用到的数值、怎么办。"""
    place.django_ready()
    found = [_rule(law, rule) for law in _installed() for rule in law.rules.values()]
    if as_json:
        put_json({"rules": found})
        return 0
    for one in found:
        say(
            f"{one['clause']}　{one['rule']}　{one['force_zh']}",
            f"    “{one['sentence']}”",
            f"    怎么办：{one['cure']}",
        )
        say(*(f"    数值：{f['title']}（{f['name']}）= {f['value']}" for f in one["figures"]))
    return 0


def _rule(law: Any, rule: Any) -> dict[str, Any]:
    from guicheng.judge.uses import figures_used
    from guicheng.law.declare import FORCE_ZH
    from guicheng.law.figures import spoken

    used = [law.figures[name] for name in figures_used(rule, law.figures)]
    today = place.day_of(None, "on")
    return {
        "rule": rule.id, "clause": rule.clause, "sentence": rule.sentence, "force": str(rule.force),
        "force_zh": FORCE_ZH[rule.force], "cure": rule.cure, "cured_by": list(rule.cured_by),
        "deepened_by": list(rule.deepened_by), "provisos": [p.sentence for p in rule.provisos],
        "figures": [
            {"name": f.name, "title": f.title, "value": spoken(f.on(today), f.unit), "source": f.source} for f in used
        ],
    }  # fmt: skip
