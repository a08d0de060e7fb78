# SPDX-License-Identifier: GPL-2.0-or-later
"""Coordinates and coordinate systems: they confirm or contradict each other, nothing is made to fit unsaid."""

from __future__ import annotations

from pathlib import Path

import pytest
from osgeo import osr
from sources_files import X, Y, codes, found, square, write_layer

from landreview_plugin.core.model.crs import Datum
from landreview_plugin.core.model.problems import LandReviewError
from landreview_plugin.sources.crs import crs_of, parse_crs
from landreview_plugin.sources.import_options import ImportOptions
from landreview_plugin.sources.parcels import read_parcels

SQUARE = f"POLYGON({square()})"
DEGREES = "POLYGON((112.98 28.1,112.98 28.101,112.981 28.101,112.981 28.1,112.98 28.1))"


def given(code: str, **more: object) -> ImportOptions:
    return ImportOptions(crs=parse_crs(code), **more)


@pytest.mark.parametrize(("code", "width"), [(4526, 3), (4547, 3), (4525, 3), (4498, 6), (2362, 3), (2435, 3)])
def test_an_esri_prj_gets_its_code(code: int, width: int) -> None:
    srs = osr.SpatialReference()
    srs.ImportFromEPSG(code)
    esri = osr.SpatialReference()
    esri.ImportFromESRI([srs.ExportToWkt(["FORMAT=WKT1_ESRI"])])
    crs = crs_of(esri)
    assert crs is not None and crs.code == f"EPSG:{code}" and crs.gauss_kruger is not None


@pytest.mark.parametrize("text", ["", "4526x", "http://example.org/crs", "/etc/passwd", "EPSG:999999", "+proj=utm"])
def test_what_is_no_crs_is_refused(text: str) -> None:
    with pytest.raises(LandReviewError) as caught:
        parse_crs(text)
    assert caught.value.code == "E-CRS-NONE"


def test_given_by_hand_it_fills_what_the_file_leaves_out(tmp_path: Path) -> None:
    path = write_layer(tmp_path / "p.gpkg", [SQUARE], epsg=None)
    assert codes(path) == ["E-CRS-NONE"]
    assert codes(path, given("4526")) == []


@pytest.mark.parametrize(
    ("by_hand", "expected"),
    [("4526", []), ("4525", ["E-CRS-ZONE"]), ("4547", ["E-CRS-ZONE"]), ("2362", ["E-CRS-DATUM"])],
)
def test_given_by_hand_it_never_overrules_the_file(tmp_path: Path, by_hand: str, expected: list[str]) -> None:
    path = write_layer(tmp_path / "p.gpkg", [SQUARE])
    assert codes(path, given(by_hand)) == expected
    crs = read_parcels(str(path), given(by_hand)).crs
    assert crs is not None and crs.code == "EPSG:4526"


@pytest.mark.parametrize(("epsg", "expected"), [(4525, "E-CRS-ZONE"), (4547, "E-CRS-ZONE"), (4498, "E-CRS-ZONE")])
def test_a_zone_that_the_eastings_contradict_is_an_error(tmp_path: Path, epsg: int, expected: str) -> None:
    (problem,) = found(write_layer(tmp_path / "p.gpkg", [SQUARE], epsg=epsg))
    assert problem.code == expected and problem.reason is not None and "38" in problem.reason.en


def test_exchanged_axes_need_a_yes(tmp_path: Path) -> None:
    swapped = "POLYGON((" + ",".join(f"{Y + y} {X + x}" for x, y in ((0, 0), (0, 9), (9, 9), (0, 0))) + "))"
    path = write_layer(tmp_path / "p.gpkg", [swapped])
    (problem,) = found(path)
    assert problem.code == "W-TXT-SWAP" and problem.refuses
    reading = read_parcels(str(path), ImportOptions(accept_repairs=frozenset({"W-TXT-SWAP"})))
    assert not reading.errors and reading.parcels[0].geometry.bounds == (X, Y, X + 9, Y + 9)


def test_degrees_under_a_plane_are_an_error(tmp_path: Path) -> None:
    assert codes(write_layer(tmp_path / "p.gpkg", [DEGREES])) == ["E-TXT-DEG"]


def test_metres_under_degrees_are_an_error(tmp_path: Path) -> None:
    assert codes(write_layer(tmp_path / "p.gpkg", [SQUARE], epsg=4326))[0] == "E-CRS-RANGE"


def test_far_from_the_zone_is_an_error(tmp_path: Path) -> None:
    wkt = SQUARE.replace("38400", "38000")
    (problem,) = found(write_layer(tmp_path / "p.gpkg", [wkt]))
    assert problem.code == "E-CRS-RANGE" and problem.reason is not None and "5 points" in problem.reason.en


@pytest.mark.parametrize(("driver", "suffix"), [("GeoJSON", "geojson"), ("LIBKML", "kml"), ("LIBKML", "kmz")])
def test_wgs_84_is_for_preview(tmp_path: Path, driver: str, suffix: str) -> None:
    path = write_layer(tmp_path / f"手机.{suffix}", [DEGREES], driver=driver, epsg=4326)
    reading = read_parcels(str(path))
    assert [problem.code for problem in reading.problems if problem.code != "QA-G14"] == ["W-CRS-WGS84"]
    assert reading.crs is not None and reading.crs.datum is Datum.WGS84 and not reading.errors


def test_wgs_84_with_a_plane_by_hand_is_brought_there_and_said(tmp_path: Path) -> None:
    path = write_layer(tmp_path / "p.geojson", [DEGREES], driver="GeoJSON", epsg=4326)
    reading = read_parcels(str(path), given("4526"))
    (problem,) = reading.problems
    assert problem.code == "W-CRS-WGS84" and problem.repair is not None and "EPSG:4526" in problem.repair.en
    assert reading.crs is not None and reading.crs.code == "EPSG:4526"
    x, y = reading.parcels[0].geometry.centroid.coords[0]
    assert (x, y) == (pytest.approx(38399810, abs=2), pytest.approx(3109999, abs=2))


def test_an_old_datum_is_never_reached_from_wgs_84(tmp_path: Path) -> None:
    path = write_layer(tmp_path / "p.geojson", [DEGREES], driver="GeoJSON", epsg=4326)
    assert codes(path, given("2362"))[0] in {"E-CRS-OLD", "E-CRS-DATUM"}


def test_geojson_in_metres_needs_its_plane_by_hand(tmp_path: Path) -> None:
    path = write_layer(tmp_path / "p.geojson", [SQUARE], driver="GeoJSON", epsg=None)
    assert codes(path)[0] == "E-CRS-RANGE"
    assert codes(path, given("4526")) == []


def test_a_crs_member_of_geojson_counts(tmp_path: Path) -> None:
    path = write_layer(tmp_path / "p.geojson", [SQUARE], driver="GeoJSON", epsg=4526)
    assert '"crs"' in path.read_text(encoding="utf-8")
    reading = read_parcels(str(path))
    assert not reading.problems and reading.crs is not None and reading.crs.code == "EPSG:4526"


def test_degrees_of_cgcs2000_can_be_brought_to_a_plane(tmp_path: Path) -> None:
    path = write_layer(tmp_path / "p.gpkg", [DEGREES], epsg=4490)
    assert codes(path) == ["E-TXT-DEG"]
    assert codes(path, given("4526")) == ["I-CRS-PLANE"]


def test_feet_are_refused(tmp_path: Path) -> None:
    assert codes(write_layer(tmp_path / "p.gpkg", [SQUARE], epsg=2225)) == ["E-CRS-UNIT"]


def test_no_feature_is_left_out_unsaid(tmp_path: Path) -> None:
    kml = write_layer(tmp_path / "p.kml", [DEGREES, DEGREES.replace("112.9", "113.9")], driver="LIBKML", epsg=4326)
    text = kml.read_text(encoding="utf-8")
    kml.write_text(
        text.replace("<Placemark", "<Placemarx", 1).replace("</Placemark>", "</Placemarx>", 1), encoding="utf-8"
    )
    assert "E-SRC-CORRUPT" in codes(kml)
    geojson = write_layer(tmp_path / "p.geojson", [DEGREES] * 2, driver="GeoJSON", epsg=4326)
    text = geojson.read_text(encoding="utf-8")
    geojson.write_text(text.replace('"type": "Feature",', '"type": "Festure",', 1), encoding="utf-8")
    assert len(read_parcels(str(geojson)).parcels) == 2 or "E-SRC-CORRUPT" in codes(geojson)
