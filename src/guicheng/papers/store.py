"""Handing a paper in, and finding it again. What bears a mark of classification is held before anything is stored."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Protocol

from django.conf import settings
from django.db import transaction

from guicheng.papers.kinds import ending, wrong_kind
from guicheng.papers.marks import marked
from guicheng.papers.models import HandedIn, Held, Stored
from guicheng.papers.pdf import Unreadable


class Refused(Exception):
    """The paper is not taken: one sentence that says why and what to do. Nothing was stored."""


class File(Protocol):
    """What an upload gives: its pieces, and how large it says it is."""

    size: int | None

    def chunks(self) -> Iterable[bytes]: ...


def keep(file: File | Any, name: str, by: str, declared: bool) -> Stored:
    """Keep the bytes under their digest and note who handed them in. Raises Refused.

    When it returns, the bytes are on the disk: written beside, flushed, and moved to their name in one step."""
    if not declared:
        raise Refused("请先勾选“不含国家秘密、工作秘密”的声明，再上传")
    if len(name) > 200 or not name.isprintable():
        raise Refused("文件名过长或含有不能显示的字符，请改名后再传（200字以内）")
    folder = home()
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=folder, prefix="in-", delete=False) as out:
        path = Path(out.name)
        try:
            digest, size = _written(file, out)
            _checked(path, name, by)
            place = place_of(digest)
            place.parent.mkdir(exist_ok=True)
            path.replace(place)
        except BaseException:
            path.unlink(missing_ok=True)
            raise
    with transaction.atomic():
        stored, _ = Stored._default_manager.get_or_create(digest=digest, defaults={"size": size, "kind": ending(name)})
        HandedIn._default_manager.create(paper=stored, name=name, by=by)
    return stored


def _written(file: File | Any, out: Any) -> tuple[str, int]:
    """Copy piece by piece, counting and digesting. Raises Refused when it is empty or too large."""
    found, size = hashlib.sha256(), 0
    for piece in file.chunks():
        size += len(piece)
        if size > settings.MOST_PAPER:
            raise Refused(f"文件超过{settings.MOST_PAPER // 1024 // 1024}MB，请拆分或压缩后再传")
        found.update(piece)
        out.write(piece)
    if size == 0:
        raise Refused("文件是空的，请选择有内容的文件")
    out.flush()
    os.fsync(out.fileno())
    return f"sha256:{found.hexdigest()}", size


def _checked(path: Path, name: str, by: str) -> None:
    if wrong := wrong_kind(path, name):
        raise Refused(wrong)
    try:
        where = marked(path, name)
    except Unreadable as reason:
        raise Refused(str(reason)) from reason
    if where:
        Held._default_manager.create(by=by, where=where)
        raise Refused(
            "文件或文件名带有密级标志，已拦下且没有保存；涉密内容不得进入本系统，请按保密规定处理，并联系安全管理员"
        )


def home() -> Path:
    return Path(settings.VAR) / "papers"


def place_of(digest: str) -> Path:
    """Where the bytes of a digest lie, whether they are kept or not."""
    value = digest.partition(":")[2]
    return home() / value[:2] / value


def names_of(digests: Iterable[str]) -> dict[str, str]:
    """The name under which each paper was last handed in; those kept elsewhere have none."""
    rows = HandedIn._default_manager.filter(paper__in=list(digests)).order_by("pk")
    return dict(rows.values_list("paper", "name"))
