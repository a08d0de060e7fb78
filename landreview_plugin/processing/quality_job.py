# SPDX-License-Identifier: GPL-2.0-or-later
"""The quality check as algorithms start it."""

from __future__ import annotations

from ..core.geodesy.area import AreaMethod, measure_for
from ..core.model.parcel import ParcelReading
from ..core.model.problems import Problem
from ..core.model.profile import OfficeProfile
from ..core.overlay.layer import ReferenceLayer
from ..core.quality.check import check


def check_reading(
    reading: ParcelReading, profile: OfficeProfile, counties: ReferenceLayer | None = None
) -> tuple[Problem, ...]:
    """What the reader said and what the checks find, in that order."""
    if reading.crs is None:
        return reading.problems
    methods = [AreaMethod.PLANAR] + ([AreaMethod.ELLIPSOIDAL] if reading.crs.gauss_kruger else [])
    measures = {method: measure_for(method, reading.crs) for method in methods}
    return (*reading.problems, *check(reading.parcels, reading.crs, profile, measures=measures, counties=counties))
