# SPDX-License-Identifier: GPL-2.0-or-later
"""Arcs to chords, each within a stated distance of its arc."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Point = tuple[float, float]
CHORD_TOLERANCE_M: Final = 0.001
"""Largest distance between an arc and its chords (QA-G11)."""
_MAX_CHORDS: Final = 20_000
_FLAT: Final = 1e-12


def arc_by_bulge(start: Point, end: Point, bulge: float) -> Floats:
    """(n, 2) points after ``start`` up to and including ``end``; ``bulge`` is tan(angle / 4), positive to the left."""
    chord = math.dist(start, end)
    if abs(bulge) < _FLAT or chord == 0.0:
        return np.array([end])
    sweep = 4.0 * math.atan(bulge)
    radius = chord * (1.0 + bulge * bulge) / (4.0 * abs(bulge))
    offset = chord * (1.0 - bulge * bulge) / (4.0 * bulge)
    unit = ((end[0] - start[0]) / chord, (end[1] - start[1]) / chord)
    centre = ((start[0] + end[0]) / 2 - unit[1] * offset, (start[1] + end[1]) / 2 + unit[0] * offset)
    return _swept(centre, radius, math.atan2(start[1] - centre[1], start[0] - centre[0]), sweep, end)


def arc_by_middle(start: Point, middle: Point, end: Point) -> Floats:
    """(n, 2) points after ``start`` up to ``end`` of the arc through ``middle``; a full circle when start is end."""
    if start == end:
        centre = ((start[0] + middle[0]) / 2, (start[1] + middle[1]) / 2)
        radius = math.dist(start, middle) / 2
        return _swept(centre, radius, math.atan2(start[1] - centre[1], start[0] - centre[0]), 2 * math.pi, end)
    # the angle at the middle point gives the bulge: half the sweep is what it lacks of a straight line
    one = (start[0] - middle[0], start[1] - middle[1])
    other = (end[0] - middle[0], end[1] - middle[1])
    cross, dot = one[0] * other[1] - one[1] * other[0], one[0] * other[0] + one[1] * other[1]
    angle = math.atan2(cross, dot)
    quarter = (math.pi - abs(angle)) / 2
    if abs(math.sin(angle)) < _FLAT:
        return np.array([middle, end])
    return arc_by_bulge(start, end, math.copysign(math.tan(quarter), -cross))


def circle(centre: Point, radius: float, start: float = 0.0, sweep: float = 2 * math.pi) -> Floats:
    """(n, 2) points of an arc around ``centre`` with its first point; angles in radians, against the clock."""
    first = (centre[0] + radius * math.cos(start), centre[1] + radius * math.sin(start))
    stop = start + sweep
    last = first if abs(sweep) >= 2 * math.pi else (
        centre[0] + radius * math.cos(stop), centre[1] + radius * math.sin(stop)
    )  # fmt: skip
    return np.asarray(np.concatenate([np.array([first]), _swept(centre, radius, start, sweep, last)]))


def stroked(points: Sequence[Point]) -> Floats:
    """(n, 2) points of a circular string: start, middle, end, middle, end …"""
    parts: list[Floats] = [np.array([points[0]])]
    parts += [arc_by_middle(points[i], points[i + 1], points[i + 2]) for i in range(0, len(points) - 2, 2)]
    return np.asarray(np.concatenate(parts))


def _swept(centre: Point, radius: float, start: float, sweep: float, end: Point) -> Floats:
    count = _chords(radius, sweep)
    angles = start + sweep * np.arange(1, count + 1) / count
    points = np.stack([centre[0] + radius * np.cos(angles), centre[1] + radius * np.sin(angles)], axis=1)
    points[-1] = end
    return np.asarray(points)


def _chords(radius: float, sweep: float) -> int:
    if not math.isfinite(radius) or radius <= CHORD_TOLERANCE_M:
        return 8
    step = 2.0 * math.acos(1.0 - CHORD_TOLERANCE_M / radius)
    return max(1, min(_MAX_CHORDS, math.ceil(abs(sweep) / step)))
