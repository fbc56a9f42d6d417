"""README shows what the example really prints: the import is run, and its refusals must stand there word for word."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
GUICHENG = str(Path(sys.executable).with_name("guicheng"))


def run(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [GUICHENG, "--home", str(home), *words], capture_output=True, text=True, check=False, cwd=ROOT
    )


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> subprocess.CompletedProcess[str]:
    home = tmp_path_factory.mktemp("readme")
    assert run(home, "init").returncode == 0
    return run(home, "import", "docs/examples/life.jsonl")


def refusals(text: str) -> str:
    """The refused lines with what is said of each."""
    return "\n".join(re.findall(r"^✗ .*(?:\n {4}.*)*", text, flags=re.MULTILINE))


def test_the_example_is_refused_four_times_and_otherwise_done(printed: subprocess.CompletedProcess[str]) -> None:
    assert printed.returncode == 1
    assert "已办理 175" in printed.stderr
    assert "不予办理 4" in printed.stderr
    assert refusals(printed.stdout).count("✗") == 4


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_the_readme_shows_them(name: str, printed: subprocess.CompletedProcess[str]) -> None:
    assert refusals(printed.stdout) in (ROOT / name).read_text(encoding="utf8")
