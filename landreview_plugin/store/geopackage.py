# SPDX-License-Identifier: GPL-2.0-or-later
"""Geometry as a GeoPackage stores it, and outlines in degrees for maps of many zones."""

from __future__ import annotations

import struct

import numpy as np
import numpy.typing as npt
import shapely

from ..core.geodesy.ellipsoid import Floats
from ..core.geodesy.gauss import inverse
from ..core.model.crs import Crs

MAP_SRS = 4490
"""One feature table has one reference system; cases come in many zones. CGCS2000 in degrees holds them all."""
Objects = npt.NDArray[np.object_]
_ENVELOPE_XY = 0b0000_0010
_LITTLE_ENDIAN = 0b0000_0001
_FARTHEST_M = 1e8
"""No easting with its zone before it is larger; what is has no place on the earth."""


def geometry_blobs(geometries: Objects, srs: int = MAP_SRS) -> list[bytes]:
    """GeoPackageBinary (OGC 12-128r18, 2.1.3) of each, with an envelope."""
    header = struct.Struct("<2sBBi4d")
    flags = _ENVELOPE_XY | _LITTLE_ENDIAN
    boxes = shapely.bounds(geometries)[:, (0, 2, 1, 3)].tolist()
    wkbs = shapely.to_wkb(geometries, byte_order=1)
    return [header.pack(b"GP", 0, flags, srs, *box) + wkb for box, wkb in zip(boxes, wkbs, strict=True)]


def degrees_outlines(geometries: Objects, crs: Crs) -> Objects:
    """Outlines in degrees (longitude, latitude) for display; None where the plane can't tell.

    From a Gauss-Krüger plane by its inverse; the exact coordinates are kept beside it. All at once: a call of numpy
    costs more than a parcel's points.
    """
    flat: Objects = shapely.force_2d(geometries)
    if crs.geographic:
        return flat
    plane = crs.gauss_kruger
    if plane is None:
        return np.full(len(flat), None, dtype=object)

    def to_degrees(xy: Floats) -> Floats:
        latitude, longitude = inverse(plane, xy[:, 0], xy[:, 1])
        return np.column_stack((np.degrees(longitude) + plane.central_meridian_deg, np.degrees(latitude)))

    placed: Objects = flat.copy()
    placed[~(np.abs(shapely.bounds(flat)) < _FARTHEST_M).all(axis=1)] = None
    return np.asarray(shapely.transform(placed, to_degrees))
