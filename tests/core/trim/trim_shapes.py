# SPDX-License-Identifier: GPL-2.0-or-later
"""Land for the tests of trimming: parcels and forbidden land at the coordinates of a real zone."""

from __future__ import annotations

import numpy as np
import shapely
from hypothesis import strategies as st
from shapely import affinity
from shapely.geometry.base import BaseGeometry

E, N = 38_500_000, 3_100_000


def at_zone(shape: BaseGeometry) -> BaseGeometry:
    """Moved to Gauss-Krüger zone 38."""
    return affinity.translate(shape, E, N)


def box(x0: float, y0: float, x1: float, y1: float) -> BaseGeometry:
    """A rectangle in metres from the corner of the zone's square."""
    return at_zone(shapely.box(x0, y0, x1, y1))


def polygon(*points: tuple[float, float]) -> BaseGeometry:
    """A polygon by its corners."""
    return at_zone(shapely.Polygon(points))


@st.composite
def stars(draw: st.DrawFn, *, decimals: int = 3, spread_m: float = 40.0, holes: bool = True) -> BaseGeometry:
    """A star-shaped polygon with coordinates of so many decimals, sometimes with a hole or a second part."""
    count = draw(st.integers(3, 12))
    radii = np.array(draw(st.lists(st.floats(5, 60), min_size=count, max_size=count)))
    x, y = draw(st.floats(-spread_m, spread_m)), draw(st.floats(-spread_m, spread_m))
    angles = np.linspace(0, 2 * np.pi, count, endpoint=False) + draw(st.floats(0, 0.5))
    points = np.stack([x + radii * np.cos(angles), y + radii * np.sin(angles)], axis=1)
    shape: BaseGeometry = shapely.Polygon(np.round(points + (E, N), decimals))
    if holes and draw(st.booleans()):
        shape = shape.difference(_rounded(affinity.scale(shape, 0.3, 0.3), decimals))
    if draw(st.booleans()):
        shape = shape.union(shapely.box(E + 150, N + 150, E + 170, N + 165))
    return shape


def _rounded(shape: BaseGeometry, decimals: int) -> BaseGeometry:
    return shapely.transform(shape, lambda xy: np.round(xy, decimals))
