# SPDX-License-Identifier: GPL-2.0-or-later
"""Do pieces cover a parcel exactly once? Told from integrals, without uniting anything.

If every point of a parcel lies in exactly one piece, then Σ ∫ f over the pieces = ∫ f over the
parcel for every function f. The areas alone (f = 1) are fooled by a gap and an overlap of one
size; two fixed quadratics with unrelated coefficients as well are not, short of a coincidence to
nine digits in both (the idea of Freivalds' check, with polynomials).
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
"""f = (a x + b y + c)², in coordinates scaled to the parcel's box."""
COUNT = 1 + len(QUADRATICS)
TOLERANCE = 1e-9
"""Relative to the parcel's area; the quadratics are of the order of 1 inside its box."""


def fingerprints(geometries: Geometries, boxes: Boxes) -> Floats:
    """(k, COUNT) integrals over each polygon: its area, and the quadratics in its parcel's box (k, 4).

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


def closes(parcels: Floats, pieces: Floats) -> npt.NDArray[np.bool_]:
    """Rows whose pieces' summed fingerprints equal the parcel's."""
    return np.asarray((np.abs(parcels - pieces) <= TOLERANCE * parcels[:, :1]).all(axis=1))


def frames(boxes: Boxes) -> tuple[Floats, Floats]:
    """Centre (whole metres, so that subtracting it is exact) and size of each box."""
    centre = np.floor((boxes[:, :2] + boxes[:, 2:]) / 2)
    size = np.maximum(boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1])
    return centre, np.where(size > 0, size, 1.0)
