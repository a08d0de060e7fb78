# SPDX-License-Identifier: GPL-2.0-or-later
"""A layer that has changed shows it, wherever the change was made; what can't show it says so."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from osgeo import gdal, ogr
from sources_files import square, write_layer

from landreview_plugin.sources.layer_stamp import file_stamp, layer_stamp

SQUARES = [f"POLYGON({square(200 * i)})" for i in range(3)]


@pytest.fixture
def package(tmp_path: Path) -> Path:
    return write_layer(tmp_path / "图层 & 1.gpkg", SQUARES, kind=ogr.wkbPolygon)


def converted(package: Path, name: str, kind: str) -> Path:
    target = package.with_name(name)
    assert gdal.VectorTranslate(str(target), str(package), format=kind) is not None
    return target


def test_a_layer_that_stays_has_the_same_stamp(package: Path) -> None:
    once, again = (layer_stamp(f"{package.name}|layername=parcels", package.parent) for _ in range(2))
    assert once and once == again


@pytest.mark.parametrize("suffix", [".shp", ".dbf", ".prj"])
def test_each_file_of_a_shapefile_counts(package: Path, suffix: str) -> None:
    shapefile = converted(package, "图层.shp", "ESRI Shapefile")
    before = file_stamp(shapefile)
    with shapefile.with_suffix(suffix).open("ab") as file:
        file.write(b" ")
    assert file_stamp(shapefile) != before


def test_a_table_inside_a_geodatabase_counts(package: Path) -> None:
    folder = converted(package, "图层.gdb", "OpenFileGDB")
    before, changed_at = file_stamp(folder), folder.stat().st_mtime_ns
    table = max(folder.glob("*.gdbtable"), key=lambda path: path.stat().st_size)
    with table.open("ab") as file:
        file.write(b" ")
    assert folder.stat().st_mtime_ns == changed_at  # the folder's own time tells nothing
    assert file_stamp(folder) != before


def test_what_sqlite_has_not_yet_moved_into_the_package_counts(package: Path) -> None:
    with closing(sqlite3.connect(package)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE other (a)")
        connection.commit()
        before = file_stamp(package)
        connection.execute("INSERT INTO other VALUES (1)")
        connection.commit()
        assert file_stamp(package) != before


def test_the_data_behind_a_vrt_count(package: Path) -> None:
    vrt = package.with_name("图层.vrt")
    source = f'<OGRVRTLayer name="parcels"><SrcDataSource relativeToVRT="1">{package.name.replace("&", "&amp;")}'
    vrt.write_text(
        f"<OGRVRTDataSource>{source}</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>",
        encoding="utf-8",
    )
    before = file_stamp(vrt)
    shutil.copy(package, package.with_name("copy.gpkg"))
    package.with_name("copy.gpkg").replace(package)
    assert file_stamp(vrt) != before


def test_a_file_that_is_not_there_has_an_empty_stamp(tmp_path: Path) -> None:
    assert layer_stamp("nowhere.gpkg|layername=x", tmp_path) == ""


@pytest.mark.parametrize(
    "source", ["PG:host=127.0.0.1 port=1 dbname=x|layername=y", "WFS:http://127.0.0.1:1/", "/vsimem/a"]
)
def test_what_can_not_show_a_change_says_so(source: str, tmp_path: Path) -> None:
    assert layer_stamp(source, tmp_path) is None
