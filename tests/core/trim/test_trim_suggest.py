# SPDX-License-Identifier: GPL-2.0-or-later
"""What a trimmed boundary looks like, case by case."""

from __future__ import annotations

import pytest
import shapely
from shapely.geometry.base import BaseGeometry
from trim_shapes import E, N, at_zone, box, polygon

from landreview_plugin.core.trim.suggest import suggest
from landreview_plugin.core.trim.suggestion import Outcome, Suggestion
from landreview_plugin.core.trim.useful import Limits, Uselessness

PARCEL = box(0, 0, 100, 80)


def one(parcel: BaseGeometry, forbidden: BaseGeometry, limits: Limits | None = None) -> Suggestion:
    """The only way there is."""
    ways = suggest(parcel, forbidden, limits=limits or Limits())
    assert len(ways) == 1
    return ways[0]


def land(way: Suggestion) -> BaseGeometry:
    assert way.outcome is Outcome.TRIMMED
    assert way.after is not None
    return way.after


def reasons(way: Suggestion) -> list[str]:
    return [each.reason.value for each in way.dropped]


def test_a_corner_is_cut_off_to_the_square_metre() -> None:
    way = one(PARCEL, box(60, 50, 200, 200))
    assert way.lost_m2 == pytest.approx(way.forbidden_m2) == pytest.approx(1200.0)
    assert land(way).equals(polygon((0, 0), (100, 0), (100, 50), (60, 50), (60, 80), (0, 80)))
    assert way.new_points == ((E + 60, N + 50), (E + 60, N + 80), (E + 100, N + 50))


def test_a_slanting_cut_gets_points_of_three_decimals_on_the_inner_side() -> None:
    line = polygon((-10, 30.3333), (120, 71.77777), (120, 200), (-10, 200))
    way = one(PARCEL, line)
    assert shapely.intersection(land(way), line).area == 0.0
    assert 0 < way.lost_m2 - way.forbidden_m2 < 0.1


def test_forbidden_land_inside_becomes_a_hole() -> None:
    way = one(PARCEL, box(40, 30, 60, 50))
    assert len(land(way).interiors) == 1
    assert way.lost_m2 == pytest.approx(400.0)


def test_two_layers_go_at_once() -> None:
    way = one(PARCEL, shapely.union_all([box(90, -5, 200, 90), box(85, -5, 95, 40)]))
    assert way.lost_m2 == pytest.approx(10 * 80 + 5 * 40)


def test_a_split_parcel_may_be_kept_whole_or_to_its_largest_part() -> None:
    every, largest = suggest(PARCEL, box(30, -5, 40, 100))
    assert shapely.get_num_geometries(land(every)) == 2
    assert every.lost_m2 == pytest.approx(800.0)
    assert land(largest).equals(box(40, 0, 100, 80))
    assert largest.largest_only
    assert reasons(largest) == ["lesser"]
    assert largest.lost_m2 == pytest.approx(800.0 + 2400.0)


def test_of_several_parts_each_keeps_its_largest_piece() -> None:
    parcel = shapely.union_all([PARCEL, box(200, 0, 240, 40)])
    every, largest = suggest(parcel, box(30, -5, 40, 100))
    assert shapely.get_num_geometries(land(every)) == 3
    assert land(largest).equals(shapely.union_all([box(40, 0, 100, 80), box(200, 0, 240, 40)]))


def test_strips_beside_the_forbidden_land_are_dropped_and_said() -> None:
    way = one(PARCEL, box(0.4, 0.4, 60, 79.7))
    assert reasons(way) == ["narrow"]
    assert way.dropped[0].land.area == pytest.approx(60 * 80 - 59.6 * 79.3, abs=0.01)
    assert shapely.difference(land(way), box(60, 0, 100, 80)).area == 0.0
    assert way.lost_m2 == pytest.approx(4800, abs=0.1)


def test_scraps_are_dropped_and_said() -> None:
    way = one(PARCEL, shapely.union_all([box(3, -1, 160, 78), box(-1, 2, 4, 81)]))
    assert reasons(way) == ["small"]
    assert land(way).equals(box(4, 78, 100, 80))


def test_a_small_part_that_was_handed_in_so_stays() -> None:
    parcel = shapely.union_all([PARCEL, box(200, 0, 202, 2)])
    assert shapely.get_num_geometries(land(one(parcel, box(90, -5, 110, 90)))) == 2


def test_a_parcel_that_was_narrow_stays_so() -> None:
    """A pipeline of 0.8 m: what is left of it is no narrower than it was."""
    pipeline = box(0, 0, 200, 0.8)
    every, _ = suggest(pipeline, box(50, -5, 60, 5))
    assert land(every).equals(shapely.union_all([box(0, 0, 50, 0.8), box(60, 0, 200, 0.8)]))
    assert reasons(every) == []


def test_the_cut_leaves_no_spike() -> None:
    """At 3 degrees to the parcel's edge the tip would be metres long and centimetres wide."""
    way = one(PARCEL, polygon((-10, -3), (120, 3), (120, -20), (-10, -20)))
    corners = shapely.get_coordinates(land(way))
    assert land(way).is_valid
    assert len(corners) <= 6
    assert way.lost_m2 - way.forbidden_m2 < 0.1
    tip = one(PARCEL, polygon((-10, 79), (200, 90), (200, -50), (-10, 78.4)))
    assert "narrow" in reasons(tip) or tip.outcome is Outcome.NOTHING_USEFUL


def test_a_needle_in_one_part_costs_nothing_in_another() -> None:
    """No grid point lies beside the tip of a needle; only there the cut stays some millimetres away."""
    parcel = shapely.union_all([PARCEL, box(200, 0, 300, 80)])
    needle = polygon((190, 30), (250, 30.01234), (190, 30.02))
    way = one(parcel, shapely.union_all([box(60, 50, 120, 90), needle]))
    west, east = sorted(shapely.get_parts(land(way)), key=lambda part: part.bounds[0])
    assert west.equals(polygon((0, 0), (100, 0), (100, 50), (60, 50), (60, 80), (0, 80)))
    assert shapely.intersection(east, needle).area == 0.0
    assert way.lost_m2 - way.forbidden_m2 < 2.0


def test_the_tip_of_a_needle_is_blunted() -> None:
    """A corner of half a degree would be refused as a spike (QA-G06)."""
    way = one(PARCEL, polygon((-10, 40), (70, 40.3), (-10, 40.6)))
    holes = shapely.difference(shapely.minimum_rotated_rectangle(PARCEL), land(way))
    assert holes.bounds[2] == pytest.approx(E + 70.06, abs=0.005)
    assert way.lost_m2 - way.forbidden_m2 < 0.1


def test_a_thin_strip_of_forbidden_land_is_cut_out() -> None:
    way = one(PARCEL, polygon((-10, 40), (70, 40.2), (-10, 40.4)))
    assert way.lost_m2 == pytest.approx(way.forbidden_m2, abs=0.1)


def test_a_near_miss_costs_a_millimetre() -> None:
    way = one(PARCEL, box(99.9997, -1, 160, 160))
    assert way.forbidden_m2 == pytest.approx(0.024, abs=0.001)
    assert way.lost_m2 == pytest.approx(0.08, abs=0.001)


@pytest.mark.parametrize(
    ("forbidden", "outcome"),
    [
        (box(-1, -1, 160, 160), Outcome.ALL_FORBIDDEN),
        (PARCEL, Outcome.ALL_FORBIDDEN),
        (box(100, -1, 160, 160), Outcome.NOTHING_TO_TRIM),
        (box(500, 0, 600, 10), Outcome.NOTHING_TO_TRIM),
        (shapely.MultiPolygon(), Outcome.NOTHING_TO_TRIM),
        (box(0.5, -1, 160, 160), Outcome.NOTHING_USEFUL),
    ],
)
def test_where_there_is_nothing_to_suggest_it_says_why(forbidden: BaseGeometry, outcome: Outcome) -> None:
    way = one(PARCEL, forbidden)
    assert way.outcome is outcome
    assert way.after is None
    assert way.lost_m2 == 0.0


def test_land_outside_a_boundary_is_taken_off_by_what_the_boundary_leaves() -> None:
    inside = polygon((-10, -10), (70.1234, -10), (50.5, 90), (-10, 90))
    way = one(PARCEL, shapely.difference(PARCEL, inside))
    assert shapely.difference(land(way), inside).area < 1e-6


def test_limits_are_the_askers() -> None:
    cut = box(3, -1, 160, 81)
    assert one(PARCEL, cut, Limits(smallest_width_m=5.0)).outcome is Outcome.NOTHING_USEFUL
    assert one(PARCEL, cut, Limits(smallest_area_m2=300.0)).dropped[0].reason is Uselessness.SMALL
    assert one(PARCEL, cut).outcome is Outcome.TRIMMED


def test_heights_are_left_behind() -> None:
    way = one(shapely.force_3d(PARCEL, 5.0), at_zone(shapely.box(60, 50, 200, 200)))
    assert not land(way).has_z


def test_a_hole_of_the_parcel_stays() -> None:
    parcel = shapely.difference(PARCEL, box(10, 10, 20, 20))
    way = one(parcel, box(60, -1, 200, 90))
    assert land(way).equals(shapely.difference(box(0, 0, 60, 80), box(10, 10, 20, 20)))
