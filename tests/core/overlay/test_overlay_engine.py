# SPDX-License-Identifier: GPL-2.0-or-later
"""The overlay on hand-made land: what counts as a piece, what is reported apart."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import count
from threading import Event

import numpy as np
import pytest
import shapely
from shapely import Polygon, box

from landreview_plugin.core.geodesy.area import AreaMethod, measure_for, planar_areas
from landreview_plugin.core.model.crs import Crs, GaussKruger
from landreview_plugin.core.model.problems import LandReviewError
from landreview_plugin.core.overlay import groups
from landreview_plugin.core.overlay.cut import Cutter
from landreview_plugin.core.overlay.engine import overlay
from landreview_plugin.core.overlay.layer import ReferenceBatch
from landreview_plugin.core.overlay.memory import MemoryLayer
from landreview_plugin.core.overlay.pieces import Overlay
from landreview_plugin.core.overlay.tiles import tile
from landreview_plugin.core.progress import CancelledError

E, N = 38_400_000.0, 3_100_000.0
"""Eight-digit eastings: digits must not get lost."""


def land(x0: float, y0: float, x1: float, y1: float) -> Polygon:
    return box(E + x0, N + y0, E + x1, N + y1)


def run(parcels: list[object], features: list[object], **options: object) -> Overlay:
    options.setdefault("measure", planar_areas)
    return overlay(np.array(parcels, dtype=object), MemoryLayer(features), **options)  # type: ignore[arg-type]


class TestPieces:
    def test_area_by_parcel_and_feature_in_order(self) -> None:
        found = run([land(0, 0, 10, 10), land(20, 0, 30, 10)], [land(5, 0, 25, 10), land(0, 0, 5, 5)])
        assert found.parcel.tolist() == [0, 0, 1]
        assert found.fid.tolist() == [1, 2, 1]
        assert found.area_m2.tolist() == pytest.approx([50, 25, 50])
        assert found.uncovered_m2.tolist() == pytest.approx([25, 50])
        assert found.geometry is None

    @pytest.mark.parametrize("other", [land(10, 0, 20, 10), land(10, 10, 20, 20), land(10, 2, 20, 5)])
    def test_touching_is_no_piece(self, other: Polygon) -> None:
        found = run([land(0, 0, 10, 10)], [other], keep_geometry=True)
        assert len(found.fid) == 0
        assert found.uncovered_m2.tolist() == [100.0]
        assert found.touched_count == 1

    def test_hole_and_island(self) -> None:
        ring = land(0, 0, 30, 30) - land(10, 10, 20, 20)
        found = run([land(5, 5, 25, 25)], [ring, land(10, 10, 20, 20)])
        assert found.area_m2.tolist() == pytest.approx([300, 100])
        assert found.uncovered_m2.tolist() == [0.0]

    def test_multipart_parcel_counts_once_with_all_its_land(self) -> None:
        parts = shapely.MultiPolygon([land(0, 0, 10, 10), land(50, 0, 60, 10)])
        found = run([parts], [land(5, 0, 55, 10)])
        assert found.area_m2.tolist() == pytest.approx([100])

    def test_identical_polygon(self) -> None:
        shape = Polygon([(E + 0.123, N + 0.456), (E + 70.789, N + 3.21), (E + 44.4, N + 61.007)])
        found = run([shape], [shape.reverse()])
        assert found.area_m2[0] == pytest.approx(shape.area, abs=1e-9)
        assert found.uncovered_m2.tolist() == [0.0]

    def test_parcels_that_overlap_each_other_each_count_in_full(self) -> None:
        found = run([land(0, 0, 10, 10), land(5, 0, 15, 10)], [land(0, 0, 20, 20)])
        assert found.area_m2.tolist() == pytest.approx([100, 100])

    def test_a_strip_as_thin_as_a_millimetre_is_land(self) -> None:
        found = run([land(0, 0, 10_000, 10)], [land(0, 9.999, 10_000, 20)])
        assert found.area_m2[0] == pytest.approx(10.0, abs=0.001)

    def test_geometry_on_request(self) -> None:
        found = run([land(0, 0, 10, 10)], [land(5, 0, 25, 10), land(-5, 0, 0, 5)], keep_geometry=True)
        assert found.geometry is not None
        assert [shape.geom_type for shape in found.geometry] == ["Polygon"]
        assert shapely.equals(found.geometry[0], land(5, 0, 10, 10))

    def test_nothing_at_all(self) -> None:
        assert len(run([], [land(0, 0, 1, 1)]).fid) == 0
        nothing = run([land(0, 0, 10, 10)], [])
        assert nothing.uncovered_m2.tolist() == [100.0]

    def test_attributes_follow_their_pieces(self) -> None:
        layer = MemoryLayer([land(0, 0, 5, 10), land(5, 0, 10, 10)], {"DLBM": ["0101", None]})
        found = overlay(np.array([land(0, 0, 10, 10)]), layer, fields=["DLBM"], measure=planar_areas)
        assert found.attributes == {"DLBM": ["0101", None]}


class TestDoubledAndUncovered:
    @pytest.mark.parametrize("keep_geometry", [False, True])
    def test_pieces_that_also_touch_along_a_line(self, keep_geometry: bool) -> None:
        """Parcel and feature share land here and only an edge there; a second feature overlaps both."""
        comb = land(0, 0, 30, 10) | land(0, 10, 10, 20) | land(20, 10, 30, 20)
        feature = land(0, 5, 10, 30) | land(0, 20, 30, 30)
        found = run([comb], [feature, land(0, 0, 12, 12)], keep_geometry=keep_geometry)
        assert found.area_m2.tolist() == pytest.approx([150, 140])
        assert found.doubled_m2.tolist() == pytest.approx([70])
        if found.geometry is not None:
            assert {shape.geom_type for shape in found.geometry} <= {"Polygon", "MultiPolygon"}

    def test_overlapping_features_are_reported_apart(self) -> None:
        found = run([land(0, 0, 10, 10)], [land(0, 0, 6, 10), land(4, 0, 10, 10)])
        assert found.area_m2.sum() == pytest.approx(120)
        assert found.doubled_m2.tolist() == pytest.approx([20])
        assert found.uncovered_m2.tolist() == [0.0]

    def test_a_gap_is_not_hidden_by_an_overlap_of_the_same_size(self) -> None:
        found = run([land(0, 0, 10, 10)], [land(0, 0, 5, 10), land(4, 0, 9, 10)])
        assert found.area_m2.sum() == pytest.approx(100)
        assert found.doubled_m2.tolist() == pytest.approx([10])
        assert found.uncovered_m2.tolist() == pytest.approx([10])

    def test_nor_by_gaps_laid_symmetrically_around_it(self) -> None:
        board = [land(x, y, x + 1, y + 1) for x in range(-2, 2) for y in range(-2, 2)]
        missing = [land(-2, -2, -1, -1), land(1, 1, 2, 2)]
        twice = [land(-2, 1, -1, 2), land(1, -2, 2, -1)]
        features = [cell for cell in board if not any(cell.equals(m) for m in missing)] + twice
        found = run([land(-2, -2, 2, 2)], features)
        assert found.uncovered_m2.tolist() == pytest.approx([2])
        assert found.doubled_m2.tolist() == pytest.approx([2])

    def test_a_rotated_common_edge(self) -> None:
        """Gap and overlap of equal size meet on one edge, millimetres wide."""
        left = Polygon([(E, N), (E + 50.002, N), (E + 49.998, N + 100), (E, N + 100)])
        found = run([land(0, 0, 100, 100)], [left, land(50, 0, 100, 100)])
        assert found.doubled_m2[0] == pytest.approx(0.05, abs=0.001)
        assert found.uncovered_m2[0] == pytest.approx(0.05, abs=0.001)

    def test_the_ledger_closes(self) -> None:
        parcel = land(0, 0, 100, 100).difference(land(20, 20, 30, 30))
        found = run([parcel], [land(-5, -5, 60, 25), land(60, 0, 80, 50), land(10, 40, 50, 90)])
        assert found.area_m2.sum() + found.uncovered_m2[0] == pytest.approx(parcel.area, abs=1e-6)


class TestInvalidReference:
    BOWTIE = Polygon([(E, N), (E + 10, N + 10), (E + 10, N), (E, N + 10)])

    def test_repaired_and_counted(self) -> None:
        found = run([land(0, 0, 10, 10)], [self.BOWTIE])
        assert found.area_m2.tolist() == pytest.approx([50])
        (repair,) = found.repairs
        assert (repair.fid, repair.repaired) == (1, True)
        assert repair.area_before_m2 == pytest.approx(0)
        assert repair.area_after_m2 == pytest.approx(50)

    def test_unrepairable_leaves_the_parcels_near_it_unchecked(self) -> None:
        flat = Polygon([(E, N), (E + 10, N + 10), (E, N)])
        found = run([land(0, 0, 10, 10), land(500, 0, 510, 10)], [flat])
        assert list(found.unchecked) == [0]
        assert not found.repairs[0].repaired

    def test_without_a_finite_box_nobody_is_checked(self) -> None:
        lost = Polygon([(E, N), (math.inf, N), (E + 10, N + 10)])
        layer = MemoryLayer([land(0, 0, 1, 1)])
        layer.batches = lambda boxes, fields: iter([_batch(lost)])  # type: ignore[method-assign]
        found = overlay(np.array([land(0, 0, 10, 10), land(500, 0, 510, 10)]), layer, measure=planar_areas)
        assert sorted(found.unchecked) == [0, 1]

    def test_an_invalid_parcel_is_refused(self) -> None:
        with pytest.raises(LandReviewError, match="E-GEO-SELFX"):
            run([self.BOWTIE], [land(0, 0, 1, 1)])


def _batch(shape: Polygon) -> ReferenceBatch:
    return ReferenceBatch(np.array([7]), np.array([shape], dtype=object))


class TestSearchDistance:
    def test_near_features_have_a_distance_and_no_area(self) -> None:
        found = run([land(0, 0, 10, 10)], [land(15, 0, 20, 10), land(40, 0, 50, 10)], search_distance_m=10)
        assert found.fid.tolist() == [1]
        assert found.distance_m.tolist() == [5.0]
        assert found.area_m2.tolist() == [0.0]

    def test_touching_has_distance_zero(self) -> None:
        found = run([land(0, 0, 10, 10)], [land(10, 0, 20, 10), land(5, 5, 6, 6)], search_distance_m=1)
        assert found.distance_m.tolist() == [0.0, 0.0]
        assert found.area_m2.tolist() == pytest.approx([0.0, 1.0])

    def test_points_and_lines(self) -> None:
        features = [shapely.Point(E + 13, N + 14), shapely.LineString([(E - 1, N - 1), (E - 1, N + 20)])]
        found = run([land(0, 0, 10, 10)], features, search_distance_m=100)
        assert found.distance_m.tolist() == pytest.approx([5.0, 1.0])

    def test_distance_of_a_tiled_parcel_is_to_the_parcel(self) -> None:
        corridor = shapely.LineString([(E, N), (E + 5000, N + 5000)]).buffer(5, cap_style="flat")
        found = run([corridor], [shapely.Point(E + 1000, N + 1200)], search_distance_m=300)
        assert found.distance_m[0] == pytest.approx(200 / math.sqrt(2) - 5)


class TestTiling:
    CORRIDOR = shapely.LineString([(E, N), (E + 9000, N + 7000), (E + 20000, N + 9000)]).buffer(20, cap_style="flat")
    FIELDS = [land(x, y, x + 500, y + 500) for x in range(-500, 20500, 500) for y in range(-500, 9500, 500)]

    def test_a_corridor_has_one_piece_a_feature_all_the_same(self) -> None:
        tiled, whole = run([self.CORRIDOR], self.FIELDS), run([self.CORRIDOR], self.FIELDS, keep_geometry=True)
        assert tiled.fid.tolist() == whole.fid.tolist()
        assert np.abs(tiled.area_m2 - whole.area_m2).max() < 1e-4
        assert tiled.uncovered_m2.tolist() == whole.uncovered_m2.tolist() == [0.0]

    def test_edges_on_the_cut_line_do_not_disturb(self) -> None:
        """A frame whose inner edge lies where its box is halved: one half is polygons and a line."""
        frame = land(0, 0, 1000, 1000) - land(4, 500, 996, 996) - land(4, 4, 996, 496)
        found = run([frame], [land(-10, -10, 600, 500), land(600, -10, 2000, 500), land(-10, 500, 2000, 2000)])
        assert found.area_m2.sum() == pytest.approx(frame.area, abs=1e-6)
        assert found.uncovered_m2.tolist() == [0.0]

    def test_only_the_land_near_the_corridor_is_asked_for(self) -> None:
        assert run([self.CORRIDOR], self.FIELDS).touched_count < len(self.FIELDS) / 5


class TestThreadsAndOrder:
    PARCELS = [land(x, x / 2, x + 130, x / 2 + 170) for x in range(0, 2000, 90)]
    FIELDS = [land(x, y, x + 37, y + 41) for x in range(0, 2200, 37) for y in range(0, 1300, 41)]

    @staticmethod
    def columns(found: Overlay) -> list[list[float]]:
        return [c.tolist() for c in (found.parcel, found.fid, found.area_m2, found.uncovered_m2, found.doubled_m2)]

    def test_one_and_two_threads_are_identical(self) -> None:
        one, two = (run(self.PARCELS, self.FIELDS, threads=n) for n in (1, 2))
        assert self.columns(one) == self.columns(two)

    def test_the_order_of_the_features_does_not_matter(self) -> None:
        order = np.random.default_rng(4).permutation(len(self.FIELDS))
        layer = MemoryLayer([self.FIELDS[i] for i in order], fids=(order + 1).tolist())
        shuffled = overlay(np.array(self.PARCELS), layer, measure=planar_areas)
        straight = run(self.PARCELS, self.FIELDS)
        assert self.columns(shuffled)[:3] == self.columns(straight)[:3]


class TestGroups:
    """Many parcels go in groups of neighbours; nothing of that shows in the result."""

    @pytest.mark.parametrize("keep_geometry", [False, True])
    def test_groups_give_what_one_group_gives(self, monkeypatch: pytest.MonkeyPatch, keep_geometry: bool) -> None:
        bowtie = Polygon([(E + 500, N), (E + 900, N + 400), (E + 900, N), (E + 500, N + 400)])
        parcels, features = TestThreadsAndOrder.PARCELS, [*TestThreadsAndOrder.FIELDS, bowtie]
        whole = run(parcels, features, keep_geometry=keep_geometry)
        monkeypatch.setattr(groups, "FEATURES", 60)
        grouped = run(parcels, features, keep_geometry=keep_geometry)
        assert len(groups.groups_of(tile(np.array(parcels)), len(parcels), MemoryLayer(features))) > 3
        assert TestThreadsAndOrder.columns(grouped) == TestThreadsAndOrder.columns(whole)
        assert (grouped.repairs, grouped.touched_count) == (whole.repairs, whole.touched_count)


class TestProgress:
    class Recorder:
        def __init__(self, cancel_at: int | None = None) -> None:
            self.steps: list[float] = []
            self.cancel_at = cancel_at

        def step(self, done: float, message: str = "") -> None:
            self.steps.append(done)
            if len(self.steps) == self.cancel_at:
                raise CancelledError

    def test_moves_forward_to_the_end(self) -> None:
        recorder = self.Recorder()
        run(TestThreadsAndOrder.PARCELS, TestThreadsAndOrder.FIELDS, progress=recorder)
        assert recorder.steps == sorted(recorder.steps)
        assert recorder.steps[-1] == 1.0

    @pytest.mark.parametrize("step", [1, 2, 3])
    def test_cancelling_ends_it_at_once(self, step: int) -> None:
        recorder = self.Recorder(cancel_at=step)
        with pytest.raises(CancelledError):
            run(TestThreadsAndOrder.PARCELS, TestThreadsAndOrder.FIELDS, progress=recorder)
        assert len(recorder.steps) == step

    def test_a_layer_without_end_can_be_cancelled_and_is_closed(self) -> None:
        closed = []

        class Endless(MemoryLayer):
            def batches(self, boxes: object, fields: object) -> Iterator[ReferenceBatch]:
                try:
                    for fid in count(1):
                        yield ReferenceBatch(np.array([fid]), np.array([land(0, 0, 5, 5)], dtype=object))
                finally:
                    closed.append(True)

        with pytest.raises(CancelledError):
            overlay(
                np.array([land(0, 0, 10, 10)]), Endless([]), measure=planar_areas, progress=self.Recorder(cancel_at=50)
            )
        assert closed == [True]

    def test_a_worker_stops_at_its_next_look(self) -> None:
        parcels = np.array([land(0, 0, 10, 10)], dtype=object)
        cutter = Cutter(parcels, tile(parcels), planar_areas, 0.0, whole=False)
        stop = Event()
        stop.set()
        with pytest.raises(CancelledError):
            cutter.cut(ReferenceBatch(np.array([1]), parcels), stop)

    def test_uniting_can_be_cancelled(self) -> None:
        """Overlapping features everywhere: the last stage reports too."""
        twice = [*TestThreadsAndOrder.FIELDS, *TestThreadsAndOrder.FIELDS]
        recorder = self.Recorder()
        run(TestThreadsAndOrder.PARCELS, twice, progress=recorder)
        late = next(i for i, done in enumerate(recorder.steps, start=1) if done >= 0.9)
        with pytest.raises(CancelledError):
            run(TestThreadsAndOrder.PARCELS, twice, progress=self.Recorder(cancel_at=late))


def test_ellipsoidal_areas_close_too() -> None:
    crs = Crs(code="EPSG:4526", gauss_kruger=GaussKruger(central_meridian_deg=114, false_easting_m=38_500_000))
    measure = measure_for(AreaMethod.ELLIPSOIDAL, crs)
    found = run([land(0, 0, 400, 400)], [land(-50, -50, 130.7, 500), land(130.7, -50, 500, 500)], measure=measure)
    assert found.uncovered_m2.tolist() == [0.0]
    assert found.area_m2.sum() == pytest.approx(found.parcel_area_m2[0], abs=0.001)
    assert found.parcel_area_m2[0] < found.parcel_planar_area_m2[0]
