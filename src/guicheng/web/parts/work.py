"""Parts of the work list and the lists of projects: health, days left, the arrow of a sorted column."""

from __future__ import annotations

from datetime import date

from django.utils.safestring import SafeString

from guicheng.web.spoken import ENGLISH

HEALTH = {"red": ("须处理", "Needs action"), "amber": ("请留意", "Watch"), "green": ("正常", "In order")}


def health_tag(colour: str | None, judged_at: int | None, seq: int) -> SafeString:
    """The health kept for a project in words and colour; said to be older than its last act where it is. Words and colours are
    our own; Django's `mark_safe`, which looks for words to be translated later, costs more than the rest of it."""
    english = ENGLISH.get()
    if not colour:
        return SafeString(f'<span class="tag">{"Not judged" if english else "未计算"}</span>')
    moved = "" if judged_at == seq else (" (older)" if english else "（待更新）")
    return SafeString(f'<span class="tag tag-{colour}">{HEALTH[colour][english]}{moved}</span>')


def days_left(due: date, day: date) -> str:
    """How many days are left, or have gone by, in words."""
    days = (due - day).days
    if ENGLISH.get():
        return " (today)" if days == 0 else f" ({days} days left)" if days > 0 else f" ({-days} days late)"
    return "（今天）" if days == 0 else f"（还有{days}天）" if days > 0 else f"（超期{-days}天）"


def arrow(now: str) -> str:
    return {"ascending": " ↑", "descending": " ↓"}.get(now, "")


def weekday(day: date) -> str:
    """The day of the week in a letter or three."""
    return (["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] if ENGLISH.get() else list("一二三四五六日"))[
        day.weekday()
    ]
