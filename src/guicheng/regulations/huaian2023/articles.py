"""The articles by number, for the modules that carry them out: `from …articles import A13, R`."""

from pathlib import Path

from guicheng.regulations.base import over_projects

R = over_projects("huaian2023", Path(__file__).parent)
EDITION = R.text.day.isoformat()

(
    A1, A2, A3, A4, A5, A6, A7, A8, A9, A10, A11, A12, A13, A14, A15, A16, A17, A18, A19, A20, A21, A22, A23,
) = R.text.articles.values()  # fmt: skip
