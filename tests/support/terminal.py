"""The command line in this process: run, and the one sentence of a wrong use."""

import re
from typing import Any

from click.testing import CliRunner, Result

from guicheng.cli.main import main

CHINESE = re.compile("[一-鿿]")


def run(*arguments: str, **more: Any) -> Result:
    """The command in this process. Whatever it does, it does not throw, and says nothing of tracebacks."""
    result = CliRunner().invoke(main, list(arguments), **more)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert "Traceback" not in result.output
    return result


def sentence(result: Result, status: int = 2) -> str:
    """The one Chinese sentence on standard error of a command that answered nothing."""
    assert (result.exit_code, result.stdout) == (status, ""), result.output
    (only,) = result.stderr.splitlines()
    assert CHINESE.search(only), only
    return only
