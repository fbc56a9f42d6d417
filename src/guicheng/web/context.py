"""What every template may use."""

from importlib.metadata import version
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from guicheng.web.spoken import language
from guicheng.web.who import me

VERSION = version("guicheng")


def everywhere(request: HttpRequest) -> dict[str, Any]:
    """The person, the language, and whether this is the demonstration."""
    signed_in = getattr(request, "user", None) is not None and request.user.is_authenticated
    return {
        "me": me(request) if signed_in else None,
        "language": language(),
        "demonstration": settings.DEMONSTRATION,
        "version": VERSION,
        "here": request.path,
    }
