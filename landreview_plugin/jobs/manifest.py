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

from ..core.model.base import Text
from ..core.model.problems import LandReviewError, Place
from ..core.tables import index

COLUMNS = ("case_number", "file", "business_type", "reference_date")
"""A manifest has these; ``project``, ``applicant``, ``answers`` and ``catalogue`` may follow."""
SUFFIXES = (".txt", ".shp", ".zip", ".gpkg", ".gdb", ".geojson", ".dxf", ".kml", ".kmz", ".csv", ".xlsx")
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
    """All rows of a CSV manifest; a bad row is a case with an error, never left out.

    Empty cells take the batch's business type and date. Files are relative to the manifest.
    Raises E-SRC-MISSING, E-TXT-ENC, E-ATT-FIELD for a manifest that can't be used at all.
    """
    rows = csv.DictReader(io.StringIO(text_of(path)))
    missing = [name for name in COLUMNS[:2] if name not in (rows.fieldnames or ())]
    if missing:
        raise LandReviewError("E-ATT-FIELD", detail=", ".join(missing), place=Place(file=path.name, line=1))
    cases = [
        _case(
            {key: (value or "").strip() for key, value in row.items() if isinstance(value, str)},
            line,
            path,
            business_type,
            reference_date,
        )
        for line, row in enumerate(rows, start=2)
    ]
    return _refuse_doubles(cases, path)


def of_folder(folder: Path, *, business_type: str, reference_date: dt.date) -> tuple[BatchCase, ...]:
    """Every hand-in file of a folder, in order of name; the file's stem is the case number."""
    if not folder.is_dir():
        raise LandReviewError("E-SRC-MISSING", detail=str(folder))
    files = sorted(path for path in folder.iterdir() if path.suffix.lower() in SUFFIXES and path.name[0] not in ".~")
    cases = [BatchCase(path.stem, str(path), business_type, reference_date, line=i) for i, path in enumerate(files, 1)]
    return _refuse_doubles(cases, folder)


def text_of(path: Path) -> str:
    """The text of a list in UTF-8 or GBK; raises E-SRC-MISSING, E-TXT-ENC."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise LandReviewError("E-SRC-MISSING", detail=str(path)) from error
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise LandReviewError("E-TXT-ENC", place=Place(file=path.name))


def _case(row: dict[str, str], line: int, manifest: Path, business_type: str, at: dt.date) -> BatchCase:
    place = Place(file=manifest.name, line=line)
    error: LandReviewError | None = None
    number, given = row.get("case_number", ""), row.get("file", "")
    kind = row.get("business_type") or business_type
    if not number or not given:
        error = LandReviewError("E-CASE-FIELD", detail="case_number" if not number else "file", place=place)
    elif kind not in index("business_types", "code"):
        error = LandReviewError("E-CASE-TYPE", detail=f"business_type: {kind}", place=place)
    date = at
    if row.get("reference_date"):
        try:
            date = dt.date.fromisoformat(row["reference_date"].replace("/", "-"))
        except ValueError:
            error = LandReviewError("E-CASE-TYPE", detail=f"reference_date: {row['reference_date']}", place=place)
    file = given if Path(given).is_absolute() else str(manifest.parent / given)
    if error is None and not Path(file.partition("|")[0]).exists():
        error = LandReviewError("E-SRC-MISSING", detail=given, place=place)
    answers, catalogue = row.get("answers", ""), row.get("catalogue", "")
    return BatchCase(
        number=number or f"line-{line}",
        file=file,
        business_type=kind,
        reference_date=date,
        project=row.get("project", ""),
        applicant=row.get("applicant", ""),
        answers=str(manifest.parent / answers) if answers else "",
        catalogue=str(manifest.parent / catalogue) if catalogue else "",
        line=line,
        error=error,
    )


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
