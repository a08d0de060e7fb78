# SPDX-License-Identifier: GPL-2.0-or-later
"""The road into shapefiles: by the boxes that the records themselves state, never by an index beside them.

A .qix or .sbn stays where it is when new data are copied over the old. GDAL follows it all the same and finds nothing
where new land lies: a silent "no conflict" (seen with GDAL 3.6; no setting turns it off). Layout: ESRI Shapefile
Technical Description (1998), pages 4 to 24.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
from osgeo import ogr

from ..core.model.base import Text
from ..core.model.problems import LandReviewError, Place
from ..core.overlay.layer import Boxes
from .dbf import refuse_damaged
from .encoding import gdal_name, readable
from .reference_arrow import Rows, arrow_rows
from .reference_dbf import decision_of
from .reference_ogr import BATCH, row_of
from .reference_rtree import Ints, Wanted
from .reference_wkb import RowBatch
from .shapefile import parts_of, refuse_missing

_HEADER: Final = 100
_RECORD: Final = np.dtype([("number", ">i4"), ("length", ">i4"), ("kind", "<i4"), ("box", "<f8", 4)])
_POINTS: Final = (1, 11, 21)
_KINDS: Final = (0, 1, 3, 5, 8, 11, 13, 15, 18, 21, 23, 25, 28, 31)
"""Every kind of shape that there is; another number is no record of a shapefile."""
_AT_ONCE: Final = 50_000
_MOST: Final = 0.2
"""Of all features: above this they are read from the first to the last, which GDAL does faster than one by one."""
_INDEXES: Final = (".qix", ".sbn")


def shapefile_of(path: Path, layer: str) -> Path | None:
    """The .shp behind a layer of a file or folder; None where it lies in an archive."""
    if path.is_dir():
        inside = sorted(each for each in path.iterdir() if each.suffix.lower() == ".shp")
        path = next((each for each in inside if len(inside) == 1 or each.stem == layer), path)
    return parts_of(path).get(".shp") if path.suffix.lower() in {".shp", ".shx", ".dbf"} else None


def options_of(path: Path) -> tuple[list[str], Text | None]:
    """How GDAL is to open a shapefile, and what is doubtful about its encoding.

    Raises E-SRC-MISSING without its index or table, E-SRC-CORRUPT when they don't hold as many records.
    """
    parts = parts_of(path)
    refuse_missing(path, parts, Place(file=path.name))
    records = max(0, parts[".shx"].stat().st_size - _HEADER) // 8
    decision = decision_of(parts[".dbf"], parts.get(".cpg"), records)
    return [f"ENCODING={gdal_name(decision.encoding)}"], decision.doubt


def has_index(path: Path) -> bool:
    """Whether a spatial index lies beside a shapefile, which may be older than its data."""
    return not parts_of(path).keys().isdisjoint(_INDEXES)


class ShapefileRows:
    """Rows (fid, WKB, field, …) of a shapefile around boxes. Raises E-SRC-CORRUPT for records that lie outside it."""

    def __init__(self, layer: ogr.Layer, path: Path) -> None:
        self._layer, definition = layer, layer.GetLayerDefn()
        self._raw = [definition.GetFieldDefn(i).GetName() for i in range(definition.GetFieldCount())]
        self._names = [readable(name) for name in self._raw]
        self._boxes, self._null = _record_boxes(path)
        finite = np.isfinite(self._boxes).all(axis=1)
        self._sure, self._unsure = np.flatnonzero(finite & ~self._null), np.flatnonzero(~finite & ~self._null)

    @property
    def without_geometry(self) -> int:
        """Records of the kind "null shape"."""
        return int(self._null.sum())

    def rows(self, boxes: Boxes, fields: Sequence[str]) -> Iterator[RowBatch]:
        """Each feature whose stated box touches one of ``boxes`` once; one whose box says nothing, always."""
        if not len(boxes):
            return
        found = self._candidates(boxes)
        # a name that breaks off inside a character can't be told to GDAL
        many = len(found) > _MOST * len(self._boxes) and self._names == self._raw
        batches = arrow_rows(self._layer, fields, BATCH) if many else None
        wanted = set(found.tolist())
        for rows in batches or self._one_by_one(found, fields):
            if picked := [row for row in rows if row[0] in wanted]:
                yield RowBatch(picked, None)

    def _candidates(self, boxes: Boxes) -> Ints:
        return np.union1d(self._sure[Wanted(boxes).touched(self._boxes[self._sure])], self._unsure)

    def _one_by_one(self, found: Ints, fields: Sequence[str]) -> Iterator[Rows]:
        columns = [self._names.index(name) for name in fields]
        for start in range(0, len(found), BATCH):
            features = map(self._layer.GetFeature, found[start : start + BATCH].tolist())
            yield [row_of(feature, columns) for feature in features if feature is not None]


def _record_boxes(path: Path) -> tuple[Boxes, npt.NDArray[np.bool_]]:
    """(n, 4) box of every record by its feature id, not a number where it says nothing; (n,) which are null shapes."""
    data = np.memmap(path, dtype=np.uint8, mode="r") if path.stat().st_size else np.zeros(0, np.uint8)
    places = np.fromfile(parts_of(path)[".shx"], dtype=">i4", offset=_HEADER)
    offsets = places[: len(places) // 2 * 2].reshape(-1, 2)[:, 0].astype(np.int64) * 2
    boxes, null = np.zeros((len(offsets), 4)), np.zeros(len(offsets), dtype=np.bool_)
    for start in range(0, len(offsets), _AT_ONCE):
        kinds, stated = _read(data, offsets[start : start + _AT_ONCE], path)
        # what is no record has its box nowhere, and its land would be in no result
        refuse_damaged(kinds, _KINDS, ".shp", Place(file=path.name), start)
        points = np.isin(kinds, _POINTS)
        stated[~points & (stated[:, :2] >= stated[:, 2:]).all(axis=1)] = np.nan
        stated[points, 2:] = stated[points, :2]
        boxes[start : start + _AT_ONCE], null[start : start + _AT_ONCE] = stated, kinds == 0
    return boxes, null


def _read(
    data: npt.NDArray[np.uint8], offsets: Ints, path: Path
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float64]]:
    """Kind and box of records. The last ones may be short of a box (points, null shapes): the rest is zero."""
    if len(offsets) and (offsets.min() < _HEADER or offsets.max() + 12 > len(data)):
        raise LandReviewError("E-SRC-CORRUPT", detail=f"{path.stem}.shx", place=Place(file=path.name))
    places = offsets[:, None] + np.arange(_RECORD.itemsize)
    inside = places < len(data)
    raw = np.where(inside, data[np.minimum(places, len(data) - 1)], 0).astype(np.uint8)
    records = np.frombuffer(raw.tobytes(), dtype=_RECORD)
    return records["kind"].astype(np.int64), records["box"].astype(np.float64)
