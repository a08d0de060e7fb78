# SPDX-License-Identifier: GPL-2.0-or-later
"""From a layer's CRS to the plane of the parcels, exact to a millimetre, or not at all.

Between zones, zone widths and degrees of one datum PROJ computes exactly. Another datum would need
parameters that nobody gave; PROJ's "ballpark" transformation is never used.
"""

from __future__ import annotations

import struct

import numpy as np
import numpy.typing as npt
import shapely
from osgeo import ogr, osr

from ..core.model.base import Text
from ..core.model.crs import Crs, Datum
from ..core.model.problems import LandReviewError
from ..core.overlay.layer import Boxes, Geometries
from .crs import spatial_reference

TOLERANCE_M = 0.0005
"""Largest distance between an edge's true image and the chords that stand for it."""
_OLD = (Datum.XIAN1980, Datum.BEIJING1954, Datum.NEW_BEIJING)
_BOX_PARTS = 20
_SAFETY = 1.5
Floats = npt.NDArray[np.float64]


class PlaneTransform:
    """Brings geometries from ``source`` to ``target``, and search boxes back."""

    def __init__(self, source: Crs, target: Crs) -> None:
        source_srs, target_srs = spatial_reference(source), spatial_reference(target)
        _refuse_other_datum(source, target, source_srs, target_srs)
        options = osr.CoordinateTransformationOptions()
        options.SetBallparkAllowed(False)
        self._forth = osr.CreateCoordinateTransformation(source_srs, target_srs, options)
        self._back = osr.CreateCoordinateTransformation(target_srs, source_srs, options)
        self._target_metres = not target.geographic

    def to_target(self, geometries: Geometries) -> Geometries:
        """The geometries on the target's plane, edges densified so that they stay within 1 mm.

        An edge gets the same points whichever of two neighbours it belongs to.
        """
        result = np.full(len(geometries), None, dtype=object)
        types = shapely.get_type_id(geometries)
        for kinds in ((0,), (1,), (3, 6), (4,), (5,)):
            rows = np.flatnonzero(np.isin(types, kinds) & ~shapely.is_empty(geometries))
            if len(rows):
                result[rows] = self._same_kind(geometries[rows])
        for row in np.flatnonzero(types == shapely.GeometryType.GEOMETRYCOLLECTION):
            result[row] = shapely.geometrycollections(self.to_target(shapely.get_parts(geometries[row])))
        return result

    def boxes_to_source(self, boxes: Boxes) -> Boxes:
        """Boxes in the source's units that hold the images of ``boxes`` (and a little more)."""
        return _box_images(boxes, self._back)

    def box_to_target(self, box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
        """A box on the target's plane that holds the image of ``box``."""
        x0, y0, x1, y1 = _box_images(np.array([box]), self._forth)[0]
        return float(x0), float(y0), float(x1), float(y1)

    def _same_kind(self, geometries: Geometries) -> Geometries:
        kind, xy, offsets = shapely.to_ragged_array(geometries, include_z=False)
        if not offsets:
            return np.asarray(shapely.from_ragged_array(kind, transform_points(self._forth, xy)))
        if kind == shapely.GeometryType.MULTIPOINT:
            return np.asarray(shapely.from_ragged_array(kind, transform_points(self._forth, xy), offsets))
        moved, counts = self._densified(xy, offsets[0])
        first = np.concatenate([[0], np.cumsum(counts)])
        return np.asarray(shapely.from_ragged_array(kind, moved, (first[offsets[0]], *offsets[1:])))

    def _densified(self, xy: Floats, offsets: npt.NDArray[np.int64]) -> tuple[Floats, npt.NDArray[np.int64]]:
        """Transformed coordinates with points put in, and how many stand for each old point."""
        ends = np.zeros(len(xy), dtype=bool)
        ends[np.asarray(offsets[1:]) - 1] = True
        start = np.flatnonzero(~ends)
        a, b = xy[start], xy[start + 1]
        swap = (a[:, 0] > b[:, 0]) | ((a[:, 0] == b[:, 0]) & (a[:, 1] > b[:, 1]))
        low, high = np.where(swap[:, None], b, a), np.where(swap[:, None], a, b)
        parts = self._parts(low, high)
        counts = np.ones(len(xy), dtype=np.int64)
        counts[start] = parts
        edge = np.repeat(np.arange(len(start)), parts - 1)
        nth = np.arange(len(edge)) - np.repeat(np.cumsum(parts - 1) - (parts - 1), parts - 1) + 1
        nth = np.where(swap[edge], parts[edge] - nth, nth)
        inner = low[edge] + (high - low)[edge] * (nth / parts[edge])[:, None]
        position = np.concatenate([[0], np.cumsum(counts)])[:-1]
        dense = np.empty((int(counts.sum()), 2))
        filled = np.zeros(len(dense), dtype=bool)
        dense[position], filled[position] = xy, True
        dense[~filled] = inner
        return transform_points(self._forth, dense), counts

    def _parts(self, low: Floats, high: Floats) -> npt.NDArray[np.int64]:
        """How many equal parts keep each edge's image within the tolerance: its sag falls with the square."""
        ends = transform_points(self._forth, np.concatenate([low, high, (low + high) / 2]))
        first, last, middle = np.split(ends, 3)
        sag = np.hypot(*(middle - (first + last) / 2).T) * _SAFETY
        return np.asarray(np.maximum(np.ceil(np.sqrt(sag / TOLERANCE_M)), 1), dtype=np.int64)


def plane_transform(source: Crs, target: Crs) -> PlaneTransform | None:
    """The transformation, or None when both are one CRS.

    Raises E-CRS-OLD (Xian 1980, Beijing 1954) or E-CRS-DATUM when the datums differ.
    """
    if source.code and source.code == target.code:
        return None
    if spatial_reference(source).IsSame(spatial_reference(target)):
        return None
    return PlaneTransform(source, target)


def transform_points(transformation: osr.CoordinateTransformation, xy: Floats) -> Floats:
    """(n, 2) coordinates transformed in one call, through one long line: GDAL has no array call.

    Raises E-CRS-RANGE when a point can't be transformed.
    """
    if not len(xy):
        return xy
    line = ogr.CreateGeometryFromWkb(struct.pack("<BII", 1, 2, len(xy)) + np.ascontiguousarray(xy, "<f8").tobytes())
    if line.GetPointCount() != len(xy) or _failed(line, transformation):
        raise _out_of_range()
    moved = np.frombuffer(bytes(line.ExportToIsoWkb(ogr.wkbNDR)), dtype="<f8", offset=9).reshape(-1, 2)
    if not np.isfinite(moved).all():
        raise _out_of_range()
    return moved.astype(np.float64)


def _failed(line: ogr.Geometry, transformation: osr.CoordinateTransformation) -> bool:
    try:
        return bool(line.Transform(transformation))
    except RuntimeError:
        return True


def _out_of_range() -> LandReviewError:
    return LandReviewError(
        "E-CRS-RANGE",
        detail=Text(zh="坐标无法转换到地块坐标系", en="coordinates can't be brought to the parcels' plane"),
    )


def _refuse_other_datum(
    source: Crs, target: Crs, source_srs: osr.SpatialReference, target_srs: osr.SpatialReference
) -> None:
    known = Datum.OTHER not in (source.datum, target.datum)
    if source.datum == target.datum if known else source_srs.IsSameGeogCS(target_srs):
        return
    detail = Text(
        zh=f"{source.label}与地块坐标系{target.label}基准不同，未给出转换参数",
        en=f"{source.label} and the parcels' {target.label} differ in datum, and no parameters were given",
    )
    raise LandReviewError("E-CRS-OLD" if source.datum in _OLD else "E-CRS-DATUM", detail=detail)


def _box_images(boxes: Boxes, transformation: osr.CoordinateTransformation) -> Boxes:
    """Boxes around the images of boxes: outlines in parts, and a margin for the sag between them."""
    at = np.linspace(0.0, 1.0, _BOX_PARTS + 1)
    x0, y0, x1, y1 = (boxes[:, i : i + 1] for i in range(4))
    along_x, along_y = x0 + (x1 - x0) * at, y0 + (y1 - y0) * at
    full = np.ones_like(along_x)
    x = np.concatenate([along_x, along_x, x0 * full, x1 * full], axis=1)
    y = np.concatenate([y0 * full, y1 * full, along_y, along_y], axis=1)
    moved = transform_points(transformation, np.stack([x.ravel(), y.ravel()], axis=1)).reshape(len(boxes), -1, 2)
    low, high = moved.min(axis=1), moved.max(axis=1)
    margin = (high - low) * 0.01
    return np.concatenate([low - margin, high + margin], axis=1)
