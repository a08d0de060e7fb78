# SPDX-License-Identifier: GPL-2.0-or-later
"""What tells whether a reference layer is still the one that was read, without reading it."""

from __future__ import annotations

from pathlib import Path

from osgeo import gdal, ogr

from .gdal_errors import collected, opened
from .parcels import files_of
from .reference import is_file

DATABASE = "PG:"
PENDING = "-wal"
"""What SQLite has not yet moved into a GeoPackage lies beside it."""
_ROWS = "SELECT count(*) || '@' || coalesce(sum(xmin::text::bigint), 0) || '@' || coalesce(max(xmin::text::bigint), 0)"
_CONTENT = "SELECT count(*) || '#' || coalesce(sum(hashtextextended(t::text, 0)), 0)"


def layer_stamp(source: str, base: Path) -> str | None:
    """The stamp of ``file|layername=x`` (relative to ``base``) or ``PG:…|layername=x``.

    None: nothing tells whether it has changed (another database, a service, a server that doesn't answer).
    """
    location, _, options = source.partition("|")
    if location.startswith(DATABASE):
        return _of_table(location, options.rpartition("layername=")[2])
    return file_stamp(base / location) if is_file(location) else None


def file_stamp(path: Path) -> str:
    """Size and time of every file of a data set; empty where there is none.

    The attributes of a shapefile, the tables of a geodatabase and what a VRT points at count, too.
    """
    try:
        return "+".join(_stamp(each) for each in _all_files(path))
    except (OSError, ValueError):
        return ""


def _stamp(path: Path) -> str:
    found = path.stat()
    return f"{found.st_size}@{found.st_mtime_ns}"


def _all_files(path: Path) -> list[Path]:
    if path.suffix.lower() == ".vrt" and path.exists():
        dataset, _ = opened(str(path))
        return [path] if dataset is None else sorted(Path(name) for name in dataset.GetFileList() or (str(path),))
    pending = path.with_name(path.name + PENDING)
    return [*files_of(path), *([pending] if pending.exists() and pending.stat().st_size else [])]


def _of_table(location: str, name: str) -> str | None:
    """Rows and the transactions that made them: every insert, update and delete changes these."""
    dataset, _ = opened(location)
    layer = None if dataset is None else dataset.GetLayerByName(name) if name else dataset.GetLayer(0)
    if dataset is None or layer is None:
        return None
    table = _quoted(layer)
    return _value(dataset, f"{_ROWS} FROM {table} t") or _value(dataset, f"{_CONTENT} FROM {table} t")  # nosec B608 - a layer's own name, quoted


def _quoted(layer: ogr.Layer) -> str:
    """``schema.table(geometry)``, as GDAL names it, for SQL."""
    name = layer.GetName().removesuffix(f"({layer.GetGeometryColumn()})")
    return ".".join('"' + part.replace('"', '""') + '"' for part in name.split(".", 1))


def _value(dataset: gdal.Dataset, sql: str) -> str:
    """The only value of a query; empty where the database refuses it (a view has no transactions)."""
    with collected():
        try:
            rows = dataset.ExecuteSQL(sql)
        except RuntimeError:
            return ""
    if rows is None:
        return ""
    try:
        row = rows.GetNextFeature()
        return "" if row is None else str(row.GetField(0))
    finally:
        dataset.ReleaseResultSet(rows)
