"""Handing papers in: what is taken, what is refused with one sentence, and what is held before anything is stored."""

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from guicheng.papers.models import HandedIn, Held, Stored
from guicheng.papers.store import Refused, home, keep, place_of
from tests.support.pdf import PDF

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> None:
    settings.VAR = tmp_path


def box(**parts: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, text in parts.items():
            made.writestr(name.replace("__", "/").replace("_xml", ".xml").replace("_bin", ".bin"), text)
    return out.getvalue()


def hand_in(data: bytes, name: str, declared: bool = True) -> Stored:
    return keep(SimpleUploadedFile(name, data), name, "li.wei", declared)


def on_disk() -> list[Path]:
    return [p for p in home().rglob("*") if p.is_file()] if home().exists() else []


DOCX = box(word__document_xml="<w:t>建设方案</w:t>")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("方案.pdf", PDF), ("现场.png", PNG), ("方案.docx", DOCX), ("清单.csv", "名称,金额\n服务器,3".encode()),
        ("旧清单.csv", "名称,金额".encode("gb18030")), ("说明.TXT", "秘密花园项目的说明".encode()),
        ("机密性测试报告.docx", box(word__document_xml="<w:t>机密性、完整性、可用性；保守商业秘密和国家秘密</w:t>")),
    ],
)  # fmt: skip
def test_taken_and_found_again(name: str, data: bytes) -> None:
    stored = hand_in(data, name)
    assert place_of(stored.digest).read_bytes() == data
    assert (stored.size, HandedIn._default_manager.get().name) == (len(data), name)


def test_the_same_bytes_are_kept_once_and_each_hand_noted() -> None:
    first, second = hand_in(PDF, "甲.pdf"), hand_in(PDF, "乙.pdf")
    assert first.digest == second.digest
    assert len(on_disk()) == 1
    assert list(HandedIn._default_manager.order_by("pk").values_list("name", flat=True)) == ["甲.pdf", "乙.pdf"]


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("程序.exe", b"MZ\x90\0", "不收“.exe”"), ("页面.html", b"<html>", "不收“.html”"), ("图.svg", b"<svg>", "不收"),
        ("无后缀", PDF, "无后缀"), ("假.pdf", b"MZ\x90\0" * 10, "内容与后缀"), ("假.txt", b"<script>alert(1)", "内容与后缀"),
        ("假.docx", box(other_xml="x"), "内容与后缀"), ("二进制.txt", b"abc\0def", "内容与后缀"), ("空.pdf", b"", "空的"),
        ("宏.docx", box(word__document_xml="x", word__vbaProject_bin="x"), "宏"), ("坏.docx", b"PK\x03\x04 broken", "内容与后缀"),
    ],
)  # fmt: skip
def test_refused_with_one_sentence_and_nothing_stored(name: str, data: bytes, says: str) -> None:
    with pytest.raises(Refused, match=says):
        hand_in(data, name)
    assert not on_disk()
    assert not Stored._default_manager.exists()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("绝密方案.pdf", PDF), ("（秘密）方案.pdf", PDF), ("秘密★10年.pdf", PDF),
        ("方案.docx", box(word__document_xml="<w:t>机</w:t><w:t>密★</w:t>")),
        ("说明.txt", "秘密★5年\n关于…".encode()), ("机密测试报告.pdf", PDF), ("汇总.zip", box(a_xml="机密 10年")),
    ],
)  # fmt: skip
def test_a_mark_of_classification_is_held_before_storing(name: str, data: bytes) -> None:
    with pytest.raises(Refused, match="密级标志"):
        hand_in(data, name)
    assert not on_disk()
    held = Held._default_manager.get()
    assert held.by == "li.wei"
    assert not Stored._default_manager.exists()


def test_the_declaration_is_asked_first() -> None:
    with pytest.raises(Refused, match="声明"):
        hand_in(PDF, "方案.pdf", declared=False)


@pytest.mark.parametrize(("size", "taken"), [(4096, True), (4097, False)])
def test_the_limit_is_exact(settings: Any, size: int, taken: bool) -> None:
    settings.MOST_PAPER = 4096
    data = PDF + b" " * (size - len(PDF))
    if taken:
        assert hand_in(data, "方案.pdf").size == size
    else:
        with pytest.raises(Refused, match="超过"):
            hand_in(data, "方案.pdf")
        assert not on_disk()
