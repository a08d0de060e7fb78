# SPDX-License-Identifier: GPL-2.0-or-later
"""Tables of boundary points (CSV, XLSX): read by the same engine as the boundary TXT.

The rows become the lines of a boundary TXT, so that rings, closures, zones and every check are
the same; problems name the row of the table.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from ..core.boundary.reader import read_boundary_text
from ..core.evidence.hashes import file_sha256
from ..core.model.base import Text
from ..core.model.parcel import ParcelReading
from ..core.model.problems import LandReviewError, Place, Problem
from ..core.progress import Progress
from .archive import check_package
from .import_options import ImportOptions, text_options
from .limits import refuse_larger

NAMES: Final = {
    "parcel": ("地块编号", "地块号", "宗地号", "DKBH", "parcel", "parcel_no", "number"),
    "name": ("地块名称", "DKMC", "name"),
    "area": ("申报面积", "地块面积", "面积", "SQMJ", "area_ha"),
    "ring": ("圈号", "地块圈号", "ring"),
    "label": ("点号", "界址点号", "label", "point"),
    "x": ("X", "纵坐标", "北坐标", "X坐标", "northing"),
    "y": ("Y", "横坐标", "东坐标", "Y坐标", "easting"),
}
"""Role → column names; X is the northing and Y the easting, as in a boundary TXT."""
_NEEDED: Final = ("parcel", "x", "y")
_UNFIT = re.compile(r"[,\r\n@]")


def read_points(path: Path, sheet: str, options: ImportOptions, place: Place, progress: Progress) -> ParcelReading:
    """Parcels from a table of points; raises E-ATT-FIELD when parcel, X or Y is missing or there twice."""
    refuse_larger(path, options.max_text_bytes, place)
    if path.suffix.lower() == ".csv":
        rows = _csv_rows(path, options.encoding, place)
    else:
        check_package(path, options.max_bytes)
        rows = _xlsx_rows(path, sheet, place)
    header = [cell.strip() for cell in next(rows, [])]
    if not any(header):
        raise LandReviewError("E-SRC-EMPTY", place=place)
    columns = _columns(header, options.field_mapping, place)
    text, numbers, names = _as_text(_grouped(rows, columns, options, place))
    reading = read_boundary_text(
        text.encode("utf-8"), file=place.file, options=text_options(options), progress=progress
    )
    problems = tuple(_at_row(problem, numbers) for problem in reading.problems)
    parcels = tuple(parcel.model_copy(update=names.get(parcel.number, {})) for parcel in reading.parcels)
    notes = reading.notes | {f"column.{role}": header[i] for role, i in columns.items()}
    return reading.model_copy(
        update={"problems": problems, "parcels": parcels, "sha256": file_sha256(path), "notes": notes}
    )


def _columns(header: Sequence[str], given: Mapping[str, str], place: Place) -> dict[str, int]:
    """Role → column, by name; a role whose name stands twice is never guessed."""
    at = place.model_copy(update={"line": 1})
    found = {}
    for role, names in NAMES.items():
        wanted = (given[role],) if role in given else names
        for name in wanted:
            fitting = [i for i, cell in enumerate(header) if cell.lower() == name.lower()]
            if len(fitting) > 1:
                detail = Text(zh=f"两列都叫“{name}”", en=f"two columns are called “{name}”")
                raise LandReviewError("E-ATT-FIELD", detail=detail, place=at)
            if fitting:
                found[role] = fitting[0]
                break
    missing = [role for role in _NEEDED if role not in found]
    if missing:
        detail = Text(zh=f"缺少列：{', '.join(missing)}", en=f"columns missing: {', '.join(missing)}")
        raise LandReviewError("E-ATT-FIELD", detail=detail, place=at)
    return found


@dataclass(slots=True)
class _Points:
    """The points of one parcel as lines of a TXT, with the rows that they come from."""

    first: dict[str, str]
    lines: list[str] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)


def _grouped(
    rows: Iterator[list[str]], columns: Mapping[str, int], options: ImportOptions, place: Place
) -> dict[str, _Points]:
    """Points by parcel, in order of first appearance."""
    groups: dict[str, _Points] = {}
    for row, cells in enumerate(rows, start=2):
        if row > options.max_points:
            raise LandReviewError("E-SRC-LIMIT", detail=f"max_points: > {options.max_points}", place=place)
        values = {role: cells[i].strip() if i < len(cells) else "" for role, i in columns.items()}
        if any(values.values()):
            points = groups.setdefault(values["parcel"], _Points(values))
            label, ring = values.get("label") or str(len(points.lines) + 1), values.get("ring") or "1"
            points.lines.append(",".join(_fit(value) for value in (label, ring, values["x"], values["y"])))
            points.rows.append(row)
    return groups


def _as_text(groups: Mapping[str, _Points]) -> tuple[str, list[int], dict[str, dict[str, str]]]:
    """A boundary TXT, the row of the table for each of its lines, and names as they were written, by number."""
    lines, rows, verbatim = ["[地块坐标]"], [1], {}
    for number, points in groups.items():
        key, name, area = _fit(number), points.first.get("name", ""), points.first.get("area", "")
        verbatim[key] = {"number": number, "name": name}
        lines.append(f"{len(points.lines)},{_fit(area)},{key},{_fit(name)},面,,,,@")
        rows.append(points.rows[0])
        lines += points.lines
        rows += points.rows
    return "\n".join(lines), rows, verbatim


def _fit(value: str) -> str:
    """Without what separates fields and lines of a TXT; names come back as they were written."""
    return _UNFIT.sub(" ", value)


def _at_row(problem: Problem, rows: Sequence[int]) -> Problem:
    line = problem.place.line
    if line is None or not 1 <= line <= len(rows):
        return problem
    return problem.model_copy(update={"place": problem.place.model_copy(update={"line": rows[line - 1]})})


def _csv_rows(path: Path, given: str, place: Place) -> Iterator[list[str]]:
    data = path.read_bytes()
    for encoding in (given,) if given else ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        first = text.partition("\n")[0]
        delimiter = max((",", ";", "\t"), key=first.count)
        try:
            yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        except csv.Error as error:
            raise LandReviewError("E-SRC-CORRUPT", detail=str(error), place=place) from error
        return
    raise LandReviewError("E-TXT-ENC", place=place)


def _xlsx_rows(path: Path, wanted: str, place: Place) -> Iterator[list[str]]:
    try:
        import openpyxl
    except ImportError as error:
        detail = Text(zh="缺少openpyxl；请安装或另存为CSV", en="openpyxl is missing; install it or save as CSV")
        raise LandReviewError("E-ENV-MODULE", detail=detail, place=place) from error
    try:
        # values only: a formula shows what the office program stored, and is never evaluated here
        book = openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)
        sheet = book[_sheet(book, wanted, place)]
        try:
            for row in sheet.iter_rows(values_only=True):
                yield ["" if cell is None else str(cell) for cell in row]
        finally:
            book.close()
    except (LandReviewError, GeneratorExit):
        raise
    except Exception as error:  # openpyxl raises whatever a damaged file makes it stumble over
        raise LandReviewError("E-SRC-CORRUPT", detail=str(error)[:200], place=place) from error


def _sheet(book: Any, wanted: str, place: Place) -> str:
    """The sheet asked for, or the only one whose first row has the columns of a point table."""
    names = [sheet.title for sheet in book.worksheets]
    if wanted:
        if wanted not in names:
            detail = Text(zh=f"没有工作表{wanted}：{', '.join(names)}", en=f"no sheet {wanted}: {', '.join(names)}")
            raise LandReviewError("E-SRC-MISSING", detail=detail, place=place)
        return wanted
    fitting = [sheet.title for sheet in book.worksheets if _has_columns(sheet)]
    if len(fitting) > 1:
        raise LandReviewError("E-SRC-LAYER", detail=", ".join(fitting), place=place)
    if not names:
        raise LandReviewError("E-SRC-EMPTY", place=place)
    return str(fitting[0] if fitting else names[0])


def _has_columns(sheet: Any) -> bool:
    first = next(iter(sheet.iter_rows(max_row=1, values_only=True)), ())
    cells = {str(cell).strip().lower() for cell in first if cell is not None}
    return all(cells & {name.lower() for name in NAMES[role]} for role in _NEEDED)
