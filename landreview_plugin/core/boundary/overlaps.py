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

OVERLAP_M2: Final = 0.01
"""QA-T01."""
_MAX_PAIRS: Final = 20_000
_BATCH: Final = 500


def report_overlaps(parcels: Sequence[tuple[int, Parcel]], log: ProblemLog) -> None:
    """Report each pair of parcels (with their lines) that share more than 0.01 m².

    Invalid outlines are compared through a mended copy, which is used for nothing else.
    """
    if len(parcels) < 2:
        return
    shapes = np.array([parcel.geometry for _, parcel in parcels], dtype=object)
    invalid = ~shapely.is_valid(shapes)
    shapes[invalid] = shapely.make_valid(shapes[invalid])
    left, right = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    upper = left < right
    left, right = left[upper], right[upper]
    for start in range(0, min(len(left), _MAX_PAIRS), _BATCH):
        one, other = left[start : start + _BATCH], right[start : start + _BATCH]
        common = shapely.intersection(shapes[one], shapes[other])
        areas = shapely.area(common)
        for k in np.flatnonzero(areas > OVERLAP_M2):
            _report(parcels[one[k]], parcels[other[k]], common[k], float(areas[k]), log)
    if len(left) > _MAX_PAIRS:
        pairs = len(left) - _MAX_PAIRS
        log.add(
            "E-GEO-OVERLAP",
            reason=Text(zh=f"另有{pairs}对相接地块未比较", en=f"{pairs} more touching pairs were not compared"),
        )


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
