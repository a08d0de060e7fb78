# SPDX-License-Identifier: GPL-2.0-or-later
"""Which cases a batch has: a manifest, or every hand-in file of a folder."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ..core.files import replace_file
from ..core.model.base import Text
from ..core.model.problems import LandReviewError, Place
from ..core.tables import index
from .hand_ins import hand_ins_of
from .list_rows import ListRow, date_of, list_rows, spoiled

COLUMNS = ("case_number", "file", "business_type", "reference_date")
"""A manifest has these; ``project``, ``applicant``, ``answers`` and ``catalogue`` may follow."""
PATHS = ("file", "answers", "catalogue")
ALL_COLUMNS = (*COLUMNS, "project", "applicant", *PATHS[1:])
SURPLUS = Text(
    zh="单元格多于列数：含分隔符的内容须加引号", en="more cells than columns: a text with a separator needs quotes"
)
NO_HAND_IN = Text(zh="文件夹中没有报件", en="there is no hand-in in this folder")
RESERVED = {"con", "prn", "aux", "nul", *(f"{name}{i}" for name in ("com", "lpt") for i in range(1, 10))}
"""Names that Windows keeps for devices."""


@dataclass(frozen=True, slots=True)
class BatchCase:
    """One row of a manifest. ``error`` says why it can't even be tried."""

    number: str
    file: str
    business_type: str
    reference_date: dt.date
    project: str = ""
    applicant: str = ""
    answers: str = ""
    catalogue: str = ""
    """Of the case's own county; empty: the batch's."""
    line: int = 0
    error: LandReviewError | None = None

    @property
    def folder(self) -> str:
        """A folder name that every system takes, for this case and no other (numbers are unique)."""
        safe = "".join(c if c.isalnum() or c in "-_" else f"%{ord(c):x}" for c in self.number)[:120].rstrip(". ")
        return f"_{safe}" if not safe or safe.lower() in RESERVED else safe


def read_manifest(path: Path, *, business_type: str, reference_date: dt.date) -> tuple[BatchCase, ...]:
    """All rows of a manifest (see :func:`list_rows`); a bad row is a case with an error, never left out.

    Empty cells take the batch's business type and date. Files are relative to the manifest.
    Raises what ``list_rows`` raises for a manifest that can't be used at all.
    """
    rows = list_rows(path, COLUMNS[:2])
    return _refuse_doubles([_case(row, path, business_type, reference_date) for row in rows], path)


def redated(manifest: Path, day: str, target: Path) -> None:
    """Write a copy of a manifest in which every case has the reference date ``day``; paths become whole.

    A row that can't be tried stays one. Raises what :func:`list_rows` raises, E-CASE-TYPE, E-ENV-WRITE.
    """
    if date_of(day) is None:
        raise LandReviewError("E-CASE-TYPE", detail=f"reference_date: {day}")
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(ALL_COLUMNS)
    for row in list_rows(manifest, COLUMNS[:2]):
        cells = dict(row.cells) | {"reference_date": day}
        cells |= {name: str(manifest.parent.absolute() / cells[name]) for name in PATHS if cells.get(name)}
        writer.writerow([*(cells.get(name, "") for name in ALL_COLUMNS), *([str(row.line)] if row.surplus else [])])
    text = out.getvalue()
    replace_file(target, lambda beside: beside.write_text(text, encoding="utf-8-sig", newline=""))


def _case(row: ListRow, manifest: Path, business_type: str, at: dt.date) -> BatchCase:
    cells, home = row.cells, manifest.parent
    number, file = cells.get("case_number", ""), cells.get("file", "")
    given = cells.get("reference_date", "")
    return BatchCase(
        number=number or f"line-{row.line}",
        file=file if Path(file).is_absolute() else str(home / file),
        business_type=cells.get("business_type") or business_type,
        reference_date=date_of(given) or at,
        project=cells.get("project", ""),
        applicant=cells.get("applicant", ""),
        answers=str(home / cells["answers"]) if cells.get("answers") else "",
        catalogue=str(home / cells["catalogue"]) if cells.get("catalogue") else "",
        line=row.line,
        error=_error(row, manifest, business_type),
    )


def _error(row: ListRow, manifest: Path, business_type: str) -> LandReviewError | None:
    """Why a row can't be tried; None: it can."""
    cells, place = row.cells, Place(file=manifest.name, line=row.line)
    number, file, date = (cells.get(name, "") for name in ("case_number", "file", "reference_date"))
    kind = cells.get("business_type") or business_type
    if row.surplus:
        return LandReviewError("E-ATT-FIELD", detail=SURPLUS, place=place)
    if not number or not file:
        return LandReviewError("E-CASE-FIELD", detail="case_number" if not number else "file", place=place)
    if rounded := spoiled(number):
        return LandReviewError("E-CASE-TYPE", detail=rounded, place=place)
    if kind not in index("business_types", "code"):
        return LandReviewError("E-CASE-TYPE", detail=f"business_type: {kind}", place=place)
    if date and date_of(date) is None:
        return LandReviewError("E-CASE-TYPE", detail=f"reference_date: {date}", place=place)
    if not (manifest.parent / file.partition("|")[0]).exists():
        return LandReviewError("E-SRC-MISSING", detail=file, place=place)
    return None


def of_folder(folder: Path, *, business_type: str, reference_date: dt.date) -> tuple[BatchCase, ...]:
    """Every hand-in of a folder, in order of name; the name of the file is the case number.

    A folder inside is a hand-in of its own, named as the folder, and read as an archive of it would be. What holds
    parcels in a form that can't be read (a DWG) is a case, too, and will say so. Raises E-SRC-MISSING, E-SRC-EMPTY.
    """
    if not folder.is_dir():
        raise LandReviewError("E-SRC-MISSING", detail=str(folder))
    found = hand_ins_of(folder)
    if not found:
        raise LandReviewError("E-SRC-EMPTY", detail=NO_HAND_IN, place=Place(file=str(folder)))
    cases = [
        BatchCase(each.number, str(each.path), business_type, reference_date, line=i, error=each.error)
        for i, each in enumerate(found, 1)
    ]
    return _refuse_doubles(cases, folder)


def _refuse_doubles(cases: Iterable[BatchCase], source: Path) -> tuple[BatchCase, ...]:
    """A number that occurs twice: all its rows are refused, since nobody can tell which is meant.

    Numbers that differ only in case count as one: on Windows their folders would be one.
    """
    cases = tuple(cases)
    counts = Counter(case.folder.lower() for case in cases)
    seen: Counter[str] = Counter()
    result = []
    for case in cases:
        key = case.folder.lower()
        if counts[key] > 1:
            seen[key] += 1
            detail = Text(zh=f"案卷号重复：{case.number}", en=f"case number twice: {case.number}")
            error = LandReviewError("E-ATT-DUPNO", detail=detail, place=Place(file=source.name, line=case.line))
            case = BatchCase(
                f"{case.number}#{seen[key]}",
                case.file,
                case.business_type,
                case.reference_date,
                line=case.line,
                error=error,
            )
        result.append(case)
    return tuple(result)
