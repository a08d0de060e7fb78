# SPDX-License-Identifier: GPL-2.0-or-later
"""Each quality check hits where it must and is silent just inside its threshold."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from landreview_plugin.core.geodesy.area import AreaMethod, measure_for
from landreview_plugin.core.geodesy.zones import crs_from_epsg
from landreview_plugin.core.model.base import Text
from landreview_plugin.core.model.crs import Crs
from landreview_plugin.core.model.parcel import Parcel
from landreview_plugin.core.model.problems import Level, Problem
from landreview_plugin.core.model.profile import Check, OfficeProfile
from landreview_plugin.core.profile import load_profile
from landreview_plugin.core.quality.check import CHECKS, check

ANYWHERE = OfficeProfile(name="test", title=Text.same("test"))
ZONE_38 = crs_from_epsg(4526)
assert ZONE_38 is not None
X, Y = 38_400_000.0, 3_110_000.0


def parcel(shape: shapely.Geometry, number: str = "1", **facts: Any) -> Parcel:
    return Parcel(number=number, name="甲", geometry=shapely.transform(shape, lambda xy: xy + [X, Y]), **facts)


def found(*parcels: Parcel, profile: OfficeProfile = ANYWHERE, crs: Crs = ZONE_38, **more: Any) -> tuple[Problem, ...]:
    measures = {method: measure_for(method, crs) for method in AreaMethod}
    return check(parcels, crs, profile, measures=measures, **more)


def rules(*parcels: Parcel, **more: Any) -> set[str]:
    return {problem.rule for problem in found(*parcels, **more)}


def polygon(*points: tuple[float, float]) -> shapely.Polygon:
    return shapely.Polygon(points)


SQUARE = shapely.box(0, 0, 100, 100)
QUIET = {"QA-A03", "QA-G08"}
"""Notes that an ordinary parcel far from the central meridian gets."""


def test_an_ordinary_parcel_has_no_problem() -> None:
    assert rules(parcel(SQUARE)) <= QUIET


CASES = [
    (
        "QA-G03",
        polygon((0, 0), (0, 100), (0.0005, 100), (100, 100), (100, 0)),
        polygon((0, 0), (0, 99), (1, 100), (100, 100), (100, 0)),
    ),
    (
        "QA-G04",
        polygon((0, 0), (0, 100), (0.03, 100.0), (100, 100), (100, 0)),
        polygon((0, 0), (0, 100), (0.06, 100), (100, 100), (100, 0)),
    ),
    (
        "QA-G06",
        polygon((0, 0), (0, 100), (50, 100), (50.5, 200), (51, 100), (100, 100), (100, 0)),
        polygon((0, 0), (0, 100), (50, 100), (55, 200), (60, 100), (100, 100), (100, 0)),
    ),
    ("QA-G07", polygon((0, 0), (100, 0), (100, 15)), polygon((0, 0), (100, 0), (100, 20))),
    (
        "QA-G10",
        polygon((0, 0), (0, 50), (0, 100), (100, 100), (100, 0)),
        polygon((0, 0), (0.01, 50), (0, 100), (100, 100), (100, 0)),
    ),
    ("QA-G12", shapely.MultiPolygon([SQUARE, shapely.box(200, 0, 300, 100)]), SQUARE),
    ("QA-G16", shapely.box(0, 0, 20_001, 100), shapely.box(0, 0, 19_999, 100)),
    ("QA-S01", shapely.box(0, 0, 0.9, 1), shapely.box(0, 0, 1.1, 1)),
    ("QA-S02", shapely.box(0, 0, 100, 0.09), shapely.box(0, 0, 100, 0.2)),
    ("QA-S03", shapely.box(0, 0, 10_000, 2), shapely.box(0, 0, 1_000, 2)),
]


@pytest.mark.parametrize(("rule", "hit", "miss"), CASES, ids=[case[0] for case in CASES])
def test_a_check_hits_and_misses(rule: str, hit: shapely.Geometry, miss: shapely.Geometry) -> None:
    assert rule in rules(parcel(hit))
    assert rule not in rules(parcel(miss))


def test_a_bow_tie_names_its_crossing() -> None:
    bow = polygon((0, 0), (100, 100), (100, 0), (0, 100))
    problem = next(p for p in found(parcel(bow)) if p.code == "E-GEO-SELFX")
    assert problem.refuses and problem.place.xy == pytest.approx((X + 50, Y + 50))


@pytest.mark.parametrize(("shift", "hits"), [(100.0, False), (99.99, True), (99.99995, False)])
def test_overlaps_of_more_than_a_hundredth(shift: float, hits: bool) -> None:
    codes = {p.code for p in found(parcel(SQUARE, "1"), parcel(shapely.box(shift, 0, 200, 100), "2"))}
    assert ("E-GEO-OVERLAP" in codes) is hits


def test_the_same_land_twice() -> None:
    other = polygon((100, 100), (0, 100), (0, 0), (100, 0))
    assert "QA-T04" in rules(parcel(SQUARE, "1"), parcel(other, "2"))


def test_a_gap_between_neighbours() -> None:
    assert "QA-T02" in rules(parcel(SQUARE, "1"), parcel(shapely.box(100.5, 0, 200, 100), "2"))
    assert "QA-T02" not in rules(parcel(SQUARE, "1"), parcel(shapely.box(102, 0, 200, 100), "2"))
    assert "QA-T02" not in rules(parcel(SQUARE, "1"), parcel(shapely.box(100, 0, 200, 100), "2"))


def test_a_shared_boundary_without_a_common_vertex() -> None:
    small = shapely.box(100, 20, 200, 80)
    assert "QA-T07" in rules(parcel(SQUARE, "1"), parcel(small, "2"))
    whole = polygon((0, 0), (0, 100), (100, 100), (100, 80), (100, 20), (100, 0))
    assert "QA-T07" not in rules(parcel(whole, "1"), parcel(small, "2"))


@pytest.mark.parametrize(("stated", "hits"), [("1.0000", False), ("1.0004", False), ("1.0007", True), ("0.9993", True)])
def test_stated_areas_within_the_limits(stated: str, hits: bool) -> None:
    centre = Parcel(
        number="1", name="甲", stated_area_ha=Decimal(stated), geometry=shapely.box(38_500_000, Y, 38_500_100, Y + 100)
    )
    assert ("E-AREA-DIFF" in {p.code for p in found(centre)}) is hits


def test_an_area_that_holds_for_one_method_is_no_error() -> None:
    far = shapely.box(38_350_000, Y, 38_351_000, Y + 1_000)  # 150 km from the meridian: 0.06 % apart
    planar = Parcel(number="1", name="甲", stated_area_ha=Decimal("100.0000"), geometry=far)
    problems = {p.code for p in found(planar)}
    assert "E-AREA-DIFF" not in problems and "QA-A03" in problems


def test_numbers_names_and_codes() -> None:
    assert "QA-N01" in rules(parcel(SQUARE, "1"), parcel(shapely.box(200, 0, 300, 100), "1"))
    assert "QA-N02" in rules(parcel(SQUARE, " "))
    assert "QA-N03" in rules(parcel(SQUARE).model_copy(update={"name": ""}))
    assert "QA-N04" in rules(parcel(SQUARE, land_class="9999"))
    assert "QA-N04" not in rules(parcel(SQUARE, land_class="0101"))


def test_labels() -> None:
    assert "QA-N06" in rules(parcel(SQUARE, labels=(("J1", "J2", "J2", "J4"),)))
    assert "QA-N07" in rules(parcel(SQUARE, labels=(("J1", "J2", "J4", "J5"),)))
    assert not {"QA-N06", "QA-N07"} & rules(parcel(SQUARE, labels=(("J1", "J2", "J3", "J4"),)))


def test_the_province_and_the_datum() -> None:
    hunan = load_profile("hunan")
    far = Parcel(number="1", name="甲", geometry=shapely.box(X, 4_110_000, X + 100, 4_110_100))
    assert "E-JUR-OUT" in {p.code for p in found(far, profile=hunan)}
    assert "E-JUR-OUT" not in {p.code for p in found(parcel(SQUARE), profile=hunan)}
    old = crs_from_epsg(2362)
    assert old is not None
    assert "E-CRS-OLD" in {p.code for p in found(parcel(SQUARE), profile=hunan, crs=old)}


def test_an_old_code_names_its_present_one() -> None:
    profile = load_profile("hunan").model_copy(update={"jurisdiction": "430221"})
    problem = next(p for p in found(parcel(SQUARE), profile=profile) if p.rule == "QA-J03")
    assert problem.level is Level.WARNING and problem.reason is not None and "430212" in problem.reason.en
    unknown = profile.model_copy(update={"jurisdiction": "999999"})
    (strange,) = [p for p in found(parcel(SQUARE), profile=unknown) if p.rule == "QA-J03"]
    assert strange.level is Level.WARNING and "999999" in str(strange.reason)


def test_an_office_changes_a_check_and_it_is_said() -> None:
    milder = ANYWHERE.model_copy(update={"quality": {"QA-T01": Check(severity="warning"), "QA-N03": Check(off=True)}})
    problems = found(
        parcel(SQUARE, "1"), parcel(shapely.box(50, 0, 150, 100), "2").model_copy(update={"name": ""}), profile=milder
    )
    overlap = next(p for p in problems if p.rule == "QA-T01" and p.code == "E-GEO-OVERLAP")
    assert overlap.level is Level.WARNING
    assert [p.rule for p in problems if p.code == "W-RULE-OFF"] == ["QA-N03", "QA-T01"]
    wider = ANYWHERE.model_copy(update={"quality": {"QA-S01": Check(threshold=Decimal(20_000))}})
    assert "QA-S01" in rules(parcel(SQUARE), profile=wider)


coordinates = st.tuples(st.integers(0, 500), st.integers(0, 500)).map(lambda p: (p[0] / 1.0, p[1] / 1.0))


@given(st.lists(coordinates, min_size=4, max_size=12, unique=True), st.integers(0, 11), st.booleans())
def test_valid_land_has_no_geometric_error_from_any_start(
    points: list[tuple[float, float]], start: int, turned: bool
) -> None:
    hull = shapely.convex_hull(shapely.MultiPoint(points))
    if hull.geom_type != "Polygon" or hull.area < 10:
        return
    ring = np.roll(shapely.get_coordinates(hull)[:-1], start, axis=0)
    other = shapely.Polygon(ring[::-1] if turned else ring)
    ignored = {"QA-G08"}
    one, same = rules(parcel(hull)) - ignored, rules(parcel(other)) - ignored
    assert one == same
    assert not {"QA-G05", "QA-G09", "QA-T01"} & one


def test_every_check_is_a_row_of_the_table() -> None:
    from landreview_plugin.core.tables import index

    assert CHECKS.keys() <= index("qa_rules", "code").keys()
