# SPDX-License-Identifier: GPL-2.0-or-later
"""The rows of a list of cases, whatever office program saved it: CSV with any separator and encoding, or XLSX."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..core.boundary.header import parse_date
from ..core.model.base import Text
from ..core.model.problems import LandReviewError, Place
from ..core.tables import table
from ..sources.table_rows import HEADER_ROWS, csv_rows, xlsx_rows

_MIDNIGHT = re.compile(r"[ T]0?0:00(:00)?$")
_AS_NUMBER = re.compile(r"\d(\.\d+)?E\+\d+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ListRow:
    """One row: its cells by our name of the column, and whether it has more cells than there are columns."""

    line: int
    cells: Mapping[str, str]
    surplus: bool = False


def list_rows(path: Path, needed: Sequence[str]) -> Iterator[ListRow]:
    """All rows that are not blank, below the header, which may be in English or Chinese.

    Raises E-SRC-MISSING, E-TXT-ENC, E-SRC-CORRUPT, E-ENV-MODULE (XLSX without openpyxl), and E-ATT-FIELD when a
    column of ``needed`` is missing or one occurs twice.
    """
    numbered = enumerate(_raw(path, needed), start=1)
    header: list[str] = []
    for line, row in numbered:
        header = _names(row)
        if _is_header(row, needed) or line == HEADER_ROWS:
            break
    wrong = [name for name in needed if name not in header]
    wrong += [name for name in dict.fromkeys(header) if name and header.count(name) > 1]
    if wrong:
        raise LandReviewError("E-ATT-FIELD", detail=", ".join(wrong), place=Place(file=path.name, line=1))
    for line, row in numbered:
        cells = [cell.strip() for cell in row]
        if any(cells):
            yield ListRow(line, dict(zip(header, cells, strict=False)), any(cells[len(header) :]))


def date_of(text: str) -> dt.date | None:
    """A day as people and spreadsheets write it: ``2026-09-01``, ``2026/9/1``, ``2026年9月1日``, ``20260901``."""
    plain = _MIDNIGHT.sub("", text.strip())
    if plain.isdigit() and len(plain) == 8:
        plain = f"{plain[:4]}-{plain[4:6]}-{plain[6:]}"
    return parse_date(plain)


def spoiled(number: str) -> Text | None:
    """What to say of a number that a spreadsheet has rounded (``4.3E+17``): its last digits are lost."""
    if not _AS_NUMBER.fullmatch(number):
        return None
    return Text(
        zh=f"{number}：电子表格已将编号变为数值，末位丢失；请将该列设为文本后重新填写",
        en=f"{number}: a spreadsheet made a rounded number of it; format the column as text and enter it again",
    )


def _raw(path: Path, needed: Sequence[str]) -> Iterator[list[str]]:
    place = Place(file=path.name)

    def fits(row: Sequence[str]) -> bool:
        return _is_header(row, needed)

    if not path.is_file():
        raise LandReviewError("E-SRC-MISSING", detail=str(path))
    try:
        yield from (
            xlsx_rows(path, "", place, fits) if path.suffix.lower() == ".xlsx" else csv_rows(path, "", place, fits)
        )
    except OSError as error:
        raise LandReviewError("E-SRC-MISSING", detail=f"{path}: {error.strerror}") from error


def _is_header(row: Sequence[str], needed: Sequence[str]) -> bool:
    return set(needed) <= set(_names(row))


def _names(row: Sequence[str]) -> list[str]:
    """Our names of the columns; what nobody knows stays as it is."""
    known = {alias: each["column"] for each in table("list_columns") for alias in each["names"].split("|")}
    plain = [unicodedata.normalize("NFKC", cell).strip().lower() for cell in row]
    return [known.get(cell, cell) for cell in plain]
