# SPDX-License-Identifier: GPL-2.0-or-later
"""Zones: EPSG codes, meridians and ellipsoids, compared with PROJ where it is at hand."""

from __future__ import annotations

import pytest

from landreview_plugin.core.geodesy import zones
from landreview_plugin.core.model.crs import Datum


def test_every_zone_is_found_by_code_and_by_what_it_is() -> None:
    assert len(zones.zones()) > 250
    for zone in zones.zones():
        assert zones.zone_by_epsg(zone.epsg) is zone
        assert zones.find_zone(zone.datum, zone.width_deg, zone.zone, zone.prefixed) is zone
        assert zones.zone_of_crs(zones.crs_of_zone(zone)) is zone


def test_the_closed_formulas_for_cgcs2000() -> None:
    for number in range(25, 46):
        assert _epsg(3, number, True) == 4488 + number
        assert _epsg(3, number, False) == 4509 + number
    for number in range(13, 24):
        assert _epsg(6, number, True) == 4478 + number
        assert _epsg(6, number, False) == 4489 + number


def test_meridians_follow_the_zone_number() -> None:
    for zone in zones.zones():
        expected = 3 * zone.zone if zone.width_deg == 3 else 6 * zone.zone - 3
        assert zone.central_meridian_deg == expected


@pytest.mark.parametrize(
    ("easting_m", "zone"),
    [
        (38405000.0, 38),
        (19405000.0, 19),
        (405000.0, None),
        (24500000.0, None),
        (46500000.0, None),
        (float("nan"), None),
    ],
)
def test_zone_of_an_easting(easting_m: float, zone: int | None) -> None:
    assert zones.zone_of_prefixed_easting(easting_m) == zone


def test_degrees_and_foreign_codes() -> None:
    degrees = zones.crs_from_epsg(4490)
    assert degrees is not None
    assert (degrees.geographic, degrees.metres, degrees.gauss_kruger) == (True, False, None)
    assert zones.crs_from_epsg(2154) is None
    assert zones.zone_of_crs(degrees) is None
    assert zones.zone_of_crs(None) is None


def test_parameters_agree_with_proj() -> None:
    osr = pytest.importorskip("osgeo.osr")
    for zone in zones.zones():
        srs = osr.SpatialReference()
        srs.ImportFromEPSG(zone.epsg)
        crs = zones.crs_of_zone(zone).gauss_kruger
        assert crs is not None
        assert srs.GetProjParm("central_meridian") == crs.central_meridian_deg
        assert srs.GetProjParm("false_easting") == crs.false_easting_m
        assert srs.GetSemiMajor() == crs.semi_major_m
        assert srs.GetInvFlattening() == pytest.approx(crs.inverse_flattening, abs=1e-9)


def _epsg(width_deg: int, number: int, prefixed: bool) -> int:
    zone = zones.find_zone(Datum.CGCS2000, width_deg, number, prefixed)
    assert zone is not None
    return zone.epsg
