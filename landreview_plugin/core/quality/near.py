# SPDX-License-Identifier: GPL-2.0-or-later
"""Near-misses: points and edges that almost meet a boundary of a reference layer."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import shapely

from ..model.base import Text
from ..model.problems import Problem
from ..overlay.layer import Boxes, Geometries, ReferenceLayer
from .context import Context

ON_IT_M = 0.001
"""Nearer than this a point is on the boundary: millimetres are what surveyors write."""
EDGE_M = 10.0
"""Shorter edges beside a boundary are chance (definition of QA-T06)."""
_STEP_M = 200.0
_POINTS = 16
"""An outline is looked along in pieces of so many points, at most so far apart."""


def administrative_boundaries(context: Context) -> Iterator[Problem]:
    """QA-T05: vertices nearer than 1 m to an administrative boundary, but not on it."""
    if context.around.counties is None:
        return
    limit_m = float(context.threshold("QA-T05"))
    lines = _Lines(context.around.counties, context.shapes, limit_m)
    for parcel, shape in zip(context.parcels, context.shapes, strict=True):
        boundary = lines.near(shape, limit_m)
        if boundary is None:
            continue
        points = shapely.points(np.unique(shapely.get_coordinates(shape), axis=0))
        away = shapely.distance(points, boundary)
        missed = (away > ON_IT_M) & (away < limit_m)
        if missed.any():
            reason = Text(
                zh=f"{int(missed.sum())}个点距行政界线不足{limit_m:g}米而不在线上，最近{away[missed].min():.3f}米",
                en=f"{int(missed.sum())} point(s) within {limit_m:g} m of the boundary but not on it, "
                f"the nearest at {away[missed].min():.3f} m",
            )
            geometry = shapely.multipoints(points[missed])
            yield context.problem("QA-T05", "QA-T05", reason, parcel=parcel.number, geometry=geometry)


def patch_boundaries(context: Context) -> Iterator[Problem]:
    """QA-T06: an edge that runs within 0.5 m beside a patch boundary for more than 10 m, but not on it."""
    if context.around.patches is None:
        return
    limit_m = float(context.threshold("QA-T06"))
    lines = _Lines(context.around.patches, context.shapes, limit_m)
    for parcel, shape in zip(context.parcels, context.shapes, strict=True):
        boundary = lines.near(shape, limit_m)
        if boundary is None:
            continue
        beside = _beside(shapely.boundary(shape), boundary, limit_m)
        if beside is not None:
            reason = Text(
                zh=f"共{beside.length:.1f}米边线与图斑界线相距不足{limit_m:g}米而不重合",
                en=f"{beside.length:.1f} m of edges run within {limit_m:g} m of patch boundaries but not on them",
            )
            yield context.problem("QA-T06", "QA-T06", reason, parcel=parcel.number, geometry=beside)


def _beside(outline: shapely.Geometry, boundary: shapely.Geometry, limit_m: float) -> shapely.Geometry | None:
    """The long stretches of an outline that are near a boundary and not on it; None without any."""
    near = shapely.intersection(outline, shapely.buffer(boundary, limit_m, cap_style="flat"))
    missed = shapely.difference(near, shapely.buffer(boundary, ON_IT_M, cap_style="flat"))
    parts = shapely.get_parts(shapely.get_parts(missed))
    lines = parts[shapely.get_dimensions(parts) == 1]
    if not len(lines):
        return None
    merged = shapely.get_parts(shapely.line_merge(shapely.multilinestrings(lines)))
    long = merged[shapely.length(merged) > EDGE_M]
    return shapely.multilinestrings(long) if len(long) else None


class _Lines:
    """The outlines of a layer's features near the parcels, read once."""

    def __init__(self, layer: ReferenceLayer, parcels: Geometries, limit_m: float) -> None:
        boxes = outline_boxes(parcels, limit_m)
        shapes = [shape for batch in layer.batches(boxes, ()) for shape in batch.geometries if shape is not None]
        self._outlines = shapely.boundary(np.array(shapes, dtype=object))
        self._tree = shapely.STRtree(self._outlines)

    def near(self, parcel: shapely.Geometry, limit_m: float) -> shapely.Geometry | None:
        """The outlines within reach of a parcel, as one geometry; None when none is."""
        found = self._tree.query(parcel, predicate="dwithin", distance=limit_m)
        if not len(found):
            return None
        x0, y0, x1, y1 = shapely.bounds(parcel)
        reach = 2 * limit_m
        # a county's outline is long: only what is near is worth buffering
        return shapely.union_all(
            shapely.clip_by_rect(self._outlines[found], x0 - reach, y0 - reach, x1 + reach, y1 + reach)
        )


def outline_boxes(parcels: Geometries, margin_m: float) -> Boxes:
    """(k, 4) small boxes along the outlines of parcels: the one box of a corridor would hold half a county."""
    outlines = shapely.segmentize(shapely.boundary(parcels), _STEP_M)
    xy, row = shapely.get_coordinates(outlines, return_index=True)
    group = np.arange(len(xy)) // _POINTS
    first = np.flatnonzero(np.diff(group, prepend=-1) | np.diff(row, prepend=-1))
    ends = np.minimum(np.append(first[1:], len(xy)) + 1, len(xy))  # the step to the next group's first point, too
    low = np.array([xy[a:b].min(axis=0) for a, b in zip(first, ends, strict=True)])
    high = np.array([xy[a:b].max(axis=0) for a, b in zip(first, ends, strict=True)])
    return np.hstack([low - margin_m, high + margin_m])
