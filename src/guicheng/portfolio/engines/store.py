"""The kept columns: one Parquet file a bucket, and a page that says up to which entry of the ledger they are true."""

from __future__ import annotations

import fcntl
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import pyarrow.parquet as pq

from guicheng.ledger.sequence import changed_since, last_position
from guicheng.portfolio.engines.gather import BUCKET, bucket_of, gather
from guicheng.portfolio.engines.shape import Kept
from guicheng.portfolio.identity import database
from guicheng.portfolio.sweep import Tick
from guicheng.records.project import Project


@dataclass(frozen=True)
class Page:
    """Of which database and which shape the columns are, after which entry (its number and hash), and which file holds
    how many projects of which bucket."""

    mark: str
    database: str
    position: int
    head: str
    turn: int
    files: dict[str, tuple[str, int]]

    @property
    def projects(self) -> int:
        return sum(n for _, n in self.files.values())


class Columns:
    """The columns in one folder. All of it is derived: it may be deleted at any time, and is then written again."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.written = 0

    @contextmanager
    def alone(self) -> Iterator[None]:
        """One audit at a time reads and writes the columns of a folder."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def files(self, bucket: int | None = None) -> list[Path]:
        """The files to read, in order, or the one of a bucket."""
        page = self._page()
        chosen = sorted(page.files.items(), key=lambda f: int(f[0])) if page else []
        return [self.folder / name for number, (name, _) in chosen if bucket in (None, int(number))]

    def refresh(self, shape: Kept, tick: Tick = lambda done, of: None) -> None:
        """Bring the columns to the present moment: call it alone, and inside one moment. Only the buckets of projects whose
        chains went on are written; all of them when the columns are of another database or shape, or do not add up.

        If the process dies here, the old page stands with its files."""
        old, position = self._page(), last_position()
        fresh = Page(shape.mark, database(), *position, old.turn + 1 if old else 1, {})
        if old is not None and (old.mark, old.database) == (fresh.mark, fresh.database) and _holds(old):
            done = self._write(shape, replace(fresh, files=old.files), _buckets(changed_since(old.position)), tick)
            if done.projects == Project.objects.count():
                self._keep(done)
                return
        self._keep(self._write(shape, fresh, _buckets(), tick))

    def _write(self, shape: Kept, page: Page, buckets: set[int], tick: Tick) -> Page:
        files = dict(page.files)
        for i, bucket in enumerate(sorted(buckets), 1):
            table, name = gather(shape, bucket), f"{bucket}-{page.turn}.parquet"
            pq.write_table(table, self.folder / name, compression="zstd", row_group_size=BUCKET)
            files[str(bucket)] = (name, table.num_rows)
            tick(i, len(buckets))
        self.written = len(buckets)
        return replace(page, files=files)

    def _keep(self, page: Page) -> None:
        """The new page takes the old one's place at one stroke; files that it does not name are removed."""
        new = self.folder / "page.new"
        new.write_text(json.dumps(asdict(page)), encoding="utf8")
        new.replace(self.folder / "page.json")
        named = {name for name, _ in page.files.values()}
        for file in self.folder.glob("*.parquet"):
            if file.name not in named:
                file.unlink()

    def _page(self) -> Page | None:
        """What is kept, or nothing where it cannot be read."""
        try:
            said = json.loads((self.folder / "page.json").read_text(encoding="utf8"))
            page = Page(**said | {"files": {k: (name, n) for k, (name, n) in said["files"].items()}})
        except (OSError, ValueError, TypeError, KeyError):
            return None
        return page if all((self.folder / name).exists() for name, _ in page.files.values()) else None


def _holds(page: Page) -> bool:
    """The entry after which the columns were written still has its number and its hash."""
    return last_position(page.position) == (page.position, page.head)


def _buckets(codes: Iterable[str] | None = None) -> set[int]:
    """The buckets of these projects, or of all."""
    if codes is None:
        keys: Iterable[int] = Project.objects.values_list("id", flat=True).iterator(chunk_size=20_000)
        return {bucket_of(key) for key in keys}
    asked, found = sorted(codes), set[int]()
    for i in range(0, len(asked), 5000):
        found |= {
            bucket_of(k) for k in Project.objects.filter(code__in=asked[i : i + 5000]).values_list("id", flat=True)
        }
    return found
