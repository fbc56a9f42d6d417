"""Putting a report in, by anybody, and asking for the answer with a return code. No account, no address, no name is taken."""

import base64
import json
import os
from dataclasses import dataclass, field
from datetime import date

from guicheng.sealed.key import REPLY, PublicKey, derived, unlocked
from guicheng.sealed.models import SealedRow
from guicheng.sealed.store import append, digest_of

FIRST_QUESTION = "是否反映本单位主要负责人或上级管理干部？"
ELSEWHERE = (
    "反映本单位主要负责人或上级管理干部的问题，本系统不接收、不登记，请不要在这里填写。"
    "请直接向有管理权限的上级纪检监察机关反映，可拨打 12388 或登录 www.12388.gov.cn。"
)
LONGEST = 20_000


class GoElsewhere(Exception):
    """The answer to the first question sends the person to the right channel; nothing is stored."""

    def __init__(self) -> None:
        super().__init__(ELSEWHERE)


@dataclass(frozen=True)
class Report:
    """What is reported. Its text never shows in a log or a traceback: repr hides every field."""

    text: str = field(repr=False)
    project: str = field(default="", repr=False)
    about: str = field(default="", repr=False)
    name: str = field(default="", repr=False)
    contact: str = field(default="", repr=False)

    def check(self) -> None:
        """Raises ValueError with a sentence that does not repeat the text."""
        if not self.text.strip():
            raise ValueError("请写明所反映的问题")
        if sum(map(len, (self.text, self.project, self.about, self.name, self.contact))) > LONGEST:
            raise ValueError(f"全文不得超过{LONGEST}字")


def receive(about_leaders: bool, report: Report | None, on: date, key: PublicKey) -> str:
    """Take a report in and give its return code, shown once and kept nowhere: the table has only its digest.

    Raises GoElsewhere before looking at the report when the first question is answered yes."""
    if about_leaders:
        raise GoElsewhere
    if report is None:
        raise ValueError("请写明所反映的问题")
    report.check()
    code = _new_code()
    own = {"kind": "report", "on": on.isoformat(), "code": digest_of(code), "reply_key": reply_key(code).hex()}
    append(key.seal, own | report.__dict__, digest_of(code))
    return code


def replies(code: str) -> list[dict[str, str]] | None:
    """What the office has answered to the holder of this code, in order; None when nothing was put in under it."""
    code = code.strip().upper().replace("-", "").replace(" ", "")
    rows = list(SealedRow.objects.filter(code=digest_of(code)).order_by("number"))
    if not rows:
        return None
    sealed = [bytes(r.sealed) for r in rows]
    return [json.loads(unlocked(reply_key(code), s[1:])) for s in sealed if s[:1] == REPLY]


def reply_key(code: str) -> bytes:
    return derived(code.encode(), "reply")


def _new_code() -> str:
    """Twenty letters and digits: 100 random bits."""
    return base64.b32encode(os.urandom(13)).decode()[:20]
