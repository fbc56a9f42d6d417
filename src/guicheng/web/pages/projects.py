"""The list of projects with its saved views and exports, and the cockpit."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_GET, require_POST

from guicheng.people.models import Unit
from guicheng.portfolio.cockpit import age, cells, charts, figures, overdue_longest
from guicheng.portfolio.listing import KINDS, Asked, priced, understood
from guicheng.portfolio.paging import COUNTED, count, counted, few_of, page
from guicheng.portfolio.rows import every
from guicheng.portfolio.search.ask import sieve
from guicheng.portfolio.sight import Reach, reach_of
from guicheng.portfolio.urgent import need_action
from guicheng.records.project import Project
from guicheng.records.stage import Stage
from guicheng.regulations.base import regulation
from guicheng.web.choices import SavedView
from guicheng.web.english import clause, gist, said
from guicheng.web.pages.projects_around import around
from guicheng.web.pages.projects_xlsx import COLUMNS, HEALTH_ZH, sheet
from guicheng.web.spoken import ENGLISH, stage_word
from guicheng.web.who import Me, me, signed_in

MOST_EXPORTED = 20_000
MOST_VIEWS = 30


def _reader(request: HttpRequest) -> Me:
    """The reader. Administrators see no business content at all."""
    who = me(request)
    if who.administers:
        raise Http404
    return who


def _part(who: Me, section: str) -> Reach | None:
    """What the reader reaches of this section; None where it is all that the reader sees."""
    part = reach_of(who.posts, section)
    return None if part in (reach_of(who.posts), Reach(True, part.units, part.codes)) else part


def _offered(who: Me, asked: Asked) -> tuple[QuerySet[Project], str]:
    """What the reader may be shown for a question, and the one unit that this is of, if it is: by rule, only projects whose
    findings are theirs to see."""
    reach, part = reach_of(who.posts, "findings" if asked.rule or asked.article else ""), _part(who, "money")
    return priced(reach.projects, part.projects if part else None), reach.unit


@signed_in
@require_GET
def projects(request: HttpRequest) -> HttpResponse:
    """`/projects/`: filters that combine, sorted, a page at a time."""
    who, asked = _reader(request), understood(request.GET)
    (offered, unit), passed = _offered(who, asked), sieve(asked.q)
    few = few_of(offered, asked, unit)
    found = page(offered, asked, unit=unit, few=few)
    beside = around(reach_of(who.posts), who.username, (row.pk for row in found.rows))
    context = {
        "judged_on": min((kept.judged_on for kept in beside.health.values()), default=None),
        "rows": found.rows, "asked": asked, "following": found.following, "short": found.short,
        "names": beside.names, "kinds_of": beside.kinds, "health_of": beside.health,
        "behind": passed.behind if passed else 0,
        "count": count(offered, asked, unit, few, found), "units": beside.units, "years": beside.years,
        "stages": [(int(s), stage_word(s)) for s in Stage],
        "kinds": _in_words(KINDS), "healths": _in_words(HEALTH_ZH),
        "views": beside.views,
        "filter_words": _rule_words(asked), "sorts": _sorts(asked), "address": asked.address(),
        "next_address": f"{asked.address()}&after={quote(found.following)}{'&further=1' if found.short else ''}",
    }  # fmt: skip
    return render(request, "projects/list.html", context)


def _in_words(offered: dict[str, str]) -> dict[str, str]:
    """The choices of a filter in the reader's language."""
    return {value: said(words) for value, words in offered.items()}


def _rule_words(asked: Asked) -> str:
    law = regulation()
    rule = law.rules.get(asked.rule)
    words = {"breached": "不合规定", "unknown": "依据不足", "exempted": "已豁免", "kept": "合规"}
    verdict = said(words.get(asked.verdict, "有问题")) + (": " if ENGLISH.get() else "：")
    if rule is not None:
        return f"{verdict}{clause(rule.clause)} {gist(rule) or rule.sentence}"
    numbered = asked.article.isdigit() and 1 <= int(asked.article) <= 23
    return f"{verdict}{clause(law.article(int(asked.article)).clause())}" if numbered else ""


def _sorts(asked: Asked) -> dict[str, dict[str, str]]:
    """For each sortable column: the address that sorts by it, and how it is sorted now."""
    found = {}
    for name in ("code", "filed", "budget", "stage"):
        now = "descending" if asked.sort == f"-{name}" else "ascending" if asked.sort == name else "none"
        found[name] = {"now": now, "to": asked.address(sort=name if now == "descending" else f"-{name}")}
    return found


@signed_in
@require_GET
def export(request: HttpRequest, kind: str) -> HttpResponseBase:
    """Exactly what the list shows, as a workbook or as CSV: money in 元 with fen, days as days."""
    who, asked = _reader(request), understood(request.GET)
    if kind not in ("csv", "xlsx"):
        raise Http404
    found = every(_offered(who, asked)[0].select_related("kept"), asked)
    if counted(found, MOST_EXPORTED) > MOST_EXPORTED:
        return render(
            request, "projects/too_many.html", {"most": MOST_EXPORTED, "address": asked.address()}, status=400
        )
    names = dict(Unit.objects.values_list("code", "name"))
    lines = ([read(p, names) for _, read in COLUMNS] for p in found.iterator(2000))
    answer: HttpResponseBase
    if kind == "xlsx":
        answer = HttpResponse(
            sheet(lines), content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        )
    else:
        answer = StreamingHttpResponse(_csv(lines), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote('项目清单')}.{kind}"
    return answer


class _Echo:
    """A file that gives back what is written to it."""

    def write(self, text: str) -> str:
        return text


def _csv(lines: Iterator[list[Any]]) -> Iterator[str]:
    """A text that begins like a formula is quoted, so that no spreadsheet computes it."""
    writer = csv.writer(_Echo())
    yield "\ufeff" + writer.writerow([title for title, _ in COLUMNS])
    for line in lines:
        yield writer.writerow([f"'{v}" if isinstance(v, str) and v[:1] in "=+-@" and v else v for v in line])


@signed_in
@require_POST
def save_view(request: HttpRequest) -> HttpResponseBase:
    """Keep the present question under a name; an empty name takes the named one away."""
    who, asked = _reader(request), understood(QueryDict(request.POST.get("query", "")[:600]))
    mine = SavedView._default_manager.filter(person=who.username)
    name, gone = (request.POST.get(n, "").replace("\0", "").strip()[:40] for n in ("name", "remove"))
    if gone:
        mine.filter(name=gone).delete()
    elif name and (mine.count() < MOST_VIEWS or mine.filter(name=name).exists()):
        mine.update_or_create(person=who.username, name=name, defaults={"query": asked.address()})
    return redirect(f"/projects/?{asked.address()}")


def _some(who: Me, section: str) -> Reach | None:
    """What the reader reaches of this section; None where no role held sees it anywhere."""
    part = reach_of(who.posts, section)
    return part if part != Reach(False, frozenset(), frozenset()) else None


def _in_english(chart: dict[str, Any]) -> dict[str, Any]:
    """A chart's unit and names in the reader's language; the names of offices stay as they are."""
    if not ENGLISH.get():
        return chart
    rows = chart["rows"] if chart["id"] == "units" else [r | {"name": said(r["name"])} for r in chart["rows"]]
    return chart | {"unit": said(chart["unit"]), "rows": rows}


@signed_in
@require_GET
def cockpit(request: HttpRequest) -> HttpResponse:
    """`/cockpit/`: six numbers, four charts, two lists; each opens what it counts."""
    who = _reader(request)
    reach, money, findings = reach_of(who.posts), _some(who, "money"), _some(who, "findings")
    found, (day, moved) = cells(reach), age(reach)
    priced_ = found if money == reach else cells(money) if money else None
    context = {
        "figures": figures(found, priced_, who.day), "charts": [_in_english(c) for c in charts(regulation(), found, priced_, findings)],
        "kept_on": day, "moved": moved, "most": COUNTED, "late": overdue_longest(reach, who.day),
        "red": need_action(reach),
    }  # fmt: skip
    return render(request, "projects/cockpit.html", context)


urlpatterns = [
    path("projects/", projects, name="projects"),
    path("projects/export.<str:kind>", export, name="projects-export"),
    path("projects/views/", save_view, name="projects-views"),
    path("cockpit/", cockpit, name="cockpit"),
]
