# SPDX-License-Identifier: GPL-2.0-or-later
"""What the pieces of a parcel leave uncovered, and what several of them claim."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely

from ..geodesy.area import Measure, planar_areas
from ..geodesy.rings import sums
from ..progress import Progress, Silent
from .layer import Geometries
from .pieces import Floats, Ints

Mask = npt.NDArray[np.bool_]

NOISE_WIDTH_M = 1e-7
"""Less land than this width along the parcel's outline is rounding of coordinates."""
EVERY = 20
"""Parcels united between two reports of progress."""
PAIRS_PER_STEP = 5_000
"""Pairs of pieces compared between two reports."""


@dataclass(frozen=True, slots=True)
class Pieces:
    """Pieces with geometry, in any order, for n parcels."""

    parcel: Ints
    geometry: Geometries
    area_m2: Floats
    planar_area_m2: Floats


def cover(
    parcels: Geometries,
    pieces: Pieces,
    parcel_area_m2: Floats,
    measure: Measure,
    *,
    settled: Mask | None = None,
    progress: Progress | None = None,
) -> tuple[Floats, Floats]:
    """(uncovered_m2, doubled_m2) of each parcel, by ``measure``.

    ``settled`` marks parcels known to be covered exactly once. Pieces are united only where two of
    them overlap; elsewhere the areas tell.
    """
    count = len(parcels)
    total = np.bincount(pieces.parcel, weights=pieces.area_m2, minlength=count)
    planar = np.bincount(pieces.parcel, weights=pieces.planar_area_m2, minlength=count)
    rest = planar_areas(parcels) - planar
    noise = NOISE_WIDTH_M * shapely.length(parcels)
    exact = np.zeros(count, dtype=bool) if settled is None else settled
    uncovered = np.where(exact | (rest <= noise), 0.0, np.maximum(parcel_area_m2 - total, 0.0))
    doubled = np.zeros(count)
    report = progress or Silent()
    for n, parcel in enumerate(_overlapping(pieces, exact, count, noise, report)):
        if n % EVERY == 0:
            report.step(0.0)
        union = np.array([shapely.union_all(pieces.geometry[pieces.parcel == parcel])], dtype=object)
        united, united_planar = float(measure(union)[0]), float(planar_areas(union)[0])
        gap = planar_areas(parcels[parcel : parcel + 1])[0] - united_planar
        uncovered[parcel] = max(parcel_area_m2[parcel] - united, 0.0) if gap > noise[parcel] else 0.0
        doubled[parcel] = max(total[parcel] - united, 0.0) if planar[parcel] - united_planar > noise[parcel] else 0.0
    return uncovered, doubled


def _overlapping(pieces: Pieces, exact: Mask, count: int, noise: Floats, progress: Progress) -> Ints:
    """Parcels in which two pieces share land."""
    rows = np.flatnonzero(~exact[pieces.parcel])
    geometry, parcel = pieces.geometry[rows], pieces.parcel[rows]
    one, other = shapely.STRtree(geometry).query(geometry)
    pairs = (one < other) & (parcel[one] == parcel[other])
    one, other = one[pairs], other[pairs]
    claimed = np.zeros(count)
    for start in range(0, len(one), PAIRS_PER_STEP):
        progress.step(0.0)
        a, b = one[start : start + PAIRS_PER_STEP], other[start : start + PAIRS_PER_STEP]
        meet = shapely.relate_pattern(geometry[a], geometry[b], "2********")  # a third of an intersection
        shared = planar_areas(shapely.intersection(geometry[a[meet]], geometry[b[meet]]))
        claimed += sums(parcel[a[meet]], shared, count)
    return np.flatnonzero(claimed > noise)
