# SPDX-License-Identifier: GPL-2.0-or-later
"""Comments, totals and remarks among the points are left out and said; nothing that could be a point is."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from landreview_plugin.core.boundary.reader import ReadOptions, read_boundary_text
from landreview_plugin.core.boundary.remarks import is_remark, is_remark_field, without_comment
from landreview_plugin.core.model.parcel import ParcelReading

SAMPLES = Path(__file__).parents[2] / "data" / "txt_samples"
GOOD = (SAMPLES / "sample_a_utf8_lf.txt").read_text(encoding="utf-8")
J3 = "J3,1,3119920.000,38405120.000"


def read(text: str, **options: object) -> ParcelReading:
    today = dt.date(2026, 7, 1)
    return read_boundary_text(text.encode(), options=ReadOptions(today=today, **options))  # type: ignore[arg-type]


def codes(reading: ParcelReading) -> set[str]:
    return {problem.code for problem in reading.problems}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (J3, J3 + ",钢钉"),
        (J3, J3 + ",52.310,水泥桩"),
        (J3, J3 + " // 田埂东侧"),
        (J3, J3 + "//西北角"),
        (J3, "# 东侧\n" + J3),
        ("5,0.9600", "// 第一个地块\n5,0.9600"),
        ("地块1,面,,公路用地,1003,@", "地块1,面,,公路用地,1003,@\n※ 点"),
        (GOOD, GOOD + "合计面积：0.9600公顷\n"),
        (GOOD, GOOD + "合 计,,,9600.00\n"),
        (GOOD, GOOD + "备注：坐标由三调成果转绘\n制表：张三\n"),
        (GOOD, GOOD + "END\n"),
    ],
)
def test_what_is_for_the_eyes_is_left_out_and_said(old: str, new: str) -> None:
    assert old in GOOD
    reading = read(GOOD.replace(old, new))

    assert codes(reading) - {"I-TXT-Z"} == {"W-TXT-REMARK"}
    assert [parcel.geometry.wkt for parcel in reading.parcels] == [parcel.geometry.wkt for parcel in read(GOOD).parcels]
    assert (reading.points_in, reading.points_rejected) == (5, 0)


def test_strict_reading_refuses_remarks() -> None:
    assert [problem.code for problem in read(GOOD.replace(J3, J3 + ",钢钉"), strict=True).errors] == ["W-TXT-REMARK"]


def test_remarks_of_a_file_are_counted_and_the_first_is_shown() -> None:
    (problem,) = read(GOOD.replace(".000\nJ", ".000,界桩\nJ")).problems

    assert problem.text.startswith("J1,1,") and problem.reason is not None and "4" in problem.reason.en


@pytest.mark.parametrize(
    "line",
    [
        "//" + J3,
        "# " + J3,
        "# " + J3.replace(",", " "),
        "合计" + J3,
        "#1,1,",
        "J3",
        "",
        "//5,0.9600,1,地块1,面,,,,@",
    ],
)
def test_what_could_be_a_point_or_parcel_is_no_remark(line: str) -> None:
    assert not is_remark(line)


@pytest.mark.parametrize("line", ["//" + J3, "-- " + J3, "// " + J3.replace(",", " ")])
def test_a_point_that_is_commented_out_is_neither_read_nor_lost_in_silence(line: str) -> None:
    reading = read(GOOD.replace(J3, line))

    assert reading.errors and (reading.points_in, reading.points_rejected) == (5, 1)


def test_a_second_point_behind_a_comment_mark_is_refused() -> None:
    reading = read(GOOD.replace(J3, f"{J3} // J9,1,3119910.000,38405130.000"))

    assert reading.errors and reading.points_rejected == 1


@pytest.mark.parametrize("field", ["52.3x", "五２", "NaN", "inf", "", "高程52.31", "\ufffd钉"])
def test_a_damaged_height_is_no_remark(field: str) -> None:
    assert not is_remark_field(field)


@given(st.text(alphabet="#/-*※合计备注J1,. \t", max_size=12), st.integers(2_720_000, 3_340_000), st.integers(0, 999))
def test_no_line_with_two_coordinates_is_a_remark(head: str, northing: int, decimals: int) -> None:
    assert not is_remark(f"{head},{northing}.{decimals:03d},38405120.000")


def test_a_comment_ends_where_coordinates_follow() -> None:
    assert without_comment(J3 + " // 角") == J3 + " "
    assert without_comment(f"{J3} // {J3}") == f"{J3} // {J3}"
