# SPDX-License-Identifier: GPL-2.0-or-later
"""GeoPackages and geodatabases: nothing in them runs, nothing is left beside them, damage is said."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from osgeo import gdal, ogr
from sources_files import codes, square, write_layer

from landreview_plugin.core.model.problems import LandReviewError
from landreview_plugin.sources.import_options import ImportOptions
from landreview_plugin.sources.parcels import read_parcels

SQUARES = [f"POLYGON({square(200 * i)})" for i in range(3)]


@pytest.fixture
def package(tmp_path: Path) -> Path:
    return write_layer(tmp_path / "地块 & 1.gpkg", SQUARES)


def run(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def test_nothing_is_left_beside_it_even_in_wal_mode(package: Path) -> None:
    run(package, "PRAGMA journal_mode = WAL")
    before = package.read_bytes()
    assert len(read_parcels(str(package)).parcels) == 3
    assert [path.name for path in package.parent.iterdir()] == [package.name]
    assert package.read_bytes() == before


def test_a_trigger_never_runs_and_is_noted(package: Path) -> None:
    run(package, "CREATE TRIGGER evil AFTER INSERT ON parcels BEGIN DELETE FROM parcels; END")
    reading = read_parcels(str(package))
    assert len(reading.parcels) == 3 and not reading.errors
    assert reading.notes["triggers"] == "evil"


def test_a_view_as_the_only_layer_is_refused(package: Path) -> None:
    run(
        package,
        "ALTER TABLE parcels RENAME TO real_parcels",
        "CREATE VIEW parcels AS SELECT * FROM real_parcels WHERE load_extension('x') IS NULL",
    )
    assert codes(package) == ["E-SEC-TRIGGER"]


def test_another_view_does_not_matter(package: Path) -> None:
    run(package, "CREATE VIEW other AS SELECT * FROM parcels")
    assert codes(package) == []


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.9])
def test_a_package_that_is_cut_off_is_refused(package: Path, share: float) -> None:
    package.write_bytes(package.read_bytes()[: int(package.stat().st_size * share)])
    assert codes(package) == ["E-SRC-CORRUPT"]


def test_something_else_called_gpkg_is_never_opened_by_another_driver(tmp_path: Path, package: Path) -> None:
    """GDAL would follow a VRT to any file or address in it."""
    path = tmp_path / "x.gpkg"
    path.write_text(
        f'<OGRVRTDataSource><OGRVRTLayer name="parcels"><SrcDataSource>{package.name}</SrcDataSource>'
        "</OGRVRTLayer></OGRVRTDataSource>",
        encoding="utf-8",
    )
    assert codes(path) == ["E-SRC-CORRUPT"]
    for suffix in (".geojson", ".kml", ".shp", ".dxf"):
        other = path.with_suffix(suffix)
        shutil.copy(path, other)
        assert codes(other)[0].startswith("E-SRC"), suffix


def test_several_polygon_layers_are_named(package: Path) -> None:
    second = package.with_name("b.gpkg")
    gdal.VectorTranslate(str(second), str(package), layerName="甲")
    gdal.VectorTranslate(str(second), str(package), layerName="乙", accessMode="append")
    with pytest.raises(LandReviewError) as caught:
        read_parcels(str(second))
    assert caught.value.code == "E-SRC-LAYER"
    assert caught.value.detail is not None and {"甲", "乙"} <= set(caught.value.detail.zh.split(", "))
    assert len(read_parcels(f"{second}|layername=乙").parcels) == 3
    assert len(read_parcels(str(second), ImportOptions(layer="甲")).parcels) == 3
    assert codes(f"{second}|layername=丙") == ["E-SRC-MISSING"]


def test_a_file_geodatabase(tmp_path: Path) -> None:
    path = write_layer(tmp_path / "县 1.gdb", SQUARES, driver="OpenFileGDB", kind=ogr.wkbPolygon)
    reading = read_parcels(str(path))
    assert [parcel.number for parcel in reading.parcels] == ["DK-1", "DK-2", "DK-3"]
    assert reading.crs is not None and reading.crs.code == "EPSG:4526" and not reading.problems


def test_a_zipped_geodatabase(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    write_layer(tmp_path / "in" / "county.gdb", SQUARES, driver="OpenFileGDB", kind=ogr.wkbPolygon)
    shutil.make_archive(str(tmp_path / "county.gdb"), "zip", tmp_path / "in")
    assert len(read_parcels(str(tmp_path / "county.gdb.zip")).parcels) == 3


def test_an_empty_folder_is_no_geodatabase(tmp_path: Path) -> None:
    (tmp_path / "x.gdb").mkdir()
    assert codes(tmp_path / "x.gdb") == ["E-SRC-CORRUPT"]


def test_an_empty_layer_is_said(tmp_path: Path) -> None:
    assert codes(write_layer(tmp_path / "p.gpkg", [], kind=ogr.wkbPolygon)) == ["E-SRC-EMPTY"]


@pytest.mark.usefixtures("gdal_raises")
def test_what_the_process_has_set_in_gdal_stays(package: Path) -> None:
    assert len(read_parcels(str(package)).parcels) == 3
    package.write_bytes(package.read_bytes()[:5000])
    assert codes(package) == ["E-SRC-CORRUPT"]
    assert gdal.GetUseExceptions()
