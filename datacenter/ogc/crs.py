# SPDX-License-Identifier: GPL-2.0-or-later
"""Coordinate systems of OGC API Features (part 2) with the order of axes that their authority fixes."""

from __future__ import annotations

import re
from dataclasses import dataclass

from landreview_plugin.core.geodesy.zones import crs_from_epsg

from ..problems import Refusal

CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
_EPSG = "http://www.opengis.net/def/crs/EPSG/0/"
_URI = re.compile(re.escape(_EPSG) + r"([0-9]{4,5})")
STORED = 4490
"""CGCS2000 degrees: within a metre of WGS 84, and taken as CRS84 without a change."""
OFFERED = (4490, *range(4513, 4534), *range(4534, 4555))
"""CGCS2000: degrees, and the three-degree Gauss-Krüger planes with and without the zone's prefix."""


@dataclass(frozen=True, slots=True)
class Answered:
    """A system that coordinates are asked in."""

    uri: str
    epsg: int
    flipped: bool
    """EPSG's systems of CGCS2000 all have north before east; CRS84 has longitude first."""


def uri_of(epsg: int) -> str:
    """The identifier of an EPSG system."""
    return f"{_EPSG}{epsg}"


def uris() -> list[str]:
    """All that are offered, the default first."""
    return [CRS84, *(uri_of(epsg) for epsg in OFFERED)]


def understood(uri: str) -> Answered:
    """What a parameter names. Raises 400 for anything that is not offered."""
    if uri in ("", CRS84):
        return Answered(CRS84, STORED, flipped=False)
    match = _URI.fullmatch(uri)
    if match is None or int(match[1]) not in OFFERED or crs_from_epsg(int(match[1])) is None:
        raise Refusal(400, "E-CENTRE-REQUEST", f"crs: {uri[:100]}")
    return Answered(uri, int(match[1]), flipped=True)
