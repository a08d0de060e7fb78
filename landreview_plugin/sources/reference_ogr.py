# SPDX-License-Identifier: GPL-2.0-or-later
"""The general road: any OGR source, by its own spatial filter, in Arrow batches or feature by feature."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import itemgetter

import numpy as np
import numpy.typing as npt
from osgeo import ogr

from ..core.model.problems import Place
from ..core.overlay.layer import Boxes
from .gdal_errors import watched
from .reference_arrow import Rows, arrow_rows
from .reference_wkb import RowBatch

BATCH = 1_500
WASTE = 3.0
"""Boxes are put together while their common box is at most this many times their own areas."""
UTC = 100
"""GDAL's time zone flag for UTC."""


class OgrRows:
    """Rows (fid, WKB, field, …) of an OGR layer around boxes."""

    def __init__(self, layer: ogr.Layer, *, trust_index: bool = True, place: Place | None = None) -> None:
        self._layer, self._trust_index, self._place = layer, trust_index, place or Place()

    @property
    def without_geometry(self) -> int:
        """Unknown: a spatial filter never meets them."""
        return 0

    def rows(self, boxes: Boxes, fields: Sequence[str]) -> Iterator[RowBatch]:
        """Each feature whose box touches a filter's box once; filters may take in more than ``boxes``.

        Raises E-SRC-CORRUPT where GDAL stops in the middle.
        """
        seen: set[int] = set()
        for box in self._filters(boxes):
            if box is None:
                self._layer.SetSpatialFilter(None)
            else:
                self._layer.SetSpatialFilterRect(*box.tolist())
            self._layer.ResetReading()
            road = arrow_rows(self._layer, fields, BATCH) or feature_rows(self._layer, fields, BATCH)
            for rows in watched(road, self._place):
                fresh = sorted((row for row in rows if row[0] not in seen), key=itemgetter(0))
                seen.update(row[0] for row in fresh)
                if fresh:
                    yield RowBatch(fresh, None)
        self._layer.SetSpatialFilter(None)

    def _filters(self, boxes: Boxes) -> list[npt.NDArray[np.float64] | None]:
        """A few filters where an index helps; one for all where filtering means reading everything.

        None is no filter at all: an index that may lack features must not decide.
        """
        if not len(boxes):
            return []
        if not self._trust_index:
            return [None]
        if not self._layer.TestCapability(ogr.OLCFastSpatialFilter):
            return [np.concatenate([boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)])]
        return list(gathered(boxes))


def feature_rows(layer: ogr.Layer, fields: Sequence[str], batch: int) -> Iterator[Rows]:
    """Feature by feature, at most ``batch`` at a time: right for every driver, edited and memory layers too."""
    definition = layer.GetLayerDefn()
    columns = [definition.GetFieldIndex(name) for name in fields]
    rows: Rows = []
    while (feature := layer.GetNextFeature()) is not None:
        rows.append(row_of(feature, columns))
        if len(rows) >= batch:
            yield rows
            rows = []
    if rows:
        yield rows


def gathered(boxes: Boxes) -> Boxes:
    """Boxes put together where they lie close, so that few filters do for many parcels."""
    size = max(float(np.median(boxes[:, 2:] - boxes[:, :2])), 1e-12) * 8
    cell = np.floor((boxes[:, :2] + boxes[:, 2:]) / 2 / size).astype(np.int64)
    groups = boxes[np.lexsort((boxes[:, 0], cell[:, 1], cell[:, 0]))]
    result = [groups[0]]
    own = _area(groups[0])
    for box in groups[1:]:
        both = np.concatenate([np.minimum(box[:2], result[-1][:2]), np.maximum(box[2:], result[-1][2:])])
        if _area(both) <= WASTE * (own + _area(box)):
            result[-1], own = both, own + _area(box)
        else:
            result.append(box)
            own = _area(box)
    return np.array(result)


def _area(box: npt.NDArray[np.float64]) -> float:
    return float((box[2] - box[0]) * (box[3] - box[1]))


def row_of(feature: ogr.Feature, columns: Sequence[int]) -> tuple[object, ...]:
    """(fid, WKB, field, …) of a feature."""
    geometry = feature.GetGeometryRef()
    blob = None if geometry is None else bytes(geometry.ExportToIsoWkb(ogr.wkbNDR))
    return feature.GetFID(), blob, *(_value(feature, column) for column in columns)


def _value(feature: ogr.Feature, column: int) -> object:
    """A field's value as every road gives it: text, number or None; dates in ISO form."""
    if not feature.IsFieldSetAndNotNull(column):
        return None
    kind = feature.GetFieldDefnRef(column).GetType()
    if kind not in (ogr.OFTDate, ogr.OFTDateTime):
        return feature.GetField(column)
    year, month, day, hour, minute, second, zone = feature.GetFieldAsDateTime(column)
    date = f"{year:04d}-{month:02d}-{day:02d}"
    if kind == ogr.OFTDate:
        return date
    return f"{date}T{hour:02d}:{minute:02d}:{second:06.3f}{'Z' if zone == UTC else ''}"
