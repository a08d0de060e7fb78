# SPDX-License-Identifier: GPL-2.0-or-later
"""Files beside the store, named by their SHA-256: written whole, never changed, checked when asked."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
import stat
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from ..core.evidence.hashes import file_sha256
from ..core.files import replace_file
from ..core.model.problems import LandReviewError, Place

FOLDER_SUFFIX = ".files"
YOUNG_S = 86_400
_SQLITE = b"SQLite format 3\0"
_OPEN_MARKS = ("-wal", "-journal")


class Blobs:
    """The folder of a store's files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, sha256: str, suffix: str = "") -> Path:
        """Where a file lies or would lie. The suffix lets programs know what to open it with."""
        return self.folder / sha256[:2] / f"{sha256}{suffix.lower()}"

    def put(self, source: Path) -> str:
        """Keep a copy of ``source``; returns its hash. Safe to repeat; a file of that content is not written twice."""
        if not source.is_file():
            raise LandReviewError("E-STORE-GONE", detail=source.name, place=Place(file=str(source)))
        if not _is_open_database(source):
            return self.keep(source, source.suffix)
        with tempfile.TemporaryDirectory(prefix="landreview-snapshot-") as folder:
            return self.keep(_snapshot(source, Path(folder) / source.name), source.suffix)

    def keep(self, content: Path | bytes, suffix: str = "") -> str:
        """As :meth:`put`, for bytes or for a file that is to be known by another suffix."""
        sha256 = hashlib.sha256(content).hexdigest() if isinstance(content, bytes) else file_sha256(content)
        target = self.path(sha256, suffix)
        if not target.is_file() or file_sha256(target) != sha256:
            self._write(content, target, sha256)
        return sha256

    def _write(self, content: Path | bytes, target: Path, sha256: str) -> None:
        target.unlink(missing_ok=True)
        if isinstance(content, bytes):
            replace_file(target, lambda beside: beside.write_bytes(content))
        else:
            replace_file(target, lambda beside: _copy_checked(content, beside, sha256))
        # QGIS opens a writable GeoPackage for writing and changes its header: the content would no longer be its name
        target.chmod(stat.S_IREAD | stat.S_IRGRP | stat.S_IROTH)

    def get(self, sha256: str, suffix: str = "") -> Path:
        """The file; raises E-STORE-GONE when it is not there."""
        path = self.path(sha256, suffix)
        if not path.is_file():
            raise LandReviewError("E-STORE-GONE", detail=path.name, place=Place(file=str(path)))
        return path

    def verified(self, sha256: str, suffix: str = "") -> Path:
        """The file, its content checked; raises E-STORE-BLOB when it is another than was stored."""
        path = self.get(sha256, suffix)
        if file_sha256(path) != sha256:
            raise LandReviewError("E-STORE-BLOB", detail=path.name, place=Place(file=str(path)))
        return path

    def all(self) -> Iterator[Path]:
        """Every file of the folder, whoever refers to it."""
        return (path for path in self.folder.glob("??/*") if not path.name.startswith("."))

    def remove_unreferenced(self, referenced: frozenset[str]) -> int:
        """Delete files that no row names (a crash between file and row leaves them); how many went.

        Young ones stay: another window may be about to name them.
        """
        before = time.time() - YOUNG_S
        loose = [path for path in self.all() if path.stem not in referenced and path.stat().st_mtime < before]
        for path in loose:
            path.chmod(stat.S_IREAD | stat.S_IWRITE)
            path.unlink()
        return len(loose)


def _is_open_database(path: Path) -> bool:
    """Whether another program has an SQLite file (a GeoPackage) open for writing: its bytes may be half a change."""
    with path.open("rb") as file:
        database = file.read(len(_SQLITE)) == _SQLITE
    return database and any(path.with_name(path.name + mark).exists() for mark in _OPEN_MARKS)


def _snapshot(source: Path, target: Path) -> Path:
    """A consistent copy of a live database through SQLite's backup, never by copying the file."""
    with closing(sqlite3.connect(source)) as live, closing(sqlite3.connect(target)) as copy:
        live.backup(copy)
    return target


def _copy_checked(source: Path, target: Path, sha256: str) -> None:
    shutil.copyfile(source, target)
    digest = hashlib.sha256()
    with target.open("rb") as file:
        while chunk := file.read(1 << 20):
            digest.update(chunk)
    if digest.hexdigest() != sha256:
        raise LandReviewError("E-STORE-BLOB", detail=source.name, place=Place(file=str(source)))
