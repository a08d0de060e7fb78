# SPDX-License-Identifier: GPL-2.0-or-later
"""Geometry as a GeoPackage stores it, and outlines in degrees for maps of many zones."""

from __future__ import annotations

import math
import struct

import numpy as np
import shapely

from ..core.geodesy.ellipsoid import Floats
from ..core.geodesy.gauss import inverse
from ..core.model.crs import Crs

MAP_SRS = 4490
"""One feature table has one reference system; cases come in many zones. CGCS2000 in degrees holds them all."""
_ENVELOPE_XY = 0b0000_0010
_LITTLE_ENDIAN = 0b0000_0001


def geometry_blob(geometry: shapely.Geometry, srs: int = MAP_SRS) -> bytes:
    """GeoPackageBinary (OGC 12-128r18, 2.1.3) with an envelope."""
    min_x, min_y, max_x, max_y = geometry.bounds
    header = struct.pack("<2sBBi4d", b"GP", 0, _ENVELOPE_XY | _LITTLE_ENDIAN, srs, min_x, max_x, min_y, max_y)
    return header + bytes(shapely.to_wkb(geometry, byte_order=1))


def degrees_outline(geometry: shapely.Geometry, crs: Crs) -> shapely.Geometry | None:
    """The outline in degrees (longitude, latitude) for display; None where the plane can't tell.

    From a Gauss-Krüger plane by its inverse; the exact coordinates are kept beside it.
    """
    flat = shapely.force_2d(geometry)
    if crs.geographic:
        return flat
    plane = crs.gauss_kruger
    if plane is None:
        return None

    def to_degrees(xy: Floats) -> Floats:
        latitude, longitude = inverse(plane, xy[:, 0], xy[:, 1])
        return np.column_stack((np.degrees(longitude) + plane.central_meridian_deg, np.degrees(latitude)))

    outline = shapely.transform(flat, to_degrees)
    return outline if all(math.isfinite(value) for value in outline.bounds) else None
