# SPDX-License-Identifier: GPL-2.0-or-later
"""Shapefiles: cut off anywhere, in any encoding, with rings in any order."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from osgeo import gdal, ogr
from sources_files import BY_HAND, codes, found, square, write_layer

from landreview_plugin.core.model.problems import LandReviewError
from landreview_plugin.sources.attributes import guess_mapping
from landreview_plugin.sources.encoding import GBK, UTF8, decide, readable
from landreview_plugin.sources.import_options import ImportOptions
from landreview_plugin.sources.parcels import read_parcels

NAME = "青岚镇一号地块"


def shapefile(folder: Path, names: list[str], encoding: str = "GBK", **more: object) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    shapes = [f"POLYGON({square(200 * i)})" for i in range(len(names))]
    options = [f"ENCODING={encoding}"]
    return write_layer(
        folder / "地块.shp", shapes, driver="ESRI Shapefile", names=names, kind=ogr.wkbPolygon, options=options, **more
    )


@pytest.mark.parametrize("part", ["地块.shp", "地块.shx", "地块.dbf"])
@pytest.mark.parametrize("share", [0.0, 0.3, 0.6, 0.95])
def test_a_part_that_is_cut_off_refuses_the_whole(tmp_path: Path, part: str, share: float) -> None:
    path = shapefile(tmp_path / "a & 甲", [NAME] * 5)
    victim = path.with_name(part)
    victim.write_bytes(victim.read_bytes()[: int(victim.stat().st_size * share)])
    assert codes(path) == ["E-SRC-CORRUPT"]


def test_the_record_where_it_breaks_off_is_named(data: Path) -> None:
    with pytest.raises(LandReviewError) as caught:
        read_parcels(str(data / "bad" / "shp_truncated" / "parcels.shp"))
    assert (caught.value.place.file, caught.value.place.feature) == ("parcels.shp", "2")


@pytest.mark.parametrize("suffix", [".dbf", ".shx"])
def test_a_missing_part_is_named(tmp_path: Path, suffix: str) -> None:
    path = shapefile(tmp_path, [NAME])
    path.with_suffix(suffix).unlink()
    with pytest.raises(LandReviewError) as caught:
        read_parcels(str(path))
    assert caught.value.code == "E-SRC-MISSING" and f"地块{suffix}" in str(caught.value)


def test_tables_of_different_length_do_not_fit(tmp_path: Path) -> None:
    path = shapefile(tmp_path / "a", [NAME] * 3)
    other = shapefile(tmp_path / "b", [NAME] * 2)
    path.with_suffix(".dbf").write_bytes(other.with_suffix(".dbf").read_bytes())
    assert codes(path) == ["E-SRC-CORRUPT"]


def test_capital_suffixes_are_the_same_file(tmp_path: Path) -> None:
    path = shapefile(tmp_path, [NAME])
    for part in list(tmp_path.iterdir()):
        part.rename(part.with_suffix(part.suffix.upper()))
    assert read_parcels(str(path.with_suffix(".SHP"))).parcels[0].name == NAME


@pytest.mark.parametrize("cpg", ["UTF-8", "GBK", "936", "65001", "nonsense", "", None])
@pytest.mark.parametrize("encoding", ["GBK", "UTF-8"])
def test_names_are_right_whatever_the_cpg_says(tmp_path: Path, encoding: str, cpg: str | None) -> None:
    path = shapefile(tmp_path, [NAME, "工业用地"], encoding)
    path.with_suffix(".cpg").unlink(missing_ok=True)
    if cpg is not None:
        path.with_suffix(".cpg").write_text(cpg, encoding="ascii")
    reading = read_parcels(str(path))
    assert [parcel.name for parcel in reading.parcels] == [NAME, "工业用地"]
    lies = (cpg in ("UTF-8", "65001")) if encoding == "GBK" else cpg in ("GBK", "936")
    assert ("W-SRC-ENC" in [problem.code for problem in reading.problems]) == lies


def test_chinese_field_names_are_found(tmp_path: Path) -> None:
    path = shapefile(tmp_path, [NAME], field="地块名称")
    path.with_suffix(".cpg").unlink(missing_ok=True)
    assert read_parcels(str(path)).parcels[0].name == NAME


def test_a_doubtful_encoding_is_said() -> None:
    decision = decide(["联通".encode("gbk")])
    assert decision.doubt is not None or decision.encoding == GBK
    assert decide(["\u5730".encode()[:2] + b"\xff"]).doubt is not None


@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=6, max_size=40))
def test_an_encoding_that_is_sure_of_itself_gives_the_text_back(text: str) -> None:
    for encoding in (GBK, UTF8):
        decision = decide([text.encode(encoding)])
        if decision.doubt is None:
            assert text.encode(encoding).decode(decision.encoding) == text


def test_a_given_encoding_counts(tmp_path: Path) -> None:
    path = shapefile(tmp_path, [NAME], "GBK")
    assert read_parcels(str(path), ImportOptions(encoding="GBK")).parcels[0].name == NAME


def test_a_name_cut_off_inside_a_character_is_said(tmp_path: Path) -> None:
    path = shapefile(tmp_path, ["地" * 27])
    table = path.with_suffix(".dbf")
    data = bytearray(table.read_bytes())
    start = data.index(("地" * 27).encode("gbk"))
    data[start : start + 80] = b"A" + ("地" * 40).encode("gbk")[:79]
    table.write_bytes(bytes(data))
    assert data[32 + 32 + 16] == 80
    assert "W-ATT-LONG" in codes(path)


def test_holes_are_found_by_containment_whatever_their_direction(tmp_path: Path) -> None:
    wkt = f"POLYGON({square()},{square(20, 20, 20, clockwise=False)})"
    path = write_layer(tmp_path / "p.shp", [wkt], driver="ESRI Shapefile", kind=ogr.wkbPolygon)
    assert codes(path) == []
    data = bytearray(path.read_bytes())  # both rings clockwise now: the points of the second are turned round
    start = 100 + 8 + 44 + 8 + 5 * 16
    points = [bytes(data[start + 16 * i : start + 16 * i + 16]) for i in range(5)]
    data[start : start + 80] = b"".join(reversed(points))
    path.write_bytes(bytes(data))
    reading = read_parcels(str(path))
    assert [problem.code for problem in reading.problems] == ["W-GEO-ORIENT"]
    assert shapely.area(reading.parcels[0].geometry) == pytest.approx(10_000 - 400)


def test_deleted_rows_are_counted(tmp_path: Path) -> None:
    path = shapefile(tmp_path, [NAME] * 3)
    dataset = gdal.OpenEx(str(path), gdal.OF_UPDATE, open_options=["AUTO_REPACK=NO"])
    dataset.GetLayer(0).DeleteFeature(1)
    dataset = None
    reading = read_parcels(str(path))
    assert (len(reading.parcels), reading.notes["deleted_records"]) == (2, "1")
    assert not reading.errors


def test_without_a_prj_the_zone_prefix_is_only_a_hint(data: Path) -> None:
    (problem,) = found(data / "bad" / "shp_no_prj" / "parcels.shp")
    assert problem.code == "E-CRS-NONE"
    assert problem.reason is not None and "38" in problem.reason.en


@pytest.mark.parametrize("text", ["local system", "本地坐标系", "\ufffd\ufffd"])
def test_a_prj_that_is_not_understood_is_not_passed_over(data: Path, tmp_path: Path, text: str) -> None:
    folder = tmp_path / "shp"
    shutil.copytree(data / "bad" / "shp_no_prj", folder)
    (folder / "parcels.prj").write_text(text, encoding="utf-8")
    assert codes(folder / "parcels.shp", BY_HAND) == ["W-CRS-UNREAD"]
    assert "E-CRS-NONE" in codes(folder / "parcels.shp")
    (folder / "parcels.prj").write_text(" \n", encoding="utf-8")
    assert codes(folder / "parcels.shp", BY_HAND) == []


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("地类名称".encode()[:10], "地类名"),
        ("甲".encode("gbk"), "甲"),
        ("A甲".encode("gbk"), "A甲"),
        ("你好".encode("gbk"), "你好"),
        ("地块".encode("gbk"), "地块"),
        (b"\xff", "\ufffd"),
    ],
)
def test_what_is_no_utf8_is_cut_off_or_gbk(raw: bytes, text: str) -> None:
    assert readable(raw) == readable(raw.decode("utf-8", errors="surrogateescape")) == text


@pytest.mark.parametrize(("name", "role"), [("地块编", "number"), ("地块名", "name"), ("申报面", "stated_area")])
def test_names_that_utf8_cut_short_are_known(name: str, role: str) -> None:
    """A shapefile keeps ten bytes of 地块编号, which takes twelve."""
    assert guess_mapping([name]) == {role: name}
