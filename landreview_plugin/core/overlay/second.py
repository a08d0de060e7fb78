# SPDX-License-Identifier: GPL-2.0-or-later
"""A second opinion: areas of pieces in exact rational arithmetic, sharing no code with GEOS.

Every coordinate is a binary fraction, so the sum of strips below pairs of edges (see
``integral.py``, of which this is an independent, exact version: no floats, no numpy) has no
rounding at all. Slow, and meant to be: it doubts the fast engine, it does not replace it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from ..arrays import as_ints
from ..progress import Progress, Silent
from .layer import Geometries, ReferenceLayer
from .pieces import Overlay
from .repair import mend, polygonal

LIMIT_M2 = 0.01
"""A difference beyond this is a finding of its own."""
SEARCH_M = 0.01
"""Features this far around a parcel are looked at, whether the engine named them or not."""

Ring = Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """A piece on whose plane area the two engines differ by more than LIMIT_M2."""

    parcel: int
    fid: int
    engine_m2: float
    second_m2: float


@dataclass(frozen=True, slots=True)
class _Edge:
    """An edge that is not vertical, from left to right; ``sign`` +1 where its polygon lies below it."""

    x0: Fraction
    y0: Fraction
    x1: Fraction
    y1: Fraction
    sign: int

    def at(self, x: Fraction) -> Fraction:
        """Height at ``x``."""
        return self.y0 + (self.y1 - self.y0) * (x - self.x0) / (self.x1 - self.x0)


def verify(
    overlay: Overlay, parcels: Geometries, layer: ReferenceLayer, *, progress: Progress | None = None
) -> tuple[Discrepancy, ...]:
    """Compute the plane area of every parcel × feature again and return where it differs.

    The layer is read again, so that a piece which the engine overlooked is found too. Cost grows
    with the product of vertex numbers: for a case, not for a county.
    """
    report, found = progress or Silent(), []
    expected = {
        (int(p), int(f)): float(a) for p, f, a in zip(overlay.parcel, overlay.fid, overlay.planar_area_m2, strict=True)
    }
    unseen = set(expected)
    for number, parcel in enumerate(parcels):
        report.step(number / max(len(parcels), 1))
        for fid, feature in _around(parcel, layer):
            report.step(number / max(len(parcels), 1))
            unseen.discard((number, fid))
            ours = expected.get((number, fid), 0.0)
            theirs = exact_shared_area(parcel, feature)
            if abs(theirs - ours) > LIMIT_M2:
                found.append(Discrepancy(number, fid, ours, theirs))
    found += [Discrepancy(p, f, expected[p, f], 0.0) for p, f in sorted(unseen) if expected[p, f] > LIMIT_M2]
    return tuple(found)


def exact_shared_area(one: BaseGeometry, other: BaseGeometry) -> float:
    """Area of the intersection of two valid polygons or multipolygons, in m², rounded once at the end."""
    window = _common(one.bounds, other.bounds)
    if window is None:
        return 0.0
    ours, theirs = list(_edges(one, window)), sorted(_edges(other, window), key=lambda edge: edge.x0)
    total = sum((_strip(a, b) for a in ours for b in _beside(a, theirs)), Fraction(0))
    return float(total)


def _around(parcel: BaseGeometry, layer: ReferenceLayer) -> Iterator[tuple[int, BaseGeometry]]:
    reach = np.array([[-SEARCH_M, -SEARCH_M, SEARCH_M, SEARCH_M]])
    for batch in layer.batches(np.array([parcel.bounds]) + reach, ()):
        shapes, _ = mend(batch.fids, polygonal(shapely.force_2d(batch.geometries)))
        for fid, shape in zip(as_ints(batch.fids), shapes, strict=True):
            if shape is not None and shape.geom_type in ("Polygon", "MultiPolygon"):
                yield fid, shape


def _common(a: Sequence[float], b: Sequence[float]) -> tuple[float, float] | None:
    """Common x range of two boxes that share land."""
    x0, y0, x1, y1 = max(a[0], b[0]), max(a[1], b[1]), min(a[2], b[2]), min(a[3], b[3])
    return (x0, x1) if x0 < x1 and y0 < y1 else None


def _edges(shape: BaseGeometry, window: tuple[float, float]) -> Iterator[_Edge]:
    """The edges in the window's x range, signed by their ring's own direction and kind."""
    for part in getattr(shape, "geoms", [shape]):
        for hole, ring in [(False, part.exterior), *((True, inner) for inner in part.interiors)]:
            points = list(ring.coords)
            turn = _turn(points) * (-1 if hole else 1)
            for (xa, ya), (xb, yb) in pairwise(points):
                if xa == xb or max(xa, xb) <= window[0] or min(xa, xb) >= window[1]:
                    continue
                ends = [(Fraction(xa), Fraction(ya)), (Fraction(xb), Fraction(yb))]
                (x0, y0), (x1, y1) = sorted(ends)
                yield _Edge(x0, y0, x1, y1, -turn if xa < xb else turn)


def _turn(points: Ring) -> int:
    """+1 for a ring that runs against the clock, −1 with it: the exact sign of its area."""
    x0, y0 = Fraction(points[0][0]), Fraction(points[0][1])
    local = [(Fraction(x) - x0, Fraction(y) - y0) for x, y in points]
    return 1 if sum((xa * yb - xb * ya for (xa, ya), (xb, yb) in pairwise(local)), Fraction(0)) > 0 else -1


def _beside(edge: _Edge, others: Sequence[_Edge]) -> Iterator[_Edge]:
    """Edges with a common x range; ``others`` are ordered by their left end."""
    for other in others:
        if other.x0 >= edge.x1:
            return
        if other.x1 > edge.x0:
            yield other


def _strip(a: _Edge, b: _Edge) -> Fraction:
    """Signed area below both edges, over their common x range."""
    left, right = max(a.x0, b.x0), min(a.x1, b.x1)
    low_a, high_a, low_b, high_b = a.at(left), a.at(right), b.at(left), b.at(right)
    gap_low, gap_high = low_b - low_a, high_b - high_a
    if gap_low * gap_high >= 0:
        heights = (low_a, high_a) if gap_low + gap_high > 0 else (low_b, high_b)
        area = (right - left) * (heights[0] + heights[1]) / 2
    else:
        cross = left + (right - left) * gap_low / (gap_low - gap_high)
        middle = a.at(cross)
        area = ((cross - left) * (min(low_a, low_b) + middle) + (right - cross) * (middle + min(high_a, high_b))) / 2
    return a.sign * b.sign * area
