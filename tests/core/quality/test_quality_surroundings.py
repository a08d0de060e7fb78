# SPDX-License-Identifier: GPL-2.0-or-later
"""Checks against what lies around: boundaries nearly met, other open cases, totals, map sheets, uses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
from landreview_plugin.core.model.problems import LandReviewError, Level, Place, Problem
from landreview_plugin.core.model.profile import Check, OfficeProfile
from landreview_plugin.core.overlay.layer import Boxes, Geometries, ReferenceBatch
from landreview_plugin.core.quality.check import check
from landreview_plugin.core.quality.map_sheets import sheet_of
from landreview_plugin.core.quality.near import outline_boxes
from landreview_plugin.core.quality.places import weighed
from landreview_plugin.core.quality.surroundings import OpenCase, Surroundings

ANYWHERE = OfficeProfile(name="test", title=Text.same("test"))
ZONE_38 = crs_from_epsg(4526)
assert ZONE_38 is not None
X, Y = 38_400_000.0, 3_110_000.0
SQUARE = shapely.box(X, Y, X + 100, Y + 100)


class Layer:
    """Reference features in memory, or one that can't be read."""

    name, field_names = "memory", ()
    crs: Crs = ZONE_38

    def __init__(self, *shapes: shapely.Geometry, broken: bool = False) -> None:
        self._shapes, self._broken = as_array(shapes), broken
        self.feature_count = len(shapes)

    def extent(self) -> tuple[float, float, float, float] | None:
        return tuple(shapely.total_bounds(self._shapes).tolist())  # type: ignore[return-value]

    def batches(self, boxes: Boxes, fields: Sequence[str]) -> Iterator[ReferenceBatch]:
        if self._broken:
            raise LandReviewError("E-SRC-CORRUPT", detail="memory")
        met = [any(shapely.box(*box).intersects(shapely.box(*shape.bounds)) for box in boxes) for shape in self._shapes]
        rows = np.flatnonzero(met)
        yield ReferenceBatch(rows.astype(np.int64), self._shapes[rows])

    def notes(self) -> tuple[Problem, ...]:
        return ()


def as_array(shapes: Sequence[shapely.Geometry]) -> Geometries:
    made = np.empty(len(shapes), dtype=object)
    made[:] = shapes
    return made


def parcel(shape: shapely.Geometry = SQUARE, number: str = "1", **facts: Any) -> Parcel:
    return Parcel(number=number, name="甲", geometry=shape, **facts)


def found(*parcels: Parcel, profile: OfficeProfile = ANYWHERE, **more: Any) -> list[Problem]:
    measures = {method: measure_for(method, ZONE_38) for method in AreaMethod}
    return list(check(parcels, ZONE_38, profile, measures=measures, **more))


def of_rule(rule: str, *parcels: Parcel, **more: Any) -> list[Problem]:
    return [problem for problem in found(*parcels, **more) if problem.rule == rule]


# near-misses


@pytest.mark.parametrize(("away", "hits"), [(0.0, 0), (0.0005, 0), (0.4, 2), (0.99, 2), (1.01, 0)])
def test_a_point_beside_the_county_boundary(away: float, hits: int) -> None:
    county = Layer(shapely.box(X - away, Y - 1000, X + 1000, Y + 1000))
    problems = of_rule("QA-T05", parcel(), around=Surroundings(counties=county))
    assert sum(shapely.get_num_geometries(problem.geometry) for problem in problems) == hits


@pytest.mark.parametrize(
    ("away", "length", "hits"),
    [(0.0, 100, False), (0.3, 100, True), (0.49, 100, True), (0.51, 100, False), (0.3, 9, False), (0.3, 11, True)],
)
def test_an_edge_beside_a_patch_boundary(away: float, length: float, hits: bool) -> None:
    patch = Layer(shapely.box(X - away, Y, X + 500, Y + length), shapely.box(X - 500, Y - 500, X - 400, Y))
    problems = of_rule(
        "QA-T06", parcel(shapely.box(X, Y + 0.0, X + 50, Y + length)), around=Surroundings(patches=patch)
    )
    assert bool(problems) is hits
    if hits:
        assert problems[0].level is Level.INFO
        assert problems[0].geometry is not None and problems[0].geometry.length == pytest.approx(length, abs=1.0)


def test_an_edge_that_crosses_a_boundary_is_no_near_miss() -> None:
    patch = Layer(shapely.box(X + 50, Y - 500, X + 500, Y + 500))
    assert not of_rule("QA-T06", parcel(), around=Surroundings(patches=patch))


def test_an_edge_on_the_boundary_is_no_near_miss() -> None:
    patch = Layer(SQUARE, shapely.box(X + 100, Y, X + 200, Y + 100))
    assert not of_rule("QA-T06", parcel(), around=Surroundings(patches=patch))


def test_the_office_sets_the_distance() -> None:
    wider = ANYWHERE.model_copy(update={"quality": {"QA-T06": Check(threshold=Decimal(2), severity="warning")}})
    patch = Layer(shapely.box(X - 1.5, Y - 500, X + 500, Y + 500))
    assert not of_rule("QA-T06", parcel(), around=Surroundings(patches=patch))
    (problem,) = of_rule("QA-T06", parcel(), profile=wider, around=Surroundings(patches=patch))
    assert problem.level is Level.WARNING


def test_a_layer_that_cannot_be_read_is_said_and_the_other_checks_are_made() -> None:
    broken = Surroundings(counties=Layer(SQUARE, broken=True), patches=Layer(SQUARE, broken=True))
    problems = found(parcel(number=" "), around=broken)
    assert {p.rule for p in problems if p.code == "E-SRC-CORRUPT"} == {"QA-J02", "QA-T05", "QA-T06"}
    assert all(p.level is Level.WARNING and "QA-" in str(p.reason) for p in problems if p.code == "E-SRC-CORRUPT")
    assert "QA-N02" in {p.rule for p in problems}


@given(st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 5000)), min_size=3, max_size=30, unique=True))
def test_the_boxes_along_an_outline_hold_all_of_it(points: list[tuple[int, int]]) -> None:
    hull = shapely.convex_hull(shapely.MultiPoint(points))
    if hull.geom_type != "Polygon":
        return
    boxes = outline_boxes(as_array([hull, shapely.affinity.translate(hull, 9000, 0)]), 1.0)
    assert shapely.union_all(shapely.box(*boxes.T)).covers(shapely.boundary(hull).buffer(0.5))


def test_the_boxes_of_a_corridor_stay_small() -> None:
    corridor = shapely.LineString([(0, 0), (40_000, 40_000)]).buffer(10)
    boxes = outline_boxes(as_array([corridor]), 1.0)
    assert shapely.area(shapely.box(*boxes.T)).sum() < 0.2 * 40_000**2


# other open cases


def others(*shapes: shapely.Geometry, **more: Any) -> Surroundings:
    return Surroundings(cases=(OpenCase("430998-CZPC-2026-0007", as_array(shapes), **more),))


@pytest.mark.parametrize(("shift", "hits"), [(100.0, False), (99.99995, False), (99.99, True), (0.0, True)])
def test_land_that_another_open_case_wants(shift: float, hits: bool) -> None:
    around = others(shapely.affinity.translate(SQUARE, shift, 0))
    problems = of_rule("QA-T03", parcel(number="DK-1"), around=around)
    assert bool(problems) is hits
    if hits:
        (problem,) = problems
        assert problem.refuses and problem.place.parcel == "DK-1" and "430998-CZPC-2026-0007" in str(problem.reason)
        assert problem.geometry is not None and problem.geometry.area == pytest.approx((100 - shift) * 100)


def test_two_parcels_of_the_other_case_count_together() -> None:
    halves = (shapely.box(X, Y, X + 50, Y + 0.00015), shapely.box(X + 50, Y, X + 100, Y + 0.00015))
    assert of_rule("QA-T03", parcel(), around=others(*halves))
    assert not of_rule("QA-T03", parcel(), around=others(halves[0]))


def test_a_case_that_cannot_be_compared_is_said() -> None:
    around = others(reason=Text(zh="基准不同", en="another datum"))
    (problem,) = of_rule("QA-T03", parcel(), around=around)
    assert problem.level is Level.WARNING and "another datum" in str(problem.reason)


# totals, uses, sheets


@pytest.mark.parametrize(("total", "hits"), [("2.0000", False), ("2.0001", False), ("2.0002", True), ("1.9", True)])
def test_the_stated_total(total: str, hits: bool) -> None:
    two = (
        parcel(number="1", stated_area_ha=Decimal("1.0000")),
        parcel(shapely.affinity.translate(SQUARE, 200, 0), "2"),
    )
    assert bool(of_rule("QA-A02", *two, stated_total_ha=Decimal(total))) is hits
    assert not of_rule("QA-A02", *two)


@pytest.mark.parametrize(
    ("use", "hits"),
    [("", False), ("工业用地", False), ("工业", False), ("0601", False), ("随便", True), ("=1+1", True)],
)
def test_uses_of_the_table(use: str, hits: bool) -> None:
    assert bool(of_rule("QA-N05", parcel(use=use))) is hits


@pytest.mark.parametrize(
    ("lon", "lat", "scale", "sheet"),
    [
        # GB/T 13989-2012: Beijing, 114°33'45" E 39°22'30" N, the standard's own worked example
        (114.5625, 39.375, "B", "J50B001001"),
        (114.5625, 39.375, "C", "J50C001001"),
        (114.5625, 39.375, "D", "J50D002002"),
        (114.5625, 39.375, "E", "J50E004003"),
        (114.5625, 39.375, "F", "J50F008005"),
        (114.5625, 39.375, "G", "J50G015010"),
        (112.98, 28.195, "G", "H49G092080"),
    ],
)
def test_sheets_of_the_standard(lon: float, lat: float, scale: str, sheet: str) -> None:
    assert sheet_of(lon, lat, scale) == sheet


def test_a_map_sheet_that_does_not_hold_the_parcel() -> None:
    inside = parcel(map_sheet="H49G096096")
    (problem,) = of_rule("QA-N08", inside)
    right = str(problem.reason).split("on ")[-1].split("'")[0].split('"')[0]
    assert right[:4] == "H49G" and not of_rule("QA-N08", inside.model_copy(update={"map_sheet": right}))
    several = inside.model_copy(update={"map_sheet": f"H49G001001、{right.lower()}"})
    assert not of_rule("QA-N08", several)


@pytest.mark.parametrize("sheet", ["", "3110.00-38400.00", "H-49-22-(15)", "见附图"])
def test_sheets_of_other_systems_are_not_judged(sheet: str) -> None:
    assert not of_rule("QA-N08", parcel(map_sheet=sheet))


# what everybody gets


def test_every_problem_of_a_parcel_has_a_place_on_the_map() -> None:
    bad = parcel(number="7", use="随便", land_class="9999", labels=(("J1", "J1", "J3", "J4"),))
    problems = found(bad, around=Surroundings(counties=Layer(shapely.box(X + 50, Y, X + 500, Y + 500))))
    assert {"QA-N04", "QA-N05", "QA-N06", "QA-J02"} <= {p.rule for p in problems}
    assert all(problem.geometry is not None for problem in problems if problem.place.parcel)


def test_an_office_makes_a_readers_notice_a_refusal_and_nothing_milder() -> None:
    said = (
        Problem(code="W-GEO-DUPPT", level=Level.WARNING, place=Place(line=3)),
        Problem(code="E-GEO-SELFX", level=Level.ERROR),
    )
    wish = {"QA-G03": Check(severity="error"), "QA-G05": Check(severity="info")}
    doubled, crossed = weighed(said, ANYWHERE.model_copy(update={"quality": wish}))
    assert (doubled.level, doubled.rule) == (Level.ERROR, "QA-G03")
    assert (crossed.level, crossed.rule) == (Level.ERROR, "QA-G05")
    assert [p.level for p in weighed(said, ANYWHERE)] == [Level.WARNING, Level.ERROR]
