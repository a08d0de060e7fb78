# SPDX-License-Identifier: GPL-2.0-or-later
"""A TXT that went through a spreadsheet or an old editor is read as it was before, and that is said."""

from __future__ import annotations

import pytest
import shapely

from landreview_plugin.core.boundary.reader import read_boundary_text
from landreview_plugin.core.model.parcel import ParcelReading

HEAD = """[属性描述]
坐标系=2000国家大地坐标系
几度分带=3
投影类型=高斯克吕格
计量单位=米
带号=38
精度=0.001
转换参数=,,,,,,
[地块坐标]
"""
BODY = """5,0.9600,1,地块1,面,,公路用地,1003,@
J1,1,3120000.000,38405000.000
J2,1,3120000.000,38405120.000
J3,1,3119920.000,38405120.000
J4,1,3119920.000,38405000.000
J1,1,3120000.000,38405000.000
"""
PLAIN = HEAD + BODY


def read(text: str) -> ParcelReading:
    return read_boundary_text(text.encode("utf-8"), file="a.txt")


def lines(change: object) -> str:
    assert callable(change)
    return "\r\n".join(change(line) for line in PLAIN.splitlines())


SAVED = {
    "one cell a line": lambda line: f'"{line}"' if "," in line else line,
    "a cell a field": lambda line: '"' + line.replace(",", '","') + '"' if "@" in line or line[0] == "J" else line,
    "padded with commas": lambda line: line + ",,,,",
    "padded with tabs": lambda line: line + "\t\t",
    "quoted and padded": lambda line: (f'"{line}"' if "," in line else line) + ",,",
}


@pytest.mark.parametrize("saved", SAVED.values(), ids=SAVED.keys())
def test_what_a_spreadsheet_saved_is_the_same_land(saved: object) -> None:
    plain, again = read(PLAIN), read(lines(saved))
    assert not again.errors
    assert shapely.equals_exact(again.parcels[0].geometry, plain.parcels[0].geometry, tolerance=0)
    assert again.parcels[0].name == "地块1" and again.crs == plain.crs
    assert (again.points_in, again.points_rejected) == (5, 0)
    assert [p.code for p in again.problems if p.code == "W-TXT-QUOTED"] == ["W-TXT-QUOTED"]


def test_quotation_marks_inside_names_are_text_and_nobody_speaks_of_a_spreadsheet() -> None:
    reading = read(PLAIN.replace("地块1", '"一号"地块'))
    assert reading.parcels[0].name == '"一号"地块'
    assert not reading.problems


def test_problems_keep_their_lines() -> None:
    saved = lines(SAVED["one cell a line"]).replace("3119920.000,38405120.000", "31199x0.000,38405120.000")
    (number,) = [p for p in read(saved).problems if p.code == "E-TXT-NUM"]
    assert (number.place.line, number.place.column) == (13, 3)


def test_files_joined_on_windows_carry_marks_in_the_middle() -> None:
    second = PLAIN.replace("0.9600,1,", "0.9600,2,").replace("31", "32")
    joined = read(PLAIN + "\ufeff" + second)
    assert not joined.errors and [p.number for p in joined.parcels] == ["1", "2"]
    assert [p.place.line for p in joined.problems if p.code == "I-TXT-BOM"] == [16]


@pytest.mark.parametrize("tail", ["\x1a", "\r\n\x1a", "\0\0\0"])
def test_end_marks_of_old_programs_are_no_point(tail: str) -> None:
    assert not read(PLAIN + tail).problems


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("3120000.000\u200b", "U+200B"),
        ("3120000.000\u00a0\u200f", "U+00A0"),
        ("3.12E+06", "exponent"),
        ("28°11'42\"", "degrees"),
        ("28:11:42", "degrees"),
    ],
)
def test_what_nobody_sees_in_a_number_is_named(value: str, reason: str) -> None:
    (problem, *_) = [p for p in read(PLAIN.replace("3120000.000", value, 1)).problems if p.code == "E-TXT-NUM"]
    assert problem.reason is not None and reason in problem.reason.en


def test_a_label_of_control_characters_is_damage() -> None:
    reading = read(PLAIN.replace("J3", "J\0 3"))
    assert [p.code for p in reading.errors] == ["E-TXT-COLS"] and reading.points_rejected == 1


@pytest.mark.parametrize(("stated", "unit"), [("14.4", "mu"), ("0.0096", "km2"), ("9.6", "")])
def test_the_unit_in_which_a_stated_area_would_be_right_is_said(stated: str, unit: str) -> None:
    (problem,) = [p for p in read(PLAIN.replace("0.9600", stated)).problems if p.code == "E-AREA-DIFF"]
    assert problem.reason is not None
    assert ("check the unit" in problem.reason.en) is bool(unit) and unit in problem.reason.en
