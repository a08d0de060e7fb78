# SPDX-License-Identifier: GPL-2.0-or-later
"""Mending invalid reference polygons: never in silence, never by guessing."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from .layer import Geometries
from .pieces import Repair


def mend(fids: npt.NDArray[np.int64], geometries: Geometries) -> tuple[Geometries, tuple[Repair, ...]]:
    """The geometries with invalid polygons mended, and what mending changed.

    What can't be mended becomes None and stands in the repairs with ``repaired=False``. Lines and
    points are never invalid in a way that matters here and pass as they are.
    """
    wrong = np.flatnonzero(~shapely.is_valid(geometries) & ~shapely.is_missing(geometries))
    if not len(wrong):
        return geometries, ()
    mended = geometries.copy()
    repairs = []
    for i in wrong:
        mended[i], repair = _mend_one(int(fids[i]), geometries[i])
        repairs.append(repair)
    return mended, tuple(repairs)


def _mend_one(fid: int, geometry: BaseGeometry) -> tuple[BaseGeometry | None, Repair]:
    reason = str(shapely.is_valid_reason(geometry))
    before = float(np.nan_to_num(shapely.area(geometry)))
    try:
        result = _polygons(shapely.make_valid(geometry))
    except shapely.errors.GEOSException:
        result = None
    if result is None or result.is_empty or not result.is_valid or not np.isfinite(shapely.bounds(result)).all():
        return None, Repair(fid, reason, before, 0.0, repaired=False)
    return result, Repair(fid, reason, before, float(result.area), repaired=True)


def _polygons(geometry: BaseGeometry) -> BaseGeometry | None:
    """The polygons of a geometry as one; the lines and points beside them have no area."""
    parts = shapely.get_parts(shapely.get_parts(np.array([geometry], dtype=object)))
    areal = parts[shapely.get_type_id(parts) == shapely.GeometryType.POLYGON]
    return shapely.multipolygons(areal) if len(areal) else None


def polygonal(geometries: Geometries) -> Geometries:
    """Collections replaced by their polygons; what has none, and everything else, stays as it is."""
    mixed = np.flatnonzero(shapely.get_type_id(geometries) == shapely.GeometryType.GEOMETRYCOLLECTION)
    if not len(mixed):
        return geometries
    result = geometries.copy()
    for i in mixed:
        result[i] = _polygons(geometries[i]) or geometries[i]
    return result
