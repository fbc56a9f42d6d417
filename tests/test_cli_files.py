"""Act lines and the ledger on the command line: each line with its outcome, wrong files in one sentence."""

import json
from pathlib import Path

import pytest

from guicheng.records.project import PaperOf, Project
from tests.support.door import everything
from tests.support.lines import LINES, PAPER, line, written
from tests.support.terminal import run, sentence


@pytest.fixture
def lived(db: None, tmp_path: Path) -> Path:
    """A bureau with two projects, and the file of its lines."""
    file = written(LINES, tmp_path / "acts.jsonl")
    assert run("import", str(file)).exit_code == 0
    return file


# --- import ------------------------------------------------------------------------------------------------------------


def test_import_tells_each_line_and_the_totals(lived: Path) -> None:
    result = run("import", str(lived))
    assert result.exit_code == 0
    assert result.stdout.splitlines()[5].startswith("✓ 第6行 早已办理，跳过：HA-1 项目报备（file-project）")
    assert result.stderr == f"共 {len(LINES)} 行：早已办理，跳过 {len(LINES)}\n"


def test_import_as_json_is_one_outcome_a_line(lived: Path) -> None:
    written([*LINES, line("HA-1", "attach-paper", "nobody", "2025-06-20", **PAPER)], lived)
    result = run("import", str(lived), "--json")
    outcomes = [json.loads(one) for one in result.stdout.splitlines()]
    assert result.exit_code == 1
    assert [o["line"] for o in outcomes] == list(range(1, len(LINES) + 2))
    assert list(outcomes[-1]) == ["line", "project", "act", "outcome", "errors"]
    written([line("HA-1", "attach-paper", "li.wei", "2025-06-20")], lived)
    assert run("import", str(lived), "--json").exit_code == 2


def test_import_reads_standard_input(db: None, lived: Path) -> None:
    assert run("import", "-", input=lived.read_bytes()).exit_code == 0


def test_an_import_on_trial_keeps_nothing(lived: Path) -> None:
    written([line("HA-1", "attach-paper", "li.wei", "2025-06-20", **PAPER | {"title": t}) for t in "甲乙"], lived)
    picture = everything()
    result = run("import", str(lived), "--preview")
    assert (result.exit_code, result.stdout.count("可以办理（试办，未保存）")) == (0, 2)
    assert everything() == picture


def test_history_is_taken_in_with_its_breaches(lived: Path) -> None:
    old = {"classified": "no", "title": "旧系统", "unit": "wcs"}
    written([line("HA-OLD", "file-project", "li.wei", "2024-03-01", **old)], lived)
    assert run("import", str(lived)).exit_code == 2
    assert run("import", str(lived), "--as-history").exit_code == 0
    assert Project.objects.get(code="HA-OLD").gaps == ","


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "空"),
        ("\ufeff{}\n".encode(), "BOM"),
        ("{}".encode("utf-16"), "UTF-16"),
    ],
)
def test_a_file_of_another_kind_is_one_sentence(lived: Path, content: bytes, word: str) -> None:
    lived.write_bytes(content)
    picture = everything()
    assert word in sentence(run("import", str(lived)))
    assert everything() == picture


@pytest.mark.parametrize("name", ["/no/such/file", ".", "/"])
@pytest.mark.parametrize("order", ["import", "verify", "rebuild"])
def test_a_file_that_is_none_is_one_sentence(db: None, order: str, name: str) -> None:
    sentence(run(order, name))


def test_one_broken_line_keeps_the_whole_file_out(lived: Path) -> None:
    good = line("HA-1", "attach-paper", "li.wei", "2025-06-20", **PAPER)
    broken = json.dumps(good | {"on": None}), '{"project"', json.dumps(good).replace("纪要", "纪要" * 3) + "}"
    lived.write_text("\n".join([json.dumps(good), *broken, json.dumps(good)]), encoding="utf8")
    picture = everything()
    result = run("import", str(lived))
    assert result.exit_code == 2
    told = result.stdout.splitlines()
    assert [one[:5] for one in told if one.startswith("✗")] == ["✗ 第2行", "✗ 第3行", "✗ 第4行"]
    assert "on：必须填写" in told[1]
    assert "有 3 行读不了，整个文件都没有办理" in result.stderr
    assert everything() == picture
    found = [json.loads(one) for one in run("import", str(lived), "--json").stdout.splitlines()]
    assert [(o["line"], o["outcome"]) for o in found] == [(2, "invalid"), (3, "invalid"), (4, "invalid")]


# --- the ledger --------------------------------------------------------------------------------------------------------


def test_export_and_verify(lived: Path, tmp_path: Path) -> None:
    file = tmp_path / "ledger.jsonl"
    exported = run("export", "-o", str(file))
    assert (exported.exit_code, exported.stdout) == (0, "")
    assert run("export").stdout_bytes == file.read_bytes()
    verified = run("verify", str(file))
    assert (verified.exit_code, verified.stdout[:4]) == (0, "核验无误")
    said = json.loads(run("verify", str(file), "--json").stdout)
    assert (said["verified"], said["size"], said["differences"]) == (True, len(LINES), [])
    file.write_bytes(file.read_bytes().replace(b"HA-2", b"HA-3", 1))
    broken = run("verify", str(file))
    assert broken.exit_code == 1
    assert "第10行，项目 HA-3" in broken.stdout
    said = json.loads(run("verify", str(file), "--json").stdout)
    assert (said["verified"], said["differences"][0]["line"]) == (False, 10)
    assert json.loads(run("export", "--project", "HA-2").stdout.splitlines()[-1])["checkpoint"]["project"] == "HA-2"
    assert "HA-NONE" in sentence(run("export", "--project", "HA-NONE"))
    sentence(run("export", "-o", str(tmp_path)))
    sentence(run("export", "-o", str(tmp_path / "no" / "such")))
    assert sorted(p.name for p in tmp_path.iterdir()) == ["acts.jsonl", "ledger.jsonl"]


@pytest.mark.usefixtures("lived")
def test_verify_of_the_database_names_the_row() -> None:
    assert run("verify").stdout.endswith("各表与账本一致\n")
    PaperOf.objects.filter(project__code="HA-2", seq=2).update(title="假的")
    result = run("verify")
    assert result.exit_code == 1
    assert "项目 HA-2，第2号行为，表 paperof，记录 2，栏目 title：表中为 假的，账本算得 会议纪要" in result.stdout
    (said,) = json.loads(run("verify", "--json").stdout)["differences"]
    assert (said["table"], said["ref"], said["column"]) == ("paperof", "2", "title")


@pytest.mark.usefixtures("lived")
def test_rebuild_wants_an_empty_database(tmp_path: Path) -> None:
    file = tmp_path / "ledger.jsonl"
    run("export", "-o", str(file))
    assert "空数据库" in sentence(run("rebuild", str(file)))
