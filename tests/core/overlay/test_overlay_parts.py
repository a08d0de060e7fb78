# SPDX-License-Identifier: GPL-2.0-or-later
"""Tiles, fingerprints, slivers, subsets, coverage and the tolerance sweep."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
import shapely
from shapely import box

from landreview_plugin.core.geodesy.area import planar_areas
from landreview_plugin.core.overlay.coverage import coverage_of
from landreview_plugin.core.overlay.cut import Cutter
from landreview_plugin.core.overlay.engine import overlay
from landreview_plugin.core.overlay.fingerprint import closes, fingerprints
from landreview_plugin.core.overlay.memory import MemoryLayer
from landreview_plugin.core.overlay.select import subset
from landreview_plugin.core.overlay.slivers import split_slivers
from landreview_plugin.core.overlay.sweep import sweep
from landreview_plugin.core.overlay.tiles import tile

PARCEL = np.array([box(0, 0, 100, 100)], dtype=object)


def test_tiles_are_the_parcel_again() -> None:
    corridor = shapely.LineString([(0, 0), (30_000, 9_000)]).buffer(20)
    parcels = np.array([corridor, box(0, 0, 10, 10)], dtype=object)
    tiles = tile(parcels)
    land = np.bincount(tiles.parcel, weights=shapely.area(tiles.geometry))
    assert land == pytest.approx(shapely.area(parcels))
    boxes = shapely.area(shapely.box(*tiles.boxes.T))[tiles.parcel == 0].sum()
    assert boxes < 10 * corridor.area < corridor.envelope.area


def test_fingerprints_add_up_only_for_a_partition() -> None:
    boxes = shapely.bounds(PARCEL)
    whole = fingerprints(PARCEL, boxes)
    halves = np.array([box(0, 0, 40, 100).reverse(), box(40, 0, 100, 100)], dtype=object)
    crossed = np.array([box(0, 0, 50, 100), box(40, 0, 90, 100)], dtype=object)
    frame = np.repeat(boxes, 2, axis=0)
    assert whole[0, 0] == 10_000
    assert closes(PARCEL, fingerprints(halves, frame).sum(axis=0, keepdims=True)).all()
    assert not closes(PARCEL, fingerprints(crossed, frame).sum(axis=0, keepdims=True)).any()


def test_fingerprints_are_not_trusted_in_large_parcels() -> None:
    large = np.array([box(0, 0, 4000, 100)], dtype=object)
    assert not closes(large, fingerprints(large, shapely.bounds(large))).any()


@pytest.mark.parametrize("keep_geometry", [False, True])
def test_a_small_gap_beside_a_small_overlap_in_a_long_corridor(keep_geometry: bool) -> None:
    corridor = shapely.LineString([(0, 0), (9_000, 3_000)]).buffer(20, cap_style="flat")
    left = shapely.Polygon([(-500, -500), (4500.01, -500), (4499.99, 5000), (-500, 5000)])
    bent = shapely.Polygon([(-500, -500), (4500, -500), (4500, 1490), (4500.1, 1495), (4500, 1500), (4499.9, 1505),
                            (4500, 1510), (4500, 5000), (-500, 5000)])  # fmt: skip
    for first in (left, bent):
        layer = MemoryLayer([first, box(4500, -500, 12_000, 5000)])
        union = shapely.union_all([corridor.intersection(first), corridor.intersection(box(4500, -500, 12_000, 5000))])
        found = overlay(np.array([corridor]), layer, measure=planar_areas, keep_geometry=keep_geometry)
        assert found.doubled_m2[0] == pytest.approx(found.area_m2.sum() - union.area, abs=1e-3)
        assert found.uncovered_m2[0] == pytest.approx(corridor.area - union.area, abs=1e-3)
    assert found.doubled_m2[0] > 0.4


def test_slivers_are_told_by_area_never_by_width() -> None:
    strips = [box(0, 0, 0.01, 100), box(10, 0, 10.004, 100), box(20, 0, 20.5, 1)]
    found = overlay(PARCEL, MemoryLayer(strips), measure=planar_areas, keep_geometry=True)
    slivers = split_slivers(found, 0.5)
    assert slivers.kept.tolist() == [True, False, False]
    assert slivers.dropped_count.tolist() == [2]
    assert slivers.dropped_m2.tolist() == pytest.approx([0.9])
    assert slivers.width_m[0] == pytest.approx(0.004, rel=1e-3)
    assert split_slivers(found, 0.0).kept.all()


def test_a_subset_leaves_more_uncovered() -> None:
    layer = MemoryLayer([box(0, 0, 50, 100), box(40, 0, 100, 100)], {"use": ["a", "b"]})
    found = overlay(PARCEL, layer, fields=["use"], measure=planar_areas, keep_geometry=True)
    assert (found.uncovered_m2[0], found.doubled_m2[0]) == pytest.approx((0, 1000))
    part = subset(found, np.array([True, False]), planar_areas, PARCEL)
    assert part.attributes["use"] == ["a"]
    assert (part.uncovered_m2[0], part.doubled_m2[0]) == pytest.approx((5000, 0))


def test_a_subset_needs_geometry() -> None:
    found = overlay(PARCEL, MemoryLayer([PARCEL[0]]), measure=planar_areas)
    with pytest.raises(ValueError, match="keep_geometry"):
        subset(found, np.array([True]), planar_areas, PARCEL)


def test_coverage_says_how_much_and_where() -> None:
    parcels = np.array([box(0, 0, 100, 100), box(50, 0, 150, 100), box(500, 0, 600, 100)], dtype=object)
    reach = coverage_of(parcels, MemoryLayer([box(-10, -10, 60, 200), box(60, -10, 100, 200)]), planar_areas)
    assert reach.uncovered_m2.tolist() == pytest.approx([0, 5000, 10000])
    assert reach.share.tolist() == pytest.approx([1, 0.5, 0])
    assert reach.uncovered_geometry[0] is None
    assert shapely.equals(reach.uncovered_geometry[1], box(100, 0, 150, 100))


@pytest.mark.parametrize(("gap_m", "knife_edge"), [(0.0005, True), (-0.0005, True), (0.5, False), (-0.5, False)])
def test_the_sweep_marks_answers_that_a_centimetre_would_turn(gap_m: float, knife_edge: bool) -> None:
    result = sweep(PARCEL, MemoryLayer([box(100 + gap_m, 0, 200, 100)]), measure=planar_areas)
    assert result.offsets_m == (-0.1, -0.01, -0.001, 0.0, 0.001, 0.01, 0.1)
    assert result.knife_edge().tolist() == [knife_edge]
    assert result.knife_edge(within_m=0.0).tolist() == [False]


def test_the_sweep_counts_what_the_rule_counts() -> None:
    layer = MemoryLayer([box(90, 0, 200, 100), box(99.9999, 0, 300, 100)], {"use": ["a", "b"]})
    only_b = sweep(
        PARCEL, layer, measure=planar_areas, fields=("use",),
        counts=lambda found: np.array([use == "b" for use in found.attributes["use"]]),
    )  # fmt: skip
    assert only_b.knife_edge(1.0).tolist() == [True]


def test_copies_made_by_many_threads_leave_the_parcels_writable() -> None:
    """shapely makes an array read-only while it works on it; two threads at one array may leave it so."""
    circles = shapely.buffer(shapely.points(np.random.default_rng(1).uniform(0, 9000, (2000, 2))), 40, quad_segs=32)
    cutter = Cutter(circles, tile(circles), planar_areas, 0.0, whole=False)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: cutter.clone(), range(40)))
    assert cutter.parcels.flags.writeable and cutter.tiles.geometry.flags.writeable
