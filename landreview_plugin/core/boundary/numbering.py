# SPDX-License-Identifier: GPL-2.0-or-later
"""Boundary points of a parcel in their order, with their numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from ..model.parcel import Parcel

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class NumberedRing:
    """One ring of a parcel as it is written: the first point is not repeated."""

    number: int
    """地块圈号, from 1 through all rings of the parcel."""
    labels: tuple[str, ...]
    xy: Floats
    """(n, 2) easting, northing."""


def numbered_rings(parcel: Parcel, *, renumber: bool, prefix: str = "J", restart: bool = False) -> list[NumberedRing]:
    """The rings of a parcel: outer ring, its holes, next part.

    ``renumber``: each ring starts at its north-west corner and runs clockwise, and gets new labels.
    Otherwise order and labels are the parcel's own; new labels only where it has none that fit.
    ``restart``: labels begin at 1 in every ring instead of running on.
    """
    rings = [shapely.get_coordinates(ring)[:-1] for ring in _rings(parcel.geometry)]
    fitting = [len(labels) for labels in parcel.labels] == [len(ring) for ring in rings]
    if not renumber and fitting:
        labels: Sequence[tuple[str, ...]] = parcel.labels
    else:
        rings = [from_north_west(ring) for ring in rings] if renumber else rings
        labels = list(_labels([len(ring) for ring in rings], prefix, restart))
    return [NumberedRing(i, names, ring) for i, (names, ring) in enumerate(zip(labels, rings, strict=True), 1)]


def from_north_west(ring: Floats) -> Floats:
    """An open ring from its north-west corner (largest northing − easting; of equals the northernmost), clockwise."""
    clockwise = ring[::-1] if _doubled_area(ring) > 0 else ring
    offset = clockwise - clockwise.mean(axis=0)
    corner = np.lexsort((-offset[:, 1], -(offset[:, 1] - offset[:, 0]).round(6)))[0]
    return np.roll(clockwise, -int(corner), axis=0)


def _doubled_area(ring: Floats) -> float:
    """Positive for a ring that runs against the clock."""
    x, y = (ring - ring[0]).T
    return float(np.sum(x * np.roll(y, -1) - np.roll(x, -1) * y))


def _rings(geometry: BaseGeometry) -> Iterator[BaseGeometry]:
    for part in shapely.get_parts(geometry):
        yield part.exterior
        yield from part.interiors


def _labels(counts: Sequence[int], prefix: str, restart: bool) -> Iterator[tuple[str, ...]]:
    first = 1
    for count in counts:
        yield tuple(f"{prefix}{number}" for number in range(first, first + count))
        first = 1 if restart else first + count
