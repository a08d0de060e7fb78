# SPDX-License-Identifier: GPL-2.0-or-later
"""The ellipsoid and the area of trapezoids on it (任意梯形 method).

Source: 国土调查办发〔2008〕32号, carried into TD/T 1055-2019. The coefficients A..E are those of the
formula text, with the *first* eccentricity.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import sqrt

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Ellipsoid:
    """An ellipsoid of revolution: semi-major axis in metres and inverse flattening."""

    semi_major_m: float
    inverse_flattening: float

    @cached_property
    def semi_minor_m(self) -> float:
        """Semi-minor axis, b = a (1 − f)."""
        return self.semi_major_m * (1 - 1 / self.inverse_flattening)

    @cached_property
    def e2(self) -> float:
        """First eccentricity, squared."""
        flattening = 1 / self.inverse_flattening
        return flattening * (2 - flattening)

    @cached_property
    def second_e2(self) -> float:
        """Second eccentricity e′, squared."""
        return self.e2 / (1 - self.e2)

    @cached_property
    def polar_radius_m(self) -> float:
        """Radius of curvature c = a² / b at the pole."""
        return self.semi_major_m / sqrt(1 - self.e2)

    @cached_property
    def area_coefficients(self) -> tuple[float, float, float, float, float]:
        """A, B, C, D, E of the trapezoid formula."""
        e2 = self.e2
        e4, e6, e8 = e2**2, e2**3, e2**4
        return (
            1 + 3 / 6 * e2 + 30 / 80 * e4 + 35 / 112 * e6 + 630 / 2304 * e8,
            1 / 6 * e2 + 15 / 80 * e4 + 21 / 112 * e6 + 420 / 2304 * e8,
            3 / 80 * e4 + 7 / 112 * e6 + 180 / 2304 * e8,
            1 / 112 * e6 + 45 / 2304 * e8,
            5 / 2304 * e8,
        )


def trapezoid_areas(ellipsoid: Ellipsoid, south: Floats, north: Floats, width: Floats) -> Floats:
    """Signed areas in m² between the latitudes ``south`` and ``north`` over the longitude ``width``.

    All in radians, arrays of one shape. The sign is that of (north − south) × width, so that the
    sum over the edges of a ring is the ring's signed area.
    """
    half, middle = (north - south) / 2, (north + south) / 2
    total = np.zeros_like(half)
    for order, coefficient in zip((1, 3, 5, 7, 9), ellipsoid.area_coefficients, strict=True):
        sign = -1.0 if order in (3, 7) else 1.0
        total += sign * coefficient * np.sin(order * half) * np.cos(order * middle)
    return np.asarray(2 * ellipsoid.semi_minor_m**2 * width * total, dtype=np.float64)
