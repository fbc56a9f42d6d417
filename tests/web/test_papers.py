"""Papers through the site: handed in, seen by whoever may see what names them, and by nobody else."""

import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from guicheng.door.outcome import Request
from guicheng.door.perform import perform
from guicheng.ledger.models import Entry
from guicheng.papers.models import HandedIn, PaperRead
from guicheng.people.models import Post
from guicheng.portfolio.sight import entries_seen, roles_on, visible
from guicheng.portfolio.sight_papers import named_in
from guicheng.records.project import Project
from tests.support.pdf import PDF

pytestmark = pytest.mark.usefixtures("demo_site")
In = Callable[[str], Client]


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> None:
    settings.VAR = tmp_path


def handed_in(client: Client, name: str = "会议纪要.pdf", **more: str) -> dict[str, str]:
    answer = client.post("/papers/", {"file": SimpleUploadedFile(name, PDF), "declared": "on", **more})
    found: dict[str, str] = answer.json()
    return found


def attached() -> tuple[Project, str]:
    """A paper on a project of 政务服务协调处, attached by its own office."""
    project = (
        Project.objects.filter(unit="zwfw", stage=70).first()
        or Project.objects.filter(unit="zwfw").order_by("-code")[0]
    )
    owner = Post.objects.filter(role="construction", unit=project.unit).order_by("pk")[0].person_id
    return project, owner


def test_a_paper_is_seen_where_it_is_named_and_nowhere_else(sign_in: In) -> None:
    project, owner = attached()
    digest = handed_in(sign_in(owner))["digest"]
    assert sign_in("zhou.mingyuan").get(f"/papers/{digest}/").status_code == 404
    done = perform(
        Request(
            project.code, "attach-paper", owner, date(2026, 11, 23), {"title": "纪要", "kind": "纪要", "digest": digest}
        )
    )
    assert done.ok, done.as_json()
    assert sign_in("zhou.mingyuan").get(f"/papers/{digest}/").status_code == 200
    other = Post.objects.filter(role="construction").exclude(unit=project.unit).order_by("pk")[0].person_id
    for stranger in (other, "an.quan", "xi.tong", "shen.ji"):
        for address in (f"/papers/{digest}/", f"/papers/{digest}/file"):
            assert sign_in(stranger).get(address).status_code == 404, stranger


def elsewhere(unit: str) -> tuple[Project, str]:
    """The latest project of another office, and who builds for it."""
    post = Post.objects.filter(role="construction").exclude(unit=unit).order_by("pk")[0]
    return Project.objects.filter(unit=post.unit).order_by("-code")[0], post.person_id


def test_to_name_a_digest_in_an_act_of_ones_own_opens_nothing(sign_in: In) -> None:
    """Neither to its author nor to those who see the act: they are told what they would be told if nobody had the bytes."""
    project, owner = attached()
    theirs, stranger = elsewhere(project.unit)
    digest = handed_in(sign_in(owner), "第一版.pdf")["digest"]
    told = []
    for known in (digest, "sha256:" + "0" * 64):
        data = {"title": "纪要", "kind": "纪要", "digest": known}
        assert perform(Request(theirs.code, "attach-paper", stranger, date(2026, 11, 23), data)).ok
        for reader in (stranger, "zhou.mingyuan"):
            assert sign_in(reader).get(f"/papers/{known}/file").status_code == 404, reader
            page = sign_in(reader).get(f"/papers/{known}/").content.decode()
            main = page[page.index("<main") : page.index("</main>")]
            told.append((reader, re.sub(r"[0-9a-f]{64}|第\d+号", "", main)))
    assert told[:2] == told[2:]


def test_whoever_hands_the_same_bytes_in_opens_them_where_they_name_them(sign_in: In) -> None:
    project, owner = attached()
    theirs, stranger = elsewhere(project.unit)
    digest = handed_in(sign_in(owner), "第一版.pdf")["digest"]
    assert handed_in(sign_in(stranger), "同一份.pdf")["digest"] == digest
    data = {"title": "纪要", "kind": "纪要", "digest": digest}
    assert perform(Request(theirs.code, "attach-paper", stranger, date(2026, 11, 23), data)).ok
    assert sign_in("zhou.mingyuan").get(f"/papers/{digest}/file").status_code == 200


def test_a_download_is_noted_and_never_runs(sign_in: In) -> None:
    _, owner = attached()
    client = sign_in(owner)
    digest = handed_in(client, "第一次“纪要”.pdf")["digest"]
    answer = client.get(f"/papers/{digest}/file")
    assert b"".join(answer) == PDF  # type: ignore[arg-type]  # a streamed answer
    assert answer["Content-Disposition"].startswith("attachment; filename*=UTF-8''")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert PaperRead._default_manager.get().by == owner


@pytest.mark.parametrize(
    "address", ["/papers/sha256:00/", "/papers/" + "sha256:" + "0" * 64 + "/", "/papers/..%2f..%2fetc/"]
)
def test_a_guessed_address_gives_nothing_away(sign_in: In, address: str) -> None:
    assert sign_in("zhou.mingyuan").get(address).status_code == 404


def test_what_is_wrong_is_said_in_one_sentence(sign_in: In) -> None:
    _, owner = attached()
    client = sign_in(owner)
    answer = client.post("/papers/", {"file": SimpleUploadedFile("a.exe", b"MZ"), "declared": "on"})
    assert (answer.status_code, "不收" in answer.json()["error"]) == (422, True)
    assert client.post("/papers/", {"declared": "on"}).json()["error"] == "请选择一个文件"
    undeclared = client.post("/papers/", {"file": SimpleUploadedFile("a.pdf", PDF), "plain": "1"})
    assert undeclared.status_code == 422
    assert "声明" in undeclared.content.decode()


def test_only_its_digest_on_record_is_said_calmly(sign_in: In) -> None:
    entry = Entry.objects.filter(chain="HA-2024-015", body__contains='"sm3:').order_by("pk")[0]
    digest = re.findall(r"sm3:[0-9a-f]{64}", entry.body)[0]
    page = sign_in("zhou.mingyuan").get(f"/papers/{digest}/").content.decode()
    assert "只登记了摘要" in page
    assert Project.objects.get(code="HA-2024-015").title in page


def test_nobody_signed_out_reads_or_hands_in(client: Client) -> None:
    assert client.get("/papers/").status_code == 302
    assert client.get("/papers/sha256:" + "0" * 64 + "/file").status_code == 302
    assert client.post("/papers/", {"declared": "on"}).status_code == 302


def test_that_others_hold_the_same_bytes_is_not_told(sign_in: In) -> None:
    """Whoever guesses a paper's contents learns neither that somebody has it nor its name."""
    digest = handed_in(sign_in("qin.zheng"), "问题线索核查.pdf")["digest"]
    assert handed_in(sign_in("sun.li"), "空白.pdf")["digest"] == digest
    page = sign_in("sun.li").get(f"/papers/{digest}/").content.decode()
    assert "空白.pdf" in page
    assert "qin.zheng" not in page and "问题线索" not in page
    assert "%E7%A9%BA" in sign_in("sun.li").get(f"/papers/{digest}/file")["Content-Disposition"]


def test_whoever_sees_the_act_sees_who_handed_its_paper_in(sign_in: In) -> None:
    project, owner = attached()
    digest = handed_in(sign_in(owner), "第一版.pdf")["digest"]
    handed_in(sign_in(owner), "第二版.pdf")
    data = {"title": "纪要", "kind": "纪要", "digest": digest}
    assert perform(Request(project.code, "attach-paper", owner, date(2026, 11, 23), data)).ok
    page = sign_in("zhou.mingyuan").get(f"/papers/{digest}/").content.decode()
    assert page.index("第二版.pdf") < page.index("第一版.pdf") and owner in page


@pytest.mark.parametrize("address", ["/projects/HA%00/", "/projects/?q=%00", "/calendar/?month=%00", "/help/%00/"])
def test_an_address_with_a_nul_is_nowhere(sign_in: In, address: str) -> None:
    assert sign_in("sun.li").get(address).status_code == 404


@pytest.mark.parametrize("role", ["cyber-office", "construction", "discipline", "contractor", "auditor", "assessor"])
def test_where_a_paper_is_named_is_what_each_projects_history_shows(role: str) -> None:
    """Found for all projects in a few statements, it is the same as asking project by project."""
    day, entries = date(2026, 11, 23), Entry.objects.filter(chain="HA-2025-002", body__contains='"sm3:')
    digests = sorted({d for e in entries for d in re.findall(r"sm3:[0-9a-f]{64}", e.body)})[:40]
    person = Post.objects.filter(role=role, project__in=("", "HA-2025-002")).order_by("-project", "pk")[0].person_id
    told = 0
    for digest in digests:
        found = [(n.project.code, n.seq, n.by) for n in named_in(person, digest, day)]
        by_hand = [
            (p.code, e.seq, json.loads(e.body)["by"]) for p in visible(person, day).order_by("code")
            for e in entries_seen(person, p.code, roles_on(person, [p], day)[p.code]).filter(body__contains=digest).order_by("seq")
        ]  # fmt: skip
        assert found == by_hand, digest
        told += len(found)
    assert told or role == "discipline"


PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000a49444154789c6300010000050001"
)
LOOKS = [
    ("纪要.pdf", PDF, "inline", "application/pdf"),
    ("现场.png", PNG, "inline", "image/png"),
    ("清单.csv", b"a,b", "attachment", "text/csv"),
    ("说明.txt", "说明".encode(), "attachment", "text/plain"),
]


@pytest.mark.parametrize(("name", "data", "how", "kind"), LOOKS)
def test_only_pdf_and_pictures_are_shown_and_nothing_runs(
    sign_in: In, name: str, data: bytes, how: str, kind: str
) -> None:
    client = sign_in("sun.li")
    digest = client.post("/papers/", {"file": SimpleUploadedFile(name, data), "declared": "on"}).json()["digest"]
    shown, taken = (client.get(f"/papers/{digest}/file{q}") for q in ("?show=1", ""))
    assert shown["Content-Disposition"].startswith(how) and taken["Content-Disposition"].startswith("attachment")
    assert shown["Content-Type"] == kind
    page = client.get(f"/papers/{digest}/").content.decode()
    assert ("?show=1" in page) is (how == "inline")
    for answer in (shown, taken):
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Cache-Control"] == "no-store"
        assert answer["X-Frame-Options"] == "SAMEORIGIN"
        policy = answer["Content-Security-Policy"]
        assert (
            "sandbox" in policy and "'none'" in policy if kind != "application/pdf" else "object-src 'none'" in policy
        )


@pytest.mark.parametrize(("size", "status"), [(2048, 200), (2049, 422)])
def test_the_largest_paper_is_taken_and_one_byte_more_is_not(
    sign_in: In, settings: Any, size: int, status: int
) -> None:
    settings.MOST_PAPER = 2048
    file = SimpleUploadedFile("大.pdf", PDF + b" " * (size - len(PDF)))
    answer = sign_in("sun.li").post("/papers/", {"file": file, "declared": "on"})
    assert answer.status_code == status
    assert status == 200 or "超过" in answer.json()["error"]


@pytest.mark.parametrize(("declared", "status"), [("on", 200), ("", 422), ("off", 422), ("yes", 422)])
def test_nothing_is_taken_undeclared(sign_in: In, declared: str, status: int) -> None:
    answer = sign_in("sun.li").post("/papers/", {"file": SimpleUploadedFile("纪要.pdf", PDF), "declared": declared})
    assert answer.status_code == status


def test_a_marked_paper_is_held_and_told_to_the_security_administrator_without_its_name(
    sign_in: In, tmp_path: Path
) -> None:
    file = SimpleUploadedFile("绝密作战图.pdf", PDF)
    answer = sign_in("sun.li").post("/papers/", {"file": file, "declared": "on"})
    assert answer.status_code == 422 and "绝密作战图" not in answer.content.decode()
    assert not [p for p in tmp_path.rglob("*") if p.is_file()]
    room = sign_in("an.quan").get("/bureau/security/").content.decode()
    assert "sun.li" in room and "作战图" not in room
    assert not HandedIn._default_manager.exists()


def test_a_wrong_paper_on_the_page_without_a_script_keeps_the_list(sign_in: In) -> None:
    client = sign_in("sun.li")
    handed_in(client, "先交的.pdf")
    answer = client.post("/papers/", {"file": SimpleUploadedFile("a.exe", b"MZ"), "declared": "on", "plain": "1"})
    assert answer.status_code == 422 and "先交的.pdf" in answer.content.decode()
