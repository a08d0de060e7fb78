# SPDX-License-Identifier: GPL-2.0-or-later
"""DXF drawings: closed outlines and hatches to parcels, text inside as their numbers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely
from osgeo import gdal, ogr

from ..core.evidence.hashes import file_sha256
from ..core.model.base import Text
from ..core.model.crs import Crs
from ..core.model.parcel import Parcel, ParcelReading
from ..core.model.problems import LandReviewError, Level, Place, Problem
from ..core.quality.crossings import faults_of
from .gdal_errors import collected

CLOSING_M = 0.01
"""A gap up to this is closed, with a warning."""
ARC_STEP_DEGREES = "0.5"
"""Of bulges and arcs: at a radius of 100 m the chord stays within 1 mm."""


@dataclass(frozen=True, slots=True)
class _Outline:
    """A closed ring of the drawing."""

    feature: str
    ring: shapely.Polygon


def read_drawing(path: Path, crs: Crs | None) -> ParcelReading:
    """Closed polylines, circles and hatches of a DXF as parcels; a drawing has no CRS of its own."""
    place = Place(file=path.name)
    with collected() as errors, _fine_arcs():
        dataset = gdal.OpenEx(str(path), gdal.OF_VECTOR | gdal.OF_READONLY, allowed_drivers=["DXF"])
        if dataset is None or dataset.GetLayerCount() == 0:
            raise LandReviewError("E-SRC-CORRUPT", detail="; ".join(dict.fromkeys(errors)), place=place)
        found = list(_shapes(dataset.GetLayer(0)))
    problems: list[Problem] = []
    outlines: list[_Outline] = []
    texts: list[tuple[shapely.Point, str]] = []
    for feature, shape, text in found:
        if text and shape.geom_type == "Point":
            texts.append((shape, text))
            continue
        said, rings = _closed(shape, place.model_copy(update={"feature": feature}))
        problems += said
        outlines += [_Outline(feature, ring) for ring in rings]
    parcels = _parcels(outlines, texts)
    for parcel in parcels:
        for fault in faults_of(parcel.geometry):
            x, y = shapely.get_coordinates(fault.spot)[0]
            at = place.model_copy(update={"parcel": parcel.number, "xy": (float(x), float(y))})
            problems.append(Problem(code=fault.code, level=Level.ERROR, place=at, geometry=fault.spot))
    if crs is None:
        problems.append(Problem(code="E-CRS-NONE", level=Level.ERROR, place=place))
    if not parcels and not problems:
        problems.append(Problem(code="E-SRC-EMPTY", level=Level.ERROR, place=place))
    return ParcelReading(
        source=path.name,
        sha256=file_sha256(path),
        crs=crs,
        parcels=tuple(parcels),
        problems=tuple(problems),
        points_in=sum(int(shapely.get_num_coordinates(outline.ring)) for outline in outlines),
    )


@contextmanager
def _fine_arcs() -> Iterator[None]:
    """Stroke arcs finely for this reading only: GDAL is QGIS's, too."""
    before = gdal.GetThreadLocalConfigOption("OGR_ARC_STEPSIZE")
    gdal.SetThreadLocalConfigOption("OGR_ARC_STEPSIZE", ARC_STEP_DEGREES)
    try:
        yield
    finally:
        gdal.SetThreadLocalConfigOption("OGR_ARC_STEPSIZE", before)


def _shapes(layer: ogr.Layer) -> Iterator[tuple[str, shapely.Geometry, str]]:
    """(handle, flat geometry, text) of every entity that has a geometry."""
    for feature in layer:
        shape = feature.GetGeometryRef()
        if shape is None:
            continue
        handle = feature.GetField("EntityHandle") or str(feature.GetFID())
        straight = shape.GetLinearGeometry() if shape.HasCurveGeometry(1) else shape
        geometry = shapely.force_2d(shapely.from_wkb(bytes(straight.ExportToIsoWkb())))
        for part in shapely.get_parts(geometry):
            yield str(handle), part, feature.GetField("Text") or ""


def _closed(shape: shapely.Geometry, place: Place) -> tuple[list[Problem], list[shapely.Polygon]]:
    """The polygons of one entity; an outline that stays open is an error with its gap."""
    if shape.geom_type == "Polygon":
        return [], [shape]
    if shape.geom_type != "LineString":
        return [], []
    xy = shapely.get_coordinates(shape)
    gap_m = float(np.hypot(*(xy[0] - xy[-1])))
    if gap_m > CLOSING_M:
        reason = Text(zh=f"缺口{gap_m:.3f}米", en=f"gap {gap_m:.3f} m")
        at = place.model_copy(update={"xy": (float(xy[-1][0]), float(xy[-1][1]))})
        return [Problem(code="E-GEO-OPEN", level=Level.ERROR, place=at, reason=reason, geometry=shape)], []
    problems = []
    if gap_m > 0:
        xy = xy[:-1]
        repair = Text(zh=f"缺口{gap_m:.4f}米，已闭合", en=f"a gap of {gap_m:.4f} m was closed")
        problems.append(Problem(code="W-GEO-OPEN", level=Level.WARNING, place=place, repair=repair))
    if len(np.unique(xy, axis=0)) < 3:
        return [*problems, Problem(code="E-GEO-FEW", level=Level.ERROR, place=place)], []
    return problems, [shapely.Polygon(xy)]


def _parcels(outlines: list[_Outline], texts: list[tuple[shapely.Point, str]]) -> list[Parcel]:
    """Outlines by containment: what lies inside an odd number of others is a hole (even-odd)."""
    if not outlines:
        return []
    shapes = np.array([outline.ring for outline in outlines], dtype=object)
    inner, outer = shapely.STRtree(shapes).query(shapes, predicate="within")
    keep = inner != outer
    depth = np.bincount(inner[keep], minlength=len(shapes))
    parcels = []
    for i in np.flatnonzero(depth % 2 == 0):
        children = inner[keep][(outer[keep] == i)]
        holes = [shapes[c] for c in children if depth[c] == depth[i] + 1]
        land = shapely.difference(shapes[i], shapely.union_all(holes)) if holes else shapes[i]
        inside = [text for point, text in texts if shapely.contains(land, point)]
        parcels.append(Parcel(number=inside[0] if len(inside) == 1 else outlines[i].feature, geometry=land))
    return parcels
