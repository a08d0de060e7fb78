# SPDX-License-Identifier: GPL-2.0-or-later
"""Parcels cut into tiles, so that a long corridor asks only for the land that it crosses.

The box of a corridor of 30 km × 40 m holds a quarter of a county; its tiles' boxes hold little more
than the corridor. Tiles serve the index of the source and, where only areas are asked for, the
intersections: the fewer vertices, the faster.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely

from .layer import Boxes, Geometries
from .repair import polygonal

FILL = 0.25
"""A tile that fills less of its box than this is cut in two."""
MAX_VERTICES = 2000
"""A tile with more vertices than this is cut in two."""
MAX_DEPTH = 9
MIN_SIDE_M = 20.0
"""Boxes whose longer side is below this are left alone."""


@dataclass(frozen=True, slots=True)
class Tiles:
    """t tiles of n parcels; a parcel is the disjoint union of its tiles."""

    parcel: npt.NDArray[np.int64]
    """(t,) index of the parcel, ascending."""
    geometry: Geometries
    boxes: Boxes

    def of(self, parcels: npt.NDArray[np.int64]) -> Tiles:
        """The tiles of some parcels (ascending rows), which are numbered anew."""
        rows = np.flatnonzero(np.isin(self.parcel, parcels))
        return Tiles(np.searchsorted(parcels, self.parcel[rows]), self.geometry[rows], self.boxes[rows])


def tile(parcels: Geometries) -> Tiles:
    """The tiles of ``parcels`` (valid polygons or multipolygons, n ≥ 0)."""
    owner: npt.NDArray[np.int64] = np.arange(len(parcels))
    geometry, done = parcels, []
    for _ in range(MAX_DEPTH):
        boxes = shapely.bounds(geometry)
        cut = _worth_cutting(geometry, boxes)
        done.append((owner[~cut], geometry[~cut]))
        if not cut.any():
            break
        owner, geometry = _halves(owner[cut], geometry[cut], boxes[cut])
    else:
        done.append((owner, geometry))
    owners = np.concatenate([part for part, _ in done])
    order = np.argsort(owners, kind="stable")
    geometry = np.concatenate([part for _, part in done])[order]
    return Tiles(owners[order], geometry, shapely.bounds(geometry))


def _worth_cutting(geometry: Geometries, boxes: Boxes) -> npt.NDArray[np.bool_]:
    width, height = boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]
    hollow = shapely.area(geometry) < FILL * width * height
    heavy = shapely.get_num_coordinates(geometry) > MAX_VERTICES
    return np.asarray((hollow | heavy) & (np.maximum(width, height) > MIN_SIDE_M))


def _halves(
    owner: npt.NDArray[np.int64], geometry: Geometries, boxes: Boxes
) -> tuple[npt.NDArray[np.int64], Geometries]:
    """Each geometry cut across the longer side of its box; empty halves are left out."""
    x0, y0, x1, y1 = boxes.T
    wide = (x1 - x0) >= (y1 - y0)
    x, y = (x0 + x1) / 2, (y0 + y1) / 2
    # one metre of margin: the cut line alone decides, not the rounding of the outer sides
    low = shapely.box(x0 - 1, y0 - 1, np.where(wide, x, x1 + 1), np.where(wide, y1 + 1, y))
    high = shapely.box(np.where(wide, x, x0 - 1), np.where(wide, y0 - 1, y), x1 + 1, y1 + 1)
    # where an edge lies on the cut line, a half is polygons and a line: only the polygons are land
    halves = polygonal(shapely.intersection(np.concatenate([geometry, geometry]), np.concatenate([low, high])))
    owners = np.concatenate([owner, owner])
    filled = shapely.area(halves) > 0
    return owners[filled], halves[filled]
