# SPDX-License-Identifier: GPL-2.0-or-later
"""Rows of a layer's version change together with their index, by SQLite alone.

The triggers of the spatial index call functions that only GDAL has: they are taken off for the change and put back.
"""

from __future__ import annotations

import sqlite3
import struct
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import shapely

from .layer_file import LayerTable, quoted

_ENVELOPES = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}
"""Bytes of a GeoPackage geometry's envelope by its indicator (OGC 12-128r18, 2.1.3)."""


@contextmanager
def untriggered(connection: sqlite3.Connection, table: LayerTable) -> Iterator[None]:
    """No trigger of the table runs inside; counts and extents that readers look up are told at the end."""
    triggers = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?", (table.name,)
    ).fetchall()
    for trigger, _ in triggers:
        connection.execute(f"DROP TRIGGER {quoted(trigger)}")
    yield
    for _, sql in triggers:
        connection.execute(sql)
    _tell(connection, table)


def remove_rows(connection: sqlite3.Connection, table: LayerTable, numbers: Iterable[int]) -> None:
    """Remove rows by number; those that are not there are no error. In the caller's transaction."""
    gone = [(number,) for number in numbers]
    sql = f"DELETE FROM {quoted(table.name)} WHERE {quoted(table.key)} = ?"  # noqa: S608  # nosec B608 - quoted names
    with untriggered(connection, table):
        connection.executemany(sql, gone)
        if rtree := rtree_of(connection, table):
            connection.executemany(f"DELETE FROM {rtree} WHERE id = ?", gone)  # noqa: S608  # nosec B608 - a quoted name


def put_boxes(connection: sqlite3.Connection, rtree: str, shapes: Iterable[tuple[int, object]]) -> None:
    """Add rows (number, geometry) to the spatial index; those without a geometry are not in it."""
    boxes = ((number, *box) for number, shape in shapes if (box := _box(shape)) is not None)
    connection.executemany(f"INSERT INTO {rtree} VALUES (?, ?, ?, ?, ?)", boxes)  # noqa: S608  # nosec B608 - a quoted name


def rtree_of(connection: sqlite3.Connection, table: LayerTable) -> str:
    """The spatial index as a quoted name; empty where the file has none."""
    name = f"rtree_{table.name}_{table.geometry}"
    found = connection.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (name,)).fetchone()
    return quoted(name) if found else ""


def _box(blob: object) -> tuple[float, float, float, float] | None:
    """(min x, max x, min y, max y) of a GeoPackage geometry; None for none and for an empty one."""
    if not isinstance(blob, bytes) or blob[:2] != b"GP":
        return None
    indicator = blob[3] >> 1 & 0b111
    if indicator:
        order = "<" if blob[3] & 1 else ">"
        found: tuple[float, float, float, float] = struct.unpack_from(order + "4d", blob, 8)
        return found if found[0] == found[0] else None
    shape = shapely.from_wkb(blob[8 + _ENVELOPES[indicator] :])
    west, south, east, north = shape.bounds
    return None if shape.is_empty else (west, east, south, north)


def _tell(connection: sqlite3.Connection, table: LayerTable) -> None:
    """The counts and extents that readers look up instead of counting."""
    name = quoted(table.name)
    (count,) = connection.execute(f"SELECT count(*) FROM {name}").fetchone()  # noqa: S608  # nosec B608 - a quoted name
    if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'gpkg_ogr_contents'").fetchone():
        connection.execute("UPDATE gpkg_ogr_contents SET feature_count = ? WHERE table_name = ?", (count, table.name))
    if rtree := rtree_of(connection, table):
        sql = f"SELECT min(minx), min(miny), max(maxx), max(maxy) FROM {rtree}"  # noqa: S608  # nosec B608 - a quoted name
        box = connection.execute(sql).fetchone()
        connection.execute(
            "UPDATE gpkg_contents SET min_x = ?, min_y = ?, max_x = ?, max_y = ? WHERE table_name = ?",
            (*box, table.name),
        )
