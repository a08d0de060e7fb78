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

from ..geodesy.rings import rings_of
from .layer import Boxes, Geometries

Floats = npt.NDArray[np.float64]

COUNT = 3
"""Integrals in a fingerprint: area and two quadratics."""
TOLERANCE = 1e-9
"""Relative to the parcel's area; the quadratics are of the order of 1 inside its box."""
_GAUSS = ((1 - 1 / np.sqrt(3)) / 2, (1 + 1 / np.sqrt(3)) / 2)


def fingerprints(geometries: Geometries, boxes: Boxes) -> Floats:
    """(k, COUNT) integrals over each polygon, in coordinates scaled to its parcel's box (k, 4).

    By Green's theorem, along the edges; two Gauss points an edge are exact for these degrees.
    """
    rings = rings_of(geometries)
    start = np.flatnonzero(rings.ring[:-1] == rings.ring[1:])
    ring = rings.ring[start]
    owner = rings.owner[ring]
    centre, size = _frames(boxes)
    xy = (rings.xy - centre[rings.owner[rings.ring]]) / size[rings.owner[rings.ring], None]
    first, last = xy[start], xy[start + 1]
    rise = (last[:, 1] - first[:, 1]) * _orientation(rings.hole, ring, first, last)
    sums = np.empty((len(geometries), COUNT))
    for column, primitive in enumerate((_area, _first, _second)):
        edge = rise * sum(primitive(*(first + (last - first) * at).T) for at in _GAUSS) / 2
        sums[:, column] = np.bincount(owner, weights=edge, minlength=len(geometries))
    return sums * (size**2)[:, None]


def closes(parcel: Floats, pieces: Floats) -> npt.NDArray[np.bool_]:
    """Rows whose pieces' summed fingerprints equal the parcel's."""
    return np.asarray((np.abs(parcel - pieces) <= TOLERANCE * parcel[:, :1]).all(axis=1))


def _frames(boxes: Boxes) -> tuple[Floats, Floats]:
    centre = np.floor((boxes[:, :2] + boxes[:, 2:]) / 2)
    size = np.maximum(boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1])
    return centre, np.where(size > 0, size, 1.0)


def _orientation(hole: npt.NDArray[np.bool_], ring: npt.NDArray[np.int64], first: Floats, last: Floats) -> Floats:
    """+1 or −1 for each edge, so that outer rings count positive and holes negative."""
    cross = first[:, 0] * last[:, 1] - last[:, 0] * first[:, 1]
    turn = np.sign(np.bincount(ring, weights=cross, minlength=len(hole)))
    return np.asarray(np.where(hole, -turn, turn)[ring])


def _area(x: Floats, y: Floats) -> Floats:
    return x


def _first(x: Floats, y: Floats) -> Floats:
    """∫ f dx for f = (0.9137 x + 0.4271 y + 0.2963)²."""
    return np.asarray((0.9137 * x + 0.4271 * y + 0.2963) ** 3 / (3 * 0.9137))


def _second(x: Floats, y: Floats) -> Floats:
    """∫ f dx for f = (0.3517 x − 0.8839 y + 0.1789)²."""
    return np.asarray((0.3517 * x - 0.8839 * y + 0.1789) ** 3 / (3 * 0.3517))
