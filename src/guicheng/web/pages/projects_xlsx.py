"""The list of projects as a workbook."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from guicheng.records.project import Project
from guicheng.records.stage import STAGE_ZH, Stage

HEALTH_ZH = {"red": "须处理", "amber": "请留意", "green": "正常"}
Names = dict[str, str]


def _health(project: Project) -> str:
    kept = getattr(project, "kept", None)
    return HEALTH_ZH[kept.colour] if kept else "未计算"


def _approved(project: Project) -> Decimal | None:
    """The approved money that the reader may see, in 元."""
    fen: int | None = project.approved  # type: ignore[attr-defined]  # laid on by `priced`
    return None if fen is None else Decimal(fen) / 100


COLUMNS: list[tuple[str, Callable[[Project, Names], Any]]] = [
    ("项目编号", lambda p, n: p.code),
    ("项目名称", lambda p, n: p.title),
    ("建设处室", lambda p, n: n.get(p.unit, p.unit)),
    ("阶段", lambda p, n: STAGE_ZH[Stage(p.stage)]),
    ("状况", lambda p, n: _health(p)),
    ("批准金额（元）", lambda p, n: _approved(p)),
    ("报备日期", lambda p, n: p.filed_on),
    ("通过验收日期", lambda p, n: p.accepted_on),
    ("重大项目", lambda p, n: {True: "是", False: "否"}.get(p.major, "") if p.major is not None else ""),
]
"""What is exported: the title of each column, and how it reads a project."""

WIDTHS = (16, 48, 28, 12, 10, 18, 14, 16, 10)


def sheet(lines: Iterable[list[Any]]) -> bytes:
    """One sheet, its first row fixed; texts stay texts whatever they begin with."""
    book = Workbook(write_only=True)
    page = book.create_sheet("项目清单")
    page.freeze_panes = "A2"
    for letter, width in zip("ABCDEFGHI", WIDTHS, strict=True):
        page.column_dimensions[letter].width = width
    page.append([_bold(page, title) for title, _ in COLUMNS])
    for line in lines:
        page.append([_cell(page, value) for value in line])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _bold(page: Any, title: str) -> Any:
    cell = WriteOnlyCell(page, value=title)
    cell.font = Font(bold=True)
    return cell


def _cell(page: Any, value: Any) -> Any:
    cell = WriteOnlyCell(page, value=value)
    if isinstance(value, Decimal):
        cell.number_format = "#,##0.00"
    elif isinstance(value, str):
        cell.data_type = "s"
    else:
        cell.number_format = "yyyy-mm-dd"
    return cell
