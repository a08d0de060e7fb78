# SPDX-License-Identifier: GPL-2.0-or-later
"""Land from a map in any coordinate system onto a plane that it can be measured on, for a look before a review.

A review never does this: there a surveyor's coordinates count as they are. Degrees and web maps are for
looking; WGS 84 is taken for CGCS2000, which may be off by about 1 m, and that is said.
"""

from __future__ import annotations

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from ..core.geodesy.zones import crs_of_zone, find_zone
from ..core.model.base import Text
from ..core.model.crs import Crs, Datum
from ..core.model.problems import LandReviewError, Level, Problem
from .crs import parse_crs
from .transform import plane_transform

CGCS2000_DEGREES = "EPSG:4490"
WGS84_DEGREES = "EPSG:4326"
ZONE_WIDTH_DEG = 3


def onto_plane(
    land: BaseGeometry, crs: Crs, *, preferred: Crs | None = None, any_plane: bool = False
) -> tuple[BaseGeometry, Crs, tuple[Problem, ...]]:
    """(land, plane, notices). A Gauss-Krüger plane stays; ``any_plane``: so does every plane in metres.

    Everything else of CGCS2000 or WGS 84 goes to ``preferred`` (the plane of the office's layers) or the
    3-degree zone that it lies in. Raises E-CRS-OLD, E-CRS-DATUM, E-CRS-RANGE for what can't be brought there.
    """
    flat = shapely.force_2d(land)
    if crs.gauss_kruger is not None or (any_plane and crs.metres and not crs.geographic):
        return flat, crs, ()
    if crs.datum not in (Datum.WGS84, Datum.CGCS2000):
        code = "E-CRS-OLD" if crs.datum in (Datum.XIAN1980, Datum.BEIJING1954, Datum.NEW_BEIJING) else "E-CRS-DATUM"
        raise LandReviewError(code, detail=crs.label)
    degrees = _moved(flat, crs, parse_crs(WGS84_DEGREES if crs.datum is Datum.WGS84 else CGCS2000_DEGREES))
    plane = preferred or _zone_of(degrees, crs)
    said = Text(zh=f"已由{crs.label}换算到{plane.label}", en=f"brought from {crs.label} to {plane.label}")
    code, level = ("W-CRS-WGS84", Level.WARNING) if crs.datum is Datum.WGS84 else ("I-CRS-PLANE", Level.INFO)
    # the same degrees on the other datum: the two differ by less than anybody can draw
    land = _moved(degrees, parse_crs(CGCS2000_DEGREES), plane)
    return land, plane, (Problem(code=code, level=level, text=crs.label, repair=said),)


def _zone_of(degrees: BaseGeometry, crs: Crs) -> Crs:
    longitude = float(shapely.centroid(degrees).x)
    zone = find_zone(Datum.CGCS2000, ZONE_WIDTH_DEG, round(longitude / ZONE_WIDTH_DEG), prefixed=True)
    if zone is None:
        detail = Text(zh=f"{crs.label}，经度{longitude:.3f}", en=f"{crs.label}, longitude {longitude:.3f}")
        raise LandReviewError("E-CRS-RANGE", detail=detail)
    return crs_of_zone(zone)


def _moved(land: BaseGeometry, source: Crs, target: Crs) -> BaseGeometry:
    transform = plane_transform(source, target)
    if transform is None:
        return land
    moved: BaseGeometry = transform.to_target(np.array([land], dtype=object))[0]
    return moved
