"""The engine that draws the pages: Jinja2, with the parts that templates may call (functions) and the ways to say a value (filters).

A template that names what it was not given draws nothing in its place, as far as it goes on naming."""

from typing import Any

from django.template.defaultfilters import filesizeformat, urlencode
from django.templatetags.static import static
from django.utils.html import json_script
from jinja2 import ChainableUndefined, Environment

from guicheng.web import english
from guicheng.web.parts import common, forms, portrait, work
from guicheng.web.refusals import refusal
from guicheng.web.spoken import listed, role_word, stage_word

FUNCTIONS: dict[str, Any] = {f.__name__: f for f in (
    common.t, common.act_title, common.chip, common.in_chinese, common.verdict_card, common.nothing_yet, common.error_summary,
    forms.described, portrait.both, portrait.label, portrait.clock_left, portrait.clock_counted, portrait.clock_bound,
    portrait.what_is_missing, portrait.figures_today, portrait.meter_words, portrait.why_closed,
    work.health_tag, work.days_left, work.arrow, static,
)}  # fmt: skip
FILTERS: dict[str, Any] = {
    "day": common.as_day, "urlencode": urlencode, "filesizeformat": filesizeformat, "json_script": json_script,
    "said": english.said, "clause": english.clause, "period": english.period, "refusal": refusal, "listed": listed,
    "stage": stage_word, "role": role_word, "may": forms.may,
} | {
    f.__name__: f for f in (
        common.told, common.wan, common.force, common.moment, common.lately, common.month,
        portrait.short, portrait.who_may, portrait.who_may_or_none, portrait.mine, work.weekday,
    )
}  # fmt: skip


def environment(**options: Any) -> Environment:
    """What the settings name: made once in a process."""
    made = Environment(**options | {"undefined": ChainableUndefined, "keep_trailing_newline": True})
    made.globals |= FUNCTIONS
    made.filters |= FILTERS
    return made
