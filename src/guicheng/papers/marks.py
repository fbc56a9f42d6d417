"""Whether a file bears a mark of classification, in its name or in any text that can be read from it."""

from __future__ import annotations

import re
import tempfile
import zipfile
import zlib
from html import unescape
from pathlib import Path
from unicodedata import normalize

from guicheng.papers.kinds import INSIDE, decoded, ending
from guicheng.papers.pdf import TEXT_MOST, Unreadable, text_of_pdf

LEVEL = r"[绝机秘]\s*密"
MARKS = re.compile(
    rf"{LEVEL}\s*[★☆*＊]"  # 机密★10年
    rf"|(?<![\u4e00-\u9fff]){LEVEL}\s*(?:[\d一二三四五六七八九十]+\s*[年月天日]|\d+\s*个月|长期)"  # 秘密 5年; but 保守商业秘密5年
    rf"|密\s*级\s*[:：]?\s*{LEVEL}"
    rf"|^[^\w\n]*{LEVEL}(?:\s*[件级])?[^\w\n]*$"  # alone on its line or in its cell, as in the head of a page
    r"|TOP\s+SECRET",
    re.MULTILINE,
)
"""How a document is marked (保守国家秘密法实施条例: the level, with ★ before its term). That a text speaks of 机密性, 商业秘密 or
“绝密、机密、秘密三级” is no mark."""
NAMED = re.compile(r"绝密|机密(?!性)|^秘密|秘密[★*]|[（(【\[]秘密[）)】\]]")
LINES = re.compile(r"</(?:\w+:)?(?:p|si|is|TextCode|c|row|br)\s*>|<(?:\w+:)?(?:br|cr|tab)\s*/>")
"""Where a line or a cell ends in the parts of a document."""
READ = (".xml", ".txt", ".csv")
PARTS_MOST = 2_000
DEEPEST = 2
"""Boxes in boxes are opened so far."""
INNER_MOST = 64 << 20  # bytes of one file in a box
PDFS_MOST = 10


def marked(path: Path, name: str) -> str:
    """Where a mark stands, "name" or "text"; nothing when none was found. Raises Unreadable for what cannot be looked through."""
    if NAMED.search(Path(name).stem):
        return "name"
    return "text" if MARKS.search(normalize("NFKC", text_of(path, ending(name)))) else ""


def text_of(path: Path, end: str, depth: int = 0) -> str:
    """The text of a file as far as it can be read without drawing it. Raises Unreadable."""
    if end in ("txt", "csv"):
        return decoded(path.read_bytes()[:TEXT_MOST]) or ""
    if end == "pdf":
        return text_of_pdf(path)
    return _boxed(path, depth) if end in INSIDE or end == "zip" else ""


def _boxed(path: Path, depth: int) -> str:
    """The names and texts of the parts of a container, up to a limit: a bomb is not unpacked."""
    found: list[str] = []
    left, pdfs = TEXT_MOST, PDFS_MOST
    try:
        with zipfile.ZipFile(path) as box:
            for part in box.infolist()[:PARTS_MOST]:
                end = ending(part.filename)
                found.append(Path(part.filename).stem)
                if part.filename.endswith(READ) and left > 0:
                    data = _opened(box, part, left)
                    left -= len(data)
                    found.append(_lines(data))
                elif (end in INSIDE or end in ("zip", "pdf")) and depth < DEEPEST and (end != "pdf" or pdfs):
                    pdfs -= end == "pdf"
                    found.append(_inner(box, part, end, depth + 1))
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError) as wrong:
        raise Unreadable("文件的内容读不出来，可能已经损坏；请重新导出或重新压缩后再传") from wrong
    return "\n".join(found)


def _opened(box: zipfile.ZipFile, part: zipfile.ZipInfo, most: int) -> bytes:
    try:
        with box.open(part) as stream:
            return stream.read(most)
    except RuntimeError as locked:
        raise Unreadable("压缩包设有密码，无法检查密级标志，日后他人也打不开；请去掉密码后再传") from locked


def _inner(box: zipfile.ZipFile, part: zipfile.ZipInfo, end: str, depth: int) -> str:
    """The text of a file inside a box."""
    with tempfile.NamedTemporaryFile(suffix=f".{end}") as out:
        out.write(_opened(box, part, INNER_MOST))
        out.flush()
        return text_of(Path(out.name), end, depth)


def _lines(data: bytes) -> str:
    """The text of a part: a line for each paragraph or cell, without its elements."""
    return unescape(re.sub(r"<[^>]*>", "", LINES.sub("\n", decoded(data) or "")))
