# SPDX-License-Identifier: GPL-2.0-or-later
"""Rings to parts by containment: depth even is an outer ring, depth odd a hole (islands in holes too)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry import MultiPolygon, Polygon

Floats = npt.NDArray[np.float64]


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
    """For each ring those that contain it."""
    polygons = np.array([Polygon(ring) for ring in rings], dtype=object)
    areas = np.abs(shapely.area(polygons))
    shapely.prepare(polygons)
    inner, outer = shapely.STRtree(polygons).query(polygons)
    found: list[list[int]] = [[] for _ in rings]
    for i, j in zip(inner.tolist(), outer.tolist(), strict=True):
        larger = areas[j] > areas[i] or (areas[j] == areas[i] and j < i)
        if i != j and larger and _inside(rings[i], polygons[i], polygons[j]):
            found[i].append(j)
    return found


def _inside(ring: Floats, polygon: Polygon, container: Polygon) -> bool:
    within = shapely.contains_xy(container, ring[:, 0], ring[:, 1])
    if within.any():
        return bool(within.mean() > 0.5 or not (~shapely.intersects_xy(container, ring[:, 0], ring[:, 1])).any())
    if not shapely.intersects_xy(container, ring[:, 0], ring[:, 1]).all():
        return False
    inner = shapely.point_on_surface(polygon)  # every vertex lies on the other outline
    return bool(shapely.contains_xy(container, inner.x, inner.y)) if not inner.is_empty else True
