"""The exported ledger and its verifier: every byte counts, and a bare Python can tell."""

import hashlib
import json
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from guicheng.door.outcome import Request
from guicheng.door.perform import perform
from guicheng.exchange.export import export
from guicheng.ledger import verify
from guicheng.ledger.digest import GENESIS, Tree, canonical, entry_hash, sm3, token, tree_root
from guicheng.ledger.models import Entry, Erasable, Position
from guicheng.ledger.sequence import sequence
from guicheng.ledger.verify import Differs, verify_lines
from tests.support.lines import LINES


def lived() -> None:
    for one in LINES:
        done = perform(Request(one["project"], one["act"], one["by"].removeprefix("user:"), one["on"], one["data"]))
        assert done.outcome == "accepted", done.as_json()


@cache
def written_by_hand() -> tuple[bytes, ...]:
    """A small export made from the description of the format alone, without the house's own exporter."""
    salt, phone = "ab" * 16, "0517-80000000"
    name = token(salt, phone)
    said = [
        ("bureau", {"act": "register-unit", "data": {"name": "网技处"}}, {}),
        ("HA-1", {"act": "file-project", "data": {"phone": name}}, {name: {"salt": salt, "value": phone}}),
        ("HA-1", {"act": "attach-paper", "data": {"title": "“引号”与\\斜线\n换行"}}, {}),
        ("bureau", {"act": "appoint", "data": {"name": token("cd" * 16, "赵")}}, {token("cd" * 16, "赵"): None}),
        ("HA-2", {"act": "file-project", "data": {"amount": 100}}, {}),
    ]
    whole = {"recorded": "2026-01-01T00:00:00.000+00:00", "regulation": "huaian2023", "role": "construction", "v": 1}
    lines, heads, parts = [], {}, []
    for number, (project, about, erasable) in enumerate(said, 1):
        seq, prev = heads.get(project, (0, GENESIS))
        body = canonical({**about, "project": project, "seq": seq + 1} | (whole if number != 5 else {}))
        heads[project] = (seq + 1, entry_hash(prev, body))
        tail = {"number": number, "prev": prev, "hash": heads[project][1]} | (
            {"erasable": erasable} if erasable else {}
        )
        parts += [json.dumps(erasable, ensure_ascii=False, separators=(",", ":")).encode()] if erasable else []
        dumped = json.dumps(tail, ensure_ascii=False, separators=(",", ":")).encode()
        lines.append(body[:-1] + b"," + dumped[1:] + b"\n")
    hashes = [json.loads(one)["hash"] for one in lines]
    about_all = {
        "size": len(lines), "root": tree_root(hashes), "heads": {c: list(h) for c, h in heads.items()}, "project": None,
        "erasable": "sm3:" + sm3(b"".join(parts)),
    }  # fmt: skip
    return (*lines, canonical({"checkpoint": about_all}) + b"\n")


def difference(data: bytes) -> Differs:
    with pytest.raises(Differs) as found:
        verify_lines(one for one in _lines(data))
    return found.value


def _lines(data: bytes) -> list[bytes]:
    parts = data.split(b"\n")
    return [p + b"\n" for p in parts[:-1]] + ([parts[-1]] if parts[-1] else [])


# --- the tree ----------------------------------------------------------------------------------------------------------


def merkle(leaves: list[bytes]) -> bytes:
    """RFC 9162, section 2.1.1, word for word, with SM3."""

    def digest(data: bytes) -> bytes:
        return hashlib.new("sm3", data).digest()

    if not leaves:
        return digest(b"")
    if len(leaves) == 1:
        return digest(b"\0" + leaves[0])
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    return digest(b"\1" + merkle(leaves[:half]) + merkle(leaves[half:]))


@pytest.mark.parametrize("size", range(34))
def test_the_tree_is_that_of_the_rfc(size: int) -> None:
    hashes = [sm3(bytes([i])) for i in range(size)]
    assert tree_root(hashes) == merkle([bytes.fromhex(h) for h in hashes]).hex()


def test_the_tree_can_be_asked_at_any_time() -> None:
    tree = Tree()
    for i in range(20):
        assert tree.root() == tree_root(sm3(bytes([n])) for n in range(i))
        tree.add(sm3(bytes([i])))


# --- any byte ----------------------------------------------------------------------------------------------------------


def test_an_export_written_by_hand_verifies() -> None:
    done = verify_lines(written_by_hand())
    assert (done.size, done.project, sorted(done.heads)) == (5, None, ["HA-1", "HA-2", "bureau"])


@pytest.mark.parametrize("mask", [0x01, 0x20, 0x80])
def test_any_byte_changed_anywhere_is_found_on_its_line(mask: int) -> None:
    """0x20 turns small letters into capitals, also in hexadecimal digits."""
    whole = b"".join(written_by_hand())
    for place in range(len(whole)):
        changed = whole[:place] + bytes([whole[place] ^ mask]) + whole[place + 1 :]
        found = difference(changed)
        assert found.line == whole[:place].count(b"\n") + 1, (place, str(found))
        assert found.what


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_any_piece_replaced_is_found(data: st.DataObject) -> None:
    whole = b"".join(written_by_hand())
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, min(len(whole), start + 40)))
    piece = data.draw(
        st.one_of(st.binary(max_size=40), st.text(max_size=12).map(str.encode), st.just(whole[end : end + 9]))
    )
    changed = whole[:start] + piece + whole[end:]
    if changed != whole:
        difference(changed)


@pytest.mark.parametrize("at", range(5))
def test_a_missing_a_repeated_and_a_reordered_line_are_named(at: int) -> None:
    lines = list(written_by_hand())
    project = json.loads(lines[at])["project"]
    missing = difference(b"".join(lines[:at] + lines[at + 1 :]))
    assert missing.line == at + 1
    twice = difference(b"".join([*lines[: at + 1], *lines[at:]]))
    assert (twice.line, twice.project) == (at + 2, project)
    assert "重复" in twice.what
    if at < 4:
        lines[at], lines[at + 1] = lines[at + 1], lines[at]
        assert difference(b"".join(lines)).line == at + 1


def test_a_truncated_file_is_named_wherever_it_ends() -> None:
    whole = b"".join(written_by_hand())
    for end in range(len(whole)):
        assert "截断" in difference(whole[:end]).what or end == 0, end
    assert "空" in difference(b"").what


def test_what_follows_the_checkpoint_is_found() -> None:
    lines = written_by_hand()
    assert difference(b"".join([*lines, lines[0]])).line == 7
    assert difference(b"".join([*lines, b"\n"])).line == 7
    assert difference(b"".join([*lines, lines[-1]])).line == 7


def test_an_erasable_value_left_out_is_found_by_the_digest_over_all_of_them() -> None:
    lines = list(written_by_hand())
    head, _, _ = lines[1].partition(b',"erasable"')
    lines[1] = head + b"}\n"
    found = difference(b"".join(lines))
    assert (found.line, "erasable" in found.what) == (6, True)


def test_the_difference_names_project_number_and_what() -> None:
    lines = list(written_by_hand())
    lines[2] = lines[2].replace("斜线".encode(), "斜綫".encode())
    found = difference(b"".join(lines))
    assert (found.line, found.project, found.seq) == (3, "HA-1", 2)
    assert "哈希不符" in str(found)
    assert "第3行，项目 HA-1，第2号行为" in str(found)


def test_very_deep_nesting_and_broken_text_are_only_differences() -> None:
    assert "JSON" in difference(b"[" * 100_000 + b"\n").what
    assert "UTF-8" in difference("行为".encode("gbk") + b"\n").what
    assert "JSON" in difference(b'{"seq":' + b"9" * 5000 + b"}\n").what


def test_an_export_of_nothing_verifies() -> None:
    about = {"size": 0, "root": sm3(b""), "heads": {}, "project": None, "erasable": "sm3:" + sm3(b"")}
    assert verify_lines([canonical({"checkpoint": about}) + b"\n"]).size == 0


# --- on another machine ------------------------------------------------------------------------------------------------


def bare(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """The two files on a Python that has nothing of ours installed."""
    for name in ("verify.py", "digest.py"):
        shutil.copy(Path(verify.__file__).with_name(name), folder)
    return subprocess.run(
        [sys.executable, "-E", "-S", "verify.py", *arguments], cwd=folder, capture_output=True, check=False
    )


def test_two_files_verify_on_a_bare_python(tmp_path: Path) -> None:
    (tmp_path / "good").write_bytes(b"".join(written_by_hand()))
    (tmp_path / "bad").write_bytes(b"".join(written_by_hand()).replace(b"HA-2", b"HA-3"))
    good, bad = bare(tmp_path, "good"), bare(tmp_path, "bad")
    assert (good.returncode, good.stderr) == (0, b"")
    assert "核验无误" in good.stdout.decode()
    assert bad.returncode == 1
    assert "第5行，项目 HA-3" in bad.stdout.decode()


@pytest.mark.parametrize("arguments", [(), ("none",), (".",), ("a", "b"), ("--help",)])
def test_wrong_use_of_the_two_files_is_one_sentence(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    done = bare(tmp_path, *arguments)
    assert (done.returncode, done.stdout, done.stderr.count(b"\n")) == (2, b"", 1)


def test_the_verifier_needs_no_django() -> None:
    code = "import sys, guicheng.ledger.verify; sys.exit(any(m.startswith('django') for m in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


# --- the writer --------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_what_the_house_exports_verifies_and_is_the_entries_byte_for_byte() -> None:
    lived()
    lines = list(export())
    done = verify_lines(lines)
    assert done.size == len(LINES) == Entry.objects.count()
    for one, entry in zip(lines, Entry.objects.order_by("position__number"), strict=False):
        assert one.startswith(entry.body[:-1].encode() + b',"number":')
    said = json.loads(lines[5])
    assert (said["project"], said["act"], said["by"], said["on"]) == ("HA-1", "file-project", "li.wei", "2025-06-03")
    assert said["number"] == 6
    assert said["data"]["contact_phone"].startswith("sm3:")
    assert [e["value"] for e in said["erasable"].values()] == ["0517-80000000"]


@pytest.mark.django_db
def test_an_export_of_one_project_stands_alone() -> None:
    lived()
    done = verify_lines(export("HA-1"))
    assert (done.project, done.size, list(done.heads)) == ("HA-1", 6, ["HA-1"])
    lines = list(export("HA-1"))
    assert "另一个项目" in difference(b"".join([lines[0], *export("HA-2")])).what
    assert verify_lines(export("HA-NONE")).size == 0


@pytest.mark.django_db
def test_an_erased_value_leaves_the_chain_valid() -> None:
    lived()
    one = Erasable.objects.get(value="0517-80000000")
    Erasable.objects.filter(pk=one.pk).update(value="", salt="", erased_at="2025-07-01T00:00Z")
    lines = list(export())
    assert verify_lines(lines).size == len(LINES)
    assert json.loads(lines[5])["erasable"] == {one.token: None}


@pytest.mark.django_db
def test_every_entry_is_numbered_once_and_in_the_order_of_its_chain() -> None:
    lived()
    assert sequence() == len(LINES)
    assert sequence() == 0
    perform(Request("HA-1", "attach-paper", "li.wei", "2025-06-20", LINES[6]["data"]))
    assert sequence() == 1
    numbers = list(Position.objects.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, len(LINES) + 2))
    for chain in ("bureau", "HA-1", "HA-2"):
        seqs = Position.objects.filter(entry__chain=chain).order_by("number").values_list("entry__seq", flat=True)
        assert list(seqs) == list(range(1, len(seqs) + 1))


@pytest.mark.django_db
@pytest.mark.parametrize("table", ["ledger_entry", "ledger_position"])
@pytest.mark.parametrize("verb", ["UPDATE {} SET id = id", "DELETE FROM {}"])
def test_the_database_itself_refuses_to_change_what_was_recorded(table: str, verb: str) -> None:
    lived()
    sequence()
    sql = verb.format(table).replace("id = id", "number = number" if "position" in table else "seq = seq")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
