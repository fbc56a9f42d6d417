"""In English: roles, stages, days and money of every page, and nothing Chinese at all where no data stand."""

import re
from collections.abc import Callable
from html.parser import HTMLParser

import pytest
from django.test import Client

from guicheng.people.roles import ROLE_ZH
from guicheng.records.stage import STAGE_ZH

pytestmark = pytest.mark.usefixtures("demo_site")
In = Callable[[str], Client]
OWN = "/projects/HA-2025-002/"
NAMES = {"孙丽", "政务服务协调处", "中文"}
"""Who is signed in, of which office; and the switch back."""
HAN = re.compile("[\u4e00-\u9fff]")
SPOKEN = (
    "/",
    "/calendar/",
    "/projects/",
    OWN,
    f"{OWN}?tab=trial",
    f"{OWN}?tab=history",
    f"{OWN}acts/pay/",
    "/help/contractor/",
)


class Texts(HTMLParser):
    """What a page says, outside chips and quotations: texts, and the attributes that are read aloud."""

    def __init__(self, page: str):
        super().__init__()
        self.said: list[str] = []
        self.cells: list[str] = []  # what records hold, as it was typed
        self.inside: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag not in ("meta", "link", "img", "input", "br", "hr"):
            quoted = "chip" in (found.get("class") or "") or tag in ("blockquote", "script", "style")
            self.inside.append("quoted" if quoted else tag)
        self.said += [v for k in ("aria-label", "placeholder", "alt") if (v := found.get(k))]

    def handle_endtag(self, tag: str) -> None:
        if self.inside:
            self.inside.pop()

    def handle_data(self, data: str) -> None:
        if data.strip() and "quoted" not in self.inside:
            (self.cells if "td" in self.inside else self.said).append(data.strip())


def english(sign_in: In, address: str) -> Texts:
    client = sign_in("sun.li")
    client.cookies["language"] = "en"
    answer = client.get(address)
    assert answer.status_code in (200, 403, 409), address
    return Texts(answer.content.decode())


@pytest.mark.parametrize(
    "address", ["/calendar/?month=2020-01", "/papers/", "/password/", "/help/", "/new/file-project/"]
)
def test_a_page_without_data_says_nothing_in_chinese(sign_in: In, address: str) -> None:
    page = english(sign_in, address)
    assert [s for s in [*page.said, *page.cells] if HAN.search(s) and s not in NAMES] == []


@pytest.mark.parametrize("address", SPOKEN)
def test_roles_stages_days_and_money_are_said_in_english(sign_in: In, address: str) -> None:
    page = english(sign_in, address)
    said = page.said + ([] if address.startswith(OWN) else page.cells)
    named = set(ROLE_ZH.values()) | set(STAGE_ZH.values())
    assert [s for s in said if s in named - {"试运行", "竣工验收", "办公室"}] == []
    assert [s for s in said if re.search(r"(since|by|on) ?\d+年|^\d+年\d+月\d+日$|^[\d,.]+万元$", s)] == []
