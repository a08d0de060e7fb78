# SPDX-License-Identifier: GPL-2.0-or-later
"""What must hold for any parcel and any forbidden land: found by Hypothesis, measured with the engine."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from shapely.geometry.base import BaseGeometry
from trim_shapes import stars

from landreview_plugin.core.arrays import as_pairs
from landreview_plugin.core.geodesy.area import AreaMethod, measure_for
from landreview_plugin.core.model.crs import Crs, Datum, GaussKruger
from landreview_plugin.core.model.parcel import Parcel
from landreview_plugin.core.model.problems import Level
from landreview_plugin.core.overlay.engine import overlay
from landreview_plugin.core.overlay.memory import MemoryLayer
from landreview_plugin.core.profile import load_profile
from landreview_plugin.core.quality.check import check
from landreview_plugin.core.trim.forbidden import forbidden_by_layers
from landreview_plugin.core.trim.suggest import suggest
from landreview_plugin.core.trim.suggestion import Outcome, Suggestion
from landreview_plugin.core.trim.useful import Limits

ZONE_38 = Crs(
    code="EPSG:4526",
    datum=Datum.CGCS2000,
    gauss_kruger=GaussKruger(central_meridian_deg=114.0, false_easting_m=38_500_000.0),
)
METHODS = [measure_for(method, ZONE_38) for method in AreaMethod]
NO_CLEANING = Limits(smallest_width_m=0.0, smallest_area_m2=0.0)
quick = settings(max_examples=60, deadline=None)

parcels = stars()
forbidden = st.one_of(stars(), stars(decimals=9), stars(decimals=9, holes=False))


def ways(
    parcel: BaseGeometry, land: BaseGeometry, limits: Limits | None = None
) -> list[tuple[Suggestion, BaseGeometry]]:
    """The ways to trim with their land; none where nothing is suggested."""
    assume(parcel.is_valid and land.is_valid)
    found = suggest(parcel, land, limits=limits or Limits())
    return [(way, way.after) for way in found if way.after is not None]


def rounding_m2(way: Suggestion, parcel: BaseGeometry, land: BaseGeometry) -> float:
    """What rounding may cost: a strip along the cut (2 cm where a corner is too sharp for less), and idle points.

    The cut is that of the exact rest: strips of it that are thinner than the rounding are lost whole.
    """
    rest = shapely.difference(parcel, land)
    return float(0.025 * rest.length + 0.01 * len(way.new_points) + 0.01)


@quick
@given(parcels, st.lists(forbidden, min_size=1, max_size=3))
def test_a_review_of_the_rounded_outline_finds_no_forbidden_land(
    parcel: BaseGeometry, layers: list[BaseGeometry]
) -> None:
    assume(all(layer.is_valid for layer in layers))
    for _, after in ways(parcel, shapely.union_all(layers)):
        for measure in METHODS:
            found = overlay(np.array([after], dtype=object), MemoryLayer(layers), measure=measure, threads=1)
            assert list(found.area_m2) == []


@quick
@given(parcels, st.lists(forbidden, min_size=1, max_size=3))
def test_land_cut_by_the_overlay_counts_like_whole_features(parcel: BaseGeometry, layers: list[BaseGeometry]) -> None:
    """Cut pieces lie beside the lines that they were cut from by what doubles can't tell."""
    assume(parcel.is_valid and all(layer.is_valid for layer in layers))
    array = np.array([parcel], dtype=object)
    cut, _ = forbidden_by_layers(array, [MemoryLayer([layer]) for layer in layers], None)
    for _, after in ways(parcel, cut[0]):
        for measure in METHODS:
            found = overlay(np.array([after], dtype=object), MemoryLayer(layers), measure=measure, threads=1)
            assert list(found.area_m2) == []


@quick
@given(parcels, forbidden)
def test_the_trimmed_land_is_valid_and_lies_in_the_parcel(parcel: BaseGeometry, land: BaseGeometry) -> None:
    for _, after in ways(parcel, land):
        assert after.is_valid
        assert shapely.difference(after, parcel).area < 1e-5


@quick
@given(parcels, forbidden)
def test_points_are_the_parcels_own_or_have_three_decimals(parcel: BaseGeometry, land: BaseGeometry) -> None:
    own = set(as_pairs(shapely.get_coordinates(parcel)))
    for way, after in ways(parcel, land):
        new = set(as_pairs(shapely.get_coordinates(after))) - own
        assert new == set(way.new_points)
        assert all(round(x, 3) == x and round(y, 3) == y for x, y in new)


@quick
@given(parcels, forbidden)
def test_what_is_lost_is_what_is_forbidden_and_what_was_dropped(parcel: BaseGeometry, land: BaseGeometry) -> None:
    for way, _ in ways(parcel, land):
        dropped_m2 = sum(float(each.land.area) for each in way.dropped)
        assert way.lost_m2 >= way.forbidden_m2 - 1e-4
        assert way.lost_m2 == pytest.approx(way.forbidden_m2 + dropped_m2, abs=rounding_m2(way, parcel, land))


@quick
@given(parcels, forbidden)
def test_without_cleaning_only_forbidden_land_is_lost(parcel: BaseGeometry, land: BaseGeometry) -> None:
    for way, _ in ways(parcel, land, NO_CLEANING)[:1]:
        assert way.lost_m2 - way.forbidden_m2 <= rounding_m2(way, parcel, land)


@quick
@given(parcels, forbidden)
def test_trimming_twice_changes_nothing(parcel: BaseGeometry, land: BaseGeometry) -> None:
    for _, after in ways(parcel, land):
        (again,) = suggest(after, land)
        assert again.outcome is Outcome.NOTHING_TO_TRIM


@quick
@given(parcels, forbidden)
def test_what_is_left_is_neither_narrow_nor_small_unless_it_was(parcel: BaseGeometry, land: BaseGeometry) -> None:
    for _, after in ways(parcel, land):
        small = [part for part in shapely.get_parts(after) if part.area < 9.0]
        assert all(shapely.equals(shapely.get_parts(parcel), part).any() for part in small)


def flaws(shape: BaseGeometry) -> set[str]:
    """Errors, and corners that are too sharp, of one outline."""
    problems = check([Parcel(number="1", name="1", geometry=shape)], ZONE_38, load_profile("plain"))
    return {each.code for each in problems if each.level is Level.ERROR or each.code == "QA-G07"}


@quick
@given(parcels, st.lists(forbidden, min_size=1, max_size=3))
def test_the_cut_makes_no_error_and_no_sharp_corner(parcel: BaseGeometry, layers: list[BaseGeometry]) -> None:
    assume(parcel.is_valid and all(layer.is_valid for layer in layers))
    for _, after in ways(parcel, shapely.union_all(layers)):
        assert flaws(after) <= flaws(parcel)


@quick
@given(parcels, forbidden)
def test_far_from_the_forbidden_land_the_outline_stays(parcel: BaseGeometry, land: BaseGeometry) -> None:
    """Points further from it than any strip could reach are all still there, where their part is."""
    for way, after in ways(parcel, land, NO_CLEANING)[:1]:
        del way
        kept = set(as_pairs(shapely.get_coordinates(after)))
        own = as_pairs(shapely.get_coordinates(parcel))
        far = [xy for xy in own if shapely.distance(shapely.Point(xy), land) > 0.05]
        assert set(far) <= kept
