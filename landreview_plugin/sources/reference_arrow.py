# SPDX-License-Identifier: GPL-2.0-or-later
"""Arrow batches of an OGR layer, where GDAL (3.6 or later) gives them: columns instead of features."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from osgeo import ogr

from .gdal_config import configured

_PLAIN = (ogr.OFTString, ogr.OFTInteger, ogr.OFTInteger64, ogr.OFTReal)

Rows = list[tuple[Any, ...]]


def arrow_rows(layer: ogr.Layer, fields: Sequence[str], batch: int) -> Iterator[Rows] | None:
    """Rows (fid, WKB, field, …) of the filtered layer; None when only features one by one will do.

    Dates, lists and truth values take the other road: what they become in Arrow differs by GDAL's
    version, and a value must not depend on the reader.
    """
    if not hasattr(layer, "GetArrowStreamAsNumPy") or not all(_plain(layer, name) for name in fields):
        return None
    definition = layer.GetLayerDefn()
    names = [definition.GetFieldDefn(i).GetName() for i in range(definition.GetFieldCount())]
    if layer.TestCapability(ogr.OLCIgnoreFields):
        layer.SetIgnoredFields([name for name in names if name not in fields])
    # masked arrays are slower, but without them null becomes an empty text or a zero
    masked = "YES" if fields else "NO"
    stream = layer.GetArrowStreamAsNumPy(options=[f"USE_MASKED_ARRAYS={masked}", f"MAX_FEATURES_IN_BATCH={batch}"])
    return None if stream is None else _rows(layer, stream, fields)


def _rows(layer: ogr.Layer, stream: Any, fields: Sequence[str]) -> Iterator[Rows]:
    fid, geometry = layer.GetFIDColumn() or "OGC_FID", layer.GetGeometryColumn() or "wkb_geometry"
    try:
        for columns in _columns(stream):
            values = [_values(columns[name]) for name in fields]
            yield list(zip(columns[fid].tolist(), _values(columns[geometry]), *values, strict=True))
    finally:
        layer.SetIgnoredFields([])


def _columns(stream: Any) -> Iterator[Any]:
    """The stream's batches.

    GDAL before 3.11.4 reads a filtered GeoPackage ahead in a second thread that writes into what the first one is
    reading (OSGeo/gdal#12934): broken lengths at best, wrong rows at worst. The driver's plain way has no such thread.
    """
    batches = iter(stream)
    while True:
        with configured("OGR_GPKG_STREAM_BASE_IMPL", "YES"):
            columns = next(batches, None)
        if columns is None:
            return
        yield columns


def _values(column: Any) -> list[object]:
    """Python values, None for null; texts decoded."""
    values = column.tolist()
    if isinstance(column, np.ndarray) and column.dtype.kind == "S":
        return [None if value is None else value.decode("utf-8") for value in values]
    return [bytes(value) if isinstance(value, bytearray | memoryview) else value for value in values]


def _plain(layer: ogr.Layer, name: str) -> bool:
    definition = layer.GetLayerDefn()
    field = definition.GetFieldDefn(definition.GetFieldIndex(name))
    return field.GetType() in _PLAIN and field.GetSubType() == ogr.OFSTNone
