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

from ..arrays import as_ints
from .pairs import meeting_pairs

Floats = npt.NDArray[np.float64]
_MAX_PAIRS: Final = 5_000
_MAX_CONTACTS: Final = 1_000
_CHUNK: Final = 128
_PIECE: Final = 4_000
_LONG: Final = 20_000
_SAMPLE: Final = 8
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


def plainly_crosses(ring: Floats) -> bool:
    """True for a very long ring of which a few segments show that it is a tangle.

    GEOS's own test takes minutes there: its cost grows with the square of the points.
    """
    if len(ring) < _LONG:
        return False
    starts, ends = ring[:-1], ring[1:]
    sample = np.linspace(0, len(starts) - 1, _SAMPLE).astype(np.int64)
    return sum(_crossed(starts, ends, starts[i], ends[i]) for i in as_ints(sample)) > _SAMPLE


def _crossed(starts: Floats, ends: Floats, start: Floats, end: Floats) -> int:
    """How many segments cross the one from ``start`` to ``end``, mere contacts not counted."""

    def side(points: Floats, a: Floats, b: Floats) -> Floats:
        along, away = b - a, points - a
        return np.asarray(np.sign(along[..., 0] * away[..., 1] - along[..., 1] * away[..., 0]))

    apart = side(starts, start, end) * side(ends, start, end) < 0
    across = side(start, starts[apart], ends[apart]) * side(end, starts[apart], ends[apart]) < 0
    return int(across.sum())


def self_contacts(ring: Floats) -> BaseGeometry | None:
    """Where a closed ring meets itself other than at neighbouring ends: points and lines, None when nowhere."""
    if not plainly_crosses(ring) and shapely.is_valid(Polygon(ring)):
        return None
    segments = _segments(ring)
    found: list[BaseGeometry] = []
    for meets in _contacts(segments):
        found.extend(meets)
        if len(found) > _MAX_CONTACTS:
            break
    return shapely.union_all(found[:_MAX_CONTACTS]) if found else None


def _contacts(segments: npt.NDArray[np.object_]) -> Iterator[npt.NDArray[np.object_]]:
    """Where segments meet other than at the ends that neighbours share, in small pieces."""
    for all_left, all_right in meeting_pairs(segments, intersecting=True):
        for start in range(0, len(all_left), _PIECE):
            left, right = all_left[start : start + _PIECE], all_right[start : start + _PIECE]
            meets = shapely.intersection(segments[left], segments[right])
            step = right - left
            neighbours = (step == 1) | (step == len(segments) - 1)
            # neighbours share one end; a longer contact is a spike of no width
            yield meets[~neighbours | (shapely.length(meets) > 0)]


def _segments(ring: Floats) -> npt.NDArray[np.object_]:
    return np.asarray(shapely.linestrings(np.stack([ring[:-1], ring[1:]], axis=1)))


def _pair_faults(rings: Sequence[Floats]) -> Iterator[Fault]:
    if len(rings) < 2:
        return
    polygons = np.array([Polygon(ring) for ring in rings], dtype=object)
    whole = shapely.is_valid(polygons)
    seen = 0
    for left, right in meeting_pairs(polygons, intersecting=False):
        for i, j in zip(as_ints(left), as_ints(right), strict=True):
            fault = _pair_fault(polygons[i], polygons[j], (i, j)) if whole[i] and whole[j] else None
            if fault is not None:
                yield fault
        seen += len(left)
        if seen > _MAX_PAIRS:
            return


def _pair_fault(one: Polygon, other: Polygon, pair: tuple[int, int]) -> Fault | None:
    if shapely.equals_exact(shapely.normalize(one), shapely.normalize(other)):
        return Fault("E-GEO-RING", pair, other.boundary, "identical")
    meets = _common(one, other)
    if meets is None:
        return None
    many = shapely.get_num_coordinates(meets) >= _MAX_CONTACTS
    if many or shapely.overlaps(one, other):
        return Fault("E-GEO-RING", pair, meets, "crossing")
    return Fault("E-GEO-RING", pair, meets, "shared") if shapely.length(meets) > 0 else None


def _common(one: Polygon, other: Polygon) -> BaseGeometry | None:
    """Where two outlines meet, at most ``_MAX_CONTACTS`` places of it."""
    left, right = _segments(shapely.get_coordinates(one)), _segments(shapely.get_coordinates(other))
    tree = shapely.STRtree(right)
    found: list[BaseGeometry] = []
    for start in range(0, len(left), _CHUNK):
        i, j = tree.query(left[start : start + _CHUNK], predicate="intersects")
        found.extend(shapely.intersection(left[i + start], right[j]))
        if len(found) > _MAX_CONTACTS:
            break
    return shapely.union_all(found[:_MAX_CONTACTS]) if found else None


def _by_geos(geometry: BaseGeometry) -> Fault:
    """What GEOS says, where no pair explains it: holes that together cut a parcel in two."""
    words = str(shapely.is_valid_reason(geometry))
    kind, _, place = words.partition("[")
    x, _, y = place.rstrip("]").partition(" ")
    spot = shapely.Point(float(x), float(y)) if y else geometry.representative_point()
    code = "E-GEO-SELFX" if "Self-intersection" in kind and "Ring" in kind else "E-GEO-RING"
    return Fault(code, (), spot, kind)
