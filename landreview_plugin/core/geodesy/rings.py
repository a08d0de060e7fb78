# SPDX-License-Identifier: GPL-2.0-or-later
"""Polygons as flat columns of ring coordinates: what vectorised area sums work on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely

from ..overlay.layer import Geometries

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Rings:
    """All rings of an array of polygons: r rings, c coordinates."""

    owner: Ints
    """(r,) index of the geometry in the array."""
    hole: npt.NDArray[np.bool_]
    """(r,) inner ring."""
    lines: Geometries
    """(r,) the rings themselves."""
    xy: Floats
    """(c, 2), every ring closed."""
    ring: Ints
    """(c,) index of the ring."""


def rings_of(geometries: Geometries) -> Rings:
    """The rings of polygons and multipolygons; other parts have none, None counts as empty."""
    parts, owner = shapely.get_parts(geometries, return_index=True)
    if (shapely.get_type_id(parts) > shapely.GeometryType.POLYGON).any():  # collections of multipolygons
        parts, inner = shapely.get_parts(parts, return_index=True)
        owner = owner[inner]
    areal = shapely.get_type_id(parts) == shapely.GeometryType.POLYGON
    parts, owner = parts[areal], owner[areal]
    rings, part = shapely.get_rings(parts, return_index=True)
    hole = np.r_[False, part[1:] == part[:-1]] if len(part) else np.zeros(0, bool)
    xy, ring = shapely.get_coordinates(rings, return_index=True)
    return Rings(owner[part], hole, rings, xy, ring)


def sums(owner: Ints, values: Floats, count: int) -> Floats:
    """(count,) sum of the values of each owner."""
    return np.asarray(np.bincount(owner, weights=values, minlength=count), dtype=np.float64)
