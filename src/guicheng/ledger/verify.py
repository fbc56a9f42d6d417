"""Checks an exported ledger with nothing but Python: no Django, no database, and of the house only `digest.py`.

    python -m guicheng.ledger.verify FILE
    python verify.py FILE                    (this file and digest.py copied side by side to another machine)

An export is one act a line, UTF-8, each line ended by a line feed:

    {…the entry…,"number":7,"prev":"…","hash":"…","erasable":{"sm3:…":{"salt":"…","value":"…"}}}

- The *entry* is the line without what begins at `,"number":`, closed with `}`: byte for byte what was recorded.
  `hash` = SM3(prev as 32 bytes ‖ entry); the first entry of a project follows 64 zeros.
- `number` is the global order, and the number of the line; an export of one project has none.
- `erasable` is there only for entries that name outsiders: token = "sm3:" + SM3(salt as bytes ‖ value); null once erased.
- The last line is the checkpoint: `size`, the Merkle `root` over all hashes in order (RFC 9162), each project's head
  [seq, hash], the `project` when it is only one, and `erasable`, the SM3 over the values of all `erasable`, one after the
  other as they stand in the lines: what no hash covers, since it may be erased.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

if __package__:
    from guicheng.ledger.digest import GENESIS, Tree, canonical, entry_hash, token
else:
    from digest import GENESIS, Tree, canonical, entry_hash, token  # type: ignore[import-not-found,no-redef]

CHECKPOINT = b'{"checkpoint":'
SALT = re.compile("[0-9a-f]{32}")
HEX = re.compile("[0-9a-f]{64}")
PLAIN_TAIL = len(',"prev":"","hash":""}\n') + 2 * 64
ENTRY_END = re.compile(
    rb'"project":"([^"\\]+)","recorded":"[^"\\]*","regulation":"[^"\\]*","role":"[^"\\]*","seq":([1-9]\d{0,9}),"v":1\}\Z'
)
"""How the entries of version 1 end: their keys are sorted, so what is needed stands last."""


class Differs(Exception):
    """The first difference between what the file says and what was computed: where, and what."""

    def __init__(self, line: int, project: str, seq: int | None, what: str):
        self.line, self.project, self.seq, self.what = line, project, seq, what
        whose = f"，项目 {project}" if project else ""
        which = f"，第{seq}号行为" if seq is not None else ""
        super().__init__(f"第{line}行{whose}{which}：{what}")


@dataclass
class Verified:
    """What was computed: to be compared with a checkpoint that was noted elsewhere."""

    size: int
    root: str
    heads: dict[str, tuple[int, str]]
    project: str | None = None


@dataclass
class _Reading:
    """What was computed so far. `numbered` is settled by the first line."""

    line: int = 0
    numbered: bool | None = None
    heads: dict[str, tuple[int, str]] = field(default_factory=dict)
    tree: Tree = field(default_factory=Tree)
    erasable: Any = field(default_factory=lambda: hashlib.new("sm3"))
    done: Verified | None = None


def verify_lines(lines: Iterable[bytes]) -> Verified:
    """Recompute everything that the lines say. Raises Differs at the first difference."""
    now = _Reading()
    for raw in lines:
        now.line += 1
        if now.done is not None:
            raise Differs(now.line, "", None, "校验行之后还有内容")
        if not raw.endswith(b"\n"):
            raise Differs(now.line, *_guess(raw), "这一行没有写完，文件被截断")
        if raw.startswith(CHECKPOINT):
            now.done = _checkpoint(now, raw)
        elif not _plainly(now, raw):
            _entry(now, raw)
    if now.done is None:
        raise Differs(now.line + 1, "", None, "缺少最后的校验行，文件被截断" if now.line else "文件是空的，没有校验行")
    return now.done


def _plainly(now: _Reading, raw: bytes) -> bool:
    """The quick way, for nearly every line of a whole export: where all is as expected, nothing has to be read as JSON.

    False when anything is not; `_entry` then says what."""
    number = b',"number":%d' % now.line
    end = len(raw) - PLAIN_TAIL
    begin = end - len(number)
    if begin < 1 or raw[begin:end] != number or now.numbered is False:
        return False
    body = raw[:begin] + b"}"
    said = ENTRY_END.match(body, body.rfind(b'"project":"'))
    if said is None:
        return False
    project, seq = said[1].decode(errors="replace"), int(said[2])
    last, head = now.heads.get(project, (0, GENESIS))
    computed = entry_hash(head, body)
    if seq != last + 1 or raw[end:] != b',"prev":"%s","hash":"%s"}\n' % (head.encode(), computed.encode()):
        return False
    now.numbered = True
    _keep(now, project, seq, computed)
    return True


def _keep(now: _Reading, project: str, seq: int, computed: str) -> None:
    now.heads[project] = (seq, computed)
    now.tree.add(computed)


def _entry(now: _Reading, raw: bytes) -> None:
    said = _parsed(now, raw)
    project, seq = said.get("project"), said.get("seq")
    if not isinstance(project, str) or type(seq) is not int:
        raise Differs(now.line, *_guess(raw), "没有项目编号（project）或行为序号（seq）")

    def differs(what: str) -> Differs:
        return Differs(now.line, project, seq, what)

    if now.numbered is None:
        now.numbered = "number" in said
    body = _body(said, raw, now.numbered)
    if body is None:
        raise differs("行尾的 number、prev、hash、erasable 不是导出时的写法")
    if not now.numbered and now.heads and project not in now.heads:
        raise differs("单个项目的导出里出现了另一个项目")
    last, head = now.heads.get(project, (0, GENESIS))
    if seq != last + 1:
        raise differs(f"应为第{last + 1}号，" + ("有行缺失" if seq > last else "有行重复或次序颠倒"))
    if said["prev"] != head:
        raise differs(f"prev 应为 {head}，与前一行为的哈希不符")
    computed = entry_hash(head, body)
    if said["hash"] != computed:
        raise differs(f"哈希不符：按内容算得 {computed}，文件写作 {said['hash']}，内容或哈希被改动")
    if now.numbered and said["number"] != now.line:
        raise differs(f"全局序号应为 {now.line}，文件写作 {said['number']}，有行缺失、重复或次序颠倒")
    for name, kept in said.get("erasable", {}).items():
        if wrong := _erasable(name, kept, body):
            raise differs(wrong)
    if "erasable" in said:
        now.erasable.update(json.dumps(said["erasable"], ensure_ascii=False, separators=(",", ":")).encode())
    _keep(now, project, seq, computed)


def _parsed(now: _Reading, raw: bytes) -> dict[str, Any]:
    try:
        said = json.loads(raw.decode())
    except UnicodeDecodeError:
        raise Differs(now.line, *_guess(raw), "不是有效的 UTF-8 文字") from None
    except (ValueError, RecursionError):
        raise Differs(now.line, *_guess(raw), "不是有效的 JSON") from None
    if not isinstance(said, dict):
        raise Differs(now.line, *_guess(raw), "不是一条行为")
    return said


def _body(said: dict[str, Any], raw: bytes, numbered: bool) -> bytes | None:
    """The entry inside a line; None when the line does not end exactly as an export writes it."""
    names = ["number"] * numbered + ["prev", "hash"] + ["erasable"] * ("erasable" in said)
    tail = {name: said.get(name) for name in names}
    if numbered and type(tail["number"]) is not int:
        return None
    if not all(isinstance(tail[n], str) and HEX.fullmatch(str(tail[n])) for n in ("prev", "hash")):
        return None
    if not isinstance(tail.get("erasable", {}), dict) or tail.get("erasable") == {}:
        return None
    try:
        end = b"," + json.dumps(tail, ensure_ascii=False, separators=(",", ":")).encode()[1:] + b"\n"
    except ValueError:
        return None
    return raw[: -len(end)] + b"}" if raw.endswith(end) else None


def _erasable(name: str, kept: Any, body: bytes) -> str | None:
    """What is wrong with an erasable value, if anything."""
    if f'"{name}"'.encode(errors="replace") not in body:
        return f"可删除内容 {name} 不属于这一行为"
    if kept is None:
        return None
    if not isinstance(kept, dict) or list(kept) != ["salt", "value"]:
        return f"可删除内容 {name} 的写法不对"
    salt, value = kept["salt"], kept["value"]
    if (
        not isinstance(salt, str)
        or not SALT.fullmatch(salt)
        or not isinstance(value, str)
        or token(salt, value) != name
    ):
        return f"可删除内容 {name} 与账本所记摘要不符，内容或盐值被改动"
    return None


def _checkpoint(now: _Reading, raw: bytes) -> Verified:
    said = _parsed(now, raw).get("checkpoint")
    if not isinstance(said, dict):
        raise Differs(now.line, "", None, "校验行的写法不对")
    one = next(iter(now.heads), said.get("project")) if now.numbered is False else None
    if now.numbered is None and isinstance(said.get("project"), str):
        one = said["project"]
    heads = {code: [seq, head] for code, (seq, head) in now.heads.items()}
    computed = {
        "size": now.tree.size, "root": now.tree.root(), "heads": heads, "project": one,
        "erasable": "sm3:" + now.erasable.hexdigest(),
    }  # fmt: skip
    for name, value in computed.items():
        if said.get(name) != value:
            raise Differs(now.line, "", None, _about(name, value, said.get(name)))
    if raw != canonical({"checkpoint": computed}) + b"\n":
        raise Differs(now.line, "", None, "校验行的写法被改动")
    return Verified(now.tree.size, computed["root"], now.heads, one)


def _about(name: str, value: Any, said: Any) -> str:
    """How the checkpoint differs, in the words of the part that does."""
    if name == "heads" and isinstance(said, dict):
        codes = sorted(c for c in value.keys() | said.keys() if value.get(c) != said.get(c))
        return f"校验行所记的项目末行与算得的不符：{'、'.join(codes[:5])}"
    titles = {
        "size": "行数（size）", "root": "默克尔根（root）", "heads": "项目末行（heads）", "project": "项目（project）",
        "erasable": "可删除内容的摘要（erasable）",
    }  # fmt: skip
    words = "；有可删除内容被整条增删" if name == "erasable" else ""
    return f"校验行的{titles[name]}不符：算得 {value}，文件写作 {said}{words}"


def _guess(raw: bytes) -> tuple[str, int | None]:
    """The project and number of a line that cannot be read as a whole, as far as they can be made out."""
    project = re.search(rb'"project":"([^"\\]{1,300})"', raw)
    seq = re.search(rb'"seq":(\d{1,12})', raw)
    return (project[1].decode(errors="replace") if project else "", int(seq[1]) if seq else None)


def said_of(done: Verified) -> str:
    """The good news in words."""
    what = f"项目 {done.project} 的" if done.project else f"{len(done.heads)} 条链的"
    return f"核验无误：{what} {done.size} 项行为，根 {done.root}"


def _main(arguments: list[str]) -> tuple[int, str]:
    if len(arguments) != 1 or arguments[0].startswith("-"):
        return 2, "用法：python verify.py 导出文件"
    try:
        with open(arguments[0], "rb") as file:  # noqa: PTH123  # nothing but the plainest Python here
            return 0, said_of(verify_lines(file))
    except Differs as found:
        return 1, f"核验不通过：{found}"
    except OSError as wrong:
        return 2, f"读不了 {arguments[0]}：{wrong.strerror}"


if __name__ == "__main__":
    status, words = _main(sys.argv[1:])
    out = sys.stderr if status == 2 else sys.stdout
    print(words.encode(out.encoding or "utf8", "backslashreplace").decode(out.encoding or "utf8"), file=out)
    sys.exit(status)
