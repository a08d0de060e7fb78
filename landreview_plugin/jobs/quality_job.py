# SPDX-License-Identifier: GPL-2.0-or-later
"""The quality check of a reading, as algorithms and the panel start it."""

from __future__ import annotations

from decimal import Decimal

from ..core.geodesy.area import AreaMethod, measure_for
from ..core.model.parcel import ParcelReading
from ..core.model.problems import Problem
from ..core.model.profile import OfficeProfile
from ..core.quality.check import check
from ..core.quality.places import on_the_map, weighed
from ..core.quality.surroundings import NOWHERE, Surroundings


def check_reading(
    reading: ParcelReading,
    profile: OfficeProfile,
    around: Surroundings = NOWHERE,
    stated_total_ha: Decimal | None = None,
) -> tuple[Problem, ...]:
    """What the reader said and what the checks find, in that order; the same of the same parcel is said once."""
    said = weighed(on_the_map(reading.problems, reading.parcels), profile)
    if reading.crs is None or reading.crs.geographic or not reading.crs.metres:
        return said  # one of these problems says why nothing can be measured
    methods = [AreaMethod.PLANAR] + ([AreaMethod.ELLIPSOIDAL] if reading.crs.gauss_kruger else [])
    measures = {method: measure_for(method, reading.crs) for method in methods}
    found = check(
        reading.parcels, reading.crs, profile, measures=measures, around=around, stated_total_ha=stated_total_ha
    )
    already = {(problem.code, problem.place.parcel) for problem in said}
    return (*said, *(problem for problem in found if (problem.code, problem.place.parcel) not in already))
