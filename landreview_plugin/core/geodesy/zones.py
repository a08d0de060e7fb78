# SPDX-License-Identifier: GPL-2.0-or-later
"""Gauss-Krüger zones of China: which EPSG code a datum, a width and a zone number mean.

Central meridians: 3 degrees ``3 × zone``, 6 degrees ``6 × zone − 3``; the zone numbers 13-23
(6 degrees) and 25-45 (3 degrees) do not meet, so a prefixed easting alone tells the width.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from ..model.base import Model
from ..model.crs import Crs, Datum, GaussKruger
from ..tables import Row, table

PREFIX_M: Final = 1_000_000
FALSE_EASTING_M: Final = 500_000.0

Ellipsoid = tuple[float, float]
"""Semi-major axis in metres, inverse flattening."""

_CGCS2000: Final[Ellipsoid] = (6378137.0, 298.257222101)
_IAG_1975: Final[Ellipsoid] = (6378140.0, 298.257)
_KRASSOWSKY_1940: Final[Ellipsoid] = (6378245.0, 298.3)

ELLIPSOIDS: Final[dict[Datum, Ellipsoid]] = {
    Datum.CGCS2000: _CGCS2000,
    Datum.XIAN1980: _IAG_1975,
    Datum.BEIJING1954: _KRASSOWSKY_1940,
    Datum.NEW_BEIJING: _KRASSOWSKY_1940,
}
_DATUM_NAMES: Final = {"NewBeijing": Datum.NEW_BEIJING}


class Zone(Model):
    """分带: one Gauss-Krüger plane, as ``zones.csv`` lists it."""

    epsg: int
    datum: Datum
    width_deg: int
    """3 or 6."""
    zone: int
    central_meridian_deg: int
    prefixed: bool
    """True: eastings start with the zone number (``38405000``), the false easting holds it."""
    name: str

    @property
    def false_easting_m(self) -> float:
        """500,000, or zone × 1,000,000 + 500,000 with the prefix."""
        return FALSE_EASTING_M + (self.zone * PREFIX_M if self.prefixed else 0)


@cache
def zones() -> tuple[Zone, ...]:
    """All Gauss-Krüger zones of ``zones.csv``, in the order of the table."""
    return tuple(_zone(row) for row in table("zones") if row["zone"])


def zone_by_epsg(epsg: int) -> Zone | None:
    """The zone behind an EPSG code; None for any other code."""
    return _by_epsg().get(epsg)


def find_zone(datum: Datum, width_deg: int, zone: int, prefixed: bool) -> Zone | None:
    """The zone of a datum by width (3 or 6), number and kind of easting; None when there is none."""
    return _by_key().get((datum, width_deg, zone, prefixed))


def zone_of_prefixed_easting(easting_m: float) -> int | None:
    """Zone number at the front of an easting; None for an easting without prefix or an impossible zone."""
    if not easting_m >= PREFIX_M:
        return None
    zone = int(easting_m // PREFIX_M)
    return zone if width_of_zone(zone) else None


def width_of_zone(zone: int) -> int | None:
    """Zone width in degrees by the number alone: 13-23 are 6 degrees, 25-45 are 3 degrees."""
    if 13 <= zone <= 23:
        return 6
    return 3 if 25 <= zone <= 45 else None


def crs_of_zone(zone: Zone) -> Crs:
    """The coordinate reference system of a zone, with the ellipsoid of its datum."""
    semi_major_m, inverse_flattening = ELLIPSOIDS[zone.datum]
    return Crs(
        code=f"EPSG:{zone.epsg}",
        name=zone.name,
        datum=zone.datum,
        gauss_kruger=GaussKruger(
            central_meridian_deg=zone.central_meridian_deg,
            false_easting_m=zone.false_easting_m,
            semi_major_m=semi_major_m,
            inverse_flattening=inverse_flattening,
        ),
    )


def crs_from_epsg(epsg: int) -> Crs | None:
    """The system behind any EPSG code of ``zones.csv``, planes and degrees; None for any other code."""
    zone = zone_by_epsg(epsg)
    if zone is not None:
        return crs_of_zone(zone)
    row = next((row for row in table("zones") if row["epsg"] == str(epsg)), None)
    if row is None:
        return None
    return Crs(code=f"EPSG:{epsg}", name=row["name"], datum=_datum(row), geographic=True, metres=False)


def zone_of_crs(crs: Crs | None) -> Zone | None:
    """The zone that a system of the table stands for; None for degrees and systems from elsewhere."""
    authority, _, number = crs.code.partition(":") if crs else ("", "", "")
    return zone_by_epsg(int(number)) if authority.upper() == "EPSG" and number.isdecimal() else None


@cache
def _by_epsg() -> dict[int, Zone]:
    return {zone.epsg: zone for zone in zones()}


@cache
def _by_key() -> dict[tuple[Datum, int, int, bool], Zone]:
    return {(zone.datum, zone.width_deg, zone.zone, zone.prefixed): zone for zone in zones()}


def _datum(row: Row) -> Datum:
    return _DATUM_NAMES.get(row["datum"]) or Datum(row["datum"])


def _zone(row: Row) -> Zone:
    return Zone(
        epsg=int(row["epsg"]),
        datum=_datum(row),
        width_deg=int(row["width_deg"]),
        zone=int(row["zone"]),
        central_meridian_deg=int(row["cm_deg"]),
        prefixed=row["prefixed"] == "1",
        name=row["name"],
    )
