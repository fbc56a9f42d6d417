"""Marks of classification are found wherever text can be read, and speaking of secrecy is no mark; what cannot be read is said."""

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pypdf import PdfReader, PdfWriter

from guicheng.papers import pdf as reader
from guicheng.papers.marks import MARKS, text_of
from guicheng.papers.models import Held, Stored
from guicheng.papers.store import Refused, home, keep
from tests.support.pdf import pdf

pytestmark = pytest.mark.django_db
MARKED = (
    "机密★10年", "秘密★", "绝密 ★ 长期", "机 密 ★ 3 年", "机密＊5年", "份号：000001 机密★1年", "密级：秘密", "密 级: 机密",
    "秘密 5年", "机密 6个月",
    "绝密 长期", "秘密十年", "封面\n机密\n建设方案", "【秘密】", "绝密件", "（机密）", "TOP SECRET//NOFORN",
)  # fmt: skip
SPOKEN_OF = (
    "保守国家秘密", "不含国家秘密、工作秘密", "商业秘密保密期限5年", "保守商业秘密5年", "机密性、完整性、可用性",
    "涉及绝密、机密、秘密的信息不得进入",
    "秘密花园", "密级标志检查", "密码应用安全性评估", "机密级信息系统另行管理", "签订保密协议后3年", "TOP 10 SECRETS",
)  # fmt: skip


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> None:
    settings.VAR = tmp_path / "var"


def hand_in(data: bytes, name: str) -> Stored:
    return keep(SimpleUploadedFile(name, data), name, "li.wei", True)


def box(parts: dict[str, bytes | str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in parts.items():
            made.writestr(zipfile.ZipInfo(name, (2026, 6, 1, 8, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def docx(*paragraphs: str) -> bytes:
    body = "".join(f"<w:p><w:r><w:t>{p[:1]}</w:t></w:r><w:r><w:t>{p[1:]}</w:t></w:r></w:p>" for p in paragraphs)
    return box({"word/document.xml": f'<w:document xmlns:w="x"><w:body>{body}</w:body></w:document>'})


def xlsx(*cells: str) -> bytes:
    shared = "".join(f"<si><t>{c}</t></si>" for c in cells)
    return box({"xl/workbook.xml": "<workbook/>", "xl/sharedStrings.xml": f"<sst>{shared}</sst>"})


def ofd(*texts: str) -> bytes:
    page = "".join(f'<ofd:TextCode X="0" Y="5">{t}</ofd:TextCode>' for t in texts)
    return box({"OFD.xml": "<ofd:OFD/>", "Doc_0/Pages/Page_0/Content.xml": f"<ofd:Page>{page}</ofd:Page>"})


def nothing_kept() -> bool:
    return not Stored._default_manager.exists() and not [p for p in home().rglob("*") if p.is_file()]


@pytest.mark.parametrize("text", MARKED)
def test_what_a_mark_looks_like(text: str) -> None:
    assert MARKS.search(text)


@pytest.mark.parametrize("text", SPOKEN_OF)
def test_what_only_speaks_of_secrecy(text: str) -> None:
    assert not MARKS.search(text)
    assert not MARKS.search(f"第一条 {text}。\n第二条 {text}；")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("方案.pdf", pdf("机密★10年\n建设方案")), ("末页.pdf", pdf(*["正文"] * 30, "附件\n秘密")), ("方案.docx", docx("建设方案", "机密")),
        ("清单.xlsx", xlsx("名称", "密级", "秘密")), ("公文.ofd", ofd("机密", "建设方案")), ("说明.txt", "绝密\n说明".encode()),
        ("旧文.txt", "秘密\r\n说明".encode("gb18030")), ("转义.docx", docx("&#26426;&#23494;★")),
        ("打包.zip", box({"甲/方案.pdf": pdf("机密★10年")})), ("再打包.zip", box({"内.zip": box({"方案.docx": docx("秘密")})})),
        ("名字.zip", box({"机密★方案.png": b"x"})), ("圈字.txt", "㊙密★".encode()),
    ],
)  # fmt: skip
def test_a_mark_in_the_text_is_held_before_storing(name: str, data: bytes) -> None:
    with pytest.raises(Refused, match="密级标志"):
        hand_in(data, name)
    assert Held._default_manager.get().where == "text" and nothing_kept()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("方案.pdf", pdf("建设方案\n本项目不含国家秘密，须保守商业秘密5年")), ("方案.docx", docx("建设方案", "机密性测试")),
        ("清单.xlsx", xlsx("名称", "保密协议")), ("打包.zip", box({"甲/方案.pdf": pdf("建设方案")})), ("扫描件.pdf", pdf("")),
    ],
)  # fmt: skip
def test_the_same_without_a_mark_is_taken(name: str, data: bytes) -> None:
    assert hand_in(data, name).size == len(data)
    assert not Held._default_manager.exists()


def locked(data: bytes, password: str) -> bytes:
    made, out = PdfWriter(clone_from=PdfReader(io.BytesIO(data))), io.BytesIO()
    made.encrypt(password, owner_password="owner", algorithm="AES-256")
    made.write(out)
    return out.getvalue()


def test_a_pdf_that_opens_with_a_password_alone_is_refused_and_one_that_only_may_not_be_changed_is_read() -> None:
    with pytest.raises(Refused, match="打开密码"):
        hand_in(locked(pdf("建设方案"), "secret"), "方案.pdf")
    assert nothing_kept() and not Held._default_manager.exists()
    assert hand_in(locked(pdf("建设方案"), ""), "方案.pdf")
    with pytest.raises(Refused, match="密级标志"):
        hand_in(locked(pdf("机密★"), ""), "方案.pdf")


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("坏.pdf", b"%PDF-1.7\n" + b"nonsense " * 40, "可能已经损坏"),
        ("断.docx", docx("建设方案" * 4000)[:-30], "内容与后缀"),
        ("坏包.zip", box({"a.txt": "建设方案" * 900}).replace(b"\x00\x00\x00\x00", b"\xff\xff\xff\xff", 1)[:60] + b"PK", "损坏|内容与后缀"),
    ],
    ids=["pdf", "docx", "zip"],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_its_cure(name: str, data: bytes, says: str) -> None:
    with pytest.raises(Refused, match=says):
        hand_in(data, name)
    assert nothing_kept()


def test_a_box_with_a_password_is_refused_and_not_a_fault_of_the_server() -> None:
    data = bytearray(box({"说明.txt": "建设方案"}))
    for sign, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(sign) + place] |= 1  # said to be encrypted
    with pytest.raises(Refused, match="压缩包设有密码"):
        hand_in(bytes(data), "资料.zip")
    assert nothing_kept()


def test_a_reader_that_never_ends_is_stopped_and_what_it_said_by_then_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    endless = tmp_path / "endless.py"
    endless.write_text("import sys\nprint('机密★', flush=True)\nwhile True: pass\n")
    monkeypatch.setattr(
        reader, "command", lambda path: ["sh", "-c", f"ulimit -t 1; exec {reader.sys.executable} {endless}"]
    )
    assert MARKS.search(reader.text_of_pdf(tmp_path / "x.pdf"))


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "bomb.zip"
    path.write_bytes(box({f"{n}.txt": b"\n" * 3_000_000 for n in range(40)}))
    assert len(text_of(path, "zip")) < 5_000_000
