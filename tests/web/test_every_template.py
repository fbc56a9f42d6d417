"""Every template is rendered by a page that somebody opens: one that nobody reaches is dead, and fails here."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.loader import render_to_string
from django.test import Client
from jinja2 import Environment

from guicheng import web
from guicheng.door.clock import today
from guicheng.portfolio.search.write import bring
from guicheng.portfolio.standing import refresh
from guicheng.records.project import Project
from guicheng.web.pages import regulation_book
from guicheng.web.parts import common
from tests.support.pdf import PDF

pytestmark = pytest.mark.usefixtures("demo_site")
In = Callable[[str], Client]
TEMPLATES = Path(web.__file__).parent / "templates"
OWN, YOUNG = "/projects/HA-2025-002/", "/projects/HA-2026-005/"
OPENED = {
    "sun.li": (
        "/", "/calendar/", "/projects/", "/projects/?q=没有", "/cockpit/", "/regulation/", "/regulation/figures/", "/help/",
        "/regulation/clause/a13/", "/regulation/rules/huaian2023:13(1).untried/", "/help/contractor/", "/bureau/", "/password/",
        OWN, f"{OWN}?tab=history", f"{OWN}?tab=trial", f"{OWN}?tab=money", f"{OWN}acts/correct/", f"{OWN}acts/correct/?entry=1",
        f"{OWN}acts/pay/", f"{YOUNG}acts/submit-estimate/", "/new/file-project/", "/new/file-project/?classified=yes",
        "/new/file-project/?classified=no", "/papers/",
    ),
    "qin.zheng": ("/bureau/attempts/", "/bureau/reads/"), "shen.ji": ("/bureau/signins/",), "xi.tong": ("/bureau/accounts/", "/"),
    "an.quan": ("/bureau/security/",),
}  # fmt: skip


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The templates asked for from here on: pages, what they extend and what they include."""
    asked, plain = set[str](), Environment.get_template

    def get(engine: Environment, name: str, *more: Any, **named: Any) -> Any:
        asked.add(name)
        return plain(engine, name, *more, **named)

    monkeypatch.setattr(Environment, "get_template", get)
    return asked


def do(sign_in: In) -> None:
    """What only comes after something was done: a refusal, a receipt, a live verdict, a paper, a first password, too many rows."""
    client, own = sign_in("sun.li"), {"_on": today().isoformat(), "_id": uuid4().hex}
    client.post(f"{YOUNG}acts/submit-estimate/", own)
    client.post(f"{YOUNG}acts/submit-estimate/preview/", own)
    file = SimpleUploadedFile("纪要.pdf", PDF)
    digest = client.post("/papers/", {"file": file, "declared": "on"}).json()["digest"]
    client.get(f"/papers/{digest}/")
    given = {"title": "纪要", "kind": "纪要", "digest": digest} | own | {"_id": uuid4().hex}
    assert "回执" in client.post(f"{OWN}acts/attach-paper/", given, follow=True).content.decode()
    assert client.get("/projects/export.csv").status_code == 400
    assert sign_in("xi.tong").post("/bureau/accounts/cao.peng/password/").status_code == 200
    for status in (400, 403, 404, 500):
        render_to_string(f"{status}.html")


def test_every_template_is_rendered(
    sign_in: In, names: set[str], settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.VAR, settings.DEMONSTRATION = tmp_path, True
    for kept in (common._chip, regulation_book._pieces, regulation_book._tally):
        kept.cache_clear()
    refresh(today())
    bring()
    monkeypatch.setattr("guicheng.web.pages.projects.MOST_EXPORTED", 3)
    Client().get("/sign-in/")
    for username, addresses in OPENED.items():
        for address in addresses:
            assert sign_in(username).get(address).status_code in (200, 403, 409), address
    do(sign_in)
    every = {str(p.relative_to(TEMPLATES)) for p in TEMPLATES.rglob("*.html")}
    assert every - names == set()


@pytest.mark.parametrize(
    "address",
    ["/", "/projects/", "/projects/?q=onerror", OWN, f"{OWN}?tab=history", f"{OWN}acts/pay/"],
)
def test_what_somebody_typed_is_drawn_as_text(sign_in: In, address: str) -> None:
    Project.objects.update(title="<img src=x onerror=alert(1)>'\"&amp;")
    page = sign_in("sun.li").get(address).content.decode()
    assert "<img src=x" not in page and "&lt;img src=x onerror=alert(1)&gt;&#39;&#34;&amp;amp;" in page
