"""The text of a PDF's pages, read in a process of its own: a file made to hang, to crash or to swell harms nobody else.

Run as a program it prints the text of one file, page by page, and says by its exit status what stopped it."""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path

SECONDS = 10  # of processor time
MEMORY = 1 << 30  # bytes
TEXT_MOST = 4_000_000  # bytes of text that are looked through
LOCKED, BROKEN = 3, 4
"""Exit statuses: it opens with a password alone; it cannot be read at all."""


class Unreadable(Exception):
    """The text cannot be looked through: one sentence that says why and what to do."""


def text_of_pdf(path: Path) -> str:
    """What stands on the pages, as far as it could be read within the limits; nothing of a scan. Raises Unreadable."""
    with subprocess.Popen(command(path), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as reader:
        assert reader.stdout
        said = reader.stdout.read(TEXT_MOST)
        reader.stdout.close()
        status = reader.wait()
    if status == LOCKED:
        raise Unreadable("PDF 设有打开密码，无法检查密级标志，日后他人也打不开；请去掉密码后再传")
    if status == BROKEN:
        raise Unreadable("PDF 读不出来，可能已经损坏；请重新导出，或用“打印为 PDF”另存后再传")
    return said.decode("utf-8", "ignore")


def command(path: Path) -> list[str]:
    """How the reader is started."""
    return [sys.executable, "-m", "guicheng.papers.pdf", str(path)]


def _limited() -> None:
    """The reader's own bounds, set by itself. At the end of its time it is stopped, and what it said by then counts."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def read_out(path: str) -> int:
    """Print the text, page by page; returns the exit status."""
    import logging
    import warnings

    from pypdf import PdfReader

    logging.disable()
    warnings.simplefilter("ignore")
    try:
        read = PdfReader(path)
        if read.is_encrypted and not read.decrypt(""):
            return LOCKED
        _say("\n".join(map(str, (read.metadata or {}).values())))
        pages = len(read.pages)
    except Exception:  # whatever a broken file makes of a reader
        return BROKEN
    for number in range(pages):
        try:
            text = read.pages[number].extract_text()
        except Exception:  # one page that cannot be read says nothing of the others
            continue
        _say(text)
    return 0


def _say(text: str) -> None:
    """Each page as soon as it is read, so that it is heard even if the next one is never finished."""
    sys.stdout.buffer.write(f"\n{text}\n".encode("utf-8", "ignore"))
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    _limited()
    try:
        sys.exit(read_out(sys.argv[1]))
    except BrokenPipeError:  # enough was heard
        sys.stderr.close()
