"""Papers: handing one in, looking at it, taking it along. Whoever may not see it learns nothing of it."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_GET, require_http_methods

from guicheng.papers.kinds import KINDS
from guicheng.papers.models import HandedIn, PaperRead, Stored
from guicheng.papers.store import Refused, keep, place_of
from guicheng.portfolio.sight_papers import handed_in, named_in
from guicheng.web.refusals import refusal
from guicheng.web.who import Me, me, signed_in

SHOWN = 60
INLINE = ("pdf", "png", "jpg")
SEALED = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; object-src 'self'; plugin-types application/pdf; sandbox"


@signed_in
@require_http_methods(["GET", "POST"])
def papers(request: HttpRequest) -> HttpResponseBase:
    """`/papers/`: what I handed in; by POST, hand one in: a digest as JSON, or one sentence."""
    who = _reader(request)
    return _take_in(request, who) if request.method == "POST" else _list(request, who)


def _reader(request: HttpRequest) -> Me:
    """Whoever asks. Administrators, and those without a post, have no business with papers."""
    who = me(request)
    if who.administers or not who.posts:
        raise Http404
    return who


def _list(request: HttpRequest, who: Me, error: str = "") -> HttpResponseBase:
    """The papers that one handed in, latest first, and what was wrong with the last."""
    mine = HandedIn._default_manager.filter(by=who.username).select_related("paper").order_by("-at", "-pk")[:SHOWN]
    page = {"mine": mine, "kinds": KINDS, "error": error, "most": settings.MOST_PAPER // 1024 // 1024}
    return render(request, "papers/list.html", page, status=422 if error else 200)


def _take_in(request: HttpRequest, who: Me) -> HttpResponseBase:
    file = request.FILES.get("file")
    plain = request.POST.get("plain") == "1"  # from the page without a script
    try:
        if file is None:
            raise Refused("请选择一个文件")
        stored = keep(file, file.name or "", who.username, request.POST.get("declared") == "on")
    except Refused as refused:
        if plain:
            return _list(request, who, refusal(str(refused)))
        return JsonResponse({"error": refusal(str(refused))}, status=422)
    if plain:
        return redirect(f"/papers/{stored.digest}/")
    assert file is not None
    return JsonResponse(
        {"digest": stored.digest, "name": file.name, "size": stored.size, "kind": KINDS[stored.kind][1]}
    )


@signed_in
@require_GET
def paper(request: HttpRequest, digest: str) -> HttpResponseBase:
    """`/papers/DIGEST/`: what it is, where it is named, and a look at it. To whoever may not open it, it is a digest and no more."""
    who = _reader(request)
    named, versions = named_in(who.username, digest, who.day), list(handed_in(who.username, digest, who.day)[:20])
    if not named and not versions:
        raise Http404
    stored = Stored._default_manager.filter(digest=digest).first() if versions else None
    context: dict[str, Any] = {
        "digest": digest, "stored": stored, "versions": versions, "named": named,
        "inline": stored is not None and stored.kind in INLINE, "kind": KINDS[stored.kind][1] if stored else "",
        "there": stored is not None and place_of(digest).is_file(),
    }  # fmt: skip
    return render(request, "papers/paper.html", context)


@signed_in
@require_GET
def download(request: HttpRequest, digest: str) -> HttpResponseBase:
    """`/papers/DIGEST/file`: the bytes; every reading is noted. Inline only what a browser shows safely."""
    who = _reader(request)
    last = handed_in(who.username, digest, who.day).first()
    stored = Stored._default_manager.filter(digest=digest).first()
    if last is None or stored is None or not place_of(digest).is_file():
        raise Http404
    PaperRead._default_manager.create(digest=digest, by=who.username)
    shown = stored.kind in INLINE and request.GET.get("show") == "1"
    answer = FileResponse(place_of(digest).open("rb"), content_type=KINDS[stored.kind][0])
    how = "inline" if shown else "attachment"
    answer.headers["Content-Disposition"] = f"{how}; filename*=UTF-8''{quote(last.name)}"
    if stored.kind != "pdf":  # a browser's own viewer does not work in a sandbox
        answer.headers["Content-Security-Policy"] = SEALED
    return answer


urlpatterns = [
    path("papers/", papers, name="papers"),
    path("papers/<str:digest>/", paper, name="paper"),
    path("papers/<str:digest>/file", download, name="paper-file"),
]
