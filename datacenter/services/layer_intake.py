# SPDX-License-Identifier: GPL-2.0-or-later
"""From an office's GeoPackage to a version of a layer, in a process of its own: a strange file never meets the service.

``python -m datacenter.services.layer_intake`` reads one :class:`Order` as JSON from standard input and answers with one
:class:`Taken` or :class:`Refused`. It opens no connection and writes only where it is told to.
"""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from osgeo import gdal, ogr
from pydantic import BaseModel, ConfigDict

from landreview_plugin.core.model.base import Text
from landreview_plugin.core.model.crs import Crs, Datum
from landreview_plugin.core.model.problems import LandReviewError, Place
from landreview_plugin.core.tables import index, table
from landreview_plugin.sources.catalogue import resolve_roles
from landreview_plugin.sources.crs import crs_of
from landreview_plugin.sources.gdal_config import configured
from landreview_plugin.sources.gdal_errors import failures
from landreview_plugin.sources.reference_wkb import geopackage_wkb
from landreview_plugin.sync.layer_delta import kept_numbers, make_delta
from landreview_plugin.sync.layer_file import LayerTable, content_hash, opened, quoted, table_of
from landreview_plugin.sync.layer_rows import rtree_of, untriggered

from .degrees import degrees_of, in_china

MAX_FEATURES = 20_000_000
UNIT_FIELDS = ("XZQDM", "ZLDWDM", "QSDWDM")
"""Fields that name the unit a feature lies in, the best first (TD/T 1057-2020)."""
_EXTENT_MARGIN_DEG = 0.1
"""An outline may run some 10 km over the county's box."""
_BATCH = 5_000
_NO_TABLES = (
    "SELECT c.table_name FROM gpkg_contents c JOIN sqlite_master m ON m.name = c.table_name WHERE m.type <> 'table'"
)


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Order(_Model):
    """What to read and where to put it."""

    source: Path
    wanted: str = ""
    """Layer in the file; empty: the only one."""
    key: str
    code: str
    previous: Path | None = None
    target: Path
    delta: Path


class Taken(_Model):
    """A version that may be published."""

    feature_count: int
    epsg: int
    fields: tuple[tuple[str, str], ...]
    unit_field: str
    result_hash: str
    base_hash: str = ""
    """Empty: there is no delta; the version is sent whole."""
    notes: tuple[Text, ...] = ()


class Refused(_Model):
    """Why the file is no version."""

    code: str
    detail: Text | None = None


def take(order: Order) -> Taken:
    """Check the file and write it in the form that all versions have; the delta, too, where it is worth it.

    One feature table named by the key, flat multipolygons without arcs, a spatial index, rows numbered as in the
    version before where they are equal. Raises E-CENTRE-LAYER, E-SRC-, E-CRS- and E-ATT- codes.
    """
    notes: list[Text] = []
    crs = _translate(order)
    with opened(order.target) as connection:
        version = table_of(connection, order.target)
    names = [name for name, _ in version.columns if name != version.geometry]
    _refuse_lacking_fields(order.key, names)
    count = _look(order, version, crs, notes)
    delta = None
    if order.previous is not None:
        _renumber(order.target, version, order.previous)
        delta = make_delta(order.previous, order.target, order.delta)
    return Taken(
        feature_count=count,
        epsg=int(crs.code.partition(":")[2]),
        fields=tuple(column for column in version.columns if column[0] != version.geometry),
        unit_field=_unit_field(names),
        result_hash=delta.result_hash if delta else content_hash(order.target),
        base_hash=delta.base_hash if delta else "",
        notes=tuple(notes),
    )


def _translate(order: Order) -> Crs:
    """Copy the wanted layer; the plane is kept."""
    _refuse_views(order)
    with failures(Place(layer=order.key)):
        options = ["LIST_ALL_TABLES=NO", "IMMUTABLE=YES"]
        dataset = gdal.OpenEx(str(order.source), gdal.OF_VECTOR, allowed_drivers=["GPKG"], open_options=options)
        layer = _layer(dataset, order.wanted)
        crs = crs_of(layer.GetSpatialRef())
        if crs is None:
            raise LandReviewError("E-CRS-NONE", detail=layer.GetName())
        if crs.datum is not Datum.CGCS2000 or not crs.code:
            raise LandReviewError("E-CRS-DATUM", detail=crs.label)
        if layer.GetFeatureCount() > MAX_FEATURES:
            raise _unfit(f"要素多于{MAX_FEATURES}个", f"more than {MAX_FEATURES} features")
        # GDAL before 3.11.4 spoils columns of a GeoPackage while it copies them (OSGeo/gdal#12934)
        with configured("OGR2OGR_USE_ARROW_API", "NO"):
            gdal.VectorTranslate(
                str(order.target),
                dataset,
                format="GPKG",
                layers=[layer.GetName()],
                layerName=order.key,
                geometryType=["PROMOTE_TO_MULTI", "CONVERT_TO_LINEAR"],
                dim="XY",
                layerCreationOptions=["GEOMETRY_NAME=geom", "FID=fid", "SPATIAL_INDEX=YES"],
            )
        expected = layer.GetFeatureCount()
    with opened(order.target) as connection:
        (count,) = connection.execute(f"SELECT count(*) FROM {quoted(order.key)}").fetchone()  # noqa: S608
    if count != expected:
        raise _unfit(f"{expected}个要素只读到{count}个", f"of {expected} features only {count} could be read")
    return crs


def _refuse_views(order: Order) -> None:
    """Only plain tables: a view could show anything, a damaged file could be read in part."""
    with opened(order.source) as connection:
        (answer,) = connection.execute("PRAGMA quick_check(1)").fetchone()
        if answer != "ok":
            raise LandReviewError("E-SRC-CORRUPT", detail=str(answer)[:200])
        if odd := connection.execute(_NO_TABLES).fetchall():
            raise LandReviewError("E-SEC-TRIGGER", detail=", ".join(str(row[0]) for row in odd[:5]))


def _layer(dataset: gdal.Dataset | None, wanted: str) -> ogr.Layer:
    if dataset is None:
        raise LandReviewError("E-SRC-CORRUPT")
    names = [dataset.GetLayer(i).GetName() for i in range(dataset.GetLayerCount())]
    if wanted not in names and (wanted or len(names) != 1):
        raise LandReviewError("E-SRC-LAYER", detail=", ".join(names[:20]))
    return dataset.GetLayerByName(wanted or names[0])


def _refuse_lacking_fields(key: str, names: list[str]) -> None:
    roles = resolve_roles(key, names, {})
    for row in table("layer_fields"):
        if row["key"] == key and row["required"] == "1" and row["role"] not in roles:
            raise LandReviewError("E-ATT-FIELD", detail=f"{row['role']}: {row['fields']}")


def _look(order: Order, version: LayerTable, crs: Crs, notes: list[Text]) -> int:
    """Count, and say what a user of the layer should know. Raises E-CENTRE-LAYER for land in the wrong place."""
    total, empty, invalid = 0, 0, 0
    box = np.array([np.inf, np.inf, -np.inf, -np.inf])
    for shapes in _shapes(order.target, version):
        total += len(shapes)
        missing = shapely.is_missing(shapes) | shapely.is_empty(shapes)
        empty += int(missing.sum())
        invalid += int((~shapely.is_valid(shapes[~missing])).sum())
        bounds = shapely.total_bounds(shapes)
        if np.isfinite(bounds).all():
            box = np.concatenate([np.minimum(box[:2], bounds[:2]), np.maximum(box[2:], bounds[2:])])
    if not total:
        raise LandReviewError("E-SRC-EMPTY")
    if empty == total:
        raise _unfit("没有一个要素有图形", "no feature has a geometry")
    _refuse_elsewhere(order.code, box, crs)
    if empty:
        notes.append(Text(zh=f"{empty}个要素没有图形", en=f"{empty} features have no geometry"))
    if invalid:
        text = Text(
            zh=f"{invalid}个要素的图形无效，审查时修复副本", en=f"{invalid} features are invalid; reviews mend a copy"
        )
        notes.append(text)
    return total


def _shapes(path: Path, version: LayerTable) -> Iterator[NDArray[Any]]:
    with opened(path) as connection:
        sql = f"SELECT {quoted(version.geometry)} FROM {quoted(version.name)}"  # noqa: S608  # nosec B608 - quoted names
        cursor = connection.execute(sql)
        while rows := cursor.fetchmany(_BATCH):
            column = np.empty(len(rows), dtype=object)
            column[:] = geopackage_wkb([row[0] for row in rows])
            yield shapely.from_wkb(column)


def _refuse_elsewhere(code: str, box: NDArray[Any], crs: Crs) -> None:
    corners = shapely.points([(box[0], box[1]), (box[2], box[1]), (box[0], box[3]), (box[2], box[3])])
    placed = degrees_of(corners, crs.gauss_kruger)
    row = index("county_extents", "code").get(code.ljust(6, "0")[:6])
    if not in_china(placed):
        raise _unfit("坐标超出范围", "it lies outside the plane's range")
    if row is None:
        return
    west, south, east, north = (float(row[name]) for name in ("min_lon", "min_lat", "max_lon", "max_lat"))
    allowed = shapely.box(west, south, east, north).buffer(_EXTENT_MARGIN_DEG, join_style="mitre")
    if not shapely.covers(allowed, placed).all():
        raise _unfit(f"位置不在{row['name_zh']}", f"it does not lie in {row['name_zh']} ({code})")


def _unit_field(names: list[str]) -> str:
    by_upper = {name.upper(): name for name in names}
    return next((by_upper[name] for name in UNIT_FIELDS if name in by_upper), "")


def _renumber(path: Path, version: LayerTable, previous: Path) -> None:
    """Give rows that the version before has, too, their number of then, in the table and in its index."""
    with opened(previous) as old:
        if table_of(old, previous) != version:
            return
    name, key = quoted(version.name), quoted(version.key)
    columns = ", ".join(quoted(column) for column, _ in version.columns)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        rtree = rtree_of(connection, version)
        now = [row[0] for row in connection.execute(f"SELECT {key} FROM {name} ORDER BY 1")]  # noqa: S608
        rows = connection.execute(f"SELECT {columns} FROM {name} ORDER BY {key}")  # noqa: S608  # our own names
        pairs = [(-number, old) for old, number in zip(now, kept_numbers(previous, rows), strict=True)]
        with untriggered(connection, version):
            # by way of negative numbers: no two rows ever bear the same one
            connection.executemany(f"UPDATE {name} SET {key} = ? WHERE {key} = ?", pairs)  # noqa: S608
            connection.execute(f"UPDATE {name} SET {key} = -{key}")  # noqa: S608
            connection.executemany(f"UPDATE {rtree} SET id = ? WHERE id = ?", pairs)  # noqa: S608
            connection.executemany(f"UPDATE {rtree} SET id = -id WHERE id = ?", [(new,) for new, _ in pairs])  # noqa: S608
        connection.execute("COMMIT")


def _unfit(zh: str, en: str) -> LandReviewError:
    return LandReviewError("E-CENTRE-LAYER", detail=Text(zh=zh, en=en))


def main() -> None:
    """One order, one answer."""
    gdal.UseExceptions()
    order = Order.model_validate_json(sys.stdin.buffer.read())
    try:
        answer: BaseModel = take(order)
    except LandReviewError as error:
        answer = Refused(code=error.code, detail=error.detail)
    sys.stdout.buffer.write(answer.model_dump_json().encode())


if __name__ == "__main__":
    main()
