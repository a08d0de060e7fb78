# SPDX-License-Identifier: GPL-2.0-or-later
"""A zone that puts the parcels far outside their county, while a neighbouring zone would put them inside.

Eastings without the zone number look alike in every zone: zone 37 read as zone 38 lands 290 km away.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
import numpy.typing as npt

from ..geodesy.zones import PREFIX_M
from ..model.base import Text
from ..model.problems import Problem
from ..model.profile import Extent
from .context import Context
from .jurisdiction import away_m, declared_extent, lonlat_of

FAR_M: Final = 10_000.0
"""Extents of counties are rough (REFERENCE 2.4): nearer than that nothing is contradicted."""
_STEPS_DEG: Final = (-3, 3, -6, 6)


def contradicted(context: Context) -> Iterator[Problem]:
    """QA-C02: all parcels lie far outside the declared unit, and in another zone they would lie in it."""
    plane = context.crs.gauss_kruger
    name, extent = declared_extent(context)
    if plane is None or plane.false_easting_m >= PREFIX_M or extent is None or not len(context.shapes):
        return
    degrees = [lonlat_of(context, shape) for shape in context.shapes]
    lonlat = np.concatenate([each for each in degrees if each is not None])
    away = _nearest(lonlat, extent)
    if away <= FAR_M:
        return
    for step in _STEPS_DEG:
        if away_m(lonlat + np.array([step, 0.0]), extent) <= FAR_M:
            used, fits = plane.central_meridian_deg, plane.central_meridian_deg + step
            reason = Text(
                zh=f"按中央子午线{used:g}°，距{name}约{away / 1000:.0f}千米；按{fits:g}°则在其范围内",
                en=f"central meridian {used:g}°: about {away / 1000:.0f} km from {name}; {fits:g}°: inside it",
            )
            yield context.problem("QA-C02", "E-CRS-ZONE", reason)
            return


def _nearest(lonlat: npt.NDArray[np.float64], extent: Extent) -> float:
    return min(away_m(point[None, :], extent) for point in lonlat[:: max(1, len(lonlat) // 100)])
