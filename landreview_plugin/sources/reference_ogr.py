# SPDX-License-Identifier: GPL-2.0-or-later
"""The general road: any OGR source, by its own spatial filter, in Arrow batches or feature by feature."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt
from osgeo import ogr

from ..core.overlay.layer import Boxes

BATCH = 1_500
WASTE = 3.0
"""Boxes are put together while their common box is at most this many times their own areas."""
_PLAIN = {ogr.OFTString, ogr.OFTInteger, ogr.OFTInteger64, ogr.OFTReal}

Rows = list[tuple[object, ...]]


class OgrRows:
    """Rows (fid, WKB, field, …) of an OGR layer around boxes."""

    def __init__(self, layer: ogr.Layer, where: str | None = None) -> None:
        self._layer = layer
        if where:
            layer.SetAttributeFilter(where)

    def rows(self, boxes: Boxes, fields: Sequence[str]) -> Iterator[tuple[npt.NDArray[np.int64], Rows]]:
        """Each feature whose box touches a filter's box once; filters may take in more than ``boxes``."""
        seen: set[int] = set()
        for x0, y0, x1, y1 in self._filters(boxes):
            self._layer.SetSpatialFilterRect(x0, y0, x1, y1)
            for rows in self._batches(fields):
                fresh = sorted((row for row in rows if row[0] not in seen), key=lambda row: row[0])
                seen.update(row[0] for row in fresh)
                if fresh:
                    yield np.array([row[0] for row in fresh], dtype=np.int64), fresh
        self._layer.SetSpatialFilter(None)

    def _filters(self, boxes: Boxes) -> Boxes:
        """One filter for all where filtering means reading everything, else a few close ones."""
        if not len(boxes):
            return boxes
        if not self._layer.TestCapability(ogr.OLCFastSpatialFilter):
            return np.concatenate([boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)])[None, :]
        return gathered(boxes)

    def _batches(self, fields: Sequence[str]) -> Iterator[Rows]:
        """Feature by feature: right for every driver, edited and memory layers too."""
        definition = self._layer.GetLayerDefn()
        columns = [definition.GetFieldIndex(name) for name in fields]
        rows: Rows = []
        self._layer.ResetReading()
        while (feature := self._layer.GetNextFeature()) is not None:
            rows.append(_row(feature, columns))
            if len(rows) >= BATCH:
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


def _row(feature: ogr.Feature, columns: Sequence[int]) -> tuple[object, ...]:
    geometry = feature.GetGeometryRef()
    blob = None if geometry is None else bytes(geometry.ExportToIsoWkb(ogr.wkbNDR))
    return feature.GetFID(), blob, *(_value(feature, column) for column in columns)


def _value(feature: ogr.Feature, column: int) -> object:
    """A field's value as every road gives it: text, number or None; dates in ISO form."""
    if not feature.IsFieldSetAndNotNull(column):
        return None
    kind = feature.GetFieldDefnRef(column).GetType()
    if kind in (ogr.OFTDate, ogr.OFTDateTime):
        return str(feature.GetFieldAsISO8601DateTime(column, []))[: 10 if kind == ogr.OFTDate else None]
    return feature.GetField(column)
