# SPDX-License-Identifier: GPL-2.0-or-later
"""The plane that an office's parcels come in most often: what layers are tried in before there is a case."""

from __future__ import annotations

from .geodesy.zones import crs_of_zone, find_zone
from .model.crs import Crs, Datum
from .model.profile import OfficeProfile
from .tables import index

WIDTH_DEG = 3


def office_plane(profile: OfficeProfile, jurisdiction: str = "") -> Crs | None:
    """The 3-degree zone (CGCS2000, with prefix) of a jurisdiction; None where nobody knows its extent."""
    code = jurisdiction or profile.jurisdiction
    number = _zone_of_own_unit(profile, code) or _zone_of_table(code)
    zone = find_zone(Datum.CGCS2000, WIDTH_DEG, number, prefixed=True) if number else None
    return crs_of_zone(zone) if zone else None


def _zone_of_own_unit(profile: OfficeProfile, code: str) -> int | None:
    extent = next((unit.extent for unit in profile.units if unit.code == code and unit.extent), None)
    return round((extent.min_lon + extent.max_lon) / 2 / WIDTH_DEG) if extent else None


def _zone_of_table(code: str) -> int | None:
    row = index("county_extents", "code").get(code)
    return int(row["zone3_main"]) if row else None
