# SPDX-License-Identifier: GPL-2.0-or-later
"""Where the outlines of a polygon cross or touch themselves or each other."""

from __future__ import annotations

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from ..boundary.faults import Fault, find_faults, plainly_crosses


def faults_of(geometry: BaseGeometry) -> list[Fault]:
    """The faults of an invalid polygon, each with its spots; none for a valid one."""
    rings = [shapely.get_coordinates(ring) for ring in shapely.get_rings(shapely.get_parts(geometry))]
    if not any(map(plainly_crosses, rings)) and shapely.is_valid(geometry):
        return []
    return find_faults([ring for ring in rings if len(ring) >= 4], geometry)


def crossings(geometry: BaseGeometry) -> list[tuple[float, float]]:
    """(easting, northing) of every crossing or touching point; empty for a valid polygon."""
    spots = [shapely.get_coordinates(fault.spot) for fault in faults_of(geometry)]
    if not spots:
        return []
    unique = np.unique(np.round(np.concatenate(spots), 4), axis=0)
    return [(float(x), float(y)) for x, y in unique]
