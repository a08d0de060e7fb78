# SPDX-License-Identifier: GPL-2.0-or-later
"""What of a trimmed parcel is no land to hand in: strips, spikes and scraps that the cut has left."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from ..rules.hits import polygons
from .inward import CLOSE_M, Point, rings_of

SHARPEST_DEGREES = 10.0
"""QA-G07: corners sharper than this are reported; a cut leaves none."""
MITRE = 1 / math.sin(math.radians(SHARPEST_DEGREES / 2))
ARC_SEGMENTS = 32
"""Of a quarter circle: the chord stays within 0.03 % of the radius."""
BLUNT_M = 0.06
"""Half the width that the tip of a needle is given."""
RIM_M = 0.002
"""What an arc leaves beside its chords is this thin at most, and no strip."""
FINE_M = 1e-6
"""Strips are computed on this grid: their outlines run along those of the land, where doubles alone stumble."""
OVERCUT_M = 1e-4
"""A strip is cut off this much wider, so that no hair of it stays."""


@dataclass(frozen=True, slots=True)
class Limits:
    """From when on land is worth handing in."""

    smallest_width_m: float = 1.0
    smallest_area_m2: float = 10.0


class Uselessness(StrEnum):
    """Why a piece was dropped."""

    NARROW = "narrow"
    SMALL = "small"
    LESSER = "lesser"
    """Beside the largest piece, where only that one is to be kept."""


@dataclass(frozen=True, slots=True)
class Dropped:
    """A piece that is not forbidden but of no use."""

    land: BaseGeometry
    reason: Uselessness


def without_strips(land: BaseGeometry, parcel: BaseGeometry, limits: Limits) -> tuple[BaseGeometry, BaseGeometry]:
    """(land, strips): strips and tips narrower than the smallest width that ``parcel`` did not have before."""
    spared = _grown(_narrow(parcel, limits), 2 * RIM_M)
    strips = polygons(shapely.difference(_narrow(land, limits), spared, grid_size=FINE_M))
    strips = polygons(_grown(_grown(strips, -RIM_M), RIM_M))
    if strips.is_empty:
        return land, strips
    return polygons(shapely.difference(land, _grown(strips, OVERCUT_M))), strips


def without_needles(land: BaseGeometry, kept: frozenset[Point]) -> BaseGeometry:
    """The land with the tips of needles that reach into it blunted: a corner below 10 degrees would be a spike."""
    tips = [
        shapely.box(x - BLUNT_M, y - BLUNT_M, x + BLUNT_M, y + BLUNT_M)
        for part in shapely.get_parts(land)
        for ring in rings_of(part)
        for i, (x, y) in enumerate(ring)
        if (x, y) not in kept and _is_needle(ring, i)
    ]
    return polygons(shapely.difference(land, shapely.union_all(tips))) if tips else land


def _is_needle(ring: list[Point], i: int) -> bool:
    """Whether the land turns around a tip at this point, looking past points that are close to it."""
    before, after = (_away(ring, i, step) for step in (-1, 1))
    if before is None or after is None:
        return False
    back, forth = np.subtract(before, ring[i]), np.subtract(after, ring[i])
    turn = float(forth[0] * back[1] - forth[1] * back[0])  # negative: the land lies around the point
    cosine = float(back @ forth) / float(np.hypot(*back) * np.hypot(*forth))
    return turn < 0 and cosine > math.cos(math.radians(SHARPEST_DEGREES))


def _away(ring: list[Point], i: int, step: int) -> Point | None:
    """The next point in one direction that is not close; None: all are."""
    for k in range(1, len(ring)):
        point = ring[(i + step * k) % len(ring)]
        if math.dist(point, ring[i]) >= CLOSE_M:
            return point
    return None


def without_scraps(land: BaseGeometry, parcel: BaseGeometry, limits: Limits) -> tuple[BaseGeometry, list[BaseGeometry]]:
    """(land, scraps): parts below the smallest area, but for parts that the parcel was handed in with."""
    before = shapely.get_parts(parcel)
    parts = list(shapely.get_parts(land))
    kept = [p for p in parts if p.area >= limits.smallest_area_m2 or shapely.equals(before, p).any()]
    scraps = [p for p in parts if not any(p is each for each in kept)]
    return shapely.MultiPolygon(kept), scraps


def largest_of_each(land: BaseGeometry, parcel: BaseGeometry) -> tuple[BaseGeometry, list[BaseGeometry]]:
    """(land, rest): of each part that the parcel had, the largest piece."""
    kept: list[BaseGeometry] = []
    rest: list[BaseGeometry] = []
    for pieces in _pieces(land, parcel):
        largest = max(pieces, key=lambda piece: float(piece.area))
        kept.append(largest)
        rest += [piece for piece in pieces if piece is not largest]
    return shapely.MultiPolygon(kept), rest


def _pieces(land: BaseGeometry, parcel: BaseGeometry) -> Iterator[list[BaseGeometry]]:
    """The pieces of ``land`` in each part of ``parcel`` that has any."""
    parts = list(shapely.get_parts(land))
    points = shapely.point_on_surface(parts)
    for whole in shapely.get_parts(parcel):
        inside = [part for part, point in zip(parts, points, strict=True) if shapely.intersects(whole, point)]
        if inside:
            yield inside


def _narrow(land: BaseGeometry, limits: Limits) -> BaseGeometry:
    """Land that no disc of the smallest width reaches; corners up to the sharpest are left in peace."""
    radius_m = limits.smallest_width_m / 2
    if radius_m <= 0:
        return shapely.MultiPolygon()
    core = shapely.buffer(land, -radius_m, quad_segs=ARC_SEGMENTS)
    return polygons(shapely.difference(land, _grown(core, radius_m), grid_size=FINE_M))


def _grown(land: BaseGeometry, by_m: float) -> BaseGeometry:
    """Grown, or shrunk for a negative distance, with corners as they are."""
    with np.errstate(divide="ignore", invalid="ignore"):  # GEOS tries parallel edges, and says so
        return shapely.buffer(land, by_m, join_style="mitre", mitre_limit=MITRE)
