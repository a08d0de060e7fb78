# SPDX-License-Identifier: GPL-2.0-or-later
"""A look into a store that never makes, migrates or locks it: for searches off the main thread.

One object is one connection and belongs to one thread, as a :class:`Workspace` does.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from ..core.model.base import Text
from ..core.model.case_file import CaseFile
from ..core.model.problems import LandReviewError, Place
from . import case_rows, parcel_rows, result_rows, schema
from .blobs import FOLDER_SUFFIX, Blobs
from .connection import BUSY_MS, spoken
from .creation import version_of
from .entries import ResultEntry
from .parcel_rows import ParcelHit

_OLDER = Text(zh="案卷库尚未升级", en="The case store is of an older version")
_OPEN_ONCE = Text(
    zh="请先打开一次LandReview面板，即自动升级", en="Open the LandReview panel once: it brings it up to date"
)


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found."""

    cases: tuple[CaseFile, ...]
    parcels: tuple[ParcelHit, ...]


class Reader:
    """An open store, to be read only."""

    def __init__(self, path: Path) -> None:
        """Open ``path``. Raises E-STORE-GONE when there is none or an older one, E-STORE-NEWER, E-STORE-CORRUPT."""
        place = Place(file=str(path))
        if not path.is_file() or not path.stat().st_size:
            raise LandReviewError("E-STORE-GONE", detail=path.name, place=place)
        self.path = path
        self.blobs = Blobs(path.with_name(path.name + FOLDER_SUFFIX))
        self._connection = _connect(path)
        try:
            with spoken(path):
                version = version_of(self._connection, path)
            if version > schema.VERSION:
                raise LandReviewError("E-STORE-NEWER", detail=f"{version} > {schema.VERSION}", place=place)
            if version < schema.VERSION:
                raise LandReviewError("E-STORE-GONE", _OLDER, hint=_OPEN_ONCE, place=place)
        except BaseException:
            self._connection.close()
            raise

    def __enter__(self) -> Reader:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    def find(self, text: str, limit: int = 20) -> Found:
        """Cases by number, project or applicant, and parcels of open cases by number or name."""
        with spoken(self.path):
            cases = case_rows.find(self._connection, text, limit)
            parcels = parcel_rows.find(self._connection, text, limit)
        return Found(tuple(cases), tuple(parcels))

    def newest_open(self, limit: int) -> list[CaseFile]:
        """The open cases that came last, the newest first."""
        with spoken(self.path):
            return case_rows.newest_open(self._connection, limit)

    def count_open(self) -> int:
        """How many cases are not archived."""
        with spoken(self.path):
            return case_rows.count_open(self._connection)

    def parcels(self, case_id: str) -> list[ParcelHit]:
        """The parcels of a case that count."""
        with spoken(self.path):
            return parcel_rows.of_case(self._connection, case_id)

    def results(self, case_id: str) -> tuple[ResultEntry, ...]:
        """The reviews of a case, the newest last."""
        with spoken(self.path):
            return result_rows.results_of(self._connection, case_id)


def _connect(path: Path) -> sqlite3.Connection:
    """Read-only; where not even the shared memory of WAL can be made beside the file, as it lies there."""
    uri = path.resolve().as_uri()
    with spoken(path):
        for mode in ("mode=ro", "mode=ro&immutable=1"):
            connection = sqlite3.connect(f"{uri}?{mode}", uri=True, timeout=BUSY_MS / 1000)
            try:
                connection.execute("SELECT count(*) FROM sqlite_master")
            except sqlite3.OperationalError:
                connection.close()
                if "immutable" in mode:
                    raise
            except BaseException:
                connection.close()
                raise
            else:
                return connection
    raise AssertionError  # the loop returns or raises
