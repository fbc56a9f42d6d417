"""What holds for every answer: nothing from another host, nothing kept by caches, an idle end, the language."""

from __future__ import annotations

from collections.abc import Callable
from time import time

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

from guicheng.web.pages.errors import not_found
from guicheng.web.spoken import ENGLISH

Answer = Callable[[HttpRequest], HttpResponse]

POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; style-src-attr 'unsafe-inline'; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'self'"
)
TOUCHED_AGAIN = 60  # seconds: a session is written at most once a minute only to say that it is alive


def guard(answer: Answer) -> Answer:
    """No page calls another host, and no shared cache keeps what one person saw. An address with a NUL is nowhere: no database takes it."""

    def guarded(request: HttpRequest) -> HttpResponse:
        nowhere = "\0" in request.path or "%00" in request.META.get("QUERY_STRING", "")
        response = not_found(request) if nowhere else answer(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        if not request.path.startswith(settings.STATIC_URL):
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    return guarded


def idle_end(answer: Answer) -> Answer:
    """Whoever has done nothing for half an hour is signed out."""

    def watched(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now, last = int(time()), request.session.get("seen", 0)
            if last and now - last > settings.IDLE_SECONDS:
                logout(request)
            elif now - last > TOUCHED_AGAIN:
                request.session["seen"] = now
        return answer(request)

    return watched


def language(answer: Answer) -> Answer:
    """Chinese first; English where the reader chose it."""

    def spoken(request: HttpRequest) -> HttpResponse:
        ENGLISH.set(request.COOKIES.get("language") == "en")
        return answer(request)

    return spoken
