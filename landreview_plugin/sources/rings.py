# SPDX-License-Identifier: GPL-2.0-or-later
"""From GDAL's geometries to flat, straight, closed polygons; every fault names its feature, none is mended unsaid."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
import shapely
from osgeo import ogr
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from ..core.boundary.faults import has_no_area, may_have_no_area
from ..core.model.base import Text
from ..core.model.problems import Place
from ..core.quality.crossings import faults_of
from .arcs import CHORD_TOLERANCE_M, stroked
from .collector import Collector

Floats = npt.NDArray[np.float64]
CLOSING_GAP_M: Final = 0.01
CLOSING_GAP_DEGREES: Final = 1e-7
"""The same on the ground, for data in degrees."""
DEGREES: Final = 181.0
_POLYGONS: Final = {ogr.wkbPolygon, ogr.wkbMultiPolygon, ogr.wkbCurvePolygon, ogr.wkbMultiSurface}
_KINDS: Final = {
    "crossing": Text(zh="相交", en="crossing"),
    "touching": Text(zh="自接触", en="touching"),
    "identical": Text(zh="两圈重合", en="identical rings"),
    "shared": Text(zh="两圈有公共边", en="rings share an edge"),
}


Reshape = Callable[[BaseGeometry, Place], BaseGeometry]


def polygon_of(
    shape: ogr.Geometry | None, at: Place, collector: Collector, reshape: Reshape | None = None
) -> BaseGeometry | None:
    """The polygon or multipolygon of a feature; None when a problem says why there is none.

    ``reshape`` puts its rings in order before their nesting is judged.
    """
    points = 0 if shape is None else _count(shape)
    collector.take_feature(points)
    added = collector.closings_added
    geometry = _polygon(shape, at, collector)
    if geometry is not None and reshape is not None:
        geometry = reshape(geometry, at)
    if geometry is None:
        collector.points_rejected += points
        collector.closings_added = added
    else:
        report_faults(geometry, at, collector)
    return geometry


def polygon_of_wkb(wkb: bytes | None, at: Place, collector: Collector) -> BaseGeometry | None:
    """The same for a feature's WKB; None: it has no geometry."""
    return polygon_of(None if wkb is None else ogr.CreateGeometryFromWkb(wkb), at, collector)


def _polygon(shape: ogr.Geometry | None, at: Place, collector: Collector) -> BaseGeometry | None:
    if shape is None:
        collector.add("E-GEO-NULL", at)
        return None
    if shape.IsEmpty():
        collector.add("E-GEO-EMPTY", at)
        return None
    if ogr.GT_Flatten(shape.GetGeometryType()) not in _POLYGONS:
        collector.add("E-GEO-TYPE", at, text=shape.GetGeometryName())
        return None
    collector.heights += bool(shape.Is3D() or shape.IsMeasured())
    geometry = _straight(shape)
    if geometry is None:
        geometry = _by_rings(list(_parts(shape)), at, collector)
    return geometry if geometry is not None and is_sound(geometry, at, collector) else None


def is_sound(geometry: BaseGeometry, at: Place, collector: Collector) -> bool:
    """True when each ring is finite and has an area; else a problem says which is not."""
    if not np.isfinite(shapely.get_coordinates(geometry)).all():
        collector.add("E-GEO-NAN", at)
        return False
    rings = shapely.get_rings(shapely.get_parts(geometry))
    for ring in np.flatnonzero(may_have_no_area(shapely.polygons(rings))).tolist():
        if has_no_area(shapely.get_coordinates(rings[ring])):
            collector.add("E-GEO-FEW", at.model_copy(update={"ring": ring + 1}))
            return False
    return True


def report_faults(geometry: BaseGeometry, at: Place, collector: Collector) -> None:
    """E-GEO-SELFX and E-GEO-RING with the places where an invalid polygon is wrong."""
    for fault in faults_of(geometry):
        x, y = shapely.get_coordinates(fault.spot)[0].tolist()
        ring = fault.rings[0] + 1 if fault.rings else None
        reason = _KINDS.get(fault.kind, Text.same(fault.kind))
        place = at.model_copy(update={"xy": (x, y), "ring": ring})
        collector.add(fault.code, place, text=f"{x:.3f} {y:.3f}", reason=reason, geometry=fault.spot)


def closed_ring(points: Floats, at: Place, collector: Collector) -> Floats | None:
    """A polygon's ring with its first point repeated; what was closed or can't be a ring is said."""
    if not np.isfinite(points).all():
        collector.add("E-GEO-NAN", at)
        return None
    if len(np.unique(points, axis=0)) < 3:
        collector.add("E-GEO-FEW", at, reason=Text(zh=f"{len(points)}个点", en=f"{len(points)} points"))
        return None
    gap_m = math.dist(points[0], points[-1])
    if gap_m == 0.0:
        return points
    repair = Text(zh=f"缺口{gap_m:.6g}，已闭合", en=f"a gap of {gap_m:.6g} was closed")
    collector.add("W-GEO-OPEN", at, repair=repair)
    kept = points
    near = CLOSING_GAP_M if np.abs(points).max() > DEGREES else CLOSING_GAP_DEGREES
    if gap_m <= near and len(points) > 3:
        kept = points[:-1]
    else:
        collector.closings_added += 1
    return np.asarray(np.concatenate([kept, points[:1]]))


def _count(shape: ogr.Geometry) -> int:
    parts = shape.GetGeometryCount()
    return sum(_count(shape.GetGeometryRef(i)) for i in range(parts)) if parts else int(shape.GetPointCount())


def _straight(shape: ogr.Geometry) -> BaseGeometry | None:
    """The usual case in one call; None for what needs a look at each ring."""
    if shape.HasCurveGeometry():
        return None
    try:
        with np.errstate(invalid="ignore"):  # NaN is looked for afterwards
            return shapely.force_2d(shapely.from_wkb(bytes(shape.ExportToIsoWkb())))
    except (shapely.errors.GEOSException, RuntimeError, ValueError):
        return None


def _parts(shape: ogr.Geometry) -> Iterator[list[ogr.Geometry]]:
    """The rings of each part."""
    if ogr.GT_Flatten(shape.GetGeometryType()) in {ogr.wkbMultiPolygon, ogr.wkbMultiSurface}:
        for i in range(shape.GetGeometryCount()):
            yield from _parts(shape.GetGeometryRef(i))
    else:
        yield [shape.GetGeometryRef(i) for i in range(shape.GetGeometryCount())]


def _by_rings(parts: Sequence[Sequence[ogr.Geometry]], at: Place, collector: Collector) -> BaseGeometry | None:
    number, curved, polygons = 0, 0, []
    for part in parts:
        rings = []
        for curve in part:
            number += 1
            points, arcs = _coordinates(curve)
            curved += arcs
            ring = closed_ring(points, at.model_copy(update={"ring": number}), collector)
            if ring is None:
                return None
            rings.append(ring)
        if rings:
            polygons.append(Polygon(rings[0], rings[1:]))
    if not polygons:
        collector.add("E-GEO-EMPTY", at)
        return None
    geometry = polygons[0] if len(polygons) == 1 else MultiPolygon(polygons)
    if curved:
        report_curves(curved, geometry, at, collector)
    return geometry


def report_curves(arcs: int, geometry: BaseGeometry, at: Place, collector: Collector) -> None:
    """W-GEO-CURVE with tolerance and area."""
    area = f"{shapely.area(geometry):.2f} m²"
    repair = Text(
        zh=f"{arcs}段弧线按弦差{CHORD_TOLERANCE_M:g}米转为折线，面积{area}",
        en=f"{arcs} arcs became chords within {CHORD_TOLERANCE_M:g} m, area {area}",
    )
    collector.add("W-GEO-CURVE", at, repair=repair)
    collector.notes["chord_tolerance_m"] = f"{CHORD_TOLERANCE_M:g}"


def _coordinates(curve: ogr.Geometry) -> tuple[Floats, int]:
    """(n, 2) points of a ring, arcs stroked, and how many arcs there were."""
    kind = ogr.GT_Flatten(curve.GetGeometryType())
    if kind == ogr.wkbCompoundCurve:
        pieces = [_coordinates(curve.GetGeometryRef(i)) for i in range(curve.GetGeometryCount())]
        if not pieces:
            return np.zeros((0, 2)), 0
        joined = [points if i == 0 else points[1:] for i, (points, _) in enumerate(pieces)]
        return np.concatenate(joined), sum(arcs for _, arcs in pieces)
    points = [(point[0], point[1]) for point in curve.GetPoints() or ()]
    if kind == ogr.wkbCircularString and len(points) >= 3:
        return stroked(points), (len(points) - 1) // 2
    return np.array(points, dtype=np.float64).reshape(-1, 2), 0
