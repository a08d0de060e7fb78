# SPDX-License-Identifier: GPL-2.0-or-later
"""Manifests as offices save them, and folders as offices keep them: every case is found or named."""

from __future__ import annotations

import datetime as dt
import shutil
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from landreview_plugin.core.model.problems import LandReviewError
from landreview_plugin.jobs.approvals import read_approvals
from landreview_plugin.jobs.list_rows import date_of
from landreview_plugin.jobs.manifest import BatchCase, of_folder, read_manifest, redated

AT = dt.date(2026, 9, 1)
ENGLISH = ("case_number", "file", "business_type", "reference_date")
CHINESE = ("案卷号", "文件", "业务类型", "基准日")
ROW = ("430998-CZPC-2026-0001", "甲 & 乙.txt", "CZPC", "2026/8/1")


@pytest.fixture
def office(tmp_path: Path, data: Path) -> Path:
    """A folder with one real hand-in under an inconvenient name."""
    shutil.copy(data / "txt" / "01_one_gbk.txt", tmp_path / ROW[1])
    return tmp_path


def manifest(path: Path) -> tuple[BatchCase, ...]:
    return read_manifest(path, business_type="DDXZ", reference_date=AT)


def folder(path: Path) -> dict[str, str]:
    """Case → file, or the code of what is wrong."""
    cases = of_folder(path, business_type="CZPC", reference_date=AT)
    return {case.number: case.error.code if case.error else Path(case.file).name for case in cases}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("header", [ENGLISH, CHINESE])
def test_a_manifest_is_read_as_any_program_saved_it(
    office: Path, encoding: str, separator: str, header: tuple[str, ...]
) -> None:
    path = office / "manifest.csv"
    path.write_text("\r\n".join([separator.join(header), separator.join(ROW), ""]), encoding=encoding, newline="")
    (case,) = manifest(path)
    assert case.error is None
    assert (case.number, Path(case.file).name, case.business_type) == ROW[:3]
    assert case.reference_date == dt.date(2026, 8, 1)


def test_a_workbook_with_a_title_and_real_dates_is_read(office: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (
        ("未结案卷清单", None, None, None),
        CHINESE,
        (*ROW[:3], dt.datetime(2026, 8, 1)),
        (2, ROW[1], None, None),
    ):
        sheet.append(row)
    book.save(office / "manifest.xlsx")
    first, second = manifest(office / "manifest.xlsx")
    assert first.error is None and first.reference_date == dt.date(2026, 8, 1)
    assert (second.number, second.business_type, second.reference_date, second.line) == ("2", "DDXZ", AT, 4)


def test_blank_rows_that_a_spreadsheet_left_are_no_cases(office: Path) -> None:
    path = office / "manifest.csv"
    path.write_text(",".join(ENGLISH) + f"\n,,,\n\n1,{ROW[1]},,\n,,,\n2,nowhere.txt,,\n", encoding="utf-8")
    first, second = manifest(path)
    assert (first.number, first.line, first.error) == ("1", 4, None)
    assert second.error is not None and second.error.code == "E-SRC-MISSING"
    assert second.error.place is not None and second.error.place.line == 6


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("4.30998E+17,甲 & 乙.txt,,", "E-CASE-TYPE"),
        ("1,甲 & 乙.txt,,2026/13/1", "E-CASE-TYPE"),
        ("1,甲, 乙.txt,CZPC,2026-09-01", "E-ATT-FIELD"),
        ("1,,,", "E-CASE-FIELD"),
    ],
)
def test_a_row_that_a_spreadsheet_spoiled_is_named(office: Path, row: str, code: str) -> None:
    path = office / "manifest.csv"
    path.write_text(f"{','.join(ENGLISH)}\n{row}\n", encoding="gb18030")
    (case,) = manifest(path)
    assert case.error is not None and case.error.code == code


@pytest.mark.parametrize(
    ("header", "named"),
    [("case_number,name", "file"), ("案卷号,案卷编号,文件", "case_number"), ("", "case_number, file")],
)
def test_a_header_that_leaves_something_open_is_refused(office: Path, header: str, named: str) -> None:
    path = office / "manifest.csv"
    path.write_text(f"{header}\n1,2,3\n", encoding="utf-8")
    with pytest.raises(LandReviewError) as caught:
        manifest(path)
    assert caught.value.code == "E-ATT-FIELD" and named in str(caught.value)


@given(
    st.dates(dt.date(1949, 10, 1)),
    st.sampled_from(("%Y-%m-%d", "%Y/%m/%d", "%Y年%m月%d日", "%Y%m%d", "%Y-%m-%d 00:00:00")),
)
def test_a_day_is_read_as_people_write_it(day: dt.date, form: str) -> None:
    assert date_of(day.strftime(form)) == day
    assert date_of(f"{day.year}/{day.month}/{day.day}") == day


@pytest.mark.parametrize("text", ["", "soon", "2026-02-30", "2026-09", "45901", "2026-09-01 12:30:00"])
def test_what_is_no_day_is_none(text: str) -> None:
    assert date_of(text) is None


def test_approvals_are_read_as_any_program_saved_them(tmp_path: Path) -> None:
    path = tmp_path / "approvals.csv"
    path.write_text("案卷号;批准日期;文号\r\nA-1;2026/3/1;湘政土〔2026〕1号\r\n", encoding="gb18030", newline="")
    (found,) = read_approvals(path)
    assert (found.case, found.approved_on, found.document) == ("A-1", dt.date(2026, 3, 1), "湘政土〔2026〕1号")


def test_all_cases_of_a_manifest_can_be_judged_by_another_day(office: Path, tmp_path: Path) -> None:
    path = office / "manifest.csv"
    rows = [f"1,{ROW[1]},CZPC,2026-08-01,项目", "2,nowhere.txt,,,", f"3,{ROW[1]},CZPC,2026-08-01,a,b"]
    path.write_text("\n".join([",".join((*ENGLISH, "project")), *rows]), encoding="gb18030")
    target = tmp_path / "elsewhere" / "manifest.csv"
    redated(path, "2026/12/1", target)
    first, second, third = manifest(target)
    assert (first.error, first.reference_date, first.project) == (None, dt.date(2026, 12, 1), "项目")
    assert [case.error and case.error.code for case in (second, third)] == ["E-SRC-MISSING", "E-ATT-FIELD"]
    with pytest.raises(LandReviewError) as caught:
        redated(path, "soon", target)
    assert caught.value.code == "E-CASE-TYPE"


def test_a_folder_for_each_case_is_found(office: Path, tmp_path: Path) -> None:
    text = (office / ROW[1]).read_bytes()
    for name in (
        "A-1/界址点.txt",
        "A-2/资料/界址点.txt",
        "A-3/one.txt",
        "A-3/two.txt",
        "A-5/图.dwg",
        "A-6/附件/照片.jpg",
    ):
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text)
    (tmp_path / "in" / "A-1" / "说明.txt").write_text("附件说明", encoding="gb18030")
    with zipfile.ZipFile(tmp_path / "in" / "A-6" / "报件.zip", "w") as archive:
        archive.writestr("界址点.txt", text)
    assert folder(tmp_path / "in") == {
        "A-1": "界址点.txt",
        "A-2": "界址点.txt",
        "A-3": "E-SRC-LAYER",
        "A-5": "图.dwg",
        "A-6": "报件.zip",
    }


def test_a_drawing_alone_is_a_case_and_beside_its_text_none(tmp_path: Path) -> None:
    for name in ("A-1.txt", "A-1.dwg", "A-2.DWG", "~$A-3.xlsx", ".A-4.txt", "照片.jpg"):
        (tmp_path / name).write_bytes(b"")
    assert folder(tmp_path) == {"A-1": "A-1.txt", "A-2": "A-2.DWG"}


def test_results_in_the_folder_of_hand_ins_are_no_hand_ins(office: Path) -> None:
    results = office / "results"
    (results / "1").mkdir(parents=True)
    (results / "journal.jsonl").touch()
    shutil.copy(office / ROW[1], results / "1" / "result.txt")
    assert folder(office) == {"甲 & 乙": ROW[1]}


def test_a_folder_without_a_hand_in_is_no_finished_night(tmp_path: Path) -> None:
    with pytest.raises(LandReviewError) as caught:
        folder(tmp_path)
    assert caught.value.code == "E-SRC-EMPTY" and str(tmp_path) in str(caught.value)
