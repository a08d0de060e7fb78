# SPDX-License-Identifier: GPL-2.0-or-later
"""Are the points where they are said to be? The county confirms or contradicts, it never decides."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
import numpy.typing as npt

from ..geodesy.gauss import inverse
from ..model.base import Text
from ..model.crs import GaussKruger
from ..tables import index
from .log import ProblemLog
from .options import Extent, ReadOptions
from .reference import Points, Reference

Floats = npt.NDArray[np.float64]

_METRES_PER_DEGREE: Final = 111_320.0
COUNTY_TOLERANCE_M: Final = 10_000.0
"""The extents of counties are rough; farther away is another place."""


def check_places(points: Points, reference: Reference, options: ReadOptions, log: ProblemLog) -> None:
    """E-JUR-OUT for points outside the province's extent, W-JUR-COUNTY far from the declared county."""
    plane = reference.crs.gauss_kruger if reference.crs else None
    county = index("county_extents", "code").get(options.county)
    if plane is None or not len(points.line) or (options.extent is None and county is None):
        return
    degrees = _degrees(points.exchanged() if reference.exchanged else points, plane)
    if options.extent is not None:
        _report("E-JUR-OUT", degrees, points, options.extent, 0.0, "", log)
    if county is not None and not log.count("E-JUR-OUT"):
        west, south, east, north = (float(county[key]) for key in ("min_lon", "min_lat", "max_lon", "max_lat"))
        _report("W-JUR-COUNTY", degrees, points, (west, south, east, north), COUNTY_TOLERANCE_M, county["name_zh"], log)


def _degrees(points: Points, plane: GaussKruger) -> tuple[Floats, Floats]:
    latitude, longitude = inverse(plane, points.easting, points.northing)
    return np.degrees(latitude), np.degrees(longitude) + plane.central_meridian_deg


def _report(
    code: str,
    degrees: tuple[Floats, Floats],
    points: Points,
    extent: Extent,
    tolerance_m: float,
    name: str,
    log: ProblemLog,
) -> None:
    latitude, longitude = degrees
    west, south, east, north = extent
    away_lat = np.maximum(np.maximum(south - latitude, latitude - north), 0.0)
    away_lon = np.maximum(np.maximum(west - longitude, longitude - east), 0.0)
    shrink = math.cos(math.radians((south + north) / 2))
    distance_m = np.hypot(away_lat, away_lon * shrink) * _METRES_PER_DEGREE
    outside = np.flatnonzero(distance_m > tolerance_m)
    if not len(outside):
        return
    first = int(outside[0])
    km = float(distance_m[outside].max()) / 1000
    log.add(
        code,
        line=int(points.line[first]),
        xy=(float(points.easting[first]), float(points.northing[first])),
        text=name,
        reason=Text(
            zh=f"{len(outside)}个点在范围外，最远约{km:.1f} km",
            en=f"{len(outside)} points outside, up to about {km:.1f} km",
        ),
    )
