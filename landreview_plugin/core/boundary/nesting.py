# SPDX-License-Identifier: GPL-2.0-or-later
"""Rings to parts by containment: depth even is an outer ring, depth odd a hole (islands in holes too)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry import MultiPolygon, Polygon

from ..arrays import as_ints
from ..model.base import Text
from ..model.problems import LandReviewError
from .pairs import meeting_pairs

Floats = npt.NDArray[np.float64]
_MAX_PAIRS: Final = 200_000
_LIMIT: Final = Text(
    zh=f"一个地块内圈的嵌套关系超过{_MAX_PAIRS}对", en=f"more than {_MAX_PAIRS} pairs of rings in one parcel"
)


def nest(rings: Sequence[Floats]) -> list[list[int]]:
    """Parts as lists of ring indices, the outer ring first, in the order of the outer rings.

    ``rings``: closed (n, 2) arrays. Ring numbers of a file are never asked: they do not say it.
    """
    if len(rings) == 1:
        return [[0]]
    containers = _containers(rings)
    areas = [abs(shapely.area(Polygon(ring))) for ring in rings]
    outers = [i for i in range(len(rings)) if len(containers[i]) % 2 == 0]
    parts = {outer: [outer] for outer in outers}
    for i in range(len(rings)):
        if i not in parts:
            around = [j for j in containers[i] if j in parts]
            # crossing rings can leave a hole without an outer ring: it is shown as a part of its own
            parts[min(around, key=areas.__getitem__) if around else outers[0] if outers else i].append(i)
    return list(parts.values())


def build(rings: Sequence[Floats], parts: Sequence[Sequence[int]]) -> Polygon | MultiPolygon:
    """The polygon or multipolygon of nested rings, coordinates as they are."""
    polygons = [Polygon(rings[part[0]], [rings[i] for i in part[1:]]) for part in parts]
    return polygons[0] if len(polygons) == 1 else MultiPolygon(polygons)


def _containers(rings: Sequence[Floats]) -> list[list[int]]:
    """For each ring those that contain it; of equal rings the first contains the other."""
    polygons = np.array([Polygon(ring) for ring in rings], dtype=object)
    areas = np.abs(shapely.area(polygons))
    shapely.prepare(polygons)
    found: list[list[int]] = [[] for _ in rings]
    seen = 0
    for left, right in meeting_pairs(polygons):
        for i, j in zip(as_ints(left), as_ints(right), strict=True):
            inner, outer = (i, j) if areas[j] > areas[i] else (j, i)
            if _inside(rings[inner], polygons[inner], polygons[outer]):
                found[inner].append(outer)
        seen += len(left)
        if seen > _MAX_PAIRS:
            raise LandReviewError("E-SRC-LIMIT", detail=_LIMIT)
    return found


def _inside(ring: Floats, polygon: Polygon, container: Polygon) -> bool:
    within = shapely.contains_xy(container, ring[:, 0], ring[:, 1])
    if within.any():
        return bool(within.mean() > 0.5 or not (~shapely.intersects_xy(container, ring[:, 0], ring[:, 1])).any())
    if not shapely.intersects_xy(container, ring[:, 0], ring[:, 1]).all():
        return False
    inner = shapely.point_on_surface(polygon)  # every vertex lies on the other outline
    return bool(shapely.contains_xy(container, inner.x, inner.y)) if not inner.is_empty else True
