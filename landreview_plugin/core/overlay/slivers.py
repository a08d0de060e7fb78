# SPDX-License-Identifier: GPL-2.0-or-later
"""Slivers: pieces whose area is at most the sliver area. Width drops nothing, it is only reported."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely

from ..geodesy.rings import sums
from .pieces import Floats, Ints, Overlay


@dataclass(frozen=True, slots=True)
class Slivers:
    """What was kept and what was dropped of k pieces of n parcels."""

    kept: npt.NDArray[np.bool_]
    """(k,) true for pieces above the sliver area and for near features without area."""
    dropped: Ints
    """Rows of the dropped pieces."""
    dropped_count: Ints
    """(n,)"""
    dropped_m2: Floats
    """(n,) sum of the dropped areas, by the overlay's area method."""
    width_m: Floats
    """(len(dropped),) mean width 2A/P; NaN without geometry."""


def split_slivers(overlay: Overlay, sliver_area_m2: float) -> Slivers:
    """Tell slivers (0 < area ≤ ``sliver_area_m2``) from the other pieces; 0 drops nothing.

    Areas are compared to 0.00001 m²: beyond that there is only the rounding of coordinates.
    """
    area = np.round(overlay.area_m2, 5)
    sliver = (overlay.planar_area_m2 > 0) & (area <= sliver_area_m2) & (sliver_area_m2 > 0)
    rows, count = np.flatnonzero(sliver), len(overlay.parcel_area_m2)
    owners = overlay.parcel[rows]
    return Slivers(
        kept=~sliver,
        dropped=rows,
        dropped_count=np.bincount(owners, minlength=count),
        dropped_m2=sums(owners, overlay.area_m2[rows], count),
        width_m=_widths(overlay, rows),
    )


def _widths(overlay: Overlay, rows: Ints) -> Floats:
    if overlay.geometry is None:
        return np.full(len(rows), np.nan)
    return np.asarray(2 * overlay.planar_area_m2[rows] / shapely.length(overlay.geometry[rows]))
