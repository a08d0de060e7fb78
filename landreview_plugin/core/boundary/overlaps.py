# SPDX-License-Identifier: GPL-2.0-or-later
"""Parcels of one file that lie on each other: E-GEO-OVERLAP with the area."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import shapely

from ..model.base import Text
from ..model.parcel import Parcel
from .log import ProblemLog
from .pairs import meeting_pairs

OVERLAP_M2: Final = 0.01
"""QA-T01."""
_MAX_PAIRS: Final = 500_000
_MAX_OVERLAPS: Final = 2_000
"""More of them say nothing new: the file is refused."""


def report_overlaps(parcels: Sequence[tuple[int, Parcel]], log: ProblemLog) -> None:
    """Report each pair of parcels (with their lines) that share more than 0.01 m².

    Invalid outlines are left out: they are refused already, and have no area to share.
    """
    shapes = np.array([parcel.geometry for _, parcel in parcels], dtype=object)
    whole = np.flatnonzero(shapely.is_valid(shapes))
    compared = 0
    for left, right in meeting_pairs(shapes[whole], intersecting=True):
        one, other = whole[left], whole[right]
        common = shapely.intersection(shapes[one], shapes[other])
        areas = shapely.area(common)
        for k in np.flatnonzero(areas > OVERLAP_M2):
            _report(parcels[one[k]], parcels[other[k]], common[k], float(areas[k]), log)
        compared += len(one)
        if compared > _MAX_PAIRS or log.count("E-GEO-OVERLAP") > _MAX_OVERLAPS:
            reason = Text(zh=f"只比较了{compared}对相接地块", en=f"only {compared} pairs of parcels were compared")
            log.add("E-GEO-OVERLAP", line=parcels[one[-1]][0], reason=reason)
            return


def _report(
    one: tuple[int, Parcel], other: tuple[int, Parcel], common: shapely.Geometry, area_m2: float, log: ProblemLog
) -> None:
    number = one[1].number
    spot = common.representative_point()
    log.add(
        "E-GEO-OVERLAP",
        line=other[0],
        parcel=other[1].number,
        xy=(spot.x, spot.y),
        reason=Text(
            zh=f"与地块{number}（第{one[0]}行）重叠{area_m2:.2f} m²",
            en=f"overlaps parcel {number} (line {one[0]}) by {area_m2:.2f} m²",
        ),
        geometry=common,
    )
