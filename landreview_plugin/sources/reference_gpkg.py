# SPDX-License-Identifier: GPL-2.0-or-later
"""The fast road into GeoPackage: its R-tree and rows by SQLite, read-only, nothing left behind."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path, PurePath
from urllib.parse import quote

from ..core.model.problems import LandReviewError, Place
from ..core.overlay.layer import Boxes
from .reference_rtree import candidates
from .reference_wkb import RowBatch

BATCH = 1_500
COUNTED = 2_000_000
"""Up to this size the R-tree is counted against the table before it is trusted."""


_WITHOUT_HEADER = (
    "CASE hex(substr({0}, 4, 1)) WHEN '03' THEN substr({0}, 41) WHEN '02' THEN substr({0}, 41) "
    "WHEN '01' THEN substr({0}, 9) WHEN '00' THEN substr({0}, 9) ELSE {0} END"
)
"""The WKB of the usual headers (flags byte: no envelope, or xy), cut off where it costs least."""


@dataclass(frozen=True, slots=True)
class GeoPackageTable:
    """A feature table that has a complete R-tree."""

    path: Path
    name: str
    key: str
    geometry: str
    without_geometry: int = 0
    """Features that no map shows: they can't be checked against anything."""

    @property
    def rtree(self) -> str:
        """Name of the index table, as the GeoPackage extension fixes it."""
        return _quoted(f"rtree_{self.name}_{self.geometry}")

    def rows(self, boxes: Boxes, fields: Sequence[str]) -> Iterator[RowBatch]:
        """The features whose R-tree box touches one of ``boxes``, by fid."""
        with closing(connect(self.path)) as connection:
            try:
                found = candidates(connection, self.rtree, boxes)
                names = [f'"{_quoted(name)}"' for name in (self.key, self.geometry, *fields)]
                names[1] = _WITHOUT_HEADER.format(names[1])
                columns = ", ".join(names)
                sql = (
                    f'SELECT {columns} FROM "{_quoted(self.name)}" '  # noqa: S608  # nosec B608 - quoted names, bound values
                    f'WHERE "{_quoted(self.key)}" IN (SELECT value FROM json_each(?)) ORDER BY 1'
                )
                for start in range(0, len(found), BATCH):
                    rows = connection.execute(sql, (json.dumps(found[start : start + BATCH].tolist()),)).fetchall()
                    yield RowBatch(rows, min((start + BATCH) / len(found), 1.0))
            except sqlite3.DatabaseError as error:
                raise LandReviewError(
                    "E-SRC-CORRUPT", detail=str(error), place=Place(file=self.path.name, layer=self.name)
                ) from error


def connect(path: Path) -> sqlite3.Connection:
    """A read-only connection that leaves no -wal or -shm beside the file."""
    return sqlite3.connect(f"{sqlite_uri(path.absolute())}?{_mode(path)}", uri=True, check_same_thread=False)


def sqlite_uri(path: PurePath) -> str:
    """``file:`` URI of an absolute path as SQLite wants it: a share's server stands in the path, not before it."""
    posix = path.as_posix()
    return "file://" + ("" if posix.startswith("/") else "/") + quote(posix, safe="/:")


def _mode(path: Path) -> str:
    """Immutable for a file in WAL mode at rest: opening it otherwise would create files beside it."""
    with path.open("rb") as file:
        header = file.read(20)
    wal = path.with_name(path.name + "-wal")
    at_rest = not (wal.exists() and wal.stat().st_size)
    return "mode=ro&immutable=1" if header[18:19] == b"\x02" and at_rest else "mode=ro"


def find_table(path: Path, layer: str) -> GeoPackageTable | None:
    """The table behind a layer when it can be read fast: a plain table with a complete R-tree."""
    try:
        with closing(connect(path)) as connection:
            return _find(connection, path, layer)
    except sqlite3.DatabaseError:
        return None  # GDAL decides, and says what is wrong


def _find(connection: sqlite3.Connection, path: Path, layer: str) -> GeoPackageTable | None:
    row = connection.execute(
        "SELECT m.name, g.column_name FROM sqlite_master m JOIN gpkg_geometry_columns g "
        "ON lower(g.table_name) = lower(m.name) WHERE lower(m.name) = lower(?) AND m.type = 'table'",
        (layer,),
    ).fetchone()
    if row is None:
        return None
    name, geometry = row
    keys = [
        c[1] for c in connection.execute(f'PRAGMA table_info("{_quoted(name)}")') if c[5] and c[2].upper() == "INTEGER"
    ]
    rtree = f"rtree_{name}_{geometry}"
    if len(keys) != 1 or not _maintained(connection, rtree):
        return None
    missing = _not_indexed(connection, name, rtree)
    if missing and missing != _without_geometry(connection, name, geometry):
        return None
    return GeoPackageTable(path, name, keys[0], geometry, missing)


def _maintained(connection: sqlite3.Connection, rtree: str) -> bool:
    """The R-tree exists and triggers keep it up to date; without them it may miss features."""
    names = {row[0].lower() for row in connection.execute("SELECT name FROM sqlite_master WHERE name LIKE 'rtree%'")}
    prefix = rtree.lower()
    return {prefix, f"{prefix}_node", f"{prefix}_insert", f"{prefix}_delete"} <= names


def _not_indexed(connection: sqlite3.Connection, name: str, rtree: str) -> int:
    """How many features the R-tree lacks; 0 where only a full read of a large file could tell."""
    try:
        row = connection.execute(
            "SELECT feature_count FROM gpkg_ogr_contents WHERE lower(table_name) = lower(?)", (name,)
        ).fetchone()
    except sqlite3.OperationalError:  # written by another program than GDAL
        return 0
    if row is None or row[0] is None or row[0] > COUNTED:
        return 0
    indexed = connection.execute(f'SELECT count(*) FROM "{_quoted(rtree)}_rowid"').fetchone()  # noqa: S608  # nosec B608
    return int(row[0] - indexed[0])


def _without_geometry(connection: sqlite3.Connection, name: str, geometry: str) -> int:
    """Features whose geometry is null or marked as empty (bit 5 of the flags byte)."""
    sql = f'SELECT hex(substr("{_quoted(geometry)}", 4, 1)) FROM "{_quoted(name)}"'  # noqa: S608  # nosec B608
    return sum(1 for (flags,) in connection.execute(sql) if not flags or int(flags, 16) & 0x10)


def _quoted(name: str) -> str:
    return name.replace('"', '""')
