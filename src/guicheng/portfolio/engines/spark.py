"""The rules on Spark over the kept columns: on this machine, or on the cluster that GUICHENG_SPARK names."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from guicheng.judge.many import HEAD
from guicheng.judge.statement import GAPPED, KEPT, Statement
from guicheng.portfolio.engines.shape import Kept

ADDRESS = "GUICHENG_SPARK"
SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.sql.ansi.enabled": "true",  # a sum that does not fit is an error, as on the other engines, never another number
    "spark.sql.session.timeZone": "Asia/Shanghai",
    "spark.sql.shuffle.partitions": "16",
    # A rule's condition is longer than what Java takes as one method: it is walked, not compiled.
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.log.level": "ERROR",
    "spark.ui.showConsoleProgress": "false",
}


def java() -> str | None:
    """Where Java is, if it is."""
    home = os.environ.get("JAVA_HOME")
    return shutil.which("java", path=f"{home}/bin" if home else None)


class Spark:
    """Answers portfolio statements. A cluster must see the folder of the columns under the same path."""

    dialect = "spark"

    def __init__(self, session: Any):
        self.session = session

    def rows(self, statement: Statement, **values: Any) -> Iterator[tuple[Any, ...]]:
        """Run it, and take the answer over part by part, the next while one is read: this process never holds all of it.

        The facts come as one structure, or as nothing where no row is in breach."""
        answer = self.session.sql(statement.sql, args=statement.bound(values))
        found = answer.toLocalIterator(prefetchPartitions=True)
        nothing = (None,) * len(statement.columns[len(HEAD) :])
        return ((code, verdict, 0, 0, *(facts or nothing)) for code, verdict, facts in found)


@contextmanager
def spark(files: list[Path], shape: Kept, only: str | None = None) -> Iterator[Spark]:
    """Spark over these files, or over one project in them."""
    from pyspark.sql import SparkSession
    from pyspark.sql.functions import col

    builder = SparkSession.builder.appName("guicheng").master(os.environ.get(ADDRESS, "local[*]"))
    for name, value in SETTINGS.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    try:
        kept = session.read.parquet(*(str(f.resolve()) for f in files)) if files else _nothing(session, shape)
        chosen = kept if only is None else kept.where(col("code") == only)
        for name, some in ((KEPT, chosen), (GAPPED, chosen.where(col("gaps") != ""))):
            some.createOrReplaceTempView(name)
            session.catalog.cacheTable(name)
        yield Spark(session)
    finally:
        session.stop()


def _nothing(session: Any, shape: Kept) -> Any:
    """No project at all, in the same shape."""
    from pyspark.sql.pandas.types import from_arrow_schema

    return session.createDataFrame([], from_arrow_schema(shape.schema))
