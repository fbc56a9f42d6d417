"""What the controls of an act's form need beside the common parts."""

from collections.abc import Collection

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from guicheng.regulations.base import regulation
from guicheng.web.forms.draw import Control


def may(act: str, roles: Collection[str]) -> bool:
    """Whether one of these roles may do the act, somewhere."""
    return bool(set(regulation().acts[act].by) & set(roles))


def described(control: Control) -> SafeString:
    """Which texts describe a control, and that it is wrong: for readers of the screen."""
    ids = [f"x-{control.name}-{n}" for n in range(1, len(control.errors) + 1)]
    cell = "." in control.name.removeprefix("replacement.")
    if not cell and (control.help or control.shape in ("lines", "mapping")):
        ids.append(f"h-{control.name}")
    if not cell and control.field.kind in ("money", "day"):
        ids.append(f"e-{control.name}")
    wrong = mark_safe(' aria-invalid="true"') if control.errors else ""  # a constant
    return format_html(' aria-describedby="{}"{}', " ".join(ids), wrong) if ids else SafeString("")
