# SPDX-License-Identifier: GPL-2.0-or-later
"""GeoPackages and file geodatabases: opened read-only, nothing in them runs, nothing is left beside them."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Final

from ..core.model.base import Text
from ..core.model.crs import Crs
from ..core.model.problems import LandReviewError
from .collector import Collector
from .reference_gpkg import connect
from .vector_layer import read_with

_OWN: Final = ("rtree_", "gpkg_", "trigger_insert_feature_count_", "trigger_delete_feature_count_", "fid_")
"""Triggers that the standard or GDAL writes; they run on writing only."""
_FEATURES: Final = "SELECT table_name FROM gpkg_contents WHERE data_type = 'features' ORDER BY 1"


def read_geopackage(path: Path, wanted: str, collector: Collector) -> Crs | None:
    """Read a layer of a GeoPackage. Raises E-SRC-CORRUPT, E-SRC-LAYER, and E-SEC-TRIGGER for a view as layer."""
    try:
        with closing(connect(path)) as connection:
            _check(connection, wanted, collector)
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        raise LandReviewError("E-SRC-CORRUPT", detail=str(error), place=collector.place) from error
    return read_with("GPKG", path, wanted, collector, options=_read_only(path))


def read_geodatabase(path: Path, wanted: str, collector: Collector) -> Crs | None:
    """Read a layer of a file geodatabase (a folder ending in .gdb)."""
    if not any(path.glob("*.gdbtable")):
        detail = Text(zh="文件夹中没有.gdbtable", en="no .gdbtable in the folder")
        raise LandReviewError("E-SRC-CORRUPT", detail=detail, place=collector.place)
    return read_with("OpenFileGDB", path, wanted, collector)


def _read_only(path: Path) -> list[str]:
    """A file at rest is opened as immutable: SQLite would else make -wal and -shm beside one in WAL mode."""
    wal = path.with_name(path.name + "-wal")
    return ["LIST_ALL_TABLES=NO"] if wal.exists() and wal.stat().st_size else ["LIST_ALL_TABLES=NO", "IMMUTABLE=YES"]


def _check(connection: sqlite3.Connection, wanted: str, collector: Collector) -> None:
    connection.execute("PRAGMA trusted_schema = OFF")
    objects = connection.execute("SELECT type, name, coalesce(sql, '') FROM sqlite_master").fetchall()
    layers = [name for (name,) in connection.execute(_FEATURES)]
    _note_triggers(objects, collector)
    by_name = {name.lower(): (kind, sql) for kind, name, sql in objects if kind in ("table", "view")}
    asked = [name for name in layers if not wanted or name.lower() == wanted.lower()]
    for name in asked:
        kind, sql = by_name.get(name.lower(), ("", ""))
        if kind == "view" or sql.lstrip().upper().startswith("CREATE VIRTUAL"):
            collector.notes[f"view.{name}"] = "refused"
            if len(asked) == 1:
                detail = Text(zh=f"图层{name}是视图", en=f"layer {name} is a view")
                raise LandReviewError("E-SEC-TRIGGER", detail=detail, place=collector.place)
        elif kind:
            _quick_check(connection, name, collector)
    if len(asked) != 1:
        collector.features_stated = None


def _note_triggers(objects: Sequence[tuple[str, str, str]], collector: Collector) -> None:
    strange = [name for kind, name, _ in objects if kind == "trigger" and not name.lower().startswith(_OWN)]
    if strange:
        collector.notes["triggers"] = ", ".join(strange)  # opened read-only: none of them can run


def _quick_check(connection: sqlite3.Connection, table: str, collector: Collector) -> None:
    quoted = table.replace('"', '""')
    (answer,) = connection.execute(f'PRAGMA quick_check("{quoted}")').fetchone()  # nosec B608
    if answer != "ok":
        raise LandReviewError("E-SRC-CORRUPT", detail=str(answer)[:200], place=collector.place)
    sql = f'SELECT count(*) FROM "{quoted}"'  # noqa: S608  # nosec B608 - a quoted name
    (collector.features_stated,) = connection.execute(sql).fetchone()
