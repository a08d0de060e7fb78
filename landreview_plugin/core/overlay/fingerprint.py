# SPDX-License-Identifier: GPL-2.0-or-later
"""Do pieces cover a parcel exactly once? Told from integrals, without uniting anything.

If every point of a parcel lies in exactly one piece, then Σ ∫ f over the pieces = ∫ f over the
parcel for every function f. The areas alone (f = 1) are fooled by a gap and an overlap of one
size; two fixed quadratics with unrelated coefficients as well are not, short of a coincidence to
eight digits in both (the idea of Freivalds' check, with polynomials).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import shapely

from ..geodesy.area import planar_areas
from ..geodesy.rings import rings_of
from .layer import Boxes, Geometries

Floats = npt.NDArray[np.float64]

QUADRATICS = ((0.9137, 0.4271, 0.2963), (0.3517, -0.8839, 0.1789))
"""f = (a x + b y + c)², in coordinates scaled to the box of the parcel or tile."""
COUNT = 1 + len(QUADRATICS)
NOISE_WIDTH_M = 2e-8
"""Closure noise along the outline: 8-digit coordinates are rounded to 7e-9 m (measured: up to 8e-9)."""
TRUSTED_SIDE_M = 3_000.0
"""In a larger box the quadratics are too flat to tell a gap from an overlap some metres away."""


def fingerprints(geometries: Geometries, boxes: Boxes) -> Floats:
    """(k, COUNT) integrals over each polygon: its area, and the quadratics in its unit's box (k, 4).

    By Green's theorem along the edges: ∫∫ u² dx dy = ∮ u³/(3a) dy with u = a x + b y + c, and on a
    straight edge ∫ u³ dy = Δy m (m² + Δu²/4) with the mean m of u.
    """
    sums = np.zeros((len(geometries), COUNT))
    rings = rings_of(geometries)
    if not len(rings.owner):
        return sums
    sums[:, 0] = planar_areas(geometries)
    centre, size = frames(boxes)
    counts = np.bincount(rings.ring, minlength=len(rings.owner))
    owner = np.repeat(rings.owner, counts)
    scale = 1.0 / size[owner]
    x = (rings.xy[:, 0] - centre[owner, 0]) * scale
    y = (rings.xy[:, 1] - centre[owner, 1]) * scale
    starts = np.cumsum(counts) - counts
    rise = np.diff(y)
    rise[starts[1:] - 1] = 0.0  # no edge leads from one ring to the next
    turn = np.where(shapely.is_ccw(rings.lines) ^ rings.hole, 1.0, -1.0)
    for column, (a, b, c) in enumerate(QUADRATICS, start=1):
        u = a * x + b * y + c
        mean, step = (u[1:] + u[:-1]) / 2, u[1:] - u[:-1]
        edges = rise * mean * (mean * mean + step * step / 4)
        ring_sums = np.add.reduceat(edges, np.minimum(starts, len(edges) - 1)) * turn / (3 * a)
        sums[:, column] = np.bincount(rings.owner, weights=ring_sums, minlength=len(geometries)) * size**2
    return sums


def closes(units: Geometries, pieces: Floats) -> npt.NDArray[np.bool_]:
    """Units (parcels or tiles) whose pieces' summed fingerprints, in the unit's own box, equal the unit's.

    A gap and an overlap of 0.01 m² each are told apart from 4 m of distance in a unit of 1 km, from
    0.04 m where they have 1 m². Units beyond TRUSTED_SIDE_M never count as closed.
    """
    boxes = shapely.bounds(units)
    difference = np.abs(fingerprints(units, boxes) - pieces).max(axis=1)
    side = np.maximum(boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1])
    return np.asarray((difference <= NOISE_WIDTH_M * shapely.length(units) + 1e-9) & (side <= TRUSTED_SIDE_M))


def frames(boxes: Boxes) -> tuple[Floats, Floats]:
    """Centre (whole metres, so that subtracting it is exact) and size of each box."""
    centre = np.floor((boxes[:, :2] + boxes[:, 2:]) / 2)
    size = np.maximum(boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1])
    return centre, np.where(size > 0, size, 1.0)
