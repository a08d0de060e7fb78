# SPDX-License-Identifier: GPL-2.0-or-later
"""What a batch has finished, on disk: a stop at any point resumes where it was.

One JSON line a finished case, flushed to the disk before the next is counted. A case's folder
appears whole (written beside, then renamed), and only after that its line: so a line without
a folder can't be, and a folder without a line is done again.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import sqlite3
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..core.model.base import Text
from ..core.model.problems import LandReviewError, Place

NAME = "journal.jsonl"
LOCK = ".batch.lock"
RESERVE = ".batch.reserve"
RESERVE_A_CASE = 2048
RESERVE_PAGE = 1 << 18
ATTEMPTS, WAIT_S = 5, 0.05
Entry = dict[str, Any]


class Journal:
    """The finished cases of one output folder."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._path = folder, folder / NAME
        folder.mkdir(parents=True, exist_ok=True)

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """No second batch in this folder; the lock ends with the process, however that ends.

        SQLite locks files the same way on every system. Raises E-ENV-WRITE when another batch works here.
        """
        connection = sqlite3.connect(self._folder / LOCK, timeout=0.5, isolation_level=None)
        try:
            try:
                connection.execute("BEGIN EXCLUSIVE")
            except sqlite3.OperationalError as error:
                detail = Text(zh=f"另一批量任务正在使用此目录（{error}）", en=f"another batch works here ({error})")
                raise LandReviewError("E-ENV-WRITE", detail=detail, place=Place(file=str(self._folder))) from error
            self._tidy()
            yield
        finally:
            connection.close()

    def finished(self) -> dict[str, Entry]:
        """Entry by case number. A last line that a power cut broke off is dropped."""
        try:
            data = self._path.read_bytes()
        except FileNotFoundError:
            return {}
        whole = data[: data.rfind(b"\n") + 1]
        if whole != data:
            self._cut(len(whole))
        entries = (json.loads(line) for line in whole.decode("utf-8").splitlines())
        return {entry["case"]: entry for entry in entries}

    def add(self, entry: Entry) -> None:
        """Append one finished case and wait until the disk has it; raises OSError and leaves no half line."""
        line = json.dumps(entry, ensure_ascii=False, sort_keys=True) + "\n"
        size = self._path.stat().st_size if self._path.exists() else 0
        try:
            with self._path.open("ab") as file:
                file.write(line.encode("utf-8"))
                file.flush()
                os.fsync(file.fileno())
        except OSError:
            if self._path.exists():
                self._cut(size)
            raise

    def restart(self) -> None:
        """Forget everything."""
        self._path.unlink(missing_ok=True)

    @contextlib.contextmanager
    def reserved(self, cases: int) -> Iterator[None]:
        """Keep room for the summary: given back when the block ends, so that a full disk can still be reported."""
        path = self._folder / RESERVE
        try:
            with contextlib.suppress(OSError):  # already full: the summary may still find room
                path.write_bytes(bytes(RESERVE_PAGE + RESERVE_A_CASE * cases))
            yield
        finally:
            path.unlink(missing_ok=True)

    def _tidy(self) -> None:
        """Remove what a killed batch left half done."""
        for pattern in ("*.part", "*.old"):
            for path in self._folder.glob(pattern):
                shutil.rmtree(path, ignore_errors=True)

    def _cut(self, length: int) -> None:
        with self._path.open("r+b") as file:
            file.truncate(length)


def beside(final: Path) -> Path:
    """A new name for the folder in work. Unique: a worker that was given up may still be writing."""
    return final.with_name(f"{final.name}.{uuid.uuid4().hex[:8]}.part")


def put_in_place(part: Path, final: Path) -> None:
    """Move a finished folder to its place; what stood there is removed."""
    old = part.with_suffix(".old")
    for attempt in range(ATTEMPTS):
        try:
            if final.exists():
                final.rename(old)
            part.rename(final)
            break
        except OSError:  # a worker that was given up put its own there in between, or a scanner holds a file
            if old.exists() and not final.exists():
                old.rename(final)  # the case is as it was before
            shutil.rmtree(old, ignore_errors=True)
            if attempt == ATTEMPTS - 1:
                raise
            time.sleep(WAIT_S * 2**attempt)
    shutil.rmtree(old, ignore_errors=True)
