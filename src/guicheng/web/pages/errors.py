"""Pages for what went wrong: each says what to do, and none gives away whether something exists."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from guicheng.web.spoken import language


def _page(status: int) -> HttpResponse:
    return HttpResponse(render_to_string(f"{status}.html", {"language": language()}), status=status)


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return _page(400)


def forbidden(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return _page(403)


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return _page(404)


def broken(request: HttpRequest) -> HttpResponse:
    return _page(500)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's own seal is missing or old: usually the page stood open overnight."""
    return _page(403)
