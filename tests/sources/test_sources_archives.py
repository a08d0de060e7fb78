# SPDX-License-Identifier: GPL-2.0-or-later
"""Archives as people pack them, and tables of points."""

from __future__ import annotations

import tempfile
import zipfile
from pathlib import Path

import openpyxl
import pytest
from osgeo import ogr
from sources_files import BY_HAND, X, Y, codes, square, write_layer

from landreview_plugin.core.model.problems import LandReviewError
from landreview_plugin.sources.archive import unpacked
from landreview_plugin.sources.import_options import ImportOptions
from landreview_plugin.sources.parcels import read_parcels

NAME = "青岚镇一号地块"


def packed(path: Path, *files: Path, folder: str = "", comment: dict[str, bytes] | None = None) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            archive.write(file, folder + file.name)
        for name, content in (comment or {}).items():
            archive.writestr(name, content)
    return path


@pytest.fixture
def shapefile(tmp_path: Path) -> list[Path]:
    folder = tmp_path / "in"
    folder.mkdir()
    write_layer(
        folder / "地块.shp",
        [f"POLYGON({square()})"],
        driver="ESRI Shapefile",
        names=[NAME],
        kind=ogr.wkbPolygon,
        options=["ENCODING=GBK"],
    )
    return sorted(folder.iterdir())


def test_a_zipped_shapefile_with_a_read_me(tmp_path: Path, shapefile: list[Path]) -> None:
    notes = {"说明.txt": "请查收".encode("gbk"), "__MACOSX/._x.shp": b"junk", "a/.DS_Store": b"junk"}
    path = packed(tmp_path / "申请 & 1.zip", *shapefile, folder="成果/", comment=notes)
    reading = read_parcels(str(path))
    assert reading.parcels[0].name == NAME and not reading.problems
    assert reading.source == "申请 & 1.zip/成果/地块.shp"


def test_a_shapefile_and_a_txt_ask_which_one(tmp_path: Path, shapefile: list[Path], data: Path) -> None:
    path = packed(tmp_path / "both.zip", *shapefile, data / "txt" / "01_one_gbk.txt")
    with pytest.raises(LandReviewError) as caught:
        read_parcels(str(path))
    assert caught.value.code == "E-SRC-LAYER" and "01_one_gbk.txt, 地块.shp" in str(caught.value)
    assert read_parcels(f"{path}|layername=地块.shp").parcels[0].name == NAME


def test_names_in_gbk_without_a_flag(tmp_path: Path, shapefile: list[Path]) -> None:
    path = packed(tmp_path / "gbk.zip", *(file.rename(file.with_name(f"PLACE{file.suffix}")) for file in shapefile))
    path.write_bytes(path.read_bytes().replace(b"PLACE", "地块1".encode("gbk")))  # five bytes, too; no UTF-8 flag
    assert read_parcels(str(path)).source == "gbk.zip/地块1.shp"


def test_nothing_stays_in_the_temporary_folder(tmp_path: Path, shapefile: list[Path]) -> None:
    path = packed(tmp_path / "x.zip", *shapefile)
    with unpacked(path) as folder:
        assert folder.is_dir() and Path(tempfile.gettempdir()) in folder.parents
    assert not folder.exists()


def test_an_encrypted_archive_is_told_so(tmp_path: Path) -> None:
    path = packed(tmp_path / "x.zip", comment={"a.txt": b"x" * 50})
    content = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + offset] |= 1
    path.write_bytes(bytes(content))
    assert codes(path) == ["E-SRC-FORMAT"]


@pytest.mark.parametrize("share", [0.0, 0.5, 0.95])
def test_a_cut_off_archive_is_refused(tmp_path: Path, shapefile: list[Path], share: float) -> None:
    path = packed(tmp_path / "x.zip", *shapefile)
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * share)])
    assert codes(path) == ["E-SRC-CORRUPT"]


def workbook(path: Path, sheets: dict[str, list[tuple[object, ...]]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


HEAD = ("地块编号", "地块名称", "点号", "X", "Y")
CORNERS = [(0, 0), (80, 0), (80, 100), (0, 100)]
ROWS = [HEAD, *(("DK,1", "东,西@", f"J{i}", Y + dy, X + dx) for i, (dy, dx) in enumerate(CORNERS, 1))]


def test_names_of_a_table_stay_as_they_are_written(tmp_path: Path) -> None:
    reading = read_parcels(str(workbook(tmp_path / "点.xlsx", {"界址点": ROWS})), BY_HAND)
    assert [(p.number, p.name, p.geometry.area) for p in reading.parcels] == [("DK,1", "东,西@", 8000.0)]


def test_the_sheet_with_points_is_found(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {"说明": [("本表",)], "界址点": ROWS})
    assert len(read_parcels(str(path), BY_HAND).parcels) == 1
    two = workbook(tmp_path / "b.xlsx", {"一": ROWS, "二": ROWS})
    assert codes(two, BY_HAND) == ["E-SRC-LAYER"]
    assert len(read_parcels(f"{two}|layername=二", BY_HAND).parcels) == 1


def test_a_column_that_stands_twice_is_never_guessed(tmp_path: Path) -> None:
    rows = [(*HEAD, "X"), *((*row, 1.0) for row in ROWS[1:])]
    assert codes(workbook(tmp_path / "a.xlsx", {"一": rows}), BY_HAND) == ["E-ATT-FIELD"]


def test_entities_in_a_workbook_are_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {"一": ROWS})
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            evil = name.endswith("sheet1.xml")
            archive.writestr(name, b'<!DOCTYPE x [<!ENTITY a "b">]>' + content if evil else content)
    assert codes(path, BY_HAND) == ["E-SEC-ENTITY"]


def test_a_workbook_that_is_none_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0 an old workbook")
    assert codes(path, BY_HAND) == ["E-SRC-CORRUPT"]


def test_a_table_without_a_coordinate_system_asks_for_it(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {"一": ROWS})
    assert set(codes(path)) & {"E-CRS-NONE", "E-TXT-NOHEADER"}


def test_text_limits_hold_for_tables_and_drawings(tmp_path: Path) -> None:
    for name in ("a.csv", "a.xlsx", "a.dxf", "a.kml"):
        path = tmp_path / name
        path.write_bytes(b" " * 2000)
        assert codes(path, ImportOptions(max_text_bytes=1000)) == ["E-SRC-LIMIT"], name


def test_two_members_of_one_name_are_refused(tmp_path: Path) -> None:
    path = packed(tmp_path / "x.zip", comment={"a.txt": b"1", "b.txt": b"2"})
    path.write_bytes(path.read_bytes().replace(b"b.txt", b"a.txt"))
    assert codes(path) == ["E-SRC-CORRUPT"]


def test_tables_of_blanks_are_no_bomb(tmp_path: Path, shapefile: list[Path]) -> None:
    path = packed(tmp_path / "x.zip", *shapefile, comment={"other.dat": b" " * 5_000_000})
    assert read_parcels(str(path)).parcels[0].name == NAME
