# SPDX-License-Identifier: GPL-2.0-or-later
"""The boundary-point table in the reports: the surveyor's numbers, printed coordinates, sides that can be checked."""

from __future__ import annotations

import math
from decimal import Decimal
from pathlib import Path

import docx
import openpyxl
import shapely

from landreview_plugin.core.model.result import ReviewResult
from landreview_plugin.report.docx import write_docx
from landreview_plugin.report.point_table import point_table
from landreview_plugin.report.words import Words
from landreview_plugin.report.xlsx import write_xlsx

ZH = Words("zh")


def points_of(result: ReviewResult) -> int:
    shapes = [parcel.geometry for parcel in result.parcels if parcel.geometry is not None]
    rings = sum(len(shapely.get_rings(shapely.get_parts(shape))) for shape in shapes)
    return sum(shapely.get_num_coordinates(shape) for shape in shapes) - rings


def test_every_boundary_point_has_its_row(result: ReviewResult) -> None:
    table = point_table(result, ZH, 10_000)
    assert table is not None and len(table.rows) == points_of(result)
    assert table.title == "界址点成果表" and result.provenance.crs in table.notes[0]


def test_sides_follow_from_the_printed_coordinates_and_close_each_ring(result: ReviewResult) -> None:
    table = point_table(result, ZH, 10_000)
    assert table is not None
    rings: dict[tuple[object, object], list[tuple[Decimal, ...]]] = {}
    for row in table.rows:
        x, y, side = (cell for cell in row.cells[3:] if isinstance(cell, Decimal))
        rings.setdefault((row.cells[0], row.cells[1]), []).append((x, y, side))
    for ring in rings.values():
        for (x, y, side), (next_x, next_y, _) in zip(ring, [*ring[1:], ring[0]], strict=True):
            assert abs(float(side) - math.hypot(next_x - x, next_y - y)) <= 0.005


def test_the_surveyors_own_numbers_are_kept(result: ReviewResult) -> None:
    first = result.parcels[0].model_copy(update={"labels": (("JZD-7", "JZD-8", "JZD-9", "JZD-10"),)})
    named = result.model_copy(update={"parcels": (first,)})
    table = point_table(named, ZH, 10_000)
    assert table is not None and [row.cells[2] for row in table.rows] == ["JZD-7", "JZD-8", "JZD-9", "JZD-10"]


def test_what_is_left_out_is_counted_and_a_parcel_is_never_cut(result: ReviewResult) -> None:
    whole = points_of(result)
    table = point_table(result, ZH, whole - 1)
    assert table is not None and 0 < len(table.rows) < whole
    shown = {row.cells[0] for row in table.rows}
    assert f"共{whole - len(table.rows)}个界址点" in table.notes[-1]
    assert f"{len(result.parcels) - len(shown)}个地块" in table.notes[-1]


def test_a_result_without_outlines_has_no_table(result: ReviewResult) -> None:
    bare = tuple(parcel.model_copy(update={"geometry": None}) for parcel in result.parcels)
    assert point_table(result.model_copy(update={"parcels": bare}), ZH, 10_000) is None


def test_both_reports_print_it(result: ReviewResult, tmp_path: Path) -> None:
    write_xlsx(result, tmp_path / "r.xlsx", "zh")
    sheet = openpyxl.load_workbook(tmp_path / "r.xlsx")["界址点"]
    assert [cell.value for cell in sheet[2]] == ["地块", "圈号", "点号", "X（米）", "Y（米）", "边长（米）"]
    assert sheet["D3"].number_format == "0.000" and sheet.max_row >= points_of(result) + 2
    write_docx(result, tmp_path / "r.docx", "zh")
    document = docx.Document(str(tmp_path / "r.docx"))
    assert "界址点成果表" in [paragraph.text for paragraph in document.paragraphs]
    last = document.tables[-1]
    assert len(last.rows) == points_of(result) + 1
    assert last.rows[1].cells[3].text.count(".") == 1 and len(last.rows[1].cells[3].text.partition(".")[2]) == 3
