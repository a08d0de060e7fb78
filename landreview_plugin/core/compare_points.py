# SPDX-License-Identifier: GPL-2.0-or-later
"""Boundary points of a parcel before and after a correction: which moved, how far, which came and went."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import shapely

from .arrays import as_ints, as_pairs
from .evidence.hashes import COORDINATE_DECIMALS
from .model.parcel import Parcel

Point = tuple[float, float]
SAME_NAME_M = 50.0
"""A point of the same number within this distance is the same point, moved."""
NEAR_M = 5.0
"""Without a common number the nearest within this distance is."""


class PointFate(StrEnum):
    """What became of a boundary point."""

    MOVED = "moved"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class PointChange:
    """A boundary point that is not where it was, in the parcels' plane."""

    fate: PointFate
    parcel: str
    label: str
    """The number that it has now; of a removed one the number that it had. May be empty."""
    before: Point | None
    after: Point | None

    @property
    def distance_m(self) -> float | None:
        """How far it moved; None when it came or went."""
        if self.before is None or self.after is None:
            return None
        return float(np.hypot(self.after[0] - self.before[0], self.after[1] - self.before[1]))


def compare_points(before: Parcel, after: Parcel) -> tuple[PointChange, ...]:
    """Points whose coordinates differ by 0.1 mm or more: moved by falling distance, then added, then removed."""
    old, new = _points(before), _points(after)
    gone = {point: label for point, label in old.items() if point not in new}
    come = {point: label for point, label in new.items() if point not in old}
    pairs = [*_same_name(gone, come), *_nearest(gone, come)]
    moved = [PointChange(PointFate.MOVED, after.number, label, one, other) for one, other, label in pairs]
    return (
        *sorted(moved, key=lambda change: -(change.distance_m or 0.0)),
        *(PointChange(PointFate.ADDED, after.number, label, None, point) for point, label in come.items()),
        *(PointChange(PointFate.REMOVED, after.number, label, point, None) for point, label in gone.items()),
    )


def _points(parcel: Parcel) -> dict[Point, str]:
    """Point → number, in the order of the rings; empty numbers where the parcel has none that fit."""
    rings = [as_pairs(shapely.get_coordinates(ring)[:-1]) for ring in shapely.get_rings(_parts(parcel))]
    fits = [len(labels) for labels in parcel.labels] == [len(ring) for ring in rings]
    labels = parcel.labels if fits else tuple(("",) * len(ring) for ring in rings)
    return {
        (round(x, COORDINATE_DECIMALS), round(y, COORDINATE_DECIMALS)): label
        for ring, names in zip(rings, labels, strict=True)
        for (x, y), label in zip(ring, names, strict=True)
    }


def _parts(parcel: Parcel) -> list[shapely.Geometry]:
    return list(shapely.get_parts(shapely.force_2d(parcel.geometry)))


def _same_name(gone: dict[Point, str], come: dict[Point, str]) -> Iterator[tuple[Point, Point, str]]:
    """Points with one number that is unique on both sides; they leave both dicts."""
    old, new = _unique(gone), _unique(come)
    for label in [label for label in old if label in new]:
        one, other = old[label], new[label]
        if np.hypot(one[0] - other[0], one[1] - other[1]) <= SAME_NAME_M:
            del gone[one], come[other]
            yield one, other, label


def _unique(points: dict[Point, str]) -> dict[str, Point]:
    labels = list(points.values())
    return {label: point for point, label in points.items() if label and labels.count(label) == 1}


def _nearest(gone: dict[Point, str], come: dict[Point, str]) -> Iterator[tuple[Point, Point, str]]:
    """The nearest pairs first; they leave both dicts."""
    if not gone or not come:
        return
    old, new = list(gone), list(come)
    i, j = shapely.STRtree(shapely.points(new)).query(shapely.points(old), predicate="dwithin", distance=NEAR_M)
    distance = np.hypot(*(np.array(old)[i] - np.array(new)[j]).T)
    for k in as_ints(np.argsort(distance, kind="stable")):
        one, other = old[int(i[k])], new[int(j[k])]
        if one in gone and other in come:
            del gone[one]
            yield one, other, come.pop(other)
