# SPDX-License-Identifier: GPL-2.0-or-later
"""Point tables as offices make them: titles above, no parcel column, merged cells, commas, Unicode text."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
import shapely

from landreview_plugin.core.geodesy.zones import crs_from_epsg
from landreview_plugin.core.model.parcel import ParcelReading
from landreview_plugin.core.model.problems import LandReviewError
from landreview_plugin.sources.import_options import ImportOptions
from landreview_plugin.sources.parcels import read_parcels

BY_HAND = ImportOptions(crs=crs_from_epsg(4526))
POINTS = [(3120000, 38405000), (3120000, 38405120), (3119920, 38405120), (3119920, 38405000)]
SQUARE = shapely.box(38405000, 3119920, 38405120, 3120000)


def table(head: str, separator: str = ",", decimal: str = ".", above: str = "") -> str:
    rows = [separator.join((f"J{i}", f"{x}{decimal}000", f"{y}{decimal}000")) for i, (x, y) in enumerate(POINTS, 1)]
    return "\n".join((*above.splitlines(), head.replace(",", separator), *rows)) + "\n"


def read(path: Path, options: ImportOptions = BY_HAND) -> ParcelReading:
    return read_parcels(str(path), options)


def said(reading: ParcelReading) -> list[str]:
    return [problem.repair.en for problem in reading.problems if problem.code == "W-SRC-TABLE" and problem.repair]


CSVS = {
    "plain": table("点号,X,Y").encode(),
    "units": table("界址点号,X坐标(m),Y坐标（米）").encode("gbk"),
    "title": table("点号,纵坐标X,横坐标Y", above="界址点成果表,,\n项目：某某 & 某某,,\n,,").encode("gbk"),
    "semicolons": table("点号,X,Y", ";", ",").encode(),
    "unicode text": table("点号,X,Y", "\t").encode("utf-16"),
    "quoted decimal commas": table("点号,X,Y").replace("3120000.000,", '"3120000,000",').encode(),
}


@pytest.mark.parametrize("content", CSVS.values(), ids=CSVS.keys())
def test_tables_without_a_parcel_column_are_one_parcel_and_said(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "界址点 & 1.csv"
    path.write_bytes(content)
    reading = read(path)
    assert not reading.errors and (reading.points_in, reading.points_rejected) == (4, 0)
    assert [parcel.number for parcel in reading.parcels] == ["1"]
    assert reading.parcels[0].geometry.symmetric_difference(SQUARE).area == 0
    assert any("no column of parcel numbers" in line for line in said(reading))


def test_decimal_commas_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(CSVS["semicolons"])
    assert "decimal commas read as points (8 rows)" in said(read(path))


def test_thousands_separators_are_never_taken_for_decimals(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(table("点号,X,Y").replace("3120000.000", '"3,120,000.000"'), encoding="utf-8")
    assert {problem.code for problem in read(path).errors} >= {"E-TXT-NUM"}


def test_strict_reading_refuses_what_was_assumed(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(CSVS["plain"])
    strict = ImportOptions(crs=crs_from_epsg(4526), strict=True)
    assert "W-SRC-TABLE" in {problem.code for problem in read(path, strict).errors}


def test_merged_cells_of_a_workbook(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["界址点成果表"])
    sheet.append(["地块号", "点号", "X(m)", "Y(m)", "边长"])
    for parcel, shift in (("甲", 0), ("乙", 1000)):
        for i, (x, y) in enumerate(POINTS):
            sheet.append([parcel if i == 0 else None, f"J{i + 1}", x + shift, y, None])
            sheet.append([None, None, None, None, 120.0])
    path = tmp_path / "a.xlsx"
    book.save(path)
    reading = read(path)
    assert [(parcel.number, parcel.geometry.area) for parcel in reading.parcels] == [("甲", 9600.0), ("乙", 9600.0)]
    assert "a blank parcel number is that of the row above (6 rows)" in said(reading)
    (lines,) = {problem.place.line for problem in reading.problems if problem.code == "W-TXT-PREC"}
    assert lines == 3, "problems name the row of the sheet"


def workbook(path: Path, *, calculated: bool) -> Path:
    """Points of which one is a formula; ``calculated``: with its result, and one without a text below."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["地块号", "点号", "X", "Y"])
    for i, (x, y) in enumerate(POINTS):
        sheet.append(["甲", f"J{i + 1}", x, f"={y}+0" if i == 1 else y])
    sheet.append([None, None, None, '=IF(A1="","","")'])
    book.save(path)
    if calculated:
        with zipfile.ZipFile(path) as old:
            parts = {name: old.read(name).decode("utf-8") for name in old.namelist()}
        cells = parts["xl/worksheets/sheet1.xml"]
        cells = re.sub(r"(\+0</f>)<v ?/>|(\+0</f>)<v></v>", rf"\1\2<v>{POINTS[1][1]}</v>", cells)
        parts["xl/worksheets/sheet1.xml"] = cells
        with zipfile.ZipFile(path, "w") as new:
            for name, text in parts.items():
                new.writestr(name, text)
    return path


def test_a_formula_that_was_never_calculated_is_named(tmp_path: Path) -> None:
    (problem,) = [each for each in read(workbook(tmp_path / "a.xlsx", calculated=False)).errors if each.place.line == 3]
    assert problem.code == "E-TXT-NUM" and problem.reason is not None
    assert "never calculated" in problem.reason.en and "请在Excel或WPS中打开并保存" in problem.reason.zh


def test_a_formula_with_its_result_is_read_and_an_empty_result_is_an_empty_cell(tmp_path: Path) -> None:
    reading = read(workbook(tmp_path / "a.xlsx", calculated=True))
    assert not reading.errors and reading.points_in == 4


def test_a_table_without_coordinates_names_what_is_missing(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("no,lon,lat\n1,113,28\n", encoding="utf-8")
    with pytest.raises(LandReviewError) as caught:
        read(path)
    assert caught.value.code == "E-ATT-FIELD" and "x, y" in str(caught.value.detail)


@pytest.mark.parametrize("name", ["plain", "units", "title", "unicode text"])
def test_a_table_may_be_called_txt(tmp_path: Path, name: str) -> None:
    path = tmp_path / "坐标 & 1.txt"
    path.write_bytes(CSVS[name])
    reading = read(path)
    assert not reading.errors and (reading.points_in, reading.points_rejected) == (4, 0)
    assert reading.parcels[0].geometry.symmetric_difference(SQUARE).area == 0


@pytest.mark.parametrize("content", ["请查收，X、Y见附件", "X\n", "点号,备注\nJ1,无\n", "", "\xff\xfe\x81"])
def test_another_text_is_no_table(tmp_path: Path, content: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(content.encode("latin-1", "replace"))
    assert {problem.code for problem in read(path).errors} & {"E-TXT-SECTION", "E-TXT-EMPTYFILE", "E-TXT-ENC"}


def test_a_boundary_text_that_mentions_columns_is_no_table(tmp_path: Path) -> None:
    sample = Path(__file__).parents[1] / "data" / "txt_samples" / "sample_a_utf8_lf.txt"
    path = tmp_path / "a.txt"
    path.write_text("[项目信息]\n点号,X,Y\n" + sample.read_text(encoding="utf-8"), encoding="utf-8")
    reading = read_parcels(str(path))
    assert not reading.errors and reading.parcels[0].name == "地块1"


def test_a_table_called_txt_counts_in_an_archive(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("点.txt", CSVS["units"])
        archive.writestr("说明.txt", "请查收".encode("gbk"))
    assert read(tmp_path / "a.zip").source == "a.zip/点.txt"


@pytest.mark.parametrize("row", ["合计,,", "合计,,,9600.00", "制表：张三,,,审核：李四", ",,,9600.00", "备注：共4点,,"])
def test_rows_that_are_no_points_are_left_out_and_said(tmp_path: Path, row: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(table("点号,X,Y,面积说明") + row + "\n\n", encoding="utf-8")
    reading = read(path)
    assert not reading.errors and (reading.points_in, reading.points_rejected) == (4, 0)
    assert "rows without coordinates were left out (1 rows)" in said(reading)


@pytest.mark.parametrize("row", ["J5,,", "J5,3119900.000,", ",,38405000.000"])
def test_a_point_that_lost_its_coordinates_is_an_error(tmp_path: Path, row: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(table("点号,X,Y") + row + "\n", encoding="utf-8")
    assert [problem.place.line for problem in read(path).errors] == [6]
