"""In English nothing is said in Chinese but what is Chinese: what people typed, and the law's own words, which are marked as such."""

import json
import re
from collections.abc import Callable
from functools import cache
from html import unescape
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client

from guicheng.door.clock import today
from guicheng.ledger.models import Entry, Erasable
from guicheng.people.models import Person, Unit
from guicheng.people.roles import Role
from guicheng.portfolio.listing import KINDS
from guicheng.portfolio.standing import refresh
from guicheng.records.project import Explanation
from guicheng.records.stage import STAGE_ZH
from guicheng.regulations.base import regulation
from guicheng.web.english import gist, told
from tests.support.english import reading

pytestmark = pytest.mark.usefixtures("demo_site")
In = Callable[[str], Client]
OWN = "/projects/HA-2025-002/"
BACK = "中文"
"""The switch back."""
HAN = re.compile("[\u4e00-\u9fff]")
TABS = ("overview", "money", "contracts", "assessments", "trial", "operation", "changes", "assets", "papers", "history")
PAGES = {
    "sun.li": [
        "/", "/calendar/", "/calendar/?view=list", "/calendar/?late=1", "/projects/", "/projects/?q=没有", "/new/file-project/",
        "/new/file-project/?classified=no", "/new/file-project/?classified=yes", "/papers/", "/password/", "/help/",
        "/projects/HA-2019-001/", "/projects/HA-2026-005/", *(f"{OWN}?tab={tab}" for tab in TABS),
        *(f"{OWN}acts/{act}/" for act in ("pay", "list-software", "put-into-operation", "sign-contract", "correct", "retire-system")),
    ],
    "zhou.mingyuan": [
        "/cockpit/", "/projects/HA-2024-017/", "/projects/?rule=huaian2023:13(3).used-before-accepted&verdict=breached",
        "/projects/?article=12&verdict=unknown", "/regulation/", "/regulation/figures/", "/regulation/clause/a13-1/", "/bureau/",
        "/bureau/acts/interpret/", "/bureau/acts/publish-annual-plan/",
        *(f"/help/{role}/" for role in Role if role not in (Role.CLOCK, Role.SETUP)),
    ],
    "cj-beidou.ha-2025-002": ["/", OWN, f"{OWN}acts/apply-for-acceptance/"],
    "qin.zheng": ["/bureau/attempts/", "/bureau/reads/"],
    "xi.tong": ["/", "/bureau/", "/bureau/accounts/"], "an.quan": ["/bureau/security/", "/bureau/acts/appoint/"],
    "shen.ji": ["/bureau/signins/", "/bureau/reads/"],
}  # fmt: skip


class Texts(HTMLParser):
    """What a page says, texts and attributes that are read aloud, without what is marked as Chinese."""

    def __init__(self, page: str):
        super().__init__()
        self.said: list[str] = []
        self.inside: list[bool] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag not in ("meta", "link", "img", "input", "br", "hr"):
            self.inside.append(found.get("lang") == "zh-Hans" or tag in ("script", "style"))
        if not any(self.inside):
            self.said += [v for k in ("aria-label", "placeholder", "alt", "title") if (v := found.get(k))]

    def handle_endtag(self, tag: str) -> None:
        if self.inside:
            self.inside.pop()

    def handle_data(self, data: str) -> None:
        if data.strip() and not any(self.inside):
            self.said.append(data.strip())


@cache
def typed() -> tuple[str, ...]:
    """Everything Chinese that somebody typed into the demonstration, the longest first; no word of the site's own is among it."""
    found = set(Erasable.objects.values_list("value", flat=True))
    found |= set(
        Explanation._default_manager.values_list("reason", flat=True)
    )  # its cause is put before what was typed
    found |= set(Person.objects.values_list("name", flat=True)) | set(Unit.objects.values_list("name", flat=True))
    law = regulation()
    own = {
        *KINDS.values(),
        *STAGE_ZH.values(),
        *(d.title for d in law.duties.values()),
        *(a.title for a in law.acts.values()),
    }
    for body in Entry.objects.values_list("body", flat=True):
        found |= set(strings(json.loads(body)["data"]))
    chinese = {s for s in found if HAN.search(s) and (s not in own)} | set(Unit.objects.values_list("name", flat=True))
    return tuple(sorted(chinese | {s[:60] for s in chinese}, key=len, reverse=True))


def strings(data: Any) -> list[str]:
    if isinstance(data, str):
        return [data, *data.split("\n")]
    inner = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    return [s for value in inner for s in strings(value)]


@cache
def left(words: str) -> bool:
    """Whether anything Chinese is left of what a page says when all that was typed is taken out."""
    for data in typed():
        if data in words:
            words = words.replace(data, "")
            if not HAN.search(words):
                return False
    return bool(HAN.search(words))


@pytest.mark.parametrize("who", PAGES)
def test_no_page_in_english_says_anything_in_chinese_that_nobody_typed(sign_in: In, who: str) -> None:
    client, found = sign_in(who), []
    client.cookies["language"] = "en"
    for address in PAGES[who]:
        answer = client.get(address)
        assert answer.status_code in (200, 403, 409), address
        said = Texts(answer.content.decode()).said
        found += [(address, words) for words in said if words != BACK and HAN.search(words) and left(words)]
    assert found == []


def test_charts_are_labelled_in_english_and_offices_by_their_names(sign_in: In) -> None:
    refresh(today())
    client = sign_in("zhou.mingyuan")
    client.cookies["language"] = "en"
    charts = {c["id"]: c for c in client.get("/cockpit/").context["charts"]}
    for name in ("stages", "years", "articles"):
        assert charts[name]["rows"]
        assert not [r["name"] for r in charts[name]["rows"] if HAN.search(r["name"])] and not HAN.search(
            charts[name]["unit"]
        )
    assert {r["name"] for r in charts["units"]["rows"]} <= set(Unit.objects.values_list("name", flat=True))


def test_a_finding_tells_the_same_figures_in_both_languages(sign_in: In) -> None:
    """Every finding of the page: the law in Chinese, a gist beside it, the figures and the cure in English."""
    client = sign_in("zhou.mingyuan")
    shown = client.get("/projects/HA-2024-017/").context
    finding = (shown["findings"] + shown["unknown"])[0]
    client.cookies["language"] = "en"
    page = unescape(client.get("/projects/HA-2024-017/").content.decode())
    rule = regulation().rules[finding["rule"]]
    assert f'<blockquote lang="zh-Hans">{rule.sentence}</blockquote><p class="gist">{gist_of(rule)}</p>' in page
    assert finding["says"] not in page and finding["cure"] not in page and told(rule)[1] in page


def gist_of(rule: Any) -> str:
    with reading(english=True):
        return gist(rule)
