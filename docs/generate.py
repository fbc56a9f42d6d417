"""Writes the generated pages from the declarations themselves; with --check, says which pages are not in step."""

import json
import os
import sys
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guicheng.config.settings")
import django

django.setup()

from guicheng.law.declare import FORCE_ZH, Cited, Left, Rule
from guicheng.law.figures import spoken
from guicheng.people.roles import ROLE_ZH, Role
from guicheng.records.stage import STAGE_ZH, Stage
from guicheng.regulations.base import regulation
from guicheng.regulations.coverage import by_row, by_sentence, name_of, rows

DOCS = Path(__file__).parent
MADE = "<!-- 本页由 `make docs` 从代码生成，请勿手改 / generated, do not edit -->\n\n"
LAW = regulation()


def cases() -> dict[str, Counter[str]]:
    """How many cases each rule or act has, by verdict."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    folder = DOCS.parent / "src/guicheng/regulations" / LAW.id / "tests"
    for path in sorted(folder.glob("*.cases.yaml")):
        for case in yaml.safe_load(path.read_text(encoding="utf8")) or []:
            then = case["then"] if isinstance(case["then"], str) else next(iter(case["then"]))
            found[f"{LAW.id}:{case['rule']}" if "rule" in case else case["act"]][then] += 1
    return found


CASES = cases()


def cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def table(head: list[str], body: list[list[str]]) -> str:
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return "\n".join(lines + ["| " + " | ".join(map(cell, line)) + " |" for line in body]) + "\n"


def carried(found: list[Cited]) -> str:
    return "<br>".join(f"`{name_of(c)}`" if not isinstance(c, Left) else name_of(c) for c in found) or "**无**"


def counted(code: str) -> str:
    return "、".join(f"{k} {n}" for k, n in sorted(CASES[code].items()))


def case_count(found: list[Cited]) -> str:
    codes = {c.id if isinstance(c, Rule) else c.code for c in found if not isinstance(c, Left)}
    return str(sum(sum(CASES[c].values()) for c in codes))


def coverage() -> str:
    text, sentences = LAW.text, by_sentence(LAW)
    answered = by_row(LAW)
    head = (
        f"# {text.title}：逐句落实\n\n{text.number} · {text.issuer} · {text.day} · `{text.digest}`\n\n"
        f"{len(sentences)} 句，{len(answered)} 条规范陈述，{len(LAW.acts)} 种行为，{len(LAW.rules)} 条规则，"
        f"{len(LAW.duties)} 项职责，{len(LAW.provisos)} 项但书，{sum(sum(c.values()) for c in CASES.values())} 个案例。\n\n"
    )
    by_article = [
        [f"{LAW.article(s.article).clause(s.item)}.{s.index}", s.words, carried(sentences[s.key])]
        for s in text.sentences
    ]
    by_number = [
        [str(r.number), LAW.article(r.article).clause(r.item), r.quote, " ".join(r.force),
         carried(answered[r.number]), case_count(answered[r.number])]
        for r in rows(LAW.id)
    ]  # fmt: skip
    return (
        head + "## 逐句\n\n" + table(["句", "原文", "由什么落实"], by_article) + "\n## 逐条规范陈述\n\n"
        "强度：H 不得违反 · H\\* 可书面豁免 · S 应遵守或说明 · R 提醒 · A 权限\n\n"
        + table(["行", "条", "原文", "强度", "由什么落实", "案例"], by_number)
    )


def acts() -> str:
    parts = ["# 行为\n"]
    for spec in LAW.acts.values():
        at = "、".join(STAGE_ZH[Stage(s)] for s in spec.at) if spec.at else "项目结束之前"
        where = "市局自己的链上" if spec.scope == "bureau" else at
        leads = f"；之后进入“{STAGE_ZH[Stage(spec.to)]}”" if spec.to else ""
        parts.append(
            f"## {spec.title} `{spec.code}`\n\n{spec.title_en} · {spec.clause}\n\n> {'<br>'.join(spec.quotes)}\n"
        )
        parts.append(f"由{'、'.join(ROLE_ZH[Role(r)] for r in spec.by)}办理；{where}{leads}。\n")
        body = [
            [name, info.title or "", "必填" if info.is_required() else "", info.description or ""]
            for name, info in spec.cls.model_fields.items()
        ]
        parts.append(table(["栏目", "名称", "", "说明"], body) if body else "没有栏目。\n")
    return "\n".join(parts)


def rules() -> str:
    body = [
        [f"`{r.id}`", r.clause, r.sentence, FORCE_ZH[r.force], r.says, r.cure + _by(r.cured_by), counted(r.id)]
        for r in LAW.rules.values()
    ]
    head = ["规则", "条", "原文", "强度", "违反时怎么说", "怎么办", "案例"]
    owed = [
        [f"`{d.code}`", d.title, d.clause, "、".join(ROLE_ZH[Role(r)] for r in d.by), d.within or "由行为给出",
         _by(d.opens), _by(d.closes)]
        for d in LAW.duties.values()
    ]  # fmt: skip
    duties = table(["职责", "内容", "条", "由谁", "期限", "产生于", "了结于"], owed)
    return f"# 规则\n\n{table(head, body)}\n# 职责\n\n{duties}"


def _by(codes: tuple[str, ...]) -> str:
    return " " + "、".join(f"`{c}`" for c in codes) if codes else ""


def figures() -> str:
    body: list[list[str]] = []
    for f in LAW.figures:
        value = "；".join(f"自{d.start}：{spoken(d.value, f.unit)}" for d in f.timeline)
        low = f"不低于 {spoken(f.floor, f.unit)}" if f.floor is not None else ""
        high = f"不高于 {spoken(f.ceiling, f.unit)}" if f.ceiling is not None else ""
        clause = LAW.article(f.article).clause(f.item)
        body.append([f"`{f.name}`", f.title, clause, value, low + high + "、".join(f.choices), f.source])
    return f"# 数值\n\n{table(['名称', '意义', '条', '值', '界限', '来源'], body)}"


def commands() -> str:
    from guicheng.cli.main import main

    parts = ["# 命令\n"]
    groups: list[tuple[str, Any]] = [("guicheng", main)]
    import click

    while groups:
        name, command = groups.pop(0)
        with click.Context(command, info_name=name) as context:
            parts.append(f"## `{name}`\n\n```\n{command.get_help(context)}\n```\n")
        groups += [(f"{name} {n}", c) for n, c in sorted(getattr(command, "commands", {}).items())]
    return "\n".join(parts)


def example_lines() -> str:
    """The example life as act lines: no heading, every line is an act."""
    from guicheng.demo.example import example

    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in example())


PAGES: dict[str, Callable[[], str]] = {
    "examples/life.jsonl": example_lines,
    f"regulations/{LAW.id}.md": coverage,
    "reference/acts.md": acts,
    "reference/rules.md": rules,
    "reference/figures.md": figures,
    "reference/commands.md": commands,
}


def main() -> int:
    check, behind = "--check" in sys.argv, []
    for name, make in PAGES.items():
        path, text = DOCS / name, (MADE if name.endswith(".md") else "") + make()
        if check and (not path.exists() or path.read_text(encoding="utf8") != text):
            behind.append(name)
        elif not check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf8")
    if behind:
        print("not in step, run `make docs`:", *(f"docs/{n}" for n in behind))
    return 1 if behind else 0


if __name__ == "__main__":
    sys.exit(main())
