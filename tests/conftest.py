"""Every test begins without the figures gathered by another: they belong to a database that was rolled back. And answers say of
what their pages were made."""

from collections.abc import Iterator
from typing import Any

import jinja2
import pytest
from django.test.signals import template_rendered

from guicheng.judge.edition import forget_figures


@pytest.fixture(autouse=True)
def _forgotten() -> None:
    forget_figures()


@pytest.fixture(autouse=True, scope="session")
def _pages_tell() -> Iterator[None]:
    """What a page was made of is kept with its answer (`answer.context`), as Django's own engine does it for its tests."""
    plain = jinja2.Template.render

    def render(template: jinja2.Template, *given: Any, **named: Any) -> str:
        template_rendered.send(sender=template, template=template, context=dict(*given, **named))
        return plain(template, *given, **named)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(jinja2.Template, "render", render)
        yield
