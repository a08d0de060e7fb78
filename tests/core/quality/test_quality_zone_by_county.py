# SPDX-License-Identifier: GPL-2.0-or-later
"""Zone 37 read as zone 38 lands 290 km away: the declared county contradicts, it never decides."""

from __future__ import annotations

import pytest
import shapely

from landreview_plugin.core.geodesy.zones import crs_from_epsg
from landreview_plugin.core.model.base import Text
from landreview_plugin.core.model.parcel import Parcel
from landreview_plugin.core.model.problems import Problem
from landreview_plugin.core.model.profile import Extent, OfficeProfile, Unit
from landreview_plugin.core.quality.check import check

EXTENT = Extent(min_lon=111.0, min_lat=28.0, max_lon=111.3, max_lat=28.3)
OFFICE = OfficeProfile(
    name="test",
    title=Text.same("test"),
    jurisdiction="430998",
    units=(Unit(code="430998", name_zh="清川县", extent=EXTENT),),
)
INSIDE = shapely.box(515_000, 3_112_000, 515_100, 3_112_100)
"""111.15 E, 28.12 N on the plane of meridian 111."""


def zone_problems(shape: shapely.Geometry, epsg: int, profile: OfficeProfile = OFFICE) -> list[Problem]:
    crs = crs_from_epsg(epsg)
    assert crs is not None
    found = check([Parcel(number="1", name="甲", geometry=shape)], crs, profile)
    return [problem for problem in found if problem.rule == "QA-C02"]


def test_in_the_right_zone_nothing_is_said() -> None:
    assert not zone_problems(INSIDE, 4546)


@pytest.mark.parametrize("epsg", [4547, 4545])
def test_a_zone_beside_is_an_error_that_names_both(epsg: int) -> None:
    (problem,) = zone_problems(INSIDE, epsg)
    assert problem.code == "E-CRS-ZONE" and problem.refuses
    assert "清川县" in str(problem.reason) and "111°" in str(problem.reason) and "km from" in str(problem.reason)


def test_an_easting_with_the_zone_says_so_itself() -> None:
    prefixed = shapely.transform(INSIDE, lambda xy: xy + [38_000_000.0, 0.0])
    assert not zone_problems(prefixed, 4526)


def test_land_that_fits_no_zone_is_another_matter() -> None:
    north = shapely.transform(INSIDE, lambda xy: xy + [0.0, 500_000.0])
    assert not zone_problems(north, 4547)


def test_land_just_outside_a_rough_extent_is_no_contradiction() -> None:
    beside = shapely.transform(INSIDE, lambda xy: xy + [20_000.0, 0.0])
    assert not zone_problems(beside, 4546)


def test_without_a_declared_county_there_is_nothing_to_contradict() -> None:
    assert not zone_problems(INSIDE, 4547, OFFICE.model_copy(update={"jurisdiction": ""}))
