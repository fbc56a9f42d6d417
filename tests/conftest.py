"""Every test begins without the figures gathered by another: they belong to a database that was rolled back."""

import pytest

from guicheng.judge.edition import forget_figures


@pytest.fixture(autouse=True)
def _forgotten() -> None:
    forget_figures()
