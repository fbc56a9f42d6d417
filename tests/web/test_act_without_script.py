"""The form of an act where the browser runs no script: the server adds rows and takes files in."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from guicheng.ledger.append import bodies
from tests.support.pdf import PDF
from tests.web.test_act_doing import CODE, OWNER, PLAN, here, own

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]


def test_without_a_script_rows_are_added_by_the_server(demo_site: None, sign_in: SignIn) -> None:
    answer = sign_in(OWNER).post(here("submit-estimate"), PLAN | own(_more="lines"))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "条目11" in page
    assert 'name="lines.21.ref"' in page


def test_without_a_script_a_file_goes_with_the_form(
    demo_site: None, sign_in: SignIn, tmp_path: Path, settings: Any
) -> None:
    settings.VAR = tmp_path
    browser = sign_in(OWNER)
    undeclared = browser.post(here("submit-estimate"), PLAN | own() | {"papers~file": report()})
    assert undeclared.status_code == 422
    assert 'href="#f-papers"' in undeclared.content.decode()
    assert "声明" in undeclared.content.decode()
    done = browser.post(here("submit-estimate"), PLAN | own(_declared="on") | {"papers~file": report()})
    assert done.status_code == 302, done.content.decode()
    (digest,) = bodies(CODE)[-1]["data"]["papers"]
    assert digest.startswith(("sm3:", "sha256:"))
    browser.post(here("submit-estimate") + "draft/", PLAN | {"papers": digest} | own())
    assert f'"{digest}": {json.dumps("询价单.pdf")}' in browser.get(here("submit-estimate")).content.decode()


def report() -> SimpleUploadedFile:
    return SimpleUploadedFile("询价单.pdf", PDF)
