# SPDX-License-Identifier: GPL-2.0-or-later
"""Attempts to get "clear" out of a review that could not be made in full. Each has its control: mended, it is clear."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
import shapely

from landreview_plugin.core.bound_layer import BoundLayer, LayerState
from landreview_plugin.core.model.base import Text
from landreview_plugin.core.model.case import Case
from landreview_plugin.core.model.catalogue import CatalogueEntry
from landreview_plugin.core.model.crs import Crs
from landreview_plugin.core.model.parcel import Parcel, ParcelReading
from landreview_plugin.core.model.problems import LandReviewError
from landreview_plugin.core.model.profile import OfficeProfile, Tolerances
from landreview_plugin.core.model.result import Finding, ReviewResult, RuleSeverity, Verdict
from landreview_plugin.core.overlay.memory import MemoryLayer
from landreview_plugin.core.review import review
from landreview_plugin.core.rules.load import load_pack

PLANE = Crs(name="metres")
COUNTY = shapely.box(-1000, -1000, 1000, 1000)
PARCEL = shapely.box(0, 0, 100, 100)
FAR = shapely.box(500, 500, 600, 600)
AT = dt.date(2026, 9, 1)
HEAD = """
pack: own
version: "1"
area_method: planar
questions:
  own_licence: {text: {zh: 证号, en: licence}, kind: text}
  first_licence_area_km2: {text: {zh: 面积, en: area}, kind: number}
rules:
"""
RULE = """
  - id: A-1
    title: {{zh: 甲, en: A}}
    business_types: [CZPC]
    layers: [{layer}]
    predicate: {predicate}
    threshold: {{value: {value}, unit: "{unit}"{role}}}
    severity: {severity}
    where: "{where}"
"""


@dataclass(frozen=True)
class World:
    """One rule on one layer, and how everything is bound."""

    layer: str = "pbf"
    predicate: str = "overlap_area_gt"
    value: str = "1.00"
    unit: str = "m2"
    role: str = ""
    where: str = ""
    severity: str = "prohibit"
    shapes: Sequence[shapely.Geometry] = (FAR,)
    attributes: dict[str, list[object]] = field(default_factory=dict)
    coverage: shapely.Geometry | None = COUNTY
    state: LayerState = LayerState.CHECKED
    parcels: Sequence[shapely.Geometry] = (PARCEL,)
    answers: dict[str, str] = field(default_factory=dict)
    only: str = ""
    """The catalogue's filter."""
    tolerances: Tolerances = Tolerances()

    def binds(self, key: str) -> bool:
        return True

    def bind(self, key: str) -> BoundLayer:
        entry = CatalogueEntry(key=key, source=f"{key}.gpkg", data_date=dt.date(2026, 6, 30), where=self.only)
        if self.state is not LayerState.CHECKED:
            return BoundLayer(key, self.state, Text.same("signed"), entry)
        coverage = None if self.coverage is None else MemoryLayer([self.coverage], crs=PLANE)
        layer = MemoryLayer(list(self.shapes), self.attributes, crs=PLANE)
        return BoundLayer(key, self.state, None, entry, layer, coverage, None, {name: name for name in self.attributes})

    def reviewed(self, folder: Path) -> ReviewResult:
        names = ("layer", "predicate", "value", "unit", "role", "severity", "where")
        path = folder / "own.yaml"
        path.write_text(HEAD + RULE.format(**{name: getattr(self, name) for name in names}), encoding="utf-8")
        parcels = tuple(Parcel(number=str(i), geometry=shape) for i, shape in enumerate(self.parcels, start=1))
        reading = ParcelReading(source="a.txt", crs=PLANE, parcels=parcels)
        case = Case(number="C-1", business_type="CZPC", reference_date=AT, answers=self.answers)
        profile = OfficeProfile(name="test", title=Text.same("test"), tolerances=self.tolerances)
        return review(case, reading, load_pack(path), profile, self, versions={}).result

    def finding(self, folder: Path) -> Finding:
        return next(finding for finding in self.reviewed(folder).findings if finding.parcel == "1")


DISTANCE = World(layer="geohaz_pt", predicate="distance_lt", value="100", unit="m", shapes=(shapely.Point(500, 500),))
RIGHT = World(layer="mining", where="valid_to >= $reference_date", shapes=(shapely.box(50, 0, 200, 100),))
UNTIL = {"valid_to": ["2020-01-01"]}


def test_the_control_is_clear(tmp_path: Path) -> None:
    assert World().finding(tmp_path).verdict is Verdict.CLEAR
    assert DISTANCE.finding(tmp_path).verdict is Verdict.CLEAR
    assert replace(RIGHT, attributes=UNTIL).finding(tmp_path).verdict is Verdict.CLEAR


def test_an_empty_layer_says_nothing(tmp_path: Path) -> None:
    finding = World(shapes=()).finding(tmp_path)
    assert finding.verdict is Verdict.NOT_CHECKED
    assert "sign it as none" in finding.reason.en


@pytest.mark.parametrize("shape", [shapely.boundary(shapely.box(-50, -50, 200, 200)), shapely.Point(50, 50)])
def test_outlines_or_points_are_no_land(tmp_path: Path, shape: shapely.Geometry) -> None:
    """A drawing's closed lines around a parcel, which they do not even touch."""
    assert World(shapes=(shape,)).finding(tmp_path).verdict is Verdict.NOT_CHECKED


@pytest.mark.parametrize(("east", "verdict"), [(100.0, Verdict.CLEAR), (99.99995, Verdict.CLEAR), (99.99, None)])
def test_a_coverage_short_by_a_hair_is_measured(tmp_path: Path, east: float, verdict: Verdict | None) -> None:
    """0.01 m² is noise of two outlines, 1 m² is land."""
    finding = World(coverage=shapely.box(-1000, -1000, east, 1000)).finding(tmp_path)
    assert finding.verdict is (verdict or Verdict.PARTLY_COVERED)


def test_a_hazard_across_the_county_line_may_be_near(tmp_path: Path) -> None:
    near_the_line = replace(DISTANCE, coverage=shapely.box(-1000, -1000, 150, 1000))
    finding = near_the_line.finding(tmp_path)
    assert finding.verdict is Verdict.PARTLY_COVERED
    assert "within 100 m" in finding.reason.en
    (beyond,) = near_the_line.reviewed(tmp_path).uncovered
    assert beyond.around_m == 100.0
    assert float(beyond.area_m2) == pytest.approx(beyond.geometry.area, abs=0.01)
    farther = replace(DISTANCE, coverage=shapely.box(-1000, -1000, 200.1, 1000))
    assert farther.finding(tmp_path).verdict is Verdict.CLEAR


@pytest.mark.parametrize(
    ("radius", "verdict"),
    [
        (None, Verdict.CLEAR),
        ("", Verdict.CLEAR),
        (600.0, Verdict.CONFLICT),
        ("600", Verdict.CONFLICT),
        ("600米", Verdict.NOT_CHECKED),
        (-5, Verdict.NOT_CHECKED),
        (float("nan"), Verdict.CLEAR),
    ],
)
def test_a_hazard_s_own_distance_is_read_or_doubted(tmp_path: Path, radius: object, verdict: Verdict) -> None:
    world = replace(DISTANCE, role=", role: radius", attributes={"radius": [radius]})
    assert world.finding(tmp_path).verdict is verdict


@pytest.mark.parametrize(
    "until",
    [
        None,
        "",
        "长期",
        "2030-01",
        "2026-12",
        "2026年12月",
        "202612",
        "2015-01-01至2030-01-01",
        "2015年1月1日至2030年1月1日",
        "31/12/2030",
        46_000,
        "2026-13-45",
    ],
)
def test_a_date_that_is_none_is_not_guessed(tmp_path: Path, until: object) -> None:
    """Of "2026-12" the second of January was once made, and a mining right was gone."""
    finding = replace(RIGHT, attributes={"valid_to": [until]}).finding(tmp_path)
    assert finding.verdict is Verdict.NOT_CHECKED


@pytest.mark.parametrize(
    "until", ["2026-09-01", "20260901", 20260901, "2026/9/1", "2026年9月1日", "2026-09-01T08:00:00"]
)
def test_a_date_is_read_as_offices_write_it(tmp_path: Path, until: object) -> None:
    assert replace(RIGHT, attributes={"valid_to": [until]}).finding(tmp_path).verdict is Verdict.CONFLICT


@pytest.mark.parametrize("code", [None, "", " ", "O101", "01O1", "耕地", 101])
def test_a_code_that_the_list_lacks_is_not_no(tmp_path: Path, code: object) -> None:
    world = World(layer="dltb", where="class like '01%'", shapes=(shapely.box(-500, -500, 500, 500),))
    world = replace(world, attributes={"class": [code], "ownership": ["30"]})
    assert world.finding(tmp_path).verdict is Verdict.NOT_CHECKED
    assert replace(world, attributes={"class": ["0301"]}).finding(tmp_path).verdict is Verdict.CLEAR


def test_a_filter_on_a_field_that_nobody_has_is_not_no(tmp_path: Path) -> None:
    world = World(where="zoone = '核心保护区'", shapes=(shapely.box(50, 0, 200, 100),))
    assert world.finding(tmp_path).verdict is Verdict.NOT_CHECKED


@pytest.mark.parametrize("answer", ["nan", "inf", "0", "-1", "1e400x", "一"])
def test_an_area_that_is_no_area_is_refused(tmp_path: Path, answer: str) -> None:
    world = World(
        layer="explore",
        predicate="reduction_pct_lt",
        value="20",
        unit="%",
        where="licence = $own_licence",
        shapes=(PARCEL,),
        attributes={"licence": ["T43"]},
        answers={"own_licence": "T43", "first_licence_area_km2": answer},
    )
    with pytest.raises(LandReviewError) as caught:
        world.reviewed(tmp_path)
    assert caught.value.code == "E-CASE-TYPE"
    assert replace(world, answers=world.answers | {"first_licence_area_km2": "0.01"}).finding(tmp_path).verdict is (
        Verdict.CONFLICT
    )


@pytest.mark.parametrize("answers", [{}, {"own_licence": ""}, {"own_licence": "T43"}])
def test_what_was_not_answered_is_named(tmp_path: Path, answers: dict[str, str]) -> None:
    world = World(
        layer="explore",
        predicate="reduction_pct_lt",
        value="20",
        unit="%",
        where="licence = $own_licence",
        shapes=(PARCEL,),
        attributes={"licence": ["T43"]},
        answers=answers,
    )
    finding = world.finding(tmp_path)
    assert finding.verdict is Verdict.NOT_CHECKED
    asked = {"own_licence", "first_licence_area_km2"}
    assert set(finding.open_questions) == {name for name in asked if not answers.get(name)}


def test_a_signed_none_is_no_previous_right(tmp_path: Path) -> None:
    world = World(layer="mining", predicate="area_diff_gt", value="0.0001", unit="km2", state=LayerState.NONE)
    assert world.finding(tmp_path).verdict is Verdict.NOT_CHECKED


def test_a_sliver_inside_a_piece_takes_nothing_off_it(tmp_path: Path) -> None:
    """Two features claim the same 0.9 m²: the piece of 1.5 m² stays 1.5 m²."""
    piece, sliver = shapely.box(98.5, 0, 200, 1), shapely.box(99.1, 0, 200, 1)
    finding = World(shapes=(piece, sliver)).finding(tmp_path)
    assert finding.verdict is Verdict.CONFLICT
    assert finding.area_m2 == pytest.approx(1.5)


def test_dropped_slivers_count_against_the_threshold_together_with_the_rest(tmp_path: Path) -> None:
    teeth = [shapely.box(99, 4 * n, 200, 4 * n + 0.9) for n in range(5)]
    world = World(value="10.00", shapes=(shapely.box(99, 80, 200, 89), *teeth))
    finding = world.finding(tmp_path)
    assert (finding.dropped.count, finding.area_m2) == (5, pytest.approx(9.0))
    assert finding.verdict is Verdict.CONFLICT, "9 m² and 4.5 m² of slivers are more than 10 m²"


def test_slivers_below_the_threshold_are_a_finding_of_their_own(tmp_path: Path) -> None:
    """REFERENCE 5.3: a dropped sum above 10 m² or 0.1 % of the parcel: the outlines do not fit each other."""
    teeth = [shapely.box(99, 2 * n, 200, 2 * n + 0.9) for n in range(12)]
    world = World(value="100.00", shapes=teeth)
    found = world.reviewed(tmp_path).findings
    assert [finding.verdict for finding in found] == [Verdict.CLEAR, Verdict.CONFLICT]
    assert found[1].id == "A-1/1/slivers"
    assert found[1].severity is RuleSeverity.NEEDS_EXPLANATION
    assert len(replace(world, shapes=teeth[:11]).reviewed(tmp_path).findings) == 1, "9.9 m² is not more than 10 m²"


def test_a_share_of_the_case_is_judged(tmp_path: Path) -> None:
    world = World(predicate="share_of_case_gt", value="20", unit="%", shapes=(shapely.box(79, 0, 200, 100),))
    (finding,) = world.reviewed(tmp_path).findings
    assert finding.verdict is Verdict.CONFLICT
    (finding,) = replace(world, value="21").reviewed(tmp_path).findings
    assert finding.verdict is Verdict.CLEAR


def test_a_parcel_in_two_counties_is_half_checked(tmp_path: Path) -> None:
    finding = World(coverage=shapely.box(-1000, -1000, 50, 1000)).finding(tmp_path)
    assert finding.verdict is Verdict.PARTLY_COVERED
    assert "5000.00 m²" in finding.reason.en


SQUARES = [shapely.box(200 * i, 0, 200 * i + 100, 100) for i in range(4)]
"""Four parcels of 1 ha."""
ARABLE = World(
    layer="dltb",
    predicate="case_area_gt",
    value="2.5",
    unit="ha",
    where="class like '01%'",
    severity="needs_approval",
    shapes=SQUARES,
    parcels=SQUARES,
    attributes={"class": ["0101", "0301", "0301", "0301"]},
)


def of_case(world: World, folder: Path) -> Finding | None:
    return next((finding for finding in world.reviewed(folder).findings if not finding.parcel), None)


@pytest.mark.parametrize(
    ("classes", "verdict"),
    [
        (["0101", "0301", "0301", "0301"], Verdict.CLEAR),
        (["0101", "0101", "0101", "0301"], Verdict.CONFLICT),
        (["0101", "?", "?", "0301"], Verdict.NOT_CHECKED),
        (["0101", None, None, "0301"], Verdict.NOT_CHECKED),
        (["0101", "?", "0301", "0301"], Verdict.CLEAR),
        (["0101", "0101", "0101", "?"], Verdict.CONFLICT),
    ],
)
def test_what_is_unknown_on_many_parcels_counts_for_the_case(
    tmp_path: Path, classes: list[object], verdict: Verdict
) -> None:
    """Each parcel lies below the threshold of the case, with all that is unknown on it; together they may exceed it."""
    finding = of_case(replace(ARABLE, attributes={"class": classes}), tmp_path)
    assert finding is not None and finding.verdict is verdict


@pytest.mark.parametrize(("classes", "verdict"), [(["0101"] * 4, Verdict.CONFLICT), (["?"] * 4, Verdict.NOT_CHECKED)])
def test_small_unknown_pieces_on_many_parcels_count_together(
    tmp_path: Path, classes: list[object], verdict: Verdict
) -> None:
    world = replace(ARABLE, predicate="class_area", attributes={"class": classes})
    assert all(finding.verdict is Verdict.CLEAR for finding in world.reviewed(tmp_path).findings if finding.parcel)
    finding = of_case(world, tmp_path)
    assert finding is not None and finding.verdict is verdict


@pytest.mark.parametrize(
    ("classes", "verdict"),
    [
        (["101", "1001", "0301", "0301"], Verdict.NOT_CHECKED),
        (["101", "101", "101", "101"], Verdict.NOT_CHECKED),
        (["101", "013", "203", "203"], Verdict.CLEAR),
        (["105", "1001", "0301", "0301"], Verdict.CLEAR),
    ],
)
def test_a_code_that_may_have_lost_its_zero_is_unknown(tmp_path: Path, classes: list[object], verdict: Verdict) -> None:
    """101: 铁路用地 where 013 lies beside it (second survey), perhaps 0101 水田 elsewhere; 105 is none with a zero."""
    world = replace(ARABLE, predicate="class_area", value="0.00", unit="m2", attributes={"class": classes})
    assert world.finding(tmp_path).verdict is verdict


@pytest.mark.parametrize(
    ("only", "verdict"),
    [
        ("kind = '采矿权'", Verdict.CONFLICT),
        ("kind = '探矿权'", Verdict.CLEAR),
        ("kind = '采矿'", Verdict.NOT_CHECKED),
        ("kind = '采矿' or kind = '探矿权'", Verdict.CLEAR),
    ],
)
def test_a_filter_that_selects_nothing_at_all_is_no_county_without_such_land(
    tmp_path: Path, only: str, verdict: Verdict
) -> None:
    world = World(shapes=(PARCEL, FAR), attributes={"kind": ["采矿权", "探矿权"]}, only=only)
    finding = world.finding(tmp_path)
    assert finding.verdict is verdict
    assert verdict is not Verdict.NOT_CHECKED or "采矿权; 探矿权" in finding.reason.zh, "what the layer has is shown"
