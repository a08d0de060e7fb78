# SPDX-License-Identifier: GPL-2.0-or-later
"""Geometries as they should not be: each fault has its code, its feature, its place; nothing is mended unsaid."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import assume, given
from hypothesis import strategies as st
from osgeo import ogr
from sources_files import BY_HAND, X, Y, codes, found, ring, square, write_layer

from landreview_plugin.core.model.problems import LandReviewError
from landreview_plugin.sources.arcs import CHORD_TOLERANCE_M, arc_by_bulge, arc_by_middle
from landreview_plugin.sources.import_options import ImportOptions
from landreview_plugin.sources.parcels import read_parcels


def polygon(*rings: str) -> str:
    return f"POLYGON({','.join(rings)})"


GOOD = polygon(square(1000))
FAULTS = {
    "null": (None, "E-GEO-NULL"),
    "empty": ("POLYGON EMPTY", "E-GEO-EMPTY"),
    "bow tie": (polygon(ring((0, 0), (100, 80), (100, 0), (0, 80), (0, 0))), "E-GEO-SELFX"),
    "line without area": (polygon(ring((0, 0), (50, 0), (100, 0), (0, 0))), "E-GEO-FEW"),
    "a point four times": (polygon(ring((0, 0), (0, 0), (0, 0), (0, 0))), "E-GEO-FEW"),
    "hole outside": (polygon(square(), square(200)), "E-GEO-RING"),
    "hole across": (polygon(square(), square(50, 50)), "E-GEO-RING"),
    "point": (f"POINT({X} {Y})", "E-GEO-TYPE"),
    "line": (f"LINESTRING({X} {Y},{X + 1} {Y})", "E-GEO-TYPE"),
    "collection": (f"GEOMETRYCOLLECTION({GOOD})", "E-GEO-TYPE"),
    "parts on each other": (f"MULTIPOLYGON(({square()}),({square(50, 50)}))", "E-GEO-RING"),
    "bow tie as part": (
        f"MULTIPOLYGON(({square(500)}),({ring((0, 0), (100, 80), (100, 0), (0, 80), (0, 0))}))",
        "E-GEO-SELFX",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_named_and_the_others_are_still_listed(tmp_path: Path, name: str) -> None:
    wkt, code = FAULTS[name]
    reading = read_parcels(str(write_layer(tmp_path / "p.gpkg", [GOOD, wkt, GOOD.replace("38401", "38402")])))
    assert {(problem.code, problem.place.feature) for problem in reading.errors} == {(code, "2")}
    assert {"DK-1", "DK-3"} <= {parcel.number for parcel in reading.parcels}


def test_a_crossing_is_shown_with_its_coordinates(tmp_path: Path) -> None:
    path = write_layer(tmp_path / "p.gpkg", [FAULTS["bow tie"][0]])
    (problem,) = found(path)
    assert problem.place.xy == (X + 50, Y + 40)
    assert problem.text == "38400050.000 3110040.000"
    assert problem.geometry is not None


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity", "1e400"])
def test_a_coordinate_that_is_no_number_is_an_error(tmp_path: Path, value: str) -> None:
    path = tmp_path / "p.geojson"
    text = json.dumps(geojson([[[0, 0], [0, 0.001], [0.001, 0.001], [77, 0], [0, 0]]])).replace("77", value)
    path.write_text(text, encoding="utf-8")
    assert set(codes(path)) & {"E-GEO-NAN", "E-SRC-CORRUPT", "E-GEO-NULL"}


def geojson(coordinates: list[list[list[float]]]) -> dict[str, object]:
    geometry = {"type": "Polygon", "coordinates": coordinates}
    feature = {"type": "Feature", "properties": {"DKBH": "1"}, "geometry": geometry}
    return {"type": "FeatureCollection", "features": [feature]}


def test_an_open_ring_of_a_polygon_is_closed_and_said(tmp_path: Path) -> None:
    path = tmp_path / "p.geojson"
    path.write_text(json.dumps(geojson([[[0, 0], [0, 0.001], [0.001, 0.001], [0.001, 0]]])), encoding="utf-8")
    reading = read_parcels(str(path))
    assert [problem.code for problem in reading.problems] == ["W-GEO-OPEN", "W-CRS-WGS84"]
    assert reading.points_in == 4 and reading.notes["closings_added"] == "1"
    assert reading.parcels[0].geometry.is_valid


def test_heights_are_ignored_with_a_note(tmp_path: Path) -> None:
    path = write_layer(
        tmp_path / "p.gpkg", [GOOD.replace("POLYGON", "POLYGON Z").replace(",", " 88,").replace("))", " 88))")]
    )
    reading = read_parcels(str(path))
    assert [problem.code for problem in reading.problems] == ["QA-G14"]
    assert not reading.parcels[0].geometry.has_z


CURVE = f"CURVEPOLYGON(CIRCULARSTRING({X} {Y},{X + 100} {Y + 100},{X + 200} {Y},{X + 100} {Y - 100},{X} {Y}))"


def test_curves_become_chords_within_a_millimetre(tmp_path: Path) -> None:
    reading = read_parcels(str(write_layer(tmp_path / "p.gpkg", [CURVE])))
    (problem,) = reading.problems
    assert problem.code == "W-GEO-CURVE" and problem.repair is not None and "0.001 m" in problem.repair.en
    chords = shapely.get_coordinates(reading.parcels[0].geometry)
    middles = (chords[1:] + chords[:-1]) / 2
    sagitta = 100 - np.hypot(middles[:, 0] - X - 100, middles[:, 1] - Y)
    assert 0 < sagitta.max() <= CHORD_TOLERANCE_M * 1.001
    assert reading.parcels[0].geometry.area == pytest.approx(math.pi * 100**2, rel=1e-4)


def test_strict_reading_refuses_curves(tmp_path: Path) -> None:
    path = write_layer(tmp_path / "p.gpkg", [CURVE])
    assert not read_parcels(str(path)).errors
    assert [p.code for p in read_parcels(str(path), ImportOptions(strict=True)).errors] == ["W-GEO-CURVE"]


@given(st.floats(-3, 3), st.floats(0.01, 5000))
def test_a_bulge_keeps_its_tolerance(bulge: float, length: float) -> None:
    assume(abs(bulge) > 1e-3)
    points = np.concatenate([[(0.0, 0.0)], arc_by_bulge((0.0, 0.0), (length, 0.0), bulge)])
    radius = length * (1 + bulge**2) / (4 * abs(bulge))
    centre = np.array([length / 2, length * (1 - bulge**2) / (4 * bulge)])
    assert np.hypot(*(points - centre).T) == pytest.approx(radius, rel=1e-6, abs=1e-6)
    middles = (points[1:] + points[:-1]) / 2
    assert (radius - np.hypot(*(middles - centre).T)).max() <= CHORD_TOLERANCE_M * 1.01 or radius <= CHORD_TOLERANCE_M


@given(st.floats(0.1, 6.1), st.booleans(), st.floats(1, 1000))
def test_an_arc_through_a_middle_point_stays_on_its_circle(sweep: float, left: bool, radius: float) -> None:
    sign = 1 if left else -1
    at = [(radius * math.cos(sign * a), radius * math.sin(sign * a)) for a in (0.0, sweep / 2, sweep)]
    points = arc_by_middle(*at)
    assert np.hypot(*points.T) == pytest.approx(radius, rel=1e-6)
    angles = np.unwrap(np.concatenate([[0.0], np.arctan2(points[:, 1], points[:, 0])]))
    assert angles[-1] == pytest.approx(sign * sweep, abs=1e-5)


def test_a_layer_of_lines_is_named_feature_by_feature(tmp_path: Path) -> None:
    path = write_layer(tmp_path / "p.gpkg", [FAULTS["line"][0]] * 2, kind=ogr.wkbLineString)
    assert [(p.code, p.place.feature) for p in found(path)] == [("E-GEO-TYPE", "1"), ("E-GEO-TYPE", "2")]


def test_doubled_and_missing_numbers(tmp_path: Path) -> None:
    path = write_layer(tmp_path / "p.gpkg", [GOOD, GOOD.replace("38401", "38402"), GOOD.replace("38401", "38403")])
    dataset = ogr.Open(str(path), update=1)
    dataset.ExecuteSQL("UPDATE parcels SET DKBH = 'DK-1' WHERE fid = 2")
    dataset.ExecuteSQL("UPDATE parcels SET DKBH = NULL WHERE fid = 3")
    dataset = None
    problems = found(path)
    assert [(p.code, p.place.feature) for p in problems] == [("E-ATT-DUPNO", "2"), ("QA-N02", "3")]
    assert problems[0].reason is not None and "1" in problems[0].reason.en


HOSTILE = ["<script>alert(1)</script>", "'; DROP TABLE parcels; --", '=HYPERLINK("http://x")', "甲&乙", "a\nb"]


def test_hostile_names_stay_text(tmp_path: Path) -> None:
    shapes = [GOOD.replace("38401", f"3840{i + 1}") for i in range(len(HOSTILE))]
    path = write_layer(tmp_path / "p & 甲 乙.gpkg", shapes, names=HOSTILE)
    assert [parcel.name for parcel in read_parcels(str(path)).parcels] == HOSTILE


def test_limits_are_named(tmp_path: Path) -> None:
    path = write_layer(tmp_path / "p.gpkg", [GOOD] * 3)
    for options in (ImportOptions(max_features=2), ImportOptions(max_points=9), ImportOptions(max_bytes=1000)):
        with pytest.raises(LandReviewError) as caught:
            read_parcels(str(path), options)
        assert caught.value.code == "E-SRC-LIMIT" and caught.value.detail is not None


def test_an_area_in_square_metres_is_recognised_only_when_it_agrees(tmp_path: Path) -> None:
    path = write_layer(tmp_path / "p.gpkg", [GOOD] * 2, names=["10000", "500"], field="SQMJ")
    reading = read_parcels(str(path))
    assert [str(parcel.stated_area_ha) for parcel in reading.parcels] == ["1", "500"]
    assert [problem.code for problem in reading.problems] == ["W-TXT-AREAUNIT"]


def test_a_stated_area_that_is_no_number_is_said(tmp_path: Path) -> None:
    path = write_layer(tmp_path / "p.gpkg", [GOOD], names=["约1公顷左右"], field="SQMJ")
    assert codes(path, BY_HAND) == ["E-TXT-NUM"]
