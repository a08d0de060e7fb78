# SPDX-License-Identifier: GPL-2.0-or-later
"""Tables of boundary points (CSV, XLSX): read by the same engine as the boundary TXT.

The rows become the lines of a boundary TXT, so that rings, closures, zones and every check are
the same; problems name the row of the table.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ..core.boundary.options import ReadOptions
from ..core.boundary.reader import read_boundary_text
from ..core.evidence.hashes import file_sha256
from ..core.model.base import Text
from ..core.model.parcel import ParcelReading
from ..core.model.problems import LandReviewError, Place, Problem

if TYPE_CHECKING:
    from .parcels import ImportOptions

NAMES = {
    "parcel": ("地块编号", "地块号", "宗地号", "DKBH", "parcel", "parcel_no", "number"),
    "name": ("地块名称", "DKMC", "name"),
    "area": ("申报面积", "地块面积", "面积", "SQMJ", "area_ha"),
    "ring": ("圈号", "地块圈号", "ring"),
    "label": ("点号", "界址点号", "label", "point"),
    "x": ("X", "纵坐标", "北坐标", "X坐标", "northing"),
    "y": ("Y", "横坐标", "东坐标", "Y坐标", "easting"),
}
"""Role → column names; X is the northing and Y the easting, as in a boundary TXT."""
MAX_ROWS = 5_000_000
_UNFIT = re.compile(r"[,\r\n@]")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the boundary TXT and the row of the table that it comes from."""

    text: str
    row: int


def read_points(path: Path, options: ImportOptions) -> ParcelReading:
    """Parcels from a table of points; raises E-ATT-FIELD when parcel, X or Y is not found."""
    place = Place(file=path.name)
    rows = _csv_rows(path) if path.suffix.lower() == ".csv" else _xlsx_rows(path)
    try:
        header = [cell.strip() for cell in next(rows)]
    except StopIteration:
        raise LandReviewError("E-SRC-EMPTY", place=place) from None
    columns = _columns(header)
    missing = [role for role in ("parcel", "x", "y") if role not in columns]
    if missing:
        detail = Text(zh=f"缺少列：{', '.join(missing)}", en=f"columns missing: {', '.join(missing)}")
        raise LandReviewError("E-ATT-FIELD", detail=detail, place=place.model_copy(update={"line": 1}))
    lines = [_Line("[地块坐标]", 1), *_lines(rows, columns)]
    text = "\n".join(line.text for line in lines)
    reading = read_boundary_text(
        text.encode("utf-8"), file=path.name, options=ReadOptions(crs=options.crs, strict=options.strict)
    )
    problems = tuple(_at_row(problem, lines) for problem in reading.problems)
    notes = {f"column.{role}": header[i] for role, i in columns.items()}
    return reading.model_copy(update={"problems": problems, "sha256": file_sha256(path), "notes": notes})


def _columns(header: Sequence[str]) -> dict[str, int]:
    by_lower = {name.lower(): i for i, name in reversed(list(enumerate(header)))}
    found = {}
    for role, names in NAMES.items():
        column = next((by_lower[name.lower()] for name in names if name.lower() in by_lower), None)
        if column is not None:
            found[role] = column
    return found


def _lines(rows: Iterator[list[str]], columns: dict[str, int]) -> list[_Line]:
    """Points grouped by parcel, in order of first appearance."""
    groups: dict[str, list[tuple[int, dict[str, str]]]] = {}
    for row, cells in enumerate(rows, start=2):
        if row > MAX_ROWS:
            raise LandReviewError("E-SRC-LIMIT", detail=f"> {MAX_ROWS}")
        values = {role: _UNFIT.sub(" ", cells[i]).strip() if i < len(cells) else "" for role, i in columns.items()}
        if any(values.values()):
            groups.setdefault(values["parcel"], []).append((row, values))
    lines = []
    for number, points in groups.items():
        first_row, first = points[0]
        lines.append(
            _Line(f"{len(points)},{first.get('area', '')},{number},{first.get('name', '')},面,,,,@", first_row)
        )
        for i, (row, point) in enumerate(points, start=1):
            label, ring = point.get("label") or str(i), point.get("ring") or "1"
            lines.append(_Line(f"{label},{ring},{point['x']},{point['y']}", row))
    return lines


def _at_row(problem: Problem, lines: Sequence[_Line]) -> Problem:
    line = problem.place.line
    if line is None or not 1 <= line <= len(lines):
        return problem
    return problem.model_copy(update={"place": problem.place.model_copy(update={"line": lines[line - 1].row})})


def _csv_rows(path: Path) -> Iterator[list[str]]:
    data = path.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        first = text.partition("\n")[0]
        delimiter = max((",", ";", "\t"), key=first.count)
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        return
    raise LandReviewError("E-TXT-ENC", place=Place(file=path.name))


def _xlsx_rows(path: Path) -> Iterator[list[str]]:
    try:
        import openpyxl
    except ImportError as error:
        raise LandReviewError("E-ENV-MODULE", detail="openpyxl", place=Place(file=path.name)) from error
    try:
        # values only: a formula shows what the office program stored, and is never evaluated here
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except Exception as error:  # openpyxl raises whatever a damaged file makes it stumble over
        raise LandReviewError("E-SRC-CORRUPT", detail=str(error), place=Place(file=path.name)) from error
    try:
        for row in book.worksheets[0].iter_rows(values_only=True):
            yield ["" if cell is None else str(cell) for cell in row]
    finally:
        book.close()
