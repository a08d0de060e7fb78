# SPDX-License-Identifier: GPL-2.0-or-later
"""The trimmed boundary of a parcel: no forbidden land any more, the least area lost, and land that can be handed in."""

from __future__ import annotations

import shapely
from shapely.geometry.base import BaseGeometry

from ..geodesy.area import Measure, planar_areas
from ..progress import Progress, Silent
from .search import Search
from .suggestion import Suggestion
from .useful import Limits

DECIMALS = 3
"""Of a boundary-point TXT."""
ORDINARY = Limits()


def suggest(
    parcel: BaseGeometry,
    forbidden: BaseGeometry,
    *,
    measure: Measure = planar_areas,
    limits: Limits = ORDINARY,
    decimals: int = DECIMALS,
    progress: Progress | None = None,
) -> tuple[Suggestion, ...]:
    """Ways to take ``forbidden`` off a valid (multi)polygon, the one that loses least first.

    ``forbidden`` are polygons in the parcel's plane, of as many layers as there are; for a rule on land
    outside a layer it is what the layer leaves of the parcel. A second way, with the largest piece only,
    is offered where the cut splits the parcel. Without a way there is one suggestion that says why. Raises
    CancelledError.
    """
    search = Search(parcel, forbidden, measure, limits, decimals, progress or Silent())
    first = search.way(largest_only=False)
    if first.after is None or shapely.get_num_geometries(first.after) <= 1:
        return (first,)
    second = search.way(largest_only=True)
    return (first,) if second.after is None or shapely.equals(first.after, second.after) else (first, second)
