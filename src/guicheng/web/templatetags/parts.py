"""The few parts that every page is made of: words in two languages, article chip, verdict card, money, days, empty, errors."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from django import template
from django.template.base import FilterExpression, Parser, Token
from django.template.loader import render_to_string
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from guicheng.judge.say import wan as spoken_wan
from guicheng.judge.say import yuan as spoken_yuan
from guicheng.law.declare import FORCE_ZH, Force
from guicheng.regulations.base import regulation
from guicheng.web import english
from guicheng.web.refusals import refusal
from guicheng.web.spoken import ENGLISH, day_word, listed, role_word, stage_word

register = template.Library()


class Words(template.Node):
    """Words in two languages, of which one is shown, or kept under a name."""

    def __init__(self, zh: FilterExpression, en: FilterExpression, name: str):
        self.zh, self.en, self.name = zh, en, name

    def render(self, context: template.Context) -> str:
        words = (self.en if ENGLISH.get() else self.zh).resolve(context)
        if self.name:
            context[self.name] = words
            return ""
        return conditional_escape(words) if context.autoescape else str(words)


@register.tag
def t(parser: Parser, token: Token) -> Words:
    """`{% t "中文" "English" %}`, perhaps `as name`: the words in the reader's language; Chinese is written first in every
    template. A page has hundreds: they cost less as a node of their own than as a simple tag."""
    _, zh, en, *name = token.split_contents()
    if name and (len(name) != 2 or name[0] != "as"):
        raise template.TemplateSyntaxError(f"t: {token.contents}")
    return Words(parser.compile_filter(zh), parser.compile_filter(en), name[1] if name else "")


@register.simple_tag
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


@register.simple_tag
def chip(clause: str) -> SafeString:
    """The clause as a chip that opens its sentence in place."""
    return _chip(clause, ENGLISH.get())


@cache
def _chip(clause: str, english_too: bool) -> SafeString:
    """Made once in each language: there are as many as the regulation has clauses."""
    return render_to_string("parts/chip.html", {"words": english.clause(clause), "anchor": anchors().get(clause, "")})


@register.simple_tag
def zh() -> SafeString:
    """On what stays Chinese in a page in English: the law's own words, for those to whom a page is read aloud."""
    return mark_safe(' lang="zh-Hans"') if ENGLISH.get() else SafeString("")  # a constant


register.filter("said", english.said)
register.filter("refusal", refusal)
register.filter("clause", english.clause)
register.filter("period", english.period)
register.filter("listed", listed)


@register.filter
def told(finding: dict[str, Any]) -> str:
    """What was found, with its figures; the sentence of the law where there are none."""
    return refusal(english.says(finding)) or str(finding["sentence"])


@register.inclusion_tag("parts/verdict.html", takes_context=True)
def verdict(context: template.Context, finding: dict[str, Any], project: str = "") -> dict[str, Any]:
    """A verdict card: the sentence, the figures that decided, the cure as links to the acts that cure, and who may do them.

    `finding` is a finding as JSON, with `verdict` where it is not a breach."""
    acts, rule = regulation().acts, regulation().rules.get(finding.get("rule", ""))
    cures = [acts[code] for code in finding.get("cured_by", []) if code in acts]
    roles = set(context["me"].roles) if context.get("me") else set()
    return {
        "finding": finding, "word": finding.get("verdict", "breached"), "project": project,
        "says": refusal(english.says(finding)), "cure": english.said(finding.get("cure", "")), "gist": english.gist(rule),
        "cures": [
            {"spec": c, "mine": bool(roles & set(c.by)), "who": listed([role_word(r) for r in c.by])} for c in cures
        ],
    }  # fmt: skip


@register.inclusion_tag("parts/empty.html")
def empty(what: str, first: str = "") -> dict[str, Any]:
    """What belongs here, and which act brings the first one."""
    return {"what": what, "first": first}


@register.inclusion_tag("parts/errors.html")
def errors(summary: Any) -> dict[str, Any]:
    """The errors of a form, each a link to its field: pairs of the field's id and the sentence."""
    return {"summary": summary}


@register.filter
def wan(fen: int | None) -> SafeString | str:
    """Whole fen as 万元, the exact 元 on hover."""
    if fen is None:
        return "—"
    exact = spoken_yuan(fen)
    if ENGLISH.get():
        return format_html('<span class="money">{}</span>', exact)
    return format_html('<span class="money" title="{}元">{}</span>', exact.replace("¥", ""), spoken_wan(fen))


@register.filter(name="day")
def as_day(value: date | str | None) -> str:
    return day_word(value) if value else "—"


@register.filter
def stage(value: int) -> str:
    return stage_word(value)


@register.filter
def role(value: str) -> str:
    return role_word(value)


@register.filter
def force(value: Force) -> str:
    return str(value).capitalize() if ENGLISH.get() else FORCE_ZH[value]
