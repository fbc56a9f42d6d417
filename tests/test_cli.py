"""The command line: its use, its catalogues, one act; what it writes where, its exit status, and never a traceback."""

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from guicheng.cli.main import main
from guicheng.cli.out import aligned, as_json
from guicheng.door.models import Attempt
from guicheng.ledger.models import Entry, Position
from guicheng.regulations.base import regulation
from tests.support.door import everything
from tests.support.lines import LINES, PAPER, written
from tests.support.terminal import run, sentence

LAW = regulation()
COMMANDS = list(main.commands)


@pytest.fixture
def lived(db: None, tmp_path: Path) -> Path:
    """A bureau with two projects, and the file of its lines."""
    file = written(LINES, tmp_path / "acts.jsonl")
    assert run("import", str(file)).exit_code == 0
    return file


# --- use ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("arguments", [(), ("--help",), *((name, "--help") for name in COMMANDS)], ids=str)
def test_help_is_chinese(arguments: tuple[str, ...]) -> None:
    result = run(*arguments)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "用法：guicheng" in result.stdout
    assert not re.search(r"Usage|Options|Commands|Show this", result.stdout)


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("fly",), "没有叫“fly”的命令"),
        (("--nope",), "没有选项 --nope"),
        (("perform",), "缺少"),
        (("perform", "HA-1", "attach-paper"), "--by"),
        (("perform", "HA-1", "attach-paper", "--by"), "--by"),
        (("perform", "HA-1", "attach-paper", "--by", "x", "--after", "many"), "--after"),
        (("perform", "HA-1", "attach-paper", "--by", "x", "--after", "-1"), "--after"),
        (("acts", "more"), "多写了参数"),
        (("simulate",), "--set"),
        (("simulate", "--set", "trial"), "名称=数值"),
        (("audit", "--engine", "abacus"), "abacus"),
        (("--db", "mysql://x/y", "audit"), "--db"),
        (("--db", "postgresql://x:notaport/y", "audit"), "--db"),
    ],
    ids=str,
)
def test_wrong_use_is_one_sentence(arguments: tuple[str, ...], word: str) -> None:
    assert word in sentence(run(*arguments))


def test_version() -> None:
    assert run("--version").stdout.startswith("guicheng ")


# --- perform -----------------------------------------------------------------------------------------------------------


def perform(act: str, *more: str, data: Any = None, project: str = "HA-1", by: str = "li.wei") -> Result:
    given = () if data is None else ("--data", data if isinstance(data, str) else json.dumps(data))
    return run("perform", project, act, "--by", by, *given, *more)


@pytest.mark.usefixtures("lived")
def test_an_act_is_done_and_numbered() -> None:
    result = perform("attach-paper", "--on", "2025-06-20", data=PAPER)
    assert result.exit_code == 0
    assert result.stdout.startswith("✓ 已办理：HA-1 附文件（attach-paper），第7号")
    assert Position.objects.count() == Entry.objects.count() == len(LINES) + 1


@pytest.mark.usefixtures("lived")
def test_json_is_one_document_and_nothing_else() -> None:
    result = perform("attach-paper", "--on", "2025-06-20", "--json", "--id", "mine", data=PAPER)
    said = json.loads(result.stdout)
    assert (result.stderr, said["outcome"], said["seq"], len(said["hash"])) == ("", "accepted", 7, 64)
    again = perform("attach-paper", "--on", "2025-06-20", "--json", "--id", "mine", data=PAPER)
    assert (again.exit_code, json.loads(again.stdout)["outcome"]) == (0, "skipped")


@pytest.mark.usefixtures("lived")
def test_today_is_the_day_when_none_is_given() -> None:
    assert json.loads(perform("attach-paper", "--json", data=PAPER).stdout)["outcome"] == "accepted"


@pytest.mark.usefixtures("lived")
def test_a_preview_keeps_nothing() -> None:
    picture = everything()
    result = perform("attach-paper", "--preview", "--on", "2025-06-20", data=PAPER)
    assert (result.exit_code, "未保存" in result.stdout) == (0, True)
    said = json.loads(perform("attach-paper", "--preview", "--json", "--on", "2025-06-20", data=PAPER).stdout)
    assert (said["outcome"], said["preview"], "hash" in said) == ("accepted", True, False)
    assert everything() == picture


@pytest.mark.usefixtures("lived")
def test_a_refusal_names_clause_sentence_figures_cure_and_who() -> None:
    """Archiving a project that has only been filed."""
    stopped = perform(
        "archive", "--on", "2025-06-20", data={"catalogue": PAPER["digest"], "pieces": 1, "received_by": "档案室"}
    )
    assert stopped.exit_code == 1
    lines = stopped.stdout.splitlines()
    assert lines[0].startswith("✗ 不予办理：HA-1 归档（archive）")
    assert lines[1].strip().startswith("第一条：“规范管理")
    assert any(one.strip().startswith("情况：") for one in lines)
    assert any(one.strip().startswith("怎么办：") for one in lines)
    assert Attempt.objects.filter(outcome="refused").exists()


@pytest.mark.usefixtures("lived")
def test_a_breach_is_told_with_who_can_cure_it() -> None:
    from guicheng.cli.verdict import in_words

    rule = LAW.rules["huaian2023:14.warranty-too-short"]
    breach = {
        "rule": rule.id, "clause": rule.clause, "sentence": rule.sentence, "facts": {}, "says": "合同HT-1约定保修12个月",
        "cure": rule.cure, "cured_by": list(rule.cured_by),
    }  # fmt: skip
    told = "\n".join(in_words({"outcome": "refused", "project": "HA-1", "act": "sign-contract", "breaches": [breach]}))
    assert "第十四条：“保修期自项目竣工验收合格之日起不得少于2年。”" in told
    assert "情况：合同HT-1约定保修12个月" in told
    assert re.search(r"由谁办：.+办理“.+”（sign-contract）", told)


@pytest.mark.usefixtures("lived")
@pytest.mark.parametrize(
    ("result", "status", "outcome", "word"),
    [
        (lambda: perform("attach-paper", by="nobody", data=PAPER), 1, "无权办理", "nobody"),
        (lambda: perform("attach-paper", "--role", "legal", data=PAPER), 1, "无权办理", "legal"),
        (lambda: perform("fly", data=PAPER), 2, "填写有误", "没有叫“fly”的行为"),
        (lambda: perform("attach-paper", data={}), 2, "填写有误", "title（题名）：必须填写"),
        (lambda: perform("attach-paper", project="HA-NONE", data=PAPER), 2, "填写有误", "没有编号为 HA-NONE 的项目"),
        (lambda: perform("attach-paper", "--on", "2025-02-30", data=PAPER), 2, "填写有误", "2025-02-30"),
        (lambda: perform("attach-paper", "--on", "1900-01-01", data=PAPER), 2, "填写有误", "1900"),
        (lambda: perform("attach-paper", "--on", "2099-01-01", data=PAPER), 2, "填写有误", "晚于今天"),
        (lambda: perform("attach-paper", data=PAPER | {"size": -1}), 2, "填写有误", "size（字节数）：不得小于 0"),
        (
            lambda: perform("attach-paper", data=PAPER | {"size": 1.5}),
            2,
            "填写有误",
            "data.size（字节数）：1.5 不是整数",
        ),
        (lambda: perform("attach-paper", data=PAPER | {"title": "a\0"}), 2, "填写有误", "空字符"),
        (lambda: perform("attach-paper", data=PAPER | {"title": "文" * 1_000_000}), 2, "填写有误", "200"),
        (lambda: perform("attach-paper", "--after", "2", data=PAPER), 1, "不予办理", "请刷新"),
        (lambda: perform("attach-paper", project="HA\ud800", data=PAPER), 2, "填写有误", "project"),
    ],
)
def test_what_is_not_done_says_why_and_changes_nothing(result: Any, status: int, outcome: str, word: str) -> None:
    picture = everything()
    found = result()
    assert (found.exit_code, found.stderr) == (status, "")
    assert found.stdout.startswith(f"✗ {outcome}")
    assert word in found.stdout
    assert everything() == picture


@pytest.mark.usefixtures("lived")
@pytest.mark.parametrize(
    ("data", "word"),
    [
        ("{", "JSON"),
        ("", "JSON"),
        ("[" * 100_000, "嵌套过深"),
        ('{"a": 1, "a": 2}', "两次"),
        ("@/no/such", "读不了"),
        ("@.", "读不了"),
    ],
)
def test_data_that_cannot_be_read_is_one_sentence(data: str, word: str) -> None:
    found = sentence(perform("attach-paper", data=data))
    assert word in found


@pytest.mark.usefixtures("lived")
def test_data_come_from_a_file_or_from_standard_input(tmp_path: Path) -> None:
    file = tmp_path / "data.json"
    file.write_text(json.dumps(PAPER), encoding="utf8")
    assert perform("attach-paper", data=f"@{file}").exit_code == 0
    assert (
        run("perform", "HA-1", "attach-paper", "--by", "li.wei", "--data", "@-", input=json.dumps(PAPER)).exit_code == 0
    )
    file.write_bytes(json.dumps(PAPER, ensure_ascii=False).encode("gbk"))
    assert "UTF-8" in sentence(perform("attach-paper", data=f"@{file}"))


# --- the book and the catalogues ---------------------------------------------------------------------------------------


@pytest.mark.usefixtures("lived")
def test_audit_in_words_and_as_json() -> None:
    result = run("audit", "--as-of", "2025-06-20")
    assert (result.exit_code in (0, 1), result.stdout.startswith("审查 2 个项目")) == (True, True)
    said = json.loads(run("audit", "--json", "--as-of", "2025-06-20").stdout)
    assert (said["as_of"], said["projects"], said["engine"]) == ("2025-06-20", 2, "database")
    breached = any(f["verdict"] == "breached" for f in said["findings"])
    assert result.exit_code == int(breached)
    assert json.loads(run("audit", "--json", "--project", "HA-1").stdout)["projects"] == 1
    assert "HA-NONE" in sentence(run("audit", "--project", "HA-NONE"))
    assert "没有“tomorrow”这样的日期" in sentence(run("audit", "--as-of", "tomorrow"))


@pytest.mark.usefixtures("lived")
def test_simulate_in_words_and_as_json() -> None:
    result = run("simulate", "--set", "warranty.min_months=12", "--set", "security.min_ratio=0.06")
    assert result.exit_code == 0
    assert "由 24个月 改为 12个月（低于法定下限 24个月，只能推演，不能设定）" in result.stdout
    assert "由 5% 改为 6%" in result.stdout
    said = json.loads(run("simulate", "--set", "warranty.min_months=12", "--json").stdout)
    assert said["set"]["warranty.min_months"]["to"] == "12个月"
    assert "没有叫“no.such”的数值" in sentence(run("simulate", "--set", "no.such=1"))


@pytest.mark.usefixtures("lived")
def test_the_cost_of_each_rule_in_words_and_as_json() -> None:
    result = run("bench", "rules")
    assert result.exit_code == 0
    assert result.stdout.startswith("门内毫秒")
    assert all(rule in result.stdout for rule in LAW.rules)
    assert "全库 2 个项目" in result.stdout
    said = json.loads(run("bench", "rules", "--project", "HA-2", "--json").stdout)
    assert (said["project"], said["projects"]) == ("HA-2", 2)
    assert "HA-NONE" in sentence(run("bench", "rules", "--project", "HA-NONE"))


@pytest.mark.usefixtures("db")
def test_there_is_nothing_to_measure_in_an_empty_database() -> None:
    assert "还没有项目" in sentence(run("bench", "rules"))


def test_acts_with_their_schema(db: None) -> None:
    from jsonschema import Draft202012Validator

    said = json.loads(run("acts", "--json").stdout)["acts"]
    assert [a["act"] for a in said] == list(LAW.acts)
    for one in said:
        Draft202012Validator.check_schema(one["schema"])
        assert {"act", "title", "clause", "roles", "stages", "schema"} <= one.keys()
        assert one["title"].keys() == {"zh", "en"}
    schema = next(a["schema"] for a in said if a["act"] == "attach-paper")
    assert Draft202012Validator(schema).is_valid(PAPER)
    assert not Draft202012Validator(schema).is_valid(PAPER | {"more": 1})
    assert "附文件（attach-paper）" in run("acts").stdout


def test_rules_with_their_figures(db: None) -> None:
    said = json.loads(run("rules", "--json").stdout)["rules"]
    assert [r["rule"] for r in said] == list(LAW.rules)
    warranty = next(r for r in said if r["rule"] == "huaian2023:14.warranty-too-short")
    assert warranty["figures"][0] | {"source": ""} == {
        "name": "warranty.min_months", "title": "质量保修最短期间", "value": "24个月", "source": "",
    }  # fmt: skip
    assert {"rule", "clause", "sentence", "force", "figures", "cure"} <= warranty.keys()
    assert "质量保修最短期间（warranty.min_months）= 24个月" in run("rules").stdout


def test_regulations_with_what_carries_out_each_sentence(db: None) -> None:
    (said,) = json.loads(run("regulations", "--json").stdout)["regulations"]
    assert (said["regulation"], said["editions"][0]["edition"]) == ("huaian2023", "2023-04-19")
    assert len(said["sentences"]) == len(LAW.text.sentences)
    assert all(s["carried_out_by"] for s in said["sentences"])
    assert "“一张网”" in run("regulations").stdout or "第二十三条" in run("regulations").stdout


@pytest.mark.usefixtures("lived")
def test_status_and_history() -> None:
    told = run("status", "HA-1").stdout
    assert "HA-1 一网通办受理平台" in told
    assert "附文件" in told
    said = json.loads(run("status", "HA-1", "--json").stdout)
    assert (said["stage"], said["seq"]) == ("已报备", 6)
    assert "更正" in run("history", "HA-1").stdout
    assert len(json.loads(run("history", "HA-1", "--json").stdout)["acts"]) == 6
    for order in ("status", "history"):
        assert "HA-NONE" in sentence(run(order, "HA-NONE"))


def test_columns_stand_under_one_another_in_chinese_too() -> None:
    assert list(aligned([["甲乙", "1"], ["abc", "2"]])) == ["甲乙  1", "abc   2"]
    assert list(aligned([])) == []


@pytest.mark.parametrize(
    ("document", "written"),
    [
        (
            {"审查": ["项目", 1, None, True], "日期": date(2026, 6, 20)},
            '{"审查":["项目",1,null,true],"日期":"2026-06-20"}',
        ),
        ({"名称": "半个\ud800字"}, '{"名称": "半个?字"}'),
        ({"半个\udc80": Path("甲")}, '{"半个?": "甲"}'),
    ],
)
def test_a_document_is_written_whatever_a_terminal_passed_on(document: Any, written: str) -> None:
    assert as_json(document) == written.encode()
    json.loads(as_json(document))
