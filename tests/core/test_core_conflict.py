# SPDX-License-Identifier: GPL-2.0-or-later
"""A single conflict: the verdict table of the six algorithms."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import shapely

from landreview_plugin.core.conflict import Conflict, Hit, Selection, find_conflict
from landreview_plugin.core.geodesy.area import AreaMethod, measure_for
from landreview_plugin.core.model.crs import Crs
from landreview_plugin.core.model.result import Verdict
from landreview_plugin.core.overlay.memory import MemoryLayer

PLANE = measure_for(AreaMethod.PLANAR, Crs(name="plane"))
PARCEL = shapely.box(0, 0, 100, 100)
COUNTY = MemoryLayer([shapely.box(-1000, -1000, 1000, 1000)])
HALF = MemoryLayer([shapely.box(-1000, -1000, 50, 1000)])
ELSEWHERE = MemoryLayer([shapely.box(500, 500, 900, 900)])


def judge(layer: MemoryLayer, coverage: MemoryLayer | None = COUNTY, **kwargs: Any) -> Conflict:
    parcels = np.array([PARCEL], dtype=object)
    selection = kwargs.pop("selection", Selection())
    return find_conflict(parcels, layer, coverage, selection, measure=PLANE, **kwargs)


def on(*shapes: shapely.Geometry, **attributes: list[object]) -> MemoryLayer:
    return MemoryLayer(list(shapes), attributes)


@pytest.mark.parametrize(
    ("coverage", "verdict"),
    [
        (COUNTY, Verdict.CLEAR),
        (None, Verdict.NOT_CHECKED),
        (HALF, Verdict.PARTLY_COVERED),
        (ELSEWHERE, Verdict.NOT_CHECKED),
    ],
)
def test_nothing_found_is_clear_only_inside_the_coverage(coverage: MemoryLayer | None, verdict: Verdict) -> None:
    assert judge(on(shapely.box(200, 0, 300, 100)), coverage).verdict is verdict


@pytest.mark.parametrize("coverage", [COUNTY, None, HALF, ELSEWHERE])
def test_a_hit_is_a_conflict_whatever_is_covered(coverage: MemoryLayer | None) -> None:
    found = judge(on(shapely.box(90, 0, 300, 100)), coverage)
    assert found.verdict is Verdict.CONFLICT
    assert sum(piece.area_m2 for piece in found.pieces) == pytest.approx(1000.0)


def test_touching_is_no_conflict() -> None:
    assert judge(on(shapely.box(100, 0, 300, 100))).verdict is Verdict.CLEAR


def test_small_pieces_are_dropped_and_kept_apart() -> None:
    found = judge(on(shapely.box(99.99, 0, 300, 100)), min_area_m2=1.0)
    assert found.verdict is Verdict.CLEAR
    assert [round(piece.area_m2, 2) for piece in found.dropped] == [1.0]


def test_outside_counts_the_land_that_the_layer_leaves() -> None:
    found = judge(on(shapely.box(0, 0, 60, 100)), selection=Selection(outside=True))
    assert found.verdict is Verdict.CONFLICT
    assert found.pieces[0].area_m2 == pytest.approx(4000.0)


def test_outside_is_known_only_where_the_layer_is_complete() -> None:
    found = judge(on(shapely.box(0, 0, 50, 100)), HALF, selection=Selection(outside=True))
    assert found.verdict is Verdict.PARTLY_COVERED


def test_a_feature_that_cannot_be_judged_is_not_clear() -> None:
    selection = Selection(judge=lambda row: Hit.UNKNOWN if row["class"] is None else Hit.NO)
    layer = on(shapely.box(0, 0, 50, 100), shapely.box(50, 0, 100, 100), **{"class": ["01", None]})
    found = judge(layer, selection=selection)
    assert found.verdict is Verdict.NOT_CHECKED
    assert found.undecided == (0,)


def test_a_gap_in_a_partition_is_not_clear() -> None:
    selection = Selection(judge=lambda row: Hit.NO, partition=True)
    assert judge(on(shapely.box(0, 0, 90, 100)), selection=selection).verdict is Verdict.NOT_CHECKED
    assert judge(on(shapely.box(0, 0, 100, 100)), selection=selection).verdict is Verdict.CLEAR


def test_a_hazard_counts_within_its_distance_and_not_at_it() -> None:
    near, at = shapely.Point(130, 50), shapely.Point(150, 50)
    assert judge(on(near), selection=Selection(distance_m=50.0)).verdict is Verdict.CONFLICT
    assert judge(on(at), selection=Selection(distance_m=50.0)).verdict is Verdict.CLEAR
    found = judge(on(near), selection=Selection(distance_m=50.0))
    assert found.pieces[0].distance_m == pytest.approx(30.0)


def test_each_hazard_may_have_its_own_distance() -> None:
    layer = on(shapely.Point(130, 50), shapely.Point(400, 50), radius=[20.0, 350.0])
    found = judge(layer, selection=Selection(distance_m=100.0, distance_field="radius"))
    assert [round(piece.distance_m) for piece in found.pieces] == [300]
    # an empty field falls back to the distance of all
    layer = on(shapely.Point(130, 50), radius=[None])
    assert judge(layer, selection=Selection(distance_m=100.0, distance_field="radius")).pieces


def test_a_hazard_s_own_distance_that_is_no_number_is_not_clear() -> None:
    selection = Selection(distance_m=100.0, distance_field="radius")
    far = shapely.Point(1000, 50)
    assert judge(on(far, radius=["300米"]), selection=selection).verdict is Verdict.NOT_CHECKED
    assert judge(on(far, radius=["300"]), selection=selection).verdict is Verdict.CLEAR
    assert judge(on(far, radius=["950"]), selection=selection).verdict is Verdict.CONFLICT


def test_a_hazard_beyond_the_coverage_may_be_near() -> None:
    far, close = shapely.Point(1000, 50), MemoryLayer([shapely.box(-500, -500, 130, 500)])
    found = judge(on(far), close, selection=Selection(distance_m=50.0))
    assert found.verdict is Verdict.PARTLY_COVERED
    assert found.uncovered_m2 == 0.0, "the parcel itself is covered"
    assert judge(on(far), close, selection=Selection(distance_m=29.0)).verdict is Verdict.CLEAR
