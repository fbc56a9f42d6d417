"""Beside and after an act: drafts, the receipt, which acts may be corrected, why a door is closed and who may open it."""

from __future__ import annotations

import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from guicheng.door.outcome import Outcome
from guicheng.ledger.models import Entry
from guicheng.records.stage import ENDED, Stage
from guicheng.regulations.base import regulation
from guicheng.web import drafts
from guicheng.web.forms.choices import Choice, Offer
from guicheng.web.forms.desk import Desk
from guicheng.web.pages.acts_ask import barred, desk_of, posted
from guicheng.web.spoken import listed, role_word, stage_word
from guicheng.web.who import me, signed_in

LARGEST_DRAFT = 2_000_000  # characters


@signed_in
@require_POST
def draft(request: HttpRequest, act: str, code: str = "", place: str = "project") -> HttpResponseBase:
    """Keep what is typed as the person's draft. What may not enter the house is not kept, and an older draft goes.

    The page may send it while the act is being done: whichever comes first, nothing is kept of an act that was done."""
    desk = desk_of(request, act, code, place)
    asked = posted(request, desk)
    if not desk.roles:
        raise Http404
    values = {"typed": asked.typed, "own": asked.own}
    if barred(desk, asked.data) or len(json.dumps(values)) > LARGEST_DRAFT:
        drafts.drop(desk.me.username, desk.draft_code, desk.draft_act)
        return JsonResponse({"at": None})
    kept = drafts.keep(desk.me.username, desk.draft_code, desk.draft_act, values)
    wanted = asked.request(desk, trying=False)
    if wanted.id and Entry.objects.filter(chain=wanted.project, idem=wanted.id).exists():
        drafts.drop(desk.me.username, desk.draft_code, desk.draft_act)
        return JsonResponse({"at": None})
    return JsonResponse({"at": f"{timezone.localtime(kept.saved_at):%H:%M}"})


@signed_in
@require_POST
def discard(request: HttpRequest, act: str, code: str = "", place: str = "project") -> HttpResponseBase:
    desk = desk_of(request, act, code, place)
    drafts.drop(desk.me.username, desk.draft_code, desk.draft_act)
    again = f"?entry={desk.target['seq']}" if desk.target else ""
    return redirect(desk.here + again)


def receipt_address(desk: Desk, outcome: Outcome) -> str:
    base = f"/new/{desk.spec.code}/" if desk.spec.opening else desk.here
    again = "&again=1" if outcome.outcome == "skipped" else ""
    project = f"?project={outcome.project}{again}" if desk.spec.opening else f"?{again[1:]}" if again else ""
    return f"{base}done/{outcome.seq}/{project}"


@signed_in
@require_GET
def receipt(request: HttpRequest, act: str, seq: int, code: str = "", place: str = "project") -> HttpResponseBase:
    """What was done, for whoever did it: number, hash, day, what is owed next. Made to be printed."""
    desk = desk_of(request, act, code, place)
    chain = request.GET.get("project", "").replace("\0", "") if desk.spec.opening else desk.code
    entry = Entry.objects.filter(chain=chain, seq=seq).first()
    body = json.loads(entry.body) if entry else {}
    if entry is None or body["act"] != act or body["by"] != me(request).username:
        raise Http404
    duties = regulation().duties
    owed = [
        {**d, "title": duties[d["code"]].title, "clause": duties[d["code"]].clause,
         "by": listed([role_word(r) for r in duties[d["code"]].by])}
        for d in body.get("owed") or [] if d["code"] in duties
    ]  # fmt: skip
    home = "/bureau/" if desk.bureau else f"/projects/{chain}/"
    page = {
        "desk": desk, "spec": desk.spec, "entry": entry, "body": body, "owed": owed, "home": home, "chain": chain,
        "again": request.GET.get("again") == "1",
    }  # fmt: skip
    return render(request, "acts/receipt.html", page)


def correctable(desk: Desk) -> list[Choice]:
    """The project's acts that may be corrected, latest first."""
    return Offer("correct", desk.project, desk.readable()).choices("correct.entry") or []


def reasons(desk: Desk) -> dict[str, Any]:
    """In which stages the act is done, and by whom."""
    at = desk.spec.at
    stages = [stage_word(s) for s in at] if at else [stage_word(s) for s in Stage if s not in ENDED]
    everywhere = at is not None and len(at) == len(Stage)
    return {
        "stages": [] if desk.project is None or everywhere else stages,
        "who": [role_word(r) for r in desk.spec.by],
        "now": stage_word(desk.project.stage) if desk.project else "",
    }
