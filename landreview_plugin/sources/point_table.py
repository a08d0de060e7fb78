# SPDX-License-Identifier: GPL-2.0-or-later
"""Tables of boundary points (CSV, XLSX): read by the same engine as the boundary TXT.

The rows become the lines of a boundary TXT, so that rings, closures, zones and every check are
the same; problems name the row of the table.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Final

from ..core.boundary.characters import half_width
from ..core.boundary.reader import read_boundary_text
from ..core.boundary.remarks import is_remark
from ..core.evidence.hashes import file_sha256
from ..core.model.base import Text
from ..core.model.parcel import ParcelReading
from ..core.model.problems import LandReviewError, Level, Place, Problem
from ..core.progress import Progress
from ..core.texts import level
from .archive import check_package
from .import_options import ImportOptions, text_options
from .limits import refuse_larger
from .table_rows import HEADER_ROWS, csv_rows, header_in, xlsx_rows

NAMES: Final = {
    "parcel": ("地块编号", "地块号", "宗地号", "DKBH", "parcel", "parcel_no", "number"),
    "name": ("地块名称", "DKMC", "name"),
    "area": ("申报面积", "地块面积", "面积", "SQMJ", "area_ha"),
    "ring": ("圈号", "地块圈号", "ring"),
    "label": ("点号", "界址点号", "label", "point"),
    "x": ("X", "纵坐标", "北坐标", "X坐标", "纵坐标X", "northing"),
    "y": ("Y", "横坐标", "东坐标", "Y坐标", "横坐标Y", "easting"),
}
"""Role → column names; X is the northing and Y the easting, as in a boundary TXT."""
_NEEDED: Final = ("x", "y")
_UNFIT = re.compile(r"[,\r\n@]")
_UNIT = re.compile(r"[(\[][^)\]]*[)\]]|[\s_]")
_DECIMAL_COMMA = re.compile(r"[+-]?[0-9]{4,},[0-9]+")
"""Behind four digits a comma is no thousands separator."""
ONE_PARCEL: Final = Text(zh="没有地块号列，全部点作为地块1", en="no column of parcel numbers: all points are parcel 1")
CARRIED: Final = Text(zh="空白的地块号取上一行的", en="a blank parcel number is that of the row above")
LEFT_OUT: Final = Text(zh="没有坐标的行未读取", en="rows without coordinates were left out")
COMMAS: Final = Text(zh="小数逗号按小数点读取", en="decimal commas read as points")


def is_point_table(path: Path, options: ImportOptions) -> bool:
    """True when one of the first lines of a text file names the columns X and Y."""
    return header_in(path, options.encoding, lambda cells: _is_header(cells, options.field_mapping))


def read_points(path: Path, sheet: str, options: ImportOptions, place: Place, progress: Progress) -> ParcelReading:
    """Parcels from a table of points; raises E-ATT-FIELD when X or Y is missing or a column is there twice.

    What the table leaves open (no parcel numbers, merged cells, decimal commas, rows of totals) is W-SRC-TABLE.
    """
    refuse_larger(path, options.max_text_bytes, place)
    if path.suffix.lower() != ".xlsx":
        rows = csv_rows(path, options.encoding, place, lambda cells: _is_header(cells, options.field_mapping))
    else:
        check_package(path, options.max_bytes)
        rows = xlsx_rows(path, sheet, place, lambda cells: _is_header(cells, options.field_mapping))
    header, at = _header(rows, options.field_mapping, place)
    columns = _columns(header, options.field_mapping, place.model_copy(update={"line": at}))
    assumed: Counter[Text] = Counter()
    text, numbers, names = _as_text(_grouped(rows, columns, at, options, place, assumed))
    reading = read_boundary_text(
        text.encode("utf-8"), file=place.file, options=text_options(options), progress=progress
    )
    problems = (*_said(assumed, options, place), *(_at_row(problem, numbers) for problem in reading.problems))
    parcels = tuple(parcel.model_copy(update=names.get(parcel.number, {})) for parcel in reading.parcels)
    notes = reading.notes | {f"column.{role}": header[i] for role, i in columns.items()} | {"fields": "\n".join(header)}
    return reading.model_copy(
        update={"problems": problems, "parcels": parcels, "sha256": file_sha256(path), "notes": notes}
    )


def _header(rows: Iterator[list[str]], given: Mapping[str, str], place: Place) -> tuple[list[str], int]:
    """The header and its row: the first that names X and Y, else the first that is not empty."""
    first: tuple[list[str], int] | None = None
    for number, cells in enumerate(islice(rows, HEADER_ROWS), start=1):
        stripped = [cell.strip() for cell in cells]
        if _is_header(stripped, given):
            return stripped, number
        if first is None and any(stripped):
            first = stripped, number
    if first is None:
        raise LandReviewError("E-SRC-EMPTY", place=place)
    return first


def _is_header(cells: Sequence[str], given: Mapping[str, str]) -> bool:
    plain = {_plain(cell) for cell in cells}
    return all(any(_plain(name) in plain for name in _wanted(role, given)) for role in _NEEDED)


def _wanted(role: str, given: Mapping[str, str]) -> Sequence[str]:
    return (given[role],) if role in given else NAMES[role]


def _plain(cell: str) -> str:
    """A column's name without unit, blanks and case: X坐标（m） is X坐标."""
    return _UNIT.sub("", half_width(cell)).lower()


def _columns(header: Sequence[str], given: Mapping[str, str], at: Place) -> dict[str, int]:
    """Role → column, by name; a role whose name stands twice is never guessed."""
    found = {}
    for role in NAMES:
        for name in _wanted(role, given):
            fitting = [i for i, cell in enumerate(header) if _plain(cell) == _plain(name)]
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
    rows: Iterator[list[str]],
    columns: Mapping[str, int],
    header_row: int,
    options: ImportOptions,
    place: Place,
    assumed: Counter[Text],
) -> dict[str, _Points]:
    """Points by parcel, in order of first appearance; counts what had to be ``assumed``."""
    groups: dict[str, _Points] = {}
    last = ""
    for row, cells in enumerate(rows, start=header_row + 1):
        if row > options.max_points:
            raise LandReviewError("E-SRC-LIMIT", detail=f"max_points: > {options.max_points}", place=place)
        values = {role: cells[i].strip() if i < len(cells) else "" for role, i in columns.items()}
        if _says_nothing_of_points(cells, values):
            assumed[LEFT_OUT] += any(cell.strip() for cell in cells)
        else:
            last = _completed(values, last, assumed)
            points = groups.setdefault(values["parcel"], _Points(values))
            label, ring = values.get("label") or str(len(points.lines) + 1), values.get("ring") or "1"
            points.lines.append(",".join(_fit(value) for value in (label, ring, values["x"], values["y"])))
            points.rows.append(row)
    return groups


def _says_nothing_of_points(cells: Sequence[str], values: Mapping[str, str]) -> bool:
    """True for a blank row, a total (合计) and a remark (制表：…): neither coordinate, and no label that lost them."""
    if any(values[role] for role in _NEEDED):
        return False
    words = next((cell for cell in cells if cell.strip()), "")
    return not any(values.values()) or is_remark(words)


def _completed(values: dict[str, str], last: str, assumed: Counter[Text]) -> str:
    """Put in what a row leaves open; gives the parcel's number for the rows below."""
    for role in _NEEDED:
        if _DECIMAL_COMMA.fullmatch(values[role]):
            values[role] = values[role].replace(",", ".")
            assumed[COMMAS] += 1
    if "parcel" not in values:
        values["parcel"] = "1"
        assumed[ONE_PARCEL] += 1
    elif not values["parcel"] and last:
        values["parcel"] = last
        assumed[CARRIED] += 1
    return values["parcel"]


def _said(assumed: Mapping[Text, int], options: ImportOptions, place: Place) -> Iterator[Problem]:
    grave = Level.ERROR if options.strict else level("W-SRC-TABLE")
    for what, count in assumed.items():
        repair = Text(zh=f"{what.zh}（{count}行）", en=f"{what.en} ({count} rows)")
        yield Problem(code="W-SRC-TABLE", level=grave, place=place, repair=repair)


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
