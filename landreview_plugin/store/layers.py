# SPDX-License-Identifier: GPL-2.0-or-later
"""Which version of which reference layer an office has, and where its file lies."""

from __future__ import annotations

import datetime as dt
import sqlite3
from pathlib import Path

from ..core.model.base import Model
from .connection import spoken, transaction


class LayerVersion(Model):
    """One version on this machine."""

    server: str
    layer: str
    jurisdiction: str
    version: int
    data_date: dt.date
    result_hash: str
    path: str
    current: bool = True


COLUMNS = tuple(LayerVersion.model_fields)
_SELECT = f"SELECT {', '.join(COLUMNS)} FROM layers"  # noqa: S608  # nosec B608 - our own names


class Layers:
    """The versions of one store."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection, self._path = connection, path

    def current(self, server: str, layer: str, jurisdiction: str) -> LayerVersion | None:
        """The version in use; None before the first."""
        found = [each for each in self.every() if each.current]
        wanted = (server, layer, jurisdiction)
        return next((each for each in found if (each.server, each.layer, each.jurisdiction) == wanted), None)

    def every(self) -> list[LayerVersion]:
        """All versions that lie here, the oldest first."""
        with spoken(self._path):
            rows = self._connection.execute(f"{_SELECT} ORDER BY fid").fetchall()
        return [LayerVersion.model_validate(dict(zip(COLUMNS, row, strict=True))) for row in rows]

    def put(self, version: LayerVersion) -> None:
        """A version's file is whole and checked: from now on it is the one in use."""
        plain = version.model_dump(mode="json")
        marks = ", ".join("?" * len(COLUMNS))
        with transaction(self._connection, self._path) as connection:
            connection.execute(
                "UPDATE layers SET current = 0 WHERE server = ? AND layer = ? AND jurisdiction = ?",
                (version.server, version.layer, version.jurisdiction),
            )
            connection.execute(
                f"INSERT OR REPLACE INTO layers ({', '.join(COLUMNS)}) VALUES ({marks})",  # noqa: S608  # nosec B608 - our own names
                [plain[name] for name in COLUMNS],
            )

    def forget(self, version: LayerVersion) -> None:
        """A version's file is gone."""
        with transaction(self._connection, self._path) as connection:
            connection.execute("DELETE FROM layers WHERE path = ? AND current = 0", (version.path,))
