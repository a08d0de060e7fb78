# SPDX-License-Identifier: GPL-2.0-or-later
"""What a batch has finished, on disk: a stop at any point resumes where it was.

One JSON line a finished case, flushed to the disk before the next is counted. A case's folder
appears whole (written beside, then renamed), and only after that its line: so a line without
a folder can't be, and a folder without a line is done again.
"""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import Any

NAME = "journal.jsonl"
Entry = dict[str, Any]


class Journal:
    """The finished cases of one output folder."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / NAME
        folder.mkdir(parents=True, exist_ok=True)

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
        """Append one finished case and wait until the disk has it."""
        line = json.dumps(entry, ensure_ascii=False, sort_keys=True) + "\n"
        with self._path.open("ab") as file:
            file.write(line.encode("utf-8"))
            file.flush()
            os.fsync(file.fileno())

    def restart(self) -> None:
        """Forget everything."""
        self._path.unlink(missing_ok=True)

    def _cut(self, length: int) -> None:
        with self._path.open("r+b") as file:
            file.truncate(length)


def put_in_place(part: Path, final: Path) -> None:
    """Move a finished folder to its place; what stood there is removed."""
    old = final.with_name(f"{final.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if final.exists():
        final.rename(old)
    part.rename(final)
    shutil.rmtree(old, ignore_errors=True)
