"""The regulation's findings, duties and figures as a reader of English is told them; a reader of Chinese gets the words as they are.

What is kept in the database is Chinese and stays so: only what is shown is put into English."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from guicheng.door.check import WHILE_SUSPENDED
from guicheng.judge.say import say_in_english
from guicheng.law.declare import ActSpec, Rule
from guicheng.law.text import DIGITS, number_of
from guicheng.people.roles import ROLE_ZH
from guicheng.records.project import Project
from guicheng.records.stage import STAGE_ZH
from guicheng.regulations.base import regulation
from guicheng.web.spoken import ENGLISH, listed, role_word, stage_word

NUMERAL = f"([{DIGITS}]?十[{DIGITS}]?|[{DIGITS}])"
CLAUSE = re.compile(rf"第{NUMERAL}条(?:\({NUMERAL}\))?")
PERIOD = re.compile(r"(\d+)(个月|日|个工作日|年|个)")
YEAR = re.compile(r"(\d{4})年")
ABOUT = re.compile(r"(.+?)（(.+)）")
UNITS = {"个月": "months", "日": "days", "个工作日": "working days", "年": "years", "个": ""}
SITE = {
    "先完成前面的环节": "Complete the stages before it first", "先办理“恢复项目”": "Resume the project first",
    "待书面通知送达": "from the day the written notice is received", "万元": "¥10,000", "项": "", "个": "", "未知": "Unknown",
    "软件": "Software", "硬件": "Hardware", "安全": "Security", "运维": "Operation and maintenance", "其他": "Other",
    "须处理": "Needs action", "请留意": "Watch", "正常": "In order", "不合规定": "Breached", "依据不足": "Unknown",
    "已豁免": "Set aside", "合规": "Kept", "有问题": "With findings",
}  # fmt: skip
"""Short words of the site itself that come from below the pages."""


def told(rule: Rule) -> tuple[str, str]:
    """What a rule found, with its figures in braces, and what cures it; Chinese where nobody has put it into English."""
    law = regulation(rule.article.regulation)
    code = rule.code.removesuffix("-late")
    if rule.over is law.table_of_duties and code in law.english.duties:
        title = law.english.duties[code]
        return f"{title}: was to be done by {{due:day}}, overdue", f"Do it now: {title}"
    return law.english.rules.get(rule.id.partition(":")[2], (rule.says, rule.cure))


def gist(rule: Rule | None) -> str:
    """What a rule forbids, in a few words of English beside the sentence of the law."""
    if rule is None or not ENGLISH.get():
        return ""
    title = regulation(rule.article.regulation).english.duties.get(rule.code.removesuffix("-late"))
    return f"{title}: late" if title else rule.code.replace("-", " ").capitalize()


def says(finding: dict[str, Any]) -> str:
    """The sentence with figures of a finding (as JSON)."""
    rule = regulation().rules.get(finding.get("rule", ""))
    if rule is None or not ENGLISH.get():
        return said(str(finding.get("says", "")))
    words = regulation().english.facts
    return say_in_english(told(rule)[0], {k: words.get(v, v) for k, v in finding.get("facts", {}).items()})


@cache
def _words() -> dict[str, str]:
    """From each fixed Chinese sentence or word that pages show to its English; asked for in English alone."""
    law = regulation()
    english = law.english
    found = {d.title: english.duties.get(d.code, d.title) for d in law.duties.values()}
    found |= {r.cure: told(r)[1] for r in law.rules.values()}
    found |= {f.title: english.figures.get(f.name, f.title) for f in law.figures}
    bodies = {zh: role_word(r) for r, zh in ROLE_ZH.items()} | {zh: stage_word(s) for s, zh in STAGE_ZH.items()}
    return bodies | SITE | english.said | found


def said(words: str) -> str:
    """A fixed sentence or word, a clause, a year or a period in the reader's language; whatever else as it stands."""
    if not ENGLISH.get():
        return words
    if words in _words():
        return _words()[words]
    if found := YEAR.fullmatch(words):
        return found[1]
    about = ABOUT.fullmatch(words)
    return f"{_words()[about[1]]} ({about[2]})" if about and about[1] in _words() else clause(period(words))


def clause(words: str) -> str:
    """A citation: 第十三条(五) is Art. 13(5)."""
    found = CLAUSE.fullmatch(words)
    if found is None or not ENGLISH.get():
        return words
    return f"Art. {number_of(found[1])}" + (f"({number_of(found[2])})" if found[2] else "")


def period(words: str) -> str:
    """A length: 3个月 is 3 months, 1个月 is 1 month."""
    found = PERIOD.fullmatch(words)
    if found is None or not ENGLISH.get():
        return words
    unit = UNITS[found[2]]
    return f"{found[1]} {unit.removesuffix('s') if found[1] == '1' else unit}".strip()


def stage_stop(spec: ActSpec, project: Project) -> str:
    """Why an act cannot be done where the project stands."""
    if project.suspended_on is not None and spec.code not in WHILE_SUSPENDED:
        return f"The project is suspended since {project.suspended_on}"
    allowed = f"at: {listed([stage_word(s) for s in spec.at])}" if spec.at else "before the project ends"
    return f"The project stands at “{stage_word(project.stage)}”; this can be done {allowed}"


def not_yours(spec: ActSpec, person: str) -> str:
    """Who may do an act, and that this person may not."""
    bodies = listed([role_word(r) for r in spec.by])
    return f"{person} cannot do “{spec.title_en}” here: by {clause(spec.clause)} it is done by {bodies}"
