"""The work list and the calendar: what I have to do, by when, on which project, under which article."""

from __future__ import annotations

from calendar import Calendar
from collections import defaultdict
from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_GET, require_POST

from guicheng.law.periods import is_workday
from guicheng.people.roles import Role
from guicheng.portfolio.agenda import MOST, SOON, Agenda, Item, item_of
from guicheng.portfolio.news import news
from guicheng.portfolio.owed import UNDATED, after, before, between
from guicheng.portfolio.sight import project_or_none, visible
from guicheng.portfolio.steps import cures_open, steps_open
from guicheng.records.project import Project
from guicheng.regulations.base import regulation
from guicheng.web.choices import Watch
from guicheng.web.rooms import bureau_acts, rooms_of
from guicheng.web.spoken import role_word
from guicheng.web.who import Me, me, signed_in

NEWS = 15
WATCHED = 60
SHOWN = 500
NEAR = timedelta(days=90)
"""What is due later stands in the calendar; the work list tells how much it is."""


@signed_in
@require_GET
def work_list(request: HttpRequest) -> HttpResponse:
    """`/`: overdue, due and next steps; what others owe me; what I watch; what happened since my last visit."""
    who = me(request)
    if who.administers or not who.posts:
        return render(request, "work/administrator.html", {"acts": bureau_acts(who), "rooms": rooms_of(who)})
    only = _kept_filter(request)
    law, roles = regulation(), set(who.roles)
    agenda, last = Agenda(who.posts), who.day + NEAR
    late, near, beyond = before(who.day), between(who.day, last), after(last)
    mine = agenda.mine(_named(only))
    overdue, due, undated = mine.first((late, MOST), (near, MOST), (UNDATED, MOST))
    counts = mine.counts(late, near, UNDATED, beyond)
    (waits,) = agenda.others().first((before(who.day + SOON + timedelta(days=1)), NEWS))
    cures, more_cures = cures_open(law, who.posts, _named(only))
    steps, more_steps = steps_open(law, who.posts, _named(only))
    columns: list[dict[str, Any]] = [
        _column("late", [item_of(law, d, roles) for d in overdue], counts[0]),
        _column("due", [item_of(law, d, roles) for d in (due + undated)[:MOST]], counts[1] + counts[2]),
        {"id": "can", "items": cures + steps, "count": len(cures) + len(steps), "newest": more_cures or more_steps},
    ]
    context = {
        "columns": columns, "later": counts[3], "near": f"{last + timedelta(days=1):%Y-%m}", "only": only,
        "late": columns[0]["count"],
        "today": sum(1 for i in columns[1]["items"] if i.due == who.day),
        "week": sum(1 for i in columns[1]["items"] if i.due and i.due <= who.day + timedelta(days=7)), "roles": roles,
        "waits": [item_of(law, d, roles) for d in waits],
        "watched": list(_watched(who)), "news": _news(request, who), "opening": _opening(roles),
    }  # fmt: skip
    return render(request, "work/list.html", context)


def _named(only: str) -> Q:
    """Projects whose title or code has these words, as a condition on Project."""
    return Q(title__icontains=only) | Q(code__icontains=only) if only else Q()


def _column(id: str, items: list[Item], count: int) -> dict[str, Any]:
    return {"id": id, "items": items, "count": count, "more": count > len(items)}


def _kept_filter(request: HttpRequest) -> str:
    """What the list is narrowed to stays as it was left."""
    if "only" in request.GET:
        request.session["only"] = request.GET["only"].strip()[:60]
    return str(request.session.get("only", ""))


def _opening(roles: set[Role]) -> list[Any]:
    """The acts by which these roles begin a project."""
    return [a for a in regulation().acts.values() if a.opening and roles & set(a.by)]


def _watched(who: Me) -> Any:
    codes = Watch._default_manager.filter(person=who.username).values("project")
    return visible(who.username, who.day).filter(code__in=codes).select_related("kept").order_by("code")[:WATCHED]


def _news(request: HttpRequest, who: Me) -> list[dict[str, Any]]:
    """The acts of others recorded since the visit before this one, the latest first."""
    since = getattr(request.user, "before_entry", None) or 0
    found = list(news(who.username, who.posts, since)[:NEWS])
    titles = dict(Project.objects.filter(code__in={d["project"] for d in found}).values_list("code", "title"))
    return [d | {"title": titles.get(d["project"], ""), "role_zh": role_word(d["role"])} for d in found]


@signed_in
@require_POST
def watch(request: HttpRequest, code: str) -> HttpResponseBase:
    """Watch a project, or no longer."""
    who = me(request)
    if project_or_none(who.username, code, who.day) is None:
        raise Http404
    row, made = Watch._default_manager.get_or_create(person=who.username, project=code)
    if not made:
        row.delete()
    return redirect(f"/projects/{code}/")


@signed_in
@require_GET
def calendar(request: HttpRequest) -> HttpResponse:
    """`/calendar/`: the same by month; days off are shown as such."""
    who = me(request)
    if who.administers:
        raise Http404
    first = _month(request.GET.get("month", ""), who.day)
    following = (first + timedelta(days=32)).replace(day=1)
    law, roles = regulation(), set(who.roles)
    late_only = request.GET.get("late") == "1"
    everybody = request.GET.get("of") == "all"
    agenda, month = Agenda(who.posts), between(first, following - timedelta(days=1))
    owed, late = agenda.everybody() if everybody else agenda.mine(), before(who.day)
    window = late if late_only else month
    found, coming = owed.first((window, SHOWN), (after(following - timedelta(days=1)), 1))
    overdue, more = owed.counts(late, window)
    items = [item_of(law, d, roles) for d in found]
    context = {
        "first": first, "before": (first - timedelta(days=1)).replace(day=1), "following": following, "items": items,
        "weeks": _weeks(first, items, who.day), "day": who.day, "roles": roles, "late_only": late_only,
        "everybody": everybody, "more": more if len(items) == SHOWN else 0,
        "as_list": late_only or request.GET.get("view") == "list",
        "late": 0 if late_only else overdue,
        "coming": coming[0] if coming else None,
    }  # fmt: skip
    return render(request, "work/calendar.html", context)


def _month(text: str, day: date) -> date:
    """The first day of the month asked for (2026-11), or of this one."""
    try:
        asked = date.fromisoformat(f"{text}-01")
    except ValueError:
        return day.replace(day=1)
    return asked if 2000 < asked.year < 2099 else day.replace(day=1)


def _weeks(first: date, items: list[Item], today: date) -> list[list[dict[str, Any]]]:
    """The month as weeks from Monday; each day with what falls on it."""
    by_day: dict[date, list[Item]] = defaultdict(list)
    for item in items:
        if item.due:
            by_day[item.due].append(item)
    return [
        [
            {
                "day": d,
                "inside": d.month == first.month,
                "off": not is_workday(d),
                "today": d == today,
                "items": by_day[d],
            }
            for d in week
        ]
        for week in Calendar().monthdatescalendar(first.year, first.month)
    ]


urlpatterns = [
    path("", work_list, name="work"),
    path("calendar/", calendar, name="calendar"),
    path("projects/<str:code>/watch/", watch, name="watch"),
]
