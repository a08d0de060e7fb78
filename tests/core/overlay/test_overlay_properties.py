# SPDX-License-Identifier: GPL-2.0-or-later
"""What must hold for any land: invariances of the overlay, found by Hypothesis."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import affinity
from shapely.geometry.base import BaseGeometry

from landreview_plugin.core.geodesy.area import planar_areas
from landreview_plugin.core.overlay.engine import overlay
from landreview_plugin.core.overlay.memory import MemoryLayer
from landreview_plugin.core.overlay.pieces import Overlay

E, N = 38_400_000, 3_100_000


@st.composite
def shapes(draw: st.DrawFn) -> BaseGeometry:
    """A star-shaped polygon with millimetre coordinates, sometimes with a hole or a second part."""
    count = draw(st.integers(3, 14))
    radii = draw(st.lists(st.integers(5_000, 60_000), min_size=count, max_size=count))
    x, y = draw(st.integers(-40_000, 40_000)), draw(st.integers(-40_000, 40_000))
    angles = np.linspace(0, 2 * np.pi, count, endpoint=False)
    points = np.round(np.stack([x + radii * np.cos(angles), y + radii * np.sin(angles)], axis=1)) / 1000 + (E, N)
    shape: BaseGeometry = shapely.make_valid(shapely.Polygon(points))
    if draw(st.booleans()):
        shape = shape.difference(affinity.scale(shape, 0.3, 0.3))
    if draw(st.booleans()):
        shape = shape.union(shapely.box(E + 150, N + 150, E + 170, N + 165))
    return shape


def areas(parcel: BaseGeometry, *features: BaseGeometry, **options: object) -> Overlay:
    layer = MemoryLayer(list(features))
    return overlay(np.array([parcel], dtype=object), layer, measure=planar_areas, threads=1, **options)  # type: ignore[arg-type]


def total(found: Overlay) -> float:
    return float(found.area_m2.sum())


quick = settings(max_examples=40, deadline=None)


@quick
@given(shapes(), shapes())
def test_inside_and_outside_make_the_whole(parcel: BaseGeometry, feature: BaseGeometry) -> None:
    found = areas(parcel, feature)
    assert total(found) + found.uncovered_m2[0] == pytest.approx(parcel.area, abs=1e-4)


@quick
@given(shapes(), shapes())
def test_start_vertex_direction_and_part_order_do_not_matter(parcel: BaseGeometry, feature: BaseGeometry) -> None:
    turned = shapely.MultiPolygon([part.normalize() for part in shapely.get_parts(feature)][::-1]).reverse()
    assert total(areas(parcel.reverse(), turned)) == pytest.approx(total(areas(parcel, feature)), abs=1e-4)


@quick
@given(shapes(), shapes(), st.integers(-300_000, 300_000), st.integers(-300_000, 300_000))
def test_whole_metres_of_shift_do_not_matter(parcel: BaseGeometry, feature: BaseGeometry, dx: int, dy: int) -> None:
    moved = [affinity.translate(shape, dx, dy) for shape in (parcel, feature)]
    assert total(areas(*moved)) == pytest.approx(total(areas(parcel, feature)), abs=1e-4)


@quick
@given(shapes(), shapes(), shapes())
def test_more_reference_never_less_land(parcel: BaseGeometry, feature: BaseGeometry, more: BaseGeometry) -> None:
    fewer, all_of_them = areas(parcel, feature), areas(parcel, feature, more)
    assert total(all_of_them) >= total(fewer) - 1e-6
    assert len(all_of_them.fid) >= len(fewer.fid)
    assert all_of_them.uncovered_m2[0] <= fewer.uncovered_m2[0] + 1e-4


@quick
@given(shapes(), st.lists(shapes(), min_size=1, max_size=4))
def test_doubled_land_is_the_sum_less_the_union(parcel: BaseGeometry, features: list[BaseGeometry]) -> None:
    found = areas(parcel, *features)
    union = shapely.union_all([parcel.intersection(feature) for feature in features])
    assert found.doubled_m2[0] == pytest.approx(total(found) - union.area, abs=1e-3)
    assert found.uncovered_m2[0] == pytest.approx(parcel.area - union.area, abs=1e-3)


@quick
@given(shapes(), shapes())
def test_the_road_with_geometry_gives_the_same_areas(parcel: BaseGeometry, feature: BaseGeometry) -> None:
    kept = areas(parcel, feature, keep_geometry=True)
    assert total(kept) == pytest.approx(total(areas(parcel, feature)), abs=1e-4)
    assert kept.geometry is not None
    assert planar_areas(kept.geometry).sum() == pytest.approx(total(kept), abs=1e-6)
