# SPDX-License-Identifier: GPL-2.0-or-later
"""What core knows of a coordinate reference system: enough to measure and to refuse.

Transformations are made in ``sources``; core never calls PROJ.
"""

from __future__ import annotations

from enum import StrEnum

from .base import Model


class Datum(StrEnum):
    """Geodetic datums of the tables; OTHER is any other, for the profile ``plain``."""

    CGCS2000 = "CGCS2000"
    XIAN1980 = "Xian1980"
    BEIJING1954 = "Beijing1954"
    NEW_BEIJING = "New Beijing"
    WGS84 = "WGS84"
    OTHER = "other"


class GaussKruger(Model):
    """Gauss-Krüger projection (scale 1, latitude of origin 0) on the ellipsoid (a, 1/f)."""

    central_meridian_deg: float
    false_easting_m: float
    """500,000, or zone × 1,000,000 + 500,000 with the zone prefix."""
    semi_major_m: float = 6378137.0
    inverse_flattening: float = 298.257222101


class Crs(Model):
    """A coordinate reference system, named by authority code where it has one."""

    code: str = ""
    """``EPSG:4526``; empty when only ``wkt`` describes it."""
    wkt: str = ""
    """Set when ``code`` is empty."""
    name: str = ""
    datum: Datum = Datum.OTHER
    geographic: bool = False
    metres: bool = True
    gauss_kruger: GaussKruger | None = None
    """None for anything that is not a Gauss-Krüger plane."""

    @property
    def label(self) -> str:
        """What a report prints."""
        return " ".join(part for part in (self.code, self.name) if part) or "?"
