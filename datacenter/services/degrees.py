# SPDX-License-Identifier: GPL-2.0-or-later
"""From the planes that offices hand in to the one of the database: degrees of CGCS2000 (EPSG:4490)."""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from landreview_plugin.core.geodesy.gauss import inverse
from landreview_plugin.core.model.crs import GaussKruger

CHINA = (70.0, 0.0, 140.0, 56.0)
"""West, south, east, north in degrees; the sea included."""


def degrees_of(shapes: NDArray[Any], plane: GaussKruger | None) -> NDArray[Any]:
    """(n,) shapes with longitude and latitude; ``plane`` None: they have them already."""
    return shapes if plane is None else np.asarray(shapely.transform(shapes, lambda xy: _degrees(plane, xy)))


def in_china(shapes: NDArray[Any]) -> bool:
    """Whether all of it lies where a coordinate can be meant."""
    west, south, east, north = shapely.total_bounds(shapes)
    return bool(CHINA[0] <= west and CHINA[1] <= south and east <= CHINA[2] and north <= CHINA[3])


def _degrees(plane: GaussKruger, xy: NDArray[Any]) -> NDArray[Any]:
    latitude, longitude = inverse(plane, xy[:, 0], xy[:, 1])
    return np.column_stack((np.degrees(longitude) + plane.central_meridian_deg, np.degrees(latitude)))
