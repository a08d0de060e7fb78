# SPDX-License-Identifier: GPL-2.0-or-later
"""What is wrong with an outline, with every crossing point: an invalid polygon is shown, never mended."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry import LineString, Polygon
from shapely.geometry.base import BaseGeometry

Floats = npt.NDArray[np.float64]
_MAX_PAIRS: Final = 5_000
_SLIVER_M: Final = 1e-6


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of a parcel: code, rings concerned, the places."""

    code: str
    rings: tuple[int, ...]
    """Indices of the rings, one or two."""
    spot: BaseGeometry
    """Points of crossing or touching, lines or outlines that coincide."""
    kind: str
    """``crossing``, ``touching``, ``identical``, ``shared`` or the words of GEOS."""


def may_have_no_area(polygons: npt.NDArray[np.object_]) -> npt.NDArray[np.bool_]:
    """Polygons that need a closer look: a bow tie may sum up to nothing and yet be no line."""
    return np.asarray(shapely.area(polygons) <= _SLIVER_M * shapely.length(polygons))


def has_no_area(ring: Floats) -> bool:
    """Fewer than 3 distinct points, or all of them on one line."""
    if len(np.unique(ring, axis=0)) < 3:
        return True
    hull = shapely.convex_hull(LineString(ring))
    return bool(shapely.area(hull) <= _SLIVER_M * shapely.length(hull))


def find_faults(rings: Sequence[Floats], geometry: BaseGeometry) -> list[Fault]:
    """All faults of an invalid parcel: rings that cross or touch themselves, then wrong pairs of rings."""
    crossed = {i: spot for i, ring in enumerate(rings) if (spot := self_contacts(ring)) is not None}
    faults = [Fault("E-GEO-SELFX", (i,), spot, "crossing") for i, spot in crossed.items()]
    faults += _pair_faults(rings)
    return faults or [_by_geos(geometry)]


def self_contacts(ring: Floats) -> BaseGeometry | None:
    """Where a closed ring meets itself other than at neighbouring ends: points and lines, None when nowhere."""
    if shapely.is_valid(Polygon(ring)):
        return None
    segments = shapely.linestrings(np.stack([ring[:-1], ring[1:]], axis=1))
    left, right = shapely.STRtree(segments).query(segments, predicate="intersects")
    upper = left < right
    left, right = left[upper], right[upper]
    meets = shapely.intersection(segments[left], segments[right])
    step = right - left
    neighbours = (step == 1) | (step == len(segments) - 1)
    # neighbours share one end; a longer contact is a spike of no width
    real = ~neighbours | (shapely.length(meets) > 0)
    found = meets[real][:_MAX_PAIRS]
    return shapely.union_all(found) if len(found) else None


def _pair_faults(rings: Sequence[Floats]) -> Iterator[Fault]:
    if len(rings) < 2:
        return
    polygons = np.array([Polygon(ring) for ring in rings], dtype=object)
    whole = shapely.is_valid(polygons)
    left, right = shapely.STRtree(polygons).query(polygons)
    pairs = [(i, j) for i, j in zip(left.tolist(), right.tolist(), strict=True) if i < j and whole[i] and whole[j]]
    for i, j in pairs[:_MAX_PAIRS]:
        fault = _pair_fault(polygons[i], polygons[j], (i, j))
        if fault is not None:
            yield fault


def _pair_fault(one: Polygon, other: Polygon, pair: tuple[int, int]) -> Fault | None:
    if shapely.equals(one, other):
        return Fault("E-GEO-RING", pair, other.boundary, "identical")
    meets = shapely.intersection(one.boundary, other.boundary)
    if shapely.overlaps(one, other):
        return Fault("E-GEO-RING", pair, meets, "crossing")
    return Fault("E-GEO-RING", pair, meets, "shared") if shapely.length(meets) > 0 else None


def _by_geos(geometry: BaseGeometry) -> Fault:
    """What GEOS says, where no pair explains it: holes that together cut a parcel in two."""
    words = str(shapely.is_valid_reason(geometry))
    kind, _, place = words.partition("[")
    x, _, y = place.rstrip("]").partition(" ")
    spot = shapely.Point(float(x), float(y)) if y else geometry.representative_point()
    code = "E-GEO-SELFX" if "Self-intersection" in kind and "Ring" in kind else "E-GEO-RING"
    return Fault(code, (), spot, kind)
