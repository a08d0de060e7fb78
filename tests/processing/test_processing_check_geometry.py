# SPDX-License-Identifier: GPL-2.0-or-later
"""``checkgeometry`` as QGIS runs it: each problem a feature with its place, nothing it was given left out."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import shapely
from qgis.core import QgsFeature, QgsGeometry, QgsProcessingException, QgsVectorLayer

from landreview_plugin.core.geodesy.zones import crs_from_epsg
from landreview_plugin.core.model.parcel import Parcel, ParcelReading
from landreview_plugin.jobs.desk import Cover, Desk
from landreview_plugin.store.entries import Actor
from landreview_plugin.store.workspace import Workspace

X, Y = 500_000.0, 3_120_000.0
SQUARE = shapely.box(X, Y, X + 100, Y + 100)
BOW_TIE = shapely.Polygon([(X, Y), (X + 100, Y + 100), (X + 100, Y), (X, Y + 100)])


def layer(*shapes: shapely.Geometry, epsg: int = 4546, **fields: str) -> QgsVectorLayer:
    """Polygons as a layer that is in no project; every feature has the same attributes."""
    declared = "".join(f"&field={name}:string" for name in ("DKBH", *fields))
    made = QgsVectorLayer(f"MultiPolygon?crs=EPSG:{epsg}{declared}", "made", "memory")
    for number, shape in enumerate(shapes, 1):
        feature = QgsFeature(made.fields())
        feature.setGeometry(QgsGeometry.fromWkt(shapely.multipolygons([shape]).wkt))
        feature.setAttributes([f"DK-{number}", *fields.values()])
        assert made.dataProvider().addFeature(feature)
    return made


def problems(run: Any, tmp_path: Path, parcels: QgsVectorLayer, **more: Any) -> dict[str, QgsFeature]:
    """Problems by code."""
    out = tmp_path / "problems.gpkg"
    run("checkgeometry", PARCELS=parcels, PROFILE="plain", OUTPUT=str(out), **more)
    found = QgsVectorLayer(str(out), "problems", "ogr")
    return {feature["code"]: feature for feature in found.getFeatures()}


def test_a_crossing_is_marked_where_it_is(run: Any, tmp_path: Path) -> None:
    crossing = problems(run, tmp_path, layer(BOW_TIE))["E-GEO-SELFX"]
    assert crossing["level"] == "error" and crossing["parcel"] == "DK-1"
    box = crossing.geometry().boundingBox()
    assert box.width() == pytest.approx(2, abs=0.1) and box.center().x() == pytest.approx(X + 50)


def test_what_concerns_a_whole_parcel_shows_the_parcel(run: Any, tmp_path: Path) -> None:
    found = problems(run, tmp_path, layer(SQUARE, TDYT="随便"))
    assert found["QA-N05"].geometry().area() == pytest.approx(10_000)


def test_the_counties_given_are_looked_at(run: Any, tmp_path: Path) -> None:
    county = layer(shapely.box(X + 50, Y - 1000, X + 1000, Y + 1000))
    outside = problems(run, tmp_path, layer(SQUARE), JURISDICTION_LAYER=county)["W-JUR-COUNTY"]
    assert "5000.00" in outside["reason"]
    beside = layer(shapely.box(X - 0.4, Y - 1000, X + 1000, Y + 1000))
    assert "QA-T05" in problems(run, tmp_path, layer(SQUARE), JURISDICTION_LAYER=beside)


def test_the_patches_given_are_looked_at(run: Any, tmp_path: Path) -> None:
    patches = layer(shapely.box(X - 0.3, Y - 50, X + 500, Y + 500))
    near = problems(run, tmp_path, layer(SQUARE), PATCH_LAYER=patches)["QA-T06"]
    assert near["level"] == "info" and near.geometry().boundingBox().height() == pytest.approx(102, abs=0.5)


def test_another_open_case_is_named_and_the_own_one_is_not(run: Any, tmp_path: Path) -> None:
    path = tmp_path / "landreview.gpkg"
    parcel = Parcel(number="1", geometry=shapely.affinity.translate(SQUARE, 60, 0))
    reading = ParcelReading(source="a.txt", crs=crs_from_epsg(4546), parcels=(parcel,))
    with Workspace(path) as store:
        desk = Desk(store, Actor(person="李四", office="430998", role="technician"))
        case = desk.take_in(reading, Cover(business_type="CZPC", reference_date=dt.date(2026, 9, 1)))
    found = problems(run, tmp_path, layer(SQUARE), WORKSPACE=str(path))["QA-T03"]
    assert case.number in found["reason"] and found.geometry().area() == pytest.approx(4000)
    assert "QA-T03" not in problems(run, tmp_path, layer(SQUARE), WORKSPACE=str(path), CASE_NUMBER=case.number)
    with pytest.raises(QgsProcessingException, match="E-SRC-MISSING"):
        problems(run, tmp_path, layer(SQUARE), WORKSPACE=str(tmp_path / "none.gpkg"))


def test_other_files_of_the_hand_in_are_compared(run: Any, tmp_path: Path) -> None:
    same = tmp_path / "同一土地 & co.shp"
    run("exportparcels", PARCELS=layer(SQUARE), OUTPUT=str(same))
    broken = tmp_path / "broken.shp"
    broken.write_bytes(b"no shapefile")

    assert "QA-X03" not in problems(run, tmp_path, layer(SQUARE), OTHER_FILES=[str(same)])
    differing = problems(run, tmp_path, layer(shapely.box(X, Y, X + 101, Y + 100)), OTHER_FILES=[str(same)])
    assert "100.00" in differing["QA-X03"]["reason"] and differing["QA-X03"].geometry().area() == pytest.approx(100)
    unread = problems(run, tmp_path, layer(SQUARE), OTHER_FILES=[str(broken)])
    assert "broken.shp" in unread["QA-X03"]["reason"], "what could not be compared is said"


def test_the_stated_total(run: Any, tmp_path: Path) -> None:
    two = layer(SQUARE, shapely.affinity.translate(SQUARE, 300, 0))
    assert "QA-A02" not in problems(run, tmp_path, two, STATED_TOTAL=2.0)
    assert "QA-A02" in problems(run, tmp_path, two, STATED_TOTAL=2.0002)


@pytest.mark.parametrize(
    ("shape", "epsg", "code"),
    [
        (shapely.transform(SQUARE, lambda xy: xy[:, ::-1]), 4546, "W-TXT-SWAP"),
        (shapely.transform(SQUARE, lambda xy: xy + [38_000_000.0, 0.0]), 4546, "E-CRS-ZONE"),
        (shapely.box(111.0, 28.0, 111.001, 28.001), 4546, "E-TXT-DEG"),
        (shapely.box(111.0, 28.0, 111.001, 28.001), 4326, "W-CRS-WGS84"),
    ],
)
def test_a_layer_is_looked_at_as_a_file_is(
    run: Any, tmp_path: Path, shape: shapely.Geometry, epsg: int, code: str
) -> None:
    assert code in problems(run, tmp_path, layer(shape, epsg=epsg))


def test_square_metres_in_a_layer_are_recognised(run: Any, tmp_path: Path) -> None:
    found = problems(run, tmp_path, layer(SQUARE, SQMJ="10000.0"))
    assert "W-TXT-AREAUNIT" in found and "E-AREA-DIFF" not in found


def test_degrees_of_a_phone_are_checked_in_the_plane_given(run: Any, tmp_path: Path) -> None:
    phone = layer(shapely.box(111.0, 28.0, 111.000008, 28.000008), epsg=4326)
    assert "QA-S01" not in problems(run, tmp_path, phone), "without a plane nothing is measured"
    found = problems(run, tmp_path, phone, CRS="EPSG:4546")
    assert {"W-CRS-WGS84", "QA-S01"} <= found.keys()


def test_repairs_are_made_on_request_and_logged(run: Any, tmp_path: Path) -> None:
    doubled = shapely.Polygon([(X, Y), (X, Y + 100), (X + 0.0004, Y + 100), (X + 100, Y + 100), (X + 100, Y)])
    out, log = tmp_path / "mended.gpkg", tmp_path / "log.gpkg"
    outputs = {"OUTPUT": str(out), "LOG": str(log)}
    done = run("repairparcels", PARCELS=layer(doubled), REPAIRS=["QA-G03"], PROFILE="plain", **outputs)
    (parcel,) = QgsVectorLayer(str(out), "mended", "ogr").getFeatures()
    (entry,) = QgsVectorLayer(str(log), "log", "ogr").getFeatures()
    assert done["REPAIR_COUNT"] == 1 and parcel.geometry().constGet().nCoordinates() == 5
    assert (entry["rule"], entry["parcel"]) == ("QA-G03", "DK-1") and "10000.00" in entry["repair"]
    assert "W-GEO-DUPPT" not in problems(run, tmp_path, QgsVectorLayer(str(out), "mended", "ogr"))
