"""Personal data of outsiders: stored apart, named by tokens everywhere else, and erasable while every chain stays valid."""

import io
import json
from datetime import date
from typing import Any

import pytest

from guicheng.door.data import validated, with_tokens
from guicheng.door.outcome import Outcome, Request
from guicheng.door.perform import perform, preview
from guicheng.exchange.check import check_ledger, check_tables
from guicheng.exchange.export import export
from guicheng.law.act import Act, personal_paths
from guicheng.law.fields import PersonName, RowData, field
from guicheng.ledger.append import bodies
from guicheng.ledger.digest import token
from guicheng.ledger.erase import ERASED, erase, is_token, name_of, names_of
from guicheng.ledger.models import Entry, Erasable
from guicheng.ledger.verify import verify_lines
from guicheng.people.models import Person
from guicheng.records.bureau import Erasure
from guicheng.records.procurement import Contract
from guicheng.regulations.base import regulation
from tests.support.door import DAY, everything, found_bureau, open_project, project_act

pytestmark = pytest.mark.django_db
NAME = "外来的张三"


class Row(RowData):
    name: PersonName = field("姓名")
    phone: PersonName | None = field("电话", default=None)
    unit: str = field("单位")


class Meeting(Act):
    """Every way in which an act may name an outsider."""

    chair: PersonName = field("主持人")
    guest: PersonName | None = field("来宾", default=None)
    experts: list[PersonName] = field("专家", default=[])
    others: list[PersonName] | None = field("其他", default=None)
    rows: list[Row] = field("名单", default=[])
    more: list[Row] | None = field("又一名单", default=None)
    place: str = field("地点")


_papers = regulation().acts["attach-paper"]
Meeting.spec = type(_papers)(**_papers.__dict__ | {"cls": Meeting, "code": "meeting"})

PATHS = {
    ("chair",), ("guest",), ("experts",), ("others",),
    ("rows", "name"), ("rows", "phone"), ("more", "name"), ("more", "phone"),
}  # fmt: skip


def leaves(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [x for v in value.values() for x in leaves(v)]
    return [x for v in value for x in leaves(v)] if isinstance(value, list) else [value]


def test_every_place_of_a_name_is_known() -> None:
    assert set(personal_paths(Meeting)) == PATHS


@pytest.mark.parametrize("history", [False, True])
def test_names_are_set_apart_wherever_they_stand(history: bool) -> None:
    row = {"name": "丙", "phone": "139", "unit": "某所"}
    data = {
        "chair": "甲",
        "guest": "乙",
        "experts": ["丁", "戊"],
        "others": ["己"],
        "rows": [row],
        "more": [row],
        "place": "厅",
    }
    kept = with_tokens(act := validated(Meeting.spec, data, history), act.model_dump(mode="json", exclude_none=True))
    assert kept["place"] == "厅"
    assert kept["rows"][0]["unit"] == "某所"
    tokens = [v for v in leaves(kept) if v not in ("厅", "某所")]
    assert all(map(is_token, tokens))
    assert len(set(tokens)) == len(tokens) == 9  # equal names have unlike tokens
    assert set(names_of(tokens).values()) == {"甲", "乙", "丙", "丁", "戊", "己", "139"}
    assert with_tokens(validated(Meeting.spec, kept, history), kept) == kept


def test_what_is_left_open_stays_open() -> None:
    data = {"chair": "甲", "place": "厅"}
    kept = with_tokens(act := validated(Meeting.spec, data, False), act.model_dump(mode="json", exclude_none=True))
    assert set(kept) == {"chair", "place", "experts", "rows"}
    assert Erasable.objects.count() == 1


def appoint_outsider() -> Outcome:
    found_bureau()
    data = {"person": "zhang.san", "outsider_name": NAME, "unit": "wcs", "post": "expert", "project": "HA-1"}
    done = perform(Request("bureau", "appoint", "an.quan", DAY, data))
    assert done.outcome == "accepted", done.errors
    return done


def ask_to_erase(*tokens: str, by: str = "an.quan") -> Outcome:
    data = {"tokens": list(tokens), "ground": "request", "reason": "个人信息保护法第四十七条"}
    return perform(Request("bureau", "erase-personal", by, DAY, data))


def test_ledger_and_tables_hold_only_the_token() -> None:
    appoint_outsider()
    kept = bodies("bureau")[-1]["data"]["outsider_name"]
    assert NAME not in "".join(Entry.objects.values_list("body", flat=True))
    assert Person.objects.get(username="zhang.san").name == kept
    assert name_of(kept) == NAME
    assert name_of("李处长") == "李处长"
    one = Erasable.objects.get()
    assert token(one.salt, one.value) == one.token == kept
    assert NAME not in json.dumps(everything() | {"ledger_erasable": []}, default=str, ensure_ascii=False)


def test_erasing_leaves_the_chain_the_tables_and_the_export_valid() -> None:
    appoint_outsider()
    name = bodies("bureau")[-1]["data"]["outsider_name"]
    before = verify_lines(export()).heads["bureau"]
    assert ask_to_erase(name).outcome == "accepted"
    one = Erasable.objects.get()
    assert (one.value, one.salt, one.erased_at is None) == ("", "", False)
    assert name_of(name) == ERASED
    assert Erasure.objects.get().ref == name[4:]
    check_ledger()
    assert list(check_tables()) == []
    said = b"".join(export())
    assert NAME.encode() not in said
    after = verify_lines(io.BytesIO(said)).heads["bureau"]
    assert after[0] == before[0] + 1
    assert before[1] in said.decode()


def test_erasing_twice_changes_nothing_and_is_said() -> None:
    appoint_outsider()
    name = bodies("bureau")[-1]["data"]["outsider_name"]
    ask_to_erase(name)
    first = Erasable.objects.get().erased_at
    again = ask_to_erase(name)
    assert (again.outcome, list(again.errors)) == ("invalid", ["tokens"])
    assert erase(name) is True
    assert Erasable.objects.get().erased_at == first
    assert erase("sm3:" + "0" * 64) is False


def test_an_unknown_token_undoes_the_whole_act() -> None:
    appoint_outsider()
    name = bodies("bureau")[-1]["data"]["outsider_name"]
    before = everything()
    assert ask_to_erase(name, "sm3:" + "0" * 64).outcome == "invalid"
    assert ask_to_erase(name, name).outcome == "invalid"
    assert ask_to_erase(name, by="zhang.san").outcome == "denied"
    assert everything() == before
    assert name_of(name) == NAME


def test_a_preview_stores_and_erases_nothing() -> None:
    appoint_outsider()
    name = bodies("bureau")[-1]["data"]["outsider_name"]
    before = everything()
    data = {"tokens": [name], "ground": "request", "reason": "x"}
    assert preview(Request("bureau", "erase-personal", "an.quan", DAY, data)).outcome == "accepted"
    person = {"person": "li.si", "outsider_name": "李四", "unit": "wcs", "post": "expert", "project": "HA-1"}
    assert preview(Request("bureau", "appoint", "an.quan", DAY, person)).outcome == "accepted"
    assert everything() == before


def test_a_correction_sets_its_names_apart_too() -> None:
    open_project()
    assert "contact_phone" in regulation().acts["file-project"].cls.model_fields
    filed = bodies("HA-1")[0]["data"]
    new = filed | {"contact_phone": "13900001111"}
    done = project_act("correct", {"entry": 1, "reason": "补电话", "replacement": new})
    assert done.outcome == "accepted", done.as_json()
    said = bodies("HA-1")[-1]["data"]["replacement"]["contact_phone"]
    assert name_of(said) == "13900001111"
    assert "13900001111" not in "".join(Entry.objects.values_list("body", flat=True))
    assert list(check_tables("HA-1")) == []
    assert Contract.objects.count() == 0
    assert date.fromisoformat(bodies("HA-1")[-1]["on"]) == DAY
