"""What every page must keep: no violation of WCAG 2.1 AA that axe-core finds, nothing wider than the window."""

from pathlib import Path
from typing import Any

import axe_playwright_python
from playwright.sync_api import Page

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf8")
RUN = "() => axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'], resultTypes: ['violations']})"
LOST = """() => [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')]
  .filter(e => e.offsetParent && !e.disabled && e.tabIndex < 0 && e.getAttribute('aria-hidden') !== 'true')
  .map(e => e.outerHTML.slice(0, 120))"""


def violations(page: Page) -> list[str]:
    """Each violation in a line: the rule, and the first elements that break it. Evaluated, for the policy allows no inline script."""
    page.evaluate(f"() => {{ {AXE} ; window.axe = window.axe || axe; }}")
    found: dict[str, Any] = page.evaluate(RUN)
    return [f"{v['id']}: {[n['html'][:120] for n in v['nodes'][:3]]}" for v in found["violations"]]


def too_wide(page: Page) -> int:
    """By how many pixels the page can be scrolled sideways."""
    return int(page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def out_of_reach(page: Page) -> list[str]:
    """What can be clicked but not reached with the keyboard."""
    return list(page.evaluate(LOST))


def problems(page: Page) -> list[str]:
    """What is wrong with the page as it stands, at its width and at 360 px."""
    found = [*violations(page), *out_of_reach(page)]
    page.set_viewport_size({"width": 360, "height": 800})
    if (wide := too_wide(page)) > 0:
        found.append(f"{wide} px too wide")
    page.set_viewport_size({"width": 1280, "height": 900})
    return found
