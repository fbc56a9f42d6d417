"""The glossary pairs terms one to one, and knows every role, stage and record table by the name that the code gives it."""

import re
from collections import Counter
from pathlib import Path

from guicheng.people.roles import ROLE_ZH, Role
from guicheng.records.project import Project
from guicheng.records.stage import STAGE_ZH, Stage
from guicheng.records.tables import bureau_tables, project_tables
from guicheng.regulations.coverage import KIND_ZH

PAGE = Path(__file__).parents[2] / "docs/glossary.md"
ROW = re.compile(r"^\| (?P<english>[^|]+) \| (?P<chinese>[^|]+) \| `(?P<name>[^`]+)` \|$", re.M)
ROWS = [m.groupdict() for m in ROW.finditer(PAGE.read_text(encoding="utf8"))]
CHINESE = {row["name"]: row["chinese"] for row in ROWS}


def test_terms_are_paired_one_to_one() -> None:
    for column in ("english", "chinese", "name"):
        assert [term for term, n in Counter(row[column] for row in ROWS).items() if n > 1] == [], column


def test_every_line_of_a_table_is_a_pair() -> None:
    lines = [line for line in PAGE.read_text(encoding="utf8").splitlines() if line.startswith("|")]
    assert [line for line in lines if not ROW.match(line) and not line.startswith(("|---", "| English |"))] == []


def test_roles_and_stages_are_called_as_the_code_calls_them() -> None:
    assert {r: CHINESE.get(f"Role.{r.name}") for r in Role} == ROLE_ZH
    assert {s: CHINESE.get(f"Stage.{s.name}") for s in Stage} == STAGE_ZH


def test_every_kind_of_declaration_is_called_as_the_code_calls_it() -> None:
    assert set(KIND_ZH.values()) <= set(CHINESE.values())


def test_every_record_table_has_a_chinese_name() -> None:
    tables = {t.__name__ for t in (Project, *project_tables(), *bureau_tables())}
    assert sorted(tables - set(CHINESE)) == []


def test_no_table_is_named_that_does_not_exist() -> None:
    """Below “Records”, and in the bureau's own part, every identifier is a table."""
    parts = PAGE.read_text(encoding="utf8").split("\n## ")
    named = {m["name"] for p in parts if "记录\n" in p or p.startswith("Records") for m in ROW.finditer(p)}
    assert sorted(named - {t.__name__ for t in (*project_tables(), *bureau_tables())}) == []
