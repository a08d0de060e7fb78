# SPDX-License-Identifier: GPL-2.0-or-later
"""``exportparcels`` and ``transformparcels``: what is written comes back, what can't be is refused."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
import shapely
from qgis.core import QgsFeature, QgsGeometry, QgsProcessingException, QgsProject, QgsVectorLayer

from landreview_plugin.core.geodesy.zones import crs_from_epsg
from landreview_plugin.sources.import_options import ImportOptions
from landreview_plugin.sources.parcels import read_parcels

BOX = shapely.box(500_100.0, 3_000_000.0, 500_200.0, 3_000_080.0)
BY_HAND = ImportOptions(crs=crs_from_epsg(4546))


def layer(epsg: int, shape: shapely.Geometry = BOX) -> QgsVectorLayer:
    """One parcel in a layer of the project."""
    made = QgsVectorLayer(f"Polygon?crs=EPSG:{epsg}&field=DKBH:string&field=DKMC:string", "parcels", "memory")
    feature = QgsFeature(made.fields())
    feature.setGeometry(QgsGeometry.fromWkt(shape.wkt))
    feature.setAttributes(["DK-1", "=1+1"])
    made.dataProvider().addFeature(feature)
    QgsProject.instance().addMapLayer(made)
    return made


@pytest.mark.parametrize("suffix", [".shp", ".dxf", ".gpkg"])
def test_exported_parcels_come_back(run: Any, tmp_path: Path, suffix: str) -> None:
    path = tmp_path / "张三 & 李四" / f"地块{suffix}"
    run("exportparcels", PARCELS=layer(4546), OUTPUT=str(path))
    reading = read_parcels(str(path), BY_HAND)
    assert not reading.errors
    assert [parcel.number for parcel in reading.parcels] == ["DK-1"]
    assert reading.parcels[0].geometry.symmetric_difference(BOX).area == 0


@pytest.mark.parametrize("suffix", [".kml", ".geojson"])
def test_degrees_are_said_and_come_back_within_a_tenth_of_a_millimetre(
    run: Any, listener: Any, tmp_path: Path, suffix: str
) -> None:
    path = tmp_path / f"地块{suffix}"
    run("exportparcels", PARCELS=layer(4546), OUTPUT=str(path))
    assert "W-CRS-WGS84" in "\n".join(listener.lines)
    reading = read_parcels(str(path), BY_HAND)
    assert not reading.errors
    assert shapely.hausdorff_distance(reading.parcels[0].geometry, BOX) < 2e-4


def test_format_decides_and_never_contradicts_the_name(run: Any, tmp_path: Path) -> None:
    result = run("exportparcels", PARCELS=layer(4546), FORMAT="DXF", OUTPUT=str(tmp_path / "a"))
    assert Path(result["OUTPUT"]).name == "a.dxf"
    with pytest.raises(QgsProcessingException, match="E-CASE-PARAM"):
        run("exportparcels", PARCELS=layer(4546), FORMAT="DXF", OUTPUT=str(tmp_path / "a.kml"))


def test_the_point_table_has_side_lengths_and_reads_back(run: Any, tmp_path: Path) -> None:
    table = tmp_path / "界址点.csv"
    run("exportparcels", PARCELS=layer(4546), OUTPUT=str(tmp_path / "a.gpkg"), POINT_TABLE=str(table))
    with table.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["边长"] for row in rows] == ["100.00", "80.00", "100.00", "80.00"]
    assert (rows[0]["X"], rows[0]["Y"]) == ("3000080.000", "500100.000"), "the north-west corner is the first"
    reading = read_parcels(str(table), BY_HAND)
    assert reading.parcels[0].geometry.symmetric_difference(BOX).area == 0


@pytest.mark.parametrize(("source", "target", "shift_m"), [(4546, 4525, 37_000_000.0), (4525, 4546, -37_000_000.0)])
def test_between_prefix_and_none_only_the_easting_changes(
    run: Any, tmp_path: Path, source: int, target: int, shift_m: float
) -> None:
    start = BOX if source == 4546 else shapely.transform(BOX, lambda xy: xy + [37_000_000.0, 0.0])
    result = transformed(run, tmp_path, source, target, start)
    wanted = shapely.transform(start, lambda xy: xy + [shift_m, 0.0])
    assert shapely.equals_exact(result, wanted, tolerance=0)


def test_to_another_zone_and_back_is_the_same_land(run: Any, tmp_path: Path) -> None:
    there = transformed(run, tmp_path, 4546, 4547, BOX)
    assert abs(there.centroid.x - BOX.centroid.x) > 200_000
    assert shapely.hausdorff_distance(transformed(run, tmp_path, 4547, 4546, there), BOX) < 1e-3


@pytest.mark.parametrize("old", [2361, 2413])
def test_between_datums_it_is_refused_without_parameters(run: Any, tmp_path: Path, old: int) -> None:
    with pytest.raises(QgsProcessingException, match="E-CRS-(OLD|DATUM)"):
        transformed(run, tmp_path, old, 4546, shapely.transform(BOX, lambda xy: xy + [37_000_000.0, 0.0]))


def transformed(run: Any, folder: Path, source: int, target: int, shape: shapely.Geometry) -> shapely.Geometry:
    """The one parcel after the algorithm."""
    out = folder / f"{source}-{target}.gpkg"
    run("transformparcels", PARCELS=layer(source, shape), TARGET_CRS=f"EPSG:{target}", OUTPUT=str(out))
    made = QgsVectorLayer(str(out), "made", "ogr")
    assert made.crs().authid() == f"EPSG:{target}"
    (feature,) = made.getFeatures()
    (part,) = shapely.get_parts(shapely.from_wkb(bytes(feature.geometry().asWkb())))
    return part
