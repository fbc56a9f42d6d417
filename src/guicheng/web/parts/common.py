"""The few parts that every page is made of: words in two languages, article chip, verdict card, money, days, empty, errors."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from jinja2 import pass_context
from jinja2.runtime import Context

from guicheng.door.clock import by_the_clock
from guicheng.judge.say import wan as spoken_wan
from guicheng.judge.say import yuan as spoken_yuan
from guicheng.law.declare import FORCE_ZH, Force
from guicheng.regulations.base import regulation
from guicheng.web import english
from guicheng.web.refusals import refusal
from guicheng.web.spoken import ENGLISH, day_word, listed, role_word


def _drawn(name: str, page: dict[str, Any]) -> SafeString:
    """A part with a template of its own, made outside any request."""
    return mark_safe(render_to_string(name, page))  # the engine escaped what it was given


def t(zh: str, en: str) -> str:
    """Words in the reader's language; Chinese is written first in every template."""
    return en if ENGLISH.get() else zh


def act_title(code: str) -> str:
    """An act's name in the reader's language."""
    spec = regulation().acts.get(code)
    return code if spec is None else spec.title_en if ENGLISH.get() else spec.title


@cache
def anchors() -> dict[str, str]:
    """From 第十三条(一) to a13-1, for every clause that anything cites."""
    law = regulation()
    cited = [*law.acts.values(), *law.rules.values(), *law.duties.values()]
    return {c.clause: f"a{c.article.number}" + (f"-{c.item}" if c.item else "") for c in cited}


def chip(clause: str) -> SafeString:
    """The clause as a chip that opens its sentence in place."""
    return _chip(clause, ENGLISH.get())


@cache
def _chip(clause: str, english_too: bool) -> SafeString:
    """Made once in each language: there are as many as the regulation has clauses."""
    return _drawn("parts/chip.html", {"words": english.clause(clause), "anchor": anchors().get(clause, "")})


def in_chinese() -> SafeString:
    """On what stays Chinese in a page in English: the law's own words, for those to whom a page is read aloud."""
    return mark_safe(' lang="zh-Hans"') if ENGLISH.get() else SafeString("")  # a constant


def told(finding: dict[str, Any]) -> str:
    """What was found, with its figures; the sentence of the law where there are none."""
    return refusal(english.says(finding)) or str(finding["sentence"])


@pass_context
def verdict_card(context: Context, finding: dict[str, Any], project: str = "") -> SafeString:
    """A verdict card: the sentence, the figures that decided, the cure as links to the acts that cure, and who may do them.

    `finding` is a finding as JSON, with `verdict` where it is not a breach."""
    acts, rule = regulation().acts, regulation().rules.get(finding.get("rule", ""))
    cures = [acts[code] for code in finding.get("cured_by", []) if code in acts]
    roles = set(context["me"].roles) if context.get("me") else set()
    page = {
        "finding": finding, "word": finding.get("verdict", "breached"), "project": project,
        "says": refusal(english.says(finding)), "cure": english.said(finding.get("cure", "")), "gist": english.gist(rule),
        "cures": [
            {"spec": c, "mine": bool(roles & set(c.by)), "who": listed([role_word(r) for r in c.by])} for c in cures
        ],
    }  # fmt: skip
    return _drawn("parts/verdict.html", page)


def nothing_yet(what: str, first: str = "") -> SafeString:
    """What belongs here, and which act brings the first one."""
    return _drawn("parts/empty.html", {"what": what, "first": first})


def error_summary(summary: Any) -> SafeString:
    """The errors of a form, each a link to its field: pairs of the field's id and the sentence."""
    return _drawn("parts/errors.html", {"summary": summary})


def wan(fen: int | None) -> SafeString | str:
    """Whole fen as 万元, the exact 元 on hover; figures and nothing else, so that nothing needs to be escaped."""
    if fen is None:
        return "—"
    exact = spoken_yuan(fen)
    if ENGLISH.get():
        return SafeString(f'<span class="money">{exact}</span>')
    return SafeString(f'<span class="money" title="{exact.replace("¥", "")}元">{spoken_wan(fen)}</span>')


def as_day(value: date | str | None) -> str:
    return day_word(value) if value else "—"


def moment(at: datetime) -> str:
    """A moment to the minute, by the bureau's clock."""
    return f"{by_the_clock(at):%Y-%m-%d %H:%M}"


def lately(at: datetime) -> str:
    """A moment not long ago: nobody asks for its year."""
    local = by_the_clock(at)
    return moment(at) if ENGLISH.get() else f"{local.month}月{local.day}日 {local:%H:%M}"


def month(first: date) -> str:
    """A month as an address names it."""
    return f"{first:%Y-%m}"


def force(value: Force) -> str:
    return str(value).capitalize() if ENGLISH.get() else FORCE_ZH[value]
