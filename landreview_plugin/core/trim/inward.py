# SPDX-License-Identifier: GPL-2.0-or-later
"""Round the new points of an outline to the decimals of a boundary TXT, always towards its inside.

Rounding to the nearest decimal moves an edge by up to half a unit to either side, and then a review of
the rounded outline finds a strip of forbidden land. So each new point goes to the nearest grid point on
the inner side of both its edges; points that the parcel had already stay as they are, to the last bit.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry
from shapely.geometry.polygon import orient

from ..arrays import as_pairs

Floats = npt.NDArray[np.float64]
Point = tuple[float, float]

SLACK_M = 1e-8
"""A point this far outside an edge is on it: eight-digit eastings are known to 7e-9 m."""
CLOSE_M = 0.05
"""QA-G04: neighbouring boundary points nearer than this are reported."""
DOUBLED_M = 0.0015
"""QA-G03: neighbours nearer than a millimetre are one point; a grid step of one rounds to either side of it."""
STRAIGHT_M = 0.001
"""QA-G10: a point nearer than this to the line of its neighbours is idle."""
IDLE_M2 = 0.01
"""Leaving out a close point may cost as much as this: it is not printed."""
REACHES = (2, 12)
"""How many grid steps a point may be moved: mostly few; a corner too sharp for many can't be rounded."""


@dataclass(frozen=True, slots=True)
class Grid:
    """The decimals of the plane, seen from the local origin that the outline is given in."""

    origin: Point
    decimals: int

    def near(self, point: Floats, reach: int) -> Floats:
        """(n, 2) grid points up to ``reach`` steps around ``point``, the nearest first."""
        step_m = 10.0**-self.decimals
        ticks = np.arange(-reach, reach + 2)
        offsets = np.stack(np.meshgrid(ticks, ticks), axis=-1).reshape(-1, 2)
        index = np.floor((point + self.origin) / step_m) + offsets
        # rounding gives the double that the decimals of a file are read as; taking the origin off is exact
        found = np.round(index * step_m, self.decimals) - self.origin
        return np.asarray(found[np.argsort(((found - point) ** 2).sum(axis=1), kind="stable")])

    def holds(self, point: Point) -> bool:
        """Whether the point has no more decimals than the grid."""
        return all(
            round(value + start, self.decimals) == value + start
            for value, start in zip(point, self.origin, strict=True)
        )


def points_of(shape: BaseGeometry) -> set[Point]:
    """Every point of a shape."""
    return set(as_pairs(shapely.get_coordinates(shape)))


def rounded_inward(land: BaseGeometry, kept: frozenset[Point], grid: Grid) -> BaseGeometry | None:
    """``land`` with every point that is neither ``kept`` nor on the grid moved inward onto it.

    New points that say nothing (on a straight line, or so near to a neighbour that less than 0.01 m²
    hangs on them) are left out where that adds no land. None: a corner is too sharp to be rounded.
    """
    parts = []
    for part in shapely.get_parts(land):
        rings = [_ring(ring, kept, grid) for ring in rings_of(part)]
        whole = [ring for ring in rings if ring is not None and len(ring) >= 3]
        if len(whole) < len(rings):
            return None
        parts.append(shapely.Polygon(whole[0], whole[1:]))
    return shapely.MultiPolygon(parts)


def rings_of(part: BaseGeometry) -> list[list[Point]]:
    """Outer ring and holes of a polygon as open rings, each with the land on its left."""
    turned = orient(part)
    return [as_pairs(shapely.get_coordinates(ring)[:-1]) for ring in (turned.exterior, *turned.interiors)]


def _ring(points: list[Point], kept: frozenset[Point], grid: Grid) -> list[Point] | None:
    points = _without_idle(points, kept)
    result = []
    for i, point in enumerate(points):
        if point in kept or grid.holds(point):
            result.append(point)
            continue
        moved = _moved(np.array(points[i - 1]), np.array(point), np.array(points[(i + 1) % len(points)]), grid)
        if moved is None:
            return None
        result.append(moved)
    return _without_idle(result, kept)  # rounding lays some on one line


def _without_idle(points: list[Point], kept: frozenset[Point]) -> list[Point]:
    """Leave out new points that are idle."""
    points, i = list(points), 0
    while i < len(points) and len(points) > 3:
        if points[i] not in kept and _idle(points[i - 1], points[i], points[(i + 1) % len(points)]):
            del points[i]
        else:
            i += 1
    return points


def _idle(before: Point, point: Point, after: Point) -> bool:
    """Whether an outline without the point is nearly the same and reaches no further."""
    one, other = np.subtract(point, before), np.subtract(after, point)
    doubled_m2 = float(one[0] * other[1] - one[1] * other[0])
    chord_m = float(np.hypot(*(one + other)))
    if doubled_m2 < -SLACK_M * chord_m:
        return False
    near_m = min(float(np.hypot(*one)), float(np.hypot(*other)))
    close = near_m < CLOSE_M and doubled_m2 < 2 * IDLE_M2
    return bool(close or near_m < DOUBLED_M or doubled_m2 < STRAIGHT_M * chord_m)


def _moved(before: Floats, point: Floats, after: Floats, grid: Grid) -> Point | None:
    """The nearest grid point on the left of both edges."""
    for reach in REACHES:
        candidates = grid.near(point, reach)
        fits = (_left_m(before, point, candidates) >= -SLACK_M) & (_left_m(point, after, candidates) >= -SLACK_M)
        if fits.any():
            return as_pairs(candidates[fits][:1])[0]
    return None


def _left_m(start: Floats, end: Floats, points: Floats) -> Floats:
    """(n,) how far each point lies to the left of the line from ``start`` to ``end``."""
    along = (end - start) / max(float(np.hypot(*(end - start))), 1e-12)
    away = points - start
    return np.asarray(along[0] * away[:, 1] - along[1] * away[:, 0])
