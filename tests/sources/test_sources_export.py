# SPDX-License-Identifier: GPL-2.0-or-later
"""Export to SHP, DXF and KML: what is written is read back, and what a format can't hold is said."""

from __future__ import annotations

import codecs
from decimal import Decimal
from pathlib import Path

import pytest
import shapely
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from osgeo import gdal
from sources_files import BY_HAND, ZONE_38, X, Y

from landreview_plugin.core.evidence.hashes import geometry_sha256
from landreview_plugin.core.model.parcel import Parcel
from landreview_plugin.core.model.problems import LandReviewError
from landreview_plugin.sources.crs import parse_crs
from landreview_plugin.sources.export import export_parcels
from landreview_plugin.sources.parcels import read_parcels

HOLE = shapely.box(X + 220, Y + 20, X + 240, Y + 40)
PARCELS = (
    Parcel(
        number="DK-1",
        name="<b>甲</b>&乙",
        use="工业用地",
        stated_area_ha=Decimal("0.8000"),
        geometry=shapely.box(X, Y, X + 100, Y + 80),
    ),
    Parcel(
        number="DK-2",
        name="带孔",
        land_class="0601",
        geometry=shapely.box(X + 200, Y, X + 300, Y + 80).difference(HOLE),
    ),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "张三 & 李四"


@pytest.mark.parametrize("suffix", [".shp", ".dxf"])
def test_the_same_land_comes_back(folder: Path, suffix: str) -> None:
    path = folder / f"地块{suffix}"
    assert export_parcels(PARCELS, ZONE_38, path) == ()
    reading = read_parcels(str(path), BY_HAND)
    assert not reading.errors
    assert [parcel.number for parcel in reading.parcels] == ["DK-1", "DK-2"]
    assert [geometry_sha256(p.geometry) for p in reading.parcels] == [geometry_sha256(p.geometry) for p in PARCELS]


@pytest.mark.parametrize("set_by_qgis", [None, ""])
def test_a_shapefile_says_that_it_is_gbk(folder: Path, set_by_qgis: str | None) -> None:
    gdal.SetConfigOption("SHAPE_ENCODING", set_by_qgis)
    path = folder / "地块.shp"
    export_parcels(PARCELS, ZONE_38, path)
    assert path.with_suffix(".cpg").read_text(encoding="ascii") == "GBK"
    assert path.with_suffix(".dbf").read_bytes()[29] == 0x4D
    assert "甲".encode("gbk") in path.with_suffix(".dbf").read_bytes()
    reading = read_parcels(str(path))
    first = reading.parcels[0]
    assert (first.name, first.use, first.stated_area_ha) == ("<b>甲</b>&乙", "工业用地", Decimal("0.8000"))
    assert reading.crs is not None and reading.crs.code == "EPSG:4526" and not reading.problems


def test_a_new_shapefile_leaves_no_index_of_the_old_one(folder: Path) -> None:
    folder.mkdir()
    (folder / "地块.qix").write_bytes(b"old")
    export_parcels(PARCELS, ZONE_38, folder / "地块.shp")
    assert sorted(path.suffix for path in folder.iterdir()) == [".cpg", ".dbf", ".prj", ".shp", ".shx"]


def test_what_gbk_or_dbase_cannot_hold_is_said(folder: Path) -> None:
    long = PARCELS[0].model_copy(update={"name": "地" * 200})
    (problem,) = export_parcels([long], ZONE_38, folder / "a.shp")
    assert problem.code == "W-ATT-LONG" and problem.place.parcel == "DK-1"
    assert read_parcels(str(folder / "a.shp")).parcels[0].name == "地" * 127
    rare = PARCELS[0].model_copy(update={"name": "𠮷"})
    with pytest.raises(LandReviewError) as caught:
        export_parcels([rare], ZONE_38, folder / "b.shp")
    assert caught.value.code == "E-ATT-NAME" and not (folder / "b.shp").exists()


def test_kml_is_wgs_84_and_says_so(folder: Path) -> None:
    path = folder / "地块.kml"
    (problem,) = export_parcels(PARCELS, ZONE_38, path)
    assert problem.code == "W-CRS-WGS84"
    assert "<b>" not in path.read_text(encoding="utf-8")
    reading = read_parcels(str(path), BY_HAND)
    assert [parcel.name for parcel in reading.parcels] == ["<b>甲</b>&乙", "带孔"]
    for before, after in zip(PARCELS, reading.parcels, strict=True):
        assert shapely.hausdorff_distance(before.geometry, after.geometry) < 0.001


def test_old_datums_never_become_kml(folder: Path) -> None:
    with pytest.raises(LandReviewError) as caught:
        export_parcels(PARCELS, parse_crs("EPSG:2362"), folder / "a.kml")
    assert caught.value.code == "E-CRS-OLD"


def test_other_suffixes_and_nothing_at_all_are_refused(folder: Path) -> None:
    for parcels, name, code in ((PARCELS, "a.dwg", "E-SRC-FORMAT"), ((), "a.shp", "E-SRC-EMPTY")):
        with pytest.raises(LandReviewError) as caught:
            export_parcels(parcels, ZONE_38, folder / name)
        assert caught.value.code == code


names = st.text(st.characters(codec="gbk", exclude_categories=("Cc", "Zs", "Zl", "Zp")), min_size=1, max_size=20)


def utf_8_by_chance(name: str) -> bool:
    """GBK bytes that are UTF-8, too, but for a last character cut off: nobody can tell which was meant."""
    data = name.encode("gbk")
    try:
        codecs.getincrementaldecoder("utf-8")().decode(data, final=False)
    except UnicodeDecodeError:
        return False
    return not data.isascii()


@given(names, st.floats(1, 5000), st.floats(1, 5000))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_read_of_write_is_the_same(folder: Path, name: str, width: float, height: float) -> None:
    assume(not utf_8_by_chance(name))
    parcel = Parcel(number="1", name=name, geometry=shapely.box(X, Y, X + width, Y + height))
    export_parcels([parcel], ZONE_38, folder / "p.shp")
    (back,) = read_parcels(str(folder / "p.shp")).parcels
    assert back.name == name and back.geometry.normalize() == parcel.geometry.normalize()
