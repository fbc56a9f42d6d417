"""The page of an act, made from its declaration: the form, the live verdict, the act itself."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from guicheng.door.data import validated
from guicheng.door.outcome import Outcome, Wrong
from guicheng.door.perform import perform, preview
from guicheng.portfolio.standing import beside
from guicheng.web import drafts
from guicheng.web.forms.desk import Desk
from guicheng.web.forms.read import Errors
from guicheng.web.pages import acts_after, acts_alike, acts_papers
from guicheng.web.pages.acts_ask import Posted, barred, closed, desk_of, free_code, posted
from guicheng.web.pages.acts_show import answer, form, meanwhile, merged
from guicheng.web.spoken import ENGLISH
from guicheng.web.who import signed_in

SECRECY = "classified"
ANSWERS = {"no": "不涉密", "yes": "涉密", "unsure": "不能确定"}


@signed_in
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, act: str, code: str = "", place: str = "project") -> HttpResponseBase:
    """The form of an act; a POST does the act."""
    desk = desk_of(request, act, code, place)
    if card := closed(desk):
        return _knocked(request, desk, card) if request.method == "POST" else _closed(request, desk, card)
    if request.method == "POST":
        return _asked(request, desk)
    if act == "correct" and desk.target is None:
        return render(request, "acts/choose.html", {"desk": desk, "choices": acts_after.correctable(desk)})
    if SECRECY in desk.spec.cls.model_fields and not desk.target and (first := _secrecy_first(request, desk)):
        return first
    return _fresh(request, desk)


def _fresh(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The form as it was left, or empty."""
    draft = drafts.kept(desk.me.username, desk.draft_code, desk.draft_act)
    own = {"on": desk.me.day.isoformat(), "role": "", "code": free_code(desk.me.day.year) if desk.spec.opening else ""}
    typed = desk.initial()
    if SECRECY in typed:
        typed[SECRECY] = "no"
    for name in set(desk.spec.cls.model_fields) & set(request.GET):  # a link may fill in what it is about
        if isinstance(typed.get(name), str) and name not in (SECRECY, "entry"):
            typed[name] = request.GET[name][:200]
    if draft:
        typed = desk.fit(draft.values.get("typed", {}))
        own |= {k: str(v) for k, v in draft.values.get("own", {}).items() if k in own and v and k != "on"}
    page = form(desk, typed, own, {}, english=ENGLISH.get())
    return render(request, "acts/act.html", page | {"draft": draft, "names": acts_papers.own_names(desk, typed)})


def _secrecy_first(request: HttpRequest, desk: Desk) -> HttpResponse | None:
    """Secrecy is asked before anything can be typed; only a clear no goes on."""
    said = request.GET.get(SECRECY)
    if said == "no" or (said is None and drafts.kept(desk.me.username, "", desk.draft_act)):
        return None
    card = barred(desk, {SECRECY: said}) if said is not None else None
    return render(request, "acts/secrecy.html", {"desk": desk, "spec": desk.spec, "card": card, "answers": ANSWERS})


def _closed(request: HttpRequest, desk: Desk, card: dict[str, Any]) -> HttpResponse:
    """Why the door is closed: the clause, the stages, who may do it."""
    page = acts_after.reasons(desk) | {"desk": desk, "spec": desk.spec, "card": card}
    return render(request, "acts/closed.html", page, status=403 if card.get("denied") else 409)


def _knocked(request: HttpRequest, desk: Desk, card: dict[str, Any]) -> HttpResponseBase:
    """Asked although it is closed: the door answers and notes the attempt. A form sent twice is told that it was done."""
    asked = posted(request, desk)
    outcome = perform(asked.request(desk, trying=not asked.token), beside)
    return _done(desk, outcome) if outcome.ok else _closed(request, desk, card)


def _done(desk: Desk, outcome: Outcome) -> HttpResponseBase:
    drafts.drop(desk.me.username, desk.draft_code, desk.draft_act)
    return redirect(acts_after.receipt_address(desk, outcome))


def _asked(request: HttpRequest, desk: Desk) -> HttpResponseBase:
    """Do the act, or show the form again with everything that was typed and the reason."""
    asked = posted(request, desk)
    if card := barred(desk, asked.data):
        perform(asked.request(desk, trying=False))
        drafts.drop(desk.me.username, desk.draft_code, desk.draft_act)
        return render(request, "acts/secrecy.html", {"desk": desk, "spec": desk.spec, "card": card}, status=422)
    asked = acts_papers.taken_in(request, desk, asked)
    if request.POST.get("_more"):
        return _again(request, desk, asked, {}, extra=10)
    if not asked.token:
        return _again(request, desk, asked, {"id": ["页面不完整，请再办一次"]}, status=422)
    if asked.errors:
        return _again(request, desk, asked, merged(asked.errors, _found_wrong(desk, asked)), status=422)
    outcome = perform(asked.request(desk, trying=False), beside)
    return _done(desk, outcome) if outcome.ok else _refused(request, desk, asked, outcome)


def _found_wrong(desk: Desk, asked: Posted) -> Errors:
    """What else is wrong, found without asking the door."""
    try:
        validated(desk.spec, asked.data, history=False)
    except Wrong as wrong:
        return dict(wrong.parts["errors"])
    return {}


def _refused(request: HttpRequest, desk: Desk, asked: Posted, outcome: Outcome) -> HttpResponse:
    """Refused by a rule, by the data, or overtaken by others: said on top, everything typed kept."""
    if outcome.meanwhile:
        fresh = desk_of(
            request, desk.spec.code, desk.code if desk.project else "", "bureau" if desk.bureau else "project"
        )
        more: dict[str, Any] = {"meanwhile": meanwhile(desk, asked.after), "outcome": outcome}
        return _again(request, fresh, asked, {}, status=409, **more)
    errors = {} if outcome.breaches else outcome.errors
    return _again(request, desk, asked, errors, status=422, outcome=outcome, after=asked.after)


def _again(
    request: HttpRequest, desk: Desk, asked: Posted, errors: Errors, *, status: int = 200, extra: int = 0,
    after: int | None = None, **more: Any,
) -> HttpResponse:  # fmt: skip
    token = "" if status == 200 or more.get("meanwhile") else asked.token
    page = form(desk, asked.typed, asked.own, errors, english=ENGLISH.get(), extra=extra, token=token, after=after)
    page["names"] = acts_papers.own_names(desk, asked.typed)
    return render(request, "acts/act.html", page | more, status=status)


@signed_in
@require_POST
def live(request: HttpRequest, act: str, code: str = "", place: str = "project") -> HttpResponseBase:
    """The verdict that the act would meet now. Nothing is kept and nobody is noted."""
    desk = desk_of(request, act, code, place)
    if act == "correct" and desk.target is None:
        raise Http404
    asked = posted(request, desk)
    if card := barred(desk, asked.data):
        return render(request, "acts/verdict.html", {"word": "barred", "card": card, "desk": desk})
    outcome = preview(asked.request(desk, trying=True))
    drawn = form(desk, asked.typed, asked.own, {}, english=ENGLISH.get(), token=asked.token or "-", after=0)
    controls = [c for _, _, _, found in (*drawn["groups"], *drawn["target_groups"]) for c in found]
    said = answer(desk, outcome, asked.errors, controls, ENGLISH.get())
    behind = asked.after is not None and desk.project is not None and desk.project.seq != asked.after
    return render(request, "acts/verdict.html", said | {"behind": behind, "at": timezone.localtime()})


def _routes(prefix: str, place: str, name: str) -> list[Any]:
    where = {"place": place}
    return [
        path(f"{prefix}<slug:act>/", page, where, name=name),
        path(f"{prefix}<slug:act>/preview/", live, where, name=f"{name}-preview"),
        path(f"{prefix}<slug:act>/draft/", acts_after.draft, where, name=f"{name}-draft"),
        path(f"{prefix}<slug:act>/draft/discard/", acts_after.discard, where, name=f"{name}-discard"),
        path(f"{prefix}<slug:act>/done/<int:seq>/", acts_after.receipt, where, name=f"{name}-receipt"),
    ]


urlpatterns = [
    *_routes("projects/<str:code>/acts/", "project", "act"),
    *_routes("new/", "new", "new-act"),
    path("new/<slug:act>/similar/", acts_alike.similar, name="similar"),
    *_routes("bureau/acts/", "bureau", "bureau-act"),
]
