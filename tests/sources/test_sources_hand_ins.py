# SPDX-License-Identifier: GPL-2.0-or-later
"""Hand-ins of every kind: read completely, or refused with place and reason."""

from __future__ import annotations

import csv
import zipfile
from pathlib import Path

import openpyxl
import pytest
import shapely
from osgeo import gdal, ogr, osr

from landreview_plugin.core.model.parcel import ParcelReading
from landreview_plugin.core.model.problems import LandReviewError
from landreview_plugin.sources.crs import parse_crs
from landreview_plugin.sources.parcels import ImportOptions, read_parcels

ZONE_38 = parse_crs("EPSG:4526")
BY_HAND = ImportOptions(crs=ZONE_38)
SQUARE = [(38400000.0, 3110000.0), (38400100.0, 3110000.0), (38400100.0, 3110080.0), (38400000.0, 3110080.0)]


def codes(source: Path | str, options: ImportOptions | None = None) -> list[str]:
    """Codes of all errors, raised or listed."""
    try:
        return [problem.code for problem in read_parcels(str(source), options).errors]
    except LandReviewError as error:
        return [error.code]


def table(data: Path) -> list[dict[str, str]]:
    with (data / "bad" / "expected.csv").open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row["group"] not in {"rules", "case"}]


@pytest.fixture
def before(data: Path) -> set[Path]:
    return set((data / "bad").rglob("*"))


def test_every_bad_file_behaves_as_it_must(data: Path, before: set[Path]) -> None:
    for row in table(data):
        path = data / "bad" / row["file"]
        options = BY_HAND if row["group"] == "dxf" else None
        found = codes(path, options)
        if row["expect"] == "ok":
            assert found == [], row["file"]
        else:
            assert row["kind"] in found, (row["file"], found)
    assert set((data / "bad").rglob("*")) == before, "nothing may be left beside the files"


def test_the_bow_tie_names_its_crossing(data: Path) -> None:
    (problem,) = read_parcels(str(data / "bad" / "gpkg_bowtie.gpkg")).errors
    assert problem.place.xy == (38400050.0, 3110040.0)


def test_a_feature_without_geometry_is_named_and_the_others_are_listed(data: Path) -> None:
    reading = read_parcels(str(data / "bad" / "gpkg_null_geometry.gpkg"))
    assert len(reading.parcels) == 2
    assert [problem.place.feature for problem in reading.errors] == ["3"]


def test_markup_in_a_name_stays_text(data: Path) -> None:
    reading = read_parcels(str(data / "bad" / "gpkg_html_name.gpkg"))
    assert any("<" in parcel.name for parcel in reading.parcels)


def test_an_open_outline_names_its_gap(data: Path) -> None:
    reading = read_parcels(str(data / "bad" / "dxf_open.dxf"), BY_HAND)
    (problem,) = reading.errors
    assert problem.reason is not None and "80" in problem.reason.en


def test_a_drawing_needs_a_coordinate_system(data: Path) -> None:
    assert "E-CRS-NONE" in codes(data / "bad" / "dxf_open.dxf")


def test_a_dwg_is_told_to_become_a_dxf(tmp_path: Path) -> None:
    path = tmp_path / "plan.dwg"
    path.write_bytes(b"AC1032")
    with pytest.raises(LandReviewError) as caught:
        read_parcels(str(path))
    assert caught.value.code == "E-SRC-FORMAT"
    assert caught.value.detail is not None and "DXF" in caught.value.detail.zh


def zipped(path: Path, files: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def test_a_zip_with_one_data_set_and_junk(data: Path, tmp_path: Path) -> None:
    text = (data / "txt" / "01_one_gbk.txt").read_bytes()
    files = {"申请/地块.txt": text, "__MACOSX/._x.txt": b"junk", "Thumbs.db": b"junk"}
    reading = read_parcels(str(zipped(tmp_path / "a & 乙.zip", files)))
    assert len(reading.parcels) == 1 and not reading.errors
    assert reading.source == "a & 乙.zip/申请/地块.txt"


def test_a_zip_with_gbk_names(data: Path, tmp_path: Path) -> None:
    text = (data / "txt" / "01_one_gbk.txt").read_bytes()
    name = "地块.txt".encode("gb18030").decode("cp437")
    path = zipped(tmp_path / "gbk.zip", {name: text})
    raw = path.read_bytes()  # a packer of a Chinese Windows sets no UTF-8 flag
    path.write_bytes(raw.replace("地块.txt".encode("gb18030").decode("cp437").encode(), "地块.txt".encode("gb18030")))
    assert codes(path) in ([], ["E-SRC-CORRUPT"])


def test_several_data_sets_are_named(data: Path, tmp_path: Path) -> None:
    text = (data / "txt" / "01_one_gbk.txt").read_bytes()
    path = zipped(tmp_path / "two.zip", {"a.txt": text, "b.txt": text})
    with pytest.raises(LandReviewError) as caught:
        read_parcels(str(path))
    assert caught.value.code == "E-SRC-LAYER" and "a.txt, b.txt" in str(caught.value)
    assert len(read_parcels(str(path), ImportOptions(layer="b.txt")).parcels) == 1


@pytest.mark.parametrize("name", ["../evil.txt", "/evil.txt", "C:/evil.txt", "a/../../evil.txt", "..\\evil.txt"])
def test_no_path_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    assert codes(zipped(tmp_path / "x.zip", {name: b"x"})) == ["E-SEC-PATH"]
    assert not (tmp_path / "evil.txt").exists() and not (tmp_path.parent / "evil.txt").exists()


def test_a_link_in_an_archive_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "link.zip"
    with zipfile.ZipFile(path, "w") as archive:
        member = zipfile.ZipInfo("parcels.txt")
        member.external_attr = 0o120777 << 16
        archive.writestr(member, "/etc/passwd")
    assert codes(path) == ["E-SEC-PATH"]


def test_a_bomb_is_refused_before_it_grows(tmp_path: Path) -> None:
    assert codes(zipped(tmp_path / "bomb.zip", {"a.txt": b"0" * 50_000_000})) == ["E-SEC-BOMB"]
    many = {f"{i}.bin": b"" for i in range(2_500)}
    assert codes(zipped(tmp_path / "many.zip", many)) == ["E-SEC-BOMB"]


def test_an_archive_in_an_archive_is_refused(tmp_path: Path) -> None:
    assert codes(zipped(tmp_path / "outer.zip", {"inner.zip": b"PK"})) == ["E-SRC-FORMAT"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-32"])
def test_entities_are_refused_in_every_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "x.kml"
    text = '<?xml version="1.0"?>\n<!DOCTYPE kml [<!ENTITY a "b">]>\n<kml>&a;</kml>'
    path.write_bytes(text.encode(encoding))
    assert codes(path) == ["E-SEC-ENTITY"]


def test_a_kml_of_a_phone_is_read_with_a_warning(tmp_path: Path) -> None:
    path = tmp_path / "phone.kml"
    path.write_text(
        '<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"><Placemark><name>甲</name><Polygon>'
        "<outerBoundaryIs><LinearRing><coordinates>112.6,28.2,5 112.601,28.2,5 112.601,28.201,5 112.6,28.2,5"
        "</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark></kml>",
        encoding="utf-8",
    )
    reading = read_parcels(str(path))
    assert len(reading.parcels) == 1
    assert "W-CRS-WGS84" in [problem.code for problem in reading.problems]


PLACES = {
    "Polygon": "<Polygon><outerBoundaryIs><LinearRing><coordinates>112.6,28.2 112.601,28.2 112.601,28.201 112.6,28.2"
    "</coordinates></LinearRing></outerBoundaryIs></Polygon>",
    "Point": "<Point><coordinates>112.6,28.2</coordinates></Point>",
    "LineString": "<LineString><coordinates>112.6,28.2 112.601,28.2 112.601,28.201</coordinates></LineString>",
}


def phone(path: Path, *kinds: str, link: bool = False) -> Path:
    places = "".join(f"<Placemark><name>{i}</name>{PLACES[kind]}</Placemark>" for i, kind in enumerate(kinds))
    links = "<NetworkLink><Link><href>http://127.0.0.1:1/x.kml</href></Link></NetworkLink>" if link else ""
    text = f'<kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>甲</name>{places}{links}</Document></kml>'
    path.write_text(text, encoding="utf-8")
    return path


def test_pins_beside_an_outline_are_left_out_and_counted(tmp_path: Path) -> None:
    reading = read_parcels(str(phone(tmp_path / "a & 甲.kml", "Point", "Polygon", "Point")))
    assert not reading.errors and [parcel.name for parcel in reading.parcels] == ["1"]
    assert [problem.text for problem in reading.problems if problem.code == "I-SRC-SKIP"] == ["POINT 2"]
    assert (reading.points_in, reading.points_rejected) == (4, 0)


def test_a_link_to_another_document_is_said(tmp_path: Path) -> None:
    reading = read_parcels(str(phone(tmp_path / "a.kml", "Polygon", link=True)))
    assert not reading.errors
    assert [problem.text for problem in reading.problems if problem.code == "I-SRC-SKIP"] == ["NetworkLink 1"]


@pytest.mark.parametrize("kinds", [("Polygon", "LineString"), ("Point",), ("LineString",)])
def test_a_track_may_be_an_outline_and_pins_alone_are_none(tmp_path: Path, kinds: tuple[str, ...]) -> None:
    assert "E-GEO-TYPE" in codes(phone(tmp_path / "a.kml", *kinds))


HEADS = [("地块编号", "圈号", "点号", "X", "Y"), ("parcel", "ring", "label", "northing", "easting")]


@pytest.mark.parametrize("head", HEADS)
@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_a_table_of_points(tmp_path: Path, head: tuple[str, ...], encoding: str) -> None:
    path = tmp_path / "points.csv"
    rows = [",".join(head)] + [f"DK1,1,J{i},{n:.3f},{e:.3f}" for i, (e, n) in enumerate([*SQUARE, SQUARE[0]], 1)]
    path.write_text("\r\n".join(rows), encoding=encoding)
    reading = read_parcels(str(path), BY_HAND)
    assert not reading.errors
    assert reading.parcels[0].number == "DK1"
    assert shapely.area(reading.parcels[0].geometry) == pytest.approx(8000.0)


def test_a_workbook_of_points_names_the_row_and_evaluates_no_formula(tmp_path: Path) -> None:
    path = tmp_path / "points.xlsx"
    book = openpyxl.Workbook()
    book.active.append(["地块编号", "点号", "X", "Y"])
    for i, (easting, northing) in enumerate(SQUARE):
        book.active.append(["DK1", f"J{i + 1}", northing, "=1+1" if i == 2 else easting])
    book.save(path)
    reading = read_parcels(str(path), BY_HAND)
    assert [(problem.code, problem.place.line) for problem in reading.errors][0] == ("E-TXT-NUM", 4)


def test_a_table_without_coordinates_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "points.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    assert codes(path) == ["E-ATT-FIELD"]


def drawing(path: Path, rings: list[list[tuple[float, float]]], texts: list[tuple[float, float, str]]) -> Path:
    dataset = ogr.GetDriverByName("DXF").CreateDataSource(str(path))
    layer = dataset.CreateLayer("entities")
    for ring in rings:
        feature = ogr.Feature(layer.GetLayerDefn())
        feature.SetGeometry(ogr.CreateGeometryFromWkt(shapely.LineString(ring).wkt))
        layer.CreateFeature(feature)
    for x, y, text in texts:
        feature = ogr.Feature(layer.GetLayerDefn())
        feature.SetGeometry(ogr.CreateGeometryFromWkt(f"POINT({x} {y})"))
        feature.SetStyleString(f'LABEL(f:"Arial",t:"{text}",s:2g)')
        layer.CreateFeature(feature)
    return path


def test_a_drawing_with_a_hole_and_a_number(tmp_path: Path) -> None:
    hole = [(38400020.0, 3110020.0), (38400040.0, 3110020.0), (38400040.0, 3110040.0), (38400020.0, 3110040.0)]
    path = drawing(tmp_path / "图 & 1.dxf", [[*SQUARE, SQUARE[0]], [*hole, hole[0]]], [(38400080.0, 3110060.0, "DK-7")])
    reading = read_parcels(str(path), BY_HAND)
    assert not reading.errors
    assert [parcel.number for parcel in reading.parcels] == ["DK-7"]
    assert shapely.area(reading.parcels[0].geometry) == pytest.approx(8000.0 - 400.0)


def vector(path: Path, driver: str, encoding: str = "", layers: tuple[str, ...] = ("parcels",)) -> Path:
    srs = osr.SpatialReference()
    srs.ImportFromEPSG(4526)
    dataset = gdal.GetDriverByName(driver).Create(str(path), 0, 0, 0, gdal.GDT_Unknown)
    for name in layers:
        options = [f"ENCODING={encoding}"] if encoding else []
        layer = dataset.CreateLayer(name, srs, ogr.wkbPolygon, options)
        for field in ("DKBH", "DKMC", "TDYT"):
            layer.CreateField(ogr.FieldDefn(field, ogr.OFTString))
        feature = ogr.Feature(layer.GetLayerDefn())
        feature["DKBH"], feature["DKMC"], feature["TDYT"] = "DK-1", "青岚镇一号地块", "工业用地"
        feature.SetGeometry(ogr.CreateGeometryFromWkt(shapely.Polygon(SQUARE).wkt))
        layer.CreateFeature(feature)
    dataset = None
    return path


@pytest.mark.parametrize("encoding", ["GBK", "UTF-8"])
@pytest.mark.parametrize("with_cpg", [True, False])
def test_chinese_in_a_shapefile(tmp_path: Path, encoding: str, with_cpg: bool) -> None:
    folder = tmp_path / "张三 & 李四"
    folder.mkdir()
    path = vector(folder / "地块.shp", "ESRI Shapefile", encoding)
    if not with_cpg:
        for cpg in folder.glob("*.cpg"):
            cpg.unlink()
    reading = read_parcels(str(path))
    assert isinstance(reading, ParcelReading)
    assert reading.parcels[0].name == "青岚镇一号地块"
    assert reading.crs is not None and reading.crs.code == "EPSG:4526"


def test_several_layers_ask_which_one(tmp_path: Path) -> None:
    path = vector(tmp_path / "two.gpkg", "GPKG", layers=("a", "b"))
    assert codes(path) == ["E-SRC-LAYER"]
    assert codes(f"{path}|layername=b") == []


def test_a_field_mapping_can_be_given(tmp_path: Path) -> None:
    path = vector(tmp_path / "one.gpkg", "GPKG")
    reading = read_parcels(str(path), ImportOptions(field_mapping={"number": "DKMC"}))
    assert reading.parcels[0].number == "青岚镇一号地块"
    assert codes(path, ImportOptions(field_mapping={"number": "NO"})) == ["E-ATT-FIELD"]
