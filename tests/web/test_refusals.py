"""Whatever the door, a form or the store of papers can say of data that do not fit has its English: found in the code, not listed here."""

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

import guicheng
from guicheng.door.data import SENTENCES
from guicheng.web.refusals import SLOT, pattern, refusal, templates
from tests.support.english import reading

HOME = Path(guicheng.__file__).parent
ROOMS = ("door", "papers", "regulations", "web")
SAYING = {"Wrong", "need", "Refused", "Unreadable", "Unfit", "ValueError", "_stop"}
"""Whoever calls these says something to the person at the form."""
CHINESE = re.compile(r"[\u4e00-\u9fff]")
In = Callable[[str], Client]


def _template(node: ast.AST) -> str:
    """A literal as a template: {} where something is put in; nothing for what is no literal."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(str(v.value) if isinstance(v, ast.Constant) else "{}" for v in node.values)
    return ""


def _literals(node: ast.AST) -> Iterator[str]:
    """The outermost Chinese literals inside a node, and those inside what is put into them."""
    if words := _template(node):
        if CHINESE.search(words):
            yield words
        inner = [v.value for v in getattr(node, "values", []) if isinstance(v, ast.FormattedValue)]
    else:
        inner = list(ast.iter_child_nodes(node))
    for one in inner:
        yield from _literals(one)


def _called(node: ast.AST) -> str:
    return getattr(node.func, "id", getattr(node.func, "attr", "")) if isinstance(node, ast.Call) else ""


def _said() -> set[tuple[str, str]]:
    found = {("door/data.py", SLOT.sub("{}", words)) for words in SENTENCES.values()}
    for room in ROOMS:
        for file in (HOME / room).rglob("*.py"):
            name = str(file.relative_to(HOME))
            for node in ast.walk(ast.parse(file.read_text(encoding="utf8"))):
                if _called(node) in SAYING:
                    found |= {(name, words) for part in [*node.args, *node.keywords] for words in _literals(part)}  # type: ignore[attr-defined]
    return found


def _names() -> set[str]:
    """What is named inside a sentence and has its English elsewhere, and what only a programmer can be told."""
    return {"先完成前面的环节", "先办理“恢复项目”"}


@pytest.mark.parametrize(("file", "words"), sorted(_said()))
def test_every_sentence_has_its_english(file: str, words: str) -> None:
    assert words in templates() or words in _names(), file


def test_the_enumeration_finds_what_is_there() -> None:
    found = {words for _, words in _said()}
    assert len(found) > 200
    assert {
        "必须填写",
        "没有编号为 {} 的项目，请先报备",
        "付款申请{}尚可支付{}分，请核对金额",
        "文件是空的，请选择有内容的文件",
    } <= found


@pytest.mark.parametrize(("zh", "en"), sorted(templates().items()))
def test_the_english_is_english_and_names_what_the_chinese_names(zh: str, en: str) -> None:
    slots = len(SLOT.findall(zh))
    assert not CHINESE.search(en) and {int(n) for n in re.findall(r"\{(\d)(?::day)?\}", en)} <= set(range(slots))
    words = SLOT.sub("7", zh)
    assert pattern(zh).fullmatch(words)
    with reading(english=True):
        assert not CHINESE.search(refusal(words)), refusal(words)
    with reading(english=False):
        assert refusal(words) == words


@pytest.fixture
def english(sign_in: In) -> Client:
    client = sign_in("sun.li")
    client.cookies["language"] = "en"
    return client


FORM = "/projects/HA-2026-005/acts/submit-estimate/"
ALL = re.compile(r'class="(?:wrong|problems|say[^"]*)"[^>]*>(.*?)</(?:p|div)>', re.DOTALL)


@pytest.mark.usefixtures("demo_site")
@pytest.mark.parametrize("day", ["2026-13-45", "2026年13月45日", "第十十条"])
def test_a_form_with_faults_is_answered_in_english(english: Client, day: str) -> None:
    for address in (FORM, f"{FORM}preview/"):
        page = english.post(address, {"_on": day, "_id": "0" * 32}).content.decode()
        said = " ".join(ALL.findall(page))
        assert f"Business day: There is no date “{day}”" in said
        assert not CHINESE.search(re.sub(r"“[^”]*”", "", said)), said


@pytest.mark.usefixtures("demo_site")
@pytest.mark.parametrize(
    ("address", "words"),
    [(FORM, "Business day: Required"), (f"{FORM}preview/", 'Not filled in yet</strong> 1 to go: <a href="#f-_on">')],
)
def test_a_form_without_its_day_asks_for_the_day(english: Client, address: str, words: str) -> None:
    page = english.post(address, {"_on": "", "_id": "0" * 32}).content.decode()
    said = " ".join(ALL.findall(page))
    assert words in said and "no date" not in said and not CHINESE.search(said), said


@pytest.mark.usefixtures("demo_site")
def test_an_act_that_is_not_ones_own_and_one_out_of_its_stage_are_refused_in_english(
    english: Client, sign_in: In
) -> None:
    page = english.get("/projects/HA-2019-001/acts/pay/")
    assert page.status_code == 403 and "cannot do “Pay”" in page.content.decode()
    page = english.get("/projects/HA-2019-001/acts/start-trial/")
    assert page.status_code == 409 and "The project stands at “Operation”" in page.content.decode()


def test_a_day_in_a_sentence_is_written_as_the_reader_writes_it() -> None:
    with reading(english=True):
        assert refusal("项目自2026年5月7日起中止") == "The project is suspended since 2026-05-07"
    with reading(english=False):
        assert refusal("项目自2026年5月7日起中止") == "项目自2026年5月7日起中止"


@pytest.mark.parametrize(
    "typed", ["2026年5月7日", "2026年13月40日", "２０２６年5月7日", "第一三条", "第十十条", "{0:day}"]
)
def test_what_somebody_typed_stands_as_typed_whatever_it_looks_like(typed: str) -> None:
    with reading(english=True):
        assert refusal(f"没有编号为 {typed} 的项目，请先报备") == f"There is no project {typed}; file it first"
        assert f"“{typed}”" in refusal(f"没有叫“{typed}”的行为，可用 guicheng acts 查看全部")


@pytest.mark.usefixtures("demo_site")
def test_an_upload_and_a_password_are_refused_in_english(english: Client) -> None:
    answer = english.post("/papers/", {"file": SimpleUploadedFile("x.exe", b"MZ"), "declared": "on"})
    assert answer.json()["error"].startswith("Files ending in .exe are not taken")
    english.cookies["language"] = "zh"
    answer = english.post("/papers/", {"file": SimpleUploadedFile("x.exe", b"MZ"), "declared": "on"})
    assert answer.json()["error"].startswith("不收“.exe”文件")
