"""What a file is, told by its content and confirmed by its name."""

from __future__ import annotations

import zipfile
from pathlib import Path

import filetype

KINDS: dict[str, tuple[str, str]] = {
    "pdf": ("application/pdf", "PDF"),
    "png": ("image/png", "图片"),
    "jpg": ("image/jpeg", "图片"),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "Word 文档"),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "Excel 表格"),
    "pptx": ("application/vnd.openxmlformats-officedocument.presentationml.presentation", "演示文稿"),
    "ofd": ("application/ofd", "OFD 版式文件"),
    "zip": ("application/zip", "压缩包"),
    "txt": ("text/plain", "文本"),
    "csv": ("text/csv", "表格文本"),
}
"""The endings that are taken: their media type, and what people call them."""

INSIDE = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml", "ofd": "OFD.xml"}
"""The part without which a container is not what its name says."""


def ending(name: str) -> str:
    found = Path(name).suffix.lower().removeprefix(".")
    return "jpg" if found == "jpeg" else found


def wrong_kind(path: Path, name: str) -> str:
    """Why this file is not taken, or nothing."""
    end = ending(name)
    if end not in KINDS:
        return (
            f"不收“.{end[:12] or '无后缀'}”文件；可交 PDF、图片、Word、Excel、演示文稿（新格式）、OFD、TXT、CSV 或 ZIP"
        )
    if not _fits(path, end):
        return f"文件内容与后缀“.{end}”不符，请确认没有改过后缀，或另存为正确的格式"
    if end in INSIDE and _macro(path):
        return "文件含有宏，请另存为不含宏的格式"
    return ""


def _fits(path: Path, end: str) -> bool:
    if end in ("txt", "csv"):
        return _is_text(path)
    if end in INSIDE:
        return zipfile.is_zipfile(path) and INSIDE[end] in _names(path)
    told = filetype.guess_extension(str(path))
    return bool(told == end)


def _is_text(path: Path) -> bool:
    """UTF-8 or GB 18030, without control characters; no page or script in disguise."""
    head = path.read_bytes()[:1_000_000]
    if b"\0" in head or head[:512].lower().lstrip().startswith(
        (b"<!doctype", b"<html", b"<script", b"<svg", b"mz", b"#!")
    ):
        return False
    return decoded(head) is not None


def decoded(data: bytes) -> str | None:
    """The text of these bytes; None where they are no text. A character cut off at the end is left out."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "ignore")
    for encoding in ("utf-8", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError as wrong:
            if wrong.start > len(data) - 4:  # cut inside a character
                return data[: wrong.start].decode(encoding)
    return None


def _names(path: Path) -> set[str]:
    try:
        with zipfile.ZipFile(path) as box:
            return set(box.namelist())
    except zipfile.BadZipFile:
        return set()


def _macro(path: Path) -> bool:
    return any(name.lower().endswith("vbaproject.bin") for name in _names(path))
