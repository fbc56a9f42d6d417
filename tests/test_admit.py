"""What the door turns away before it looks: a classified project leaves no trace but who was turned away, and why."""

import json
from datetime import date
from typing import Any

import pytest

from guicheng.door.models import Attempt
from guicheng.door.outcome import Outcome, Request
from guicheng.door.perform import perform, preview
from guicheng.ledger.models import Chain, Entry
from guicheng.records.project import Project

SECRET = "绝不可留下的名称"
DAY = date(2025, 6, 1)


def asked(data: dict[str, Any], act: str = "file-project") -> Request:
    return Request("HA-绝不可留下", act, "li.wei", DAY, data)


def check(outcome: Outcome) -> None:
    assert outcome.outcome == "refused"
    (breach,) = outcome.breaches
    assert breach["clause"] == "第二十一条"
    assert breach["sentence"] == "涉密信息化项目按照相关保密要求执行。"
    assert "保密" in breach["cure"]
    said = json.dumps(outcome.as_json(), ensure_ascii=False)
    assert "绝不可留下" not in said


@pytest.mark.django_db
@pytest.mark.parametrize("answer", ["yes", "unsure", "是", None, 1])
@pytest.mark.parametrize("act", ["file-project", "refile-project"])
def test_a_classified_project_leaves_no_trace(act: str, answer: Any) -> None:
    check(perform(asked({"classified": answer, "title": SECRET, "unit": SECRET}, act)))
    check(preview(asked({"title": SECRET, "classified": answer}, act)))
    (attempt,) = Attempt.objects.values()
    assert "绝不可留下" not in str(attempt)
    assert attempt["chain"] == ""
    assert attempt["person"] == "li.wei"
    assert attempt["rules"] == ["huaian2023:21.classified-project"]
    assert not (Project.objects.exists() or Entry.objects.exists() or Chain.objects.exists())


@pytest.mark.django_db
def test_other_words_are_refused_as_before() -> None:
    outcome = perform(asked({"classified": "no"}))
    assert outcome.outcome == "invalid"
    assert Attempt.objects.get().chain == "HA-绝不可留下"
