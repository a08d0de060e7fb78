# SPDX-License-Identifier: GPL-2.0-or-later
"""Area of what two polygons share, without building it: a sum over pairs of their edges.

A polygon is the signed sum of the strips below its edges, so the shared land of A and B is the
signed sum, over every edge of A and every edge of B, of the strip below both:
Σ sᵢ sⱼ ∫ min(yᵢ(x), yⱼ(x)) dx over the common x range. Each term has a closed form, nothing is
noded or snapped, and all pairs of many polygons are computed at once. The same strips give the
quadratics of the fingerprint.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely

from ..geodesy.rings import rings_of
from .fingerprint import COUNT, QUADRATICS, frames
from .layer import Boxes, Geometries

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Edges:
    """Edges of n polygons that are not vertical, from left to right, relative to an origin."""

    left: Floats
    right: Floats
    y: Floats
    """At the left end."""
    slope: Floats
    sign: Floats
    """+1 where the polygon lies below the edge, −1 where above."""
    first: Ints
    """(n + 1,) where the edges of each polygon begin."""

    def count(self, rows: Ints) -> Ints:
        """Number of edges of each polygon in ``rows``."""
        return np.asarray(self.first[rows + 1] - self.first[rows])


def edges_of(geometries: Geometries, origin: Floats) -> Edges:
    """The edges of polygons; ``origin`` should be whole metres, so that subtracting it is exact."""
    rings = rings_of(geometries)
    start = np.flatnonzero(rings.ring[:-1] == rings.ring[1:])
    xy = rings.xy - origin
    x0, x1, y0, y1 = xy[start, 0], xy[start + 1, 0], xy[start, 1], xy[start + 1, 1]
    turn = np.where(shapely.is_ccw(rings.lines) ^ rings.hole, -1.0, 1.0)[rings.ring[start]]
    slanted = x0 != x1
    start, x0, x1, y0, y1 = (values[slanted] for values in (start, x0, x1, y0, y1))
    forth = x0 < x1
    owner = rings.owner[rings.ring[start]]
    return Edges(
        left=np.minimum(x0, x1),
        right=np.maximum(x0, x1),
        y=np.where(forth, y0, y1),
        slope=(y1 - y0) / (x1 - x0),
        sign=np.where(forth, turn[slanted], -turn[slanted]),
        first=np.searchsorted(owner, np.arange(len(geometries) + 1)),
    )


def shared_prints(ours: Edges, theirs: Edges, our: Ints, their: Ints, boxes: Boxes, origin: Floats) -> Floats:
    """(k, COUNT) area and quadratics of polygon ``our[i]`` ∩ polygon ``their[i]``, in frame ``boxes[i]``."""
    pair, a, b = _meeting(ours, theirs, our, their)
    left = np.maximum(ours.left[a], theirs.left[b])
    right = np.minimum(ours.right[a], theirs.right[b])
    sign = ours.sign[a] * theirs.sign[b]
    slope_a, slope_b = ours.slope[a], theirs.slope[b]
    width, into_a, into_b = right - left, left - ours.left[a], left - theirs.left[b]
    low, low_b = ours.y[a] + slope_a * into_a, theirs.y[b] + slope_b * into_b
    gap_low = low_b - low
    gap_high = gap_low + (slope_b - slope_a) * width
    high = low + slope_a * width
    cross = np.flatnonzero(gap_low * gap_high < 0)
    part = gap_low[cross] / (gap_low - gap_high)[cross]
    at, height = left[cross] + width[cross] * part, low[cross] + slope_a[cross] * width[cross] * part
    low, high = low + np.minimum(gap_low, 0.0), high + np.minimum(gap_high, 0.0)
    strips = _Strips(
        np.concatenate([pair, pair[cross]]),
        np.concatenate([left, at]),
        np.concatenate([right, right[cross]]),
        np.concatenate([low, height]),
        np.concatenate([high, high[cross]]),
        np.concatenate([sign, sign[cross]]),
    )
    strips.right[cross], strips.high[cross] = at, height
    return strips.prints(len(our), boxes, origin)


@dataclass(frozen=True, slots=True)
class _Strips:
    """Signed strips below straight edges, each for one pair of polygons."""

    pair: Ints
    left: Floats
    right: Floats
    low: Floats
    """Height at the left end."""
    high: Floats
    """Height at the right end."""
    sign: Floats

    def prints(self, count: int, boxes: Boxes, origin: Floats) -> Floats:
        """(count, COUNT) integrals of 1 and of the quadratics, summed up a pair."""
        width = (self.right - self.left) * self.sign
        sums = np.empty((count, COUNT))
        sums[:, 0] = np.bincount(self.pair, weights=width * (self.low + self.high), minlength=count) / 2
        centre, size = frames(boxes)
        scale, shift = (1 / size), (origin - centre) / size[:, None]
        for column, (a, b, c) in enumerate(QUADRATICS, start=1):
            constant = (a * shift[:, 0] + b * shift[:, 1] + c)[self.pair]
            factor = scale[self.pair]
            start = constant + factor * (a * self.left + b * self.low)
            end = constant + factor * (a * self.right + b * self.high)
            mean, step = (start + end) / 2, end - start
            cubes = width * mean * (mean * mean + step * step / 4)
            sums[:, column] = np.bincount(self.pair, weights=cubes, minlength=count) * size / (3 * b)
        return sums


def _meeting(ours: Edges, theirs: Edges, our: Ints, their: Ints) -> tuple[Ints, Ints, Ints]:
    """(pair, edge of ours, edge of theirs) with a common x range; edges beyond the other polygon left out first."""
    low, high = _reach(theirs)
    pair, a = _expanded(np.arange(len(our)), ours.first[our], ours.count(our))
    near = (ours.right[a] > low[their[pair]]) & (ours.left[a] < high[their[pair]])
    pair, a = pair[near], a[near]
    row, b = _expanded(np.arange(len(pair)), theirs.first[their[pair]], theirs.count(their[pair]))
    meet = np.flatnonzero((theirs.right[b] > ours.left[a][row]) & (theirs.left[b] < ours.right[a][row]))
    row, b = row[meet], b[meet]
    return pair[row], a[row], b


def _expanded(rows: Ints, first: Ints, count: Ints) -> tuple[Ints, Ints]:
    """Each row repeated ``count`` times, and first, first + 1, … beside it."""
    total = np.cumsum(count)
    inner = np.arange(total[-1] if len(total) else 0) - np.repeat(total - count, count)
    return np.repeat(rows, count), np.repeat(first, count) + inner


def _reach(edges: Edges) -> tuple[Floats, Floats]:
    """Range of x of each polygon; an empty one reaches nowhere."""
    count = len(edges.first) - 1
    low, high = np.full(count, np.inf), np.full(count, -np.inf)
    filled = np.flatnonzero(np.diff(edges.first) > 0)
    if len(filled):
        low[filled] = np.minimum.reduceat(edges.left, edges.first[filled])
        high[filled] = np.maximum.reduceat(edges.right, edges.first[filled])
    return low, high
