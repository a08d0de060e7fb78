# SPDX-License-Identifier: GPL-2.0-or-later
"""The rows of a CSV or XLSX as texts, whatever program wrote it."""

from __future__ import annotations

import codecs
import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, Final

from ..core.model.base import Text
from ..core.model.problems import LandReviewError, Place

_FORMULA: Final = re.compile(rb"<f[ >]")
_RESULT: Final = re.compile(rb"(?:</f>|<f[^>]*/>)\s*<v>[^<]|t=\"str\"")
HEADER_ROWS: Final = 20
"""Titles and project names may stand above the header, but not more than so many rows."""
_HEAD_BYTES: Final = 1 << 16
_DELIMITERS: Final = (",", ";", "\t")
Fits = Callable[[Sequence[str]], bool]
"""Whether a row is the header that is looked for."""


def csv_rows(path: Path, given: str, place: Place, is_header: Fits) -> Iterator[list[str]]:
    """Rows of a CSV in UTF-8, GB18030 or UTF-16; the separator is the one that makes a header of a row.

    Raises E-TXT-ENC for bytes that are no text, E-SRC-CORRUPT for what is no CSV.
    """
    text = _text(path.read_bytes(), given, place)
    try:
        yield from _parsed(text, _delimiter(text, is_header))
    except csv.Error as error:
        raise LandReviewError("E-SRC-CORRUPT", detail=str(error), place=place) from error


def header_in(path: Path, given: str, is_header: Fits) -> bool:
    """True when one of the first rows of a text file is the header looked for, whatever separates its columns."""
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    whole = head[: head.rfind(b"\n") + 1] if len(head) == _HEAD_BYTES else head
    try:
        text = _text(whole, given, Place(file=path.name))
        return any(_first_rows_fit(text, delimiter, is_header) for delimiter in _DELIMITERS)
    except (LandReviewError, csv.Error):
        return False


def _first_rows_fit(text: str, delimiter: str, is_header: Fits) -> bool:
    return any(map(is_header, islice(_parsed(text, delimiter), HEADER_ROWS)))


def _text(data: bytes, given: str, place: Place) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = (given,) if given else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    raise LandReviewError("E-TXT-ENC", place=place)


def _delimiter(text: str, is_header: Fits) -> str:
    """By the header; without one, the most frequent of the first line."""
    for delimiter in _DELIMITERS:
        if _first_rows_fit(text, delimiter, is_header):
            return delimiter
    return max(_DELIMITERS, key=text.partition("\n")[0].count)


def _parsed(text: str, delimiter: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)


def xlsx_rows(path: Path, wanted: str, place: Place, is_header: Fits) -> Iterator[list[str]]:
    """Rows of the sheet asked for, or of the only one with a header.

    Raises E-SRC-MISSING, E-SRC-LAYER, E-SRC-CORRUPT, E-ENV-MODULE without openpyxl.
    """
    try:
        import openpyxl
    except ImportError as error:
        detail = Text(zh="缺少openpyxl；请安装或另存为CSV", en="openpyxl is missing; install it or save as CSV")
        raise LandReviewError("E-ENV-MODULE", detail=detail, place=place) from error
    try:
        # values only: a formula shows what the office program stored, and is never evaluated here
        book = openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)
        sheet = book[_sheet(book, wanted, place, is_header)]
        try:
            rows = sheet.iter_rows(values_only=True)
            yield from _with_formulas(path, sheet.title, rows) if _never_calculated(path) else map(_texts, rows)
        finally:
            book.close()
    except (LandReviewError, GeneratorExit):
        raise
    except Exception as error:  # openpyxl raises whatever a damaged file makes it stumble over
        raise LandReviewError("E-SRC-CORRUPT", detail=str(error)[:200], place=place) from error


def _never_calculated(path: Path) -> bool:
    """Whether formulas came from a program that calculates none: then not one has a result, not even an empty text."""
    formulas = False
    with zipfile.ZipFile(path) as parts:
        for name in filter(lambda each: each.startswith("xl/worksheets/"), parts.namelist()):
            sheet = parts.read(name)  # one at a time: together they may be large
            if _RESULT.search(sheet):
                return False
            formulas = formulas or _FORMULA.search(sheet) is not None
    return formulas


def _with_formulas(path: Path, title: str, rows: Iterator[Sequence[object]]) -> Iterator[list[str]]:
    """Rows where a formula that no program has calculated stands as it is written, and not as an empty cell."""
    import openpyxl

    book = openpyxl.load_workbook(path, read_only=True, keep_links=False)
    try:
        for row, written in zip(rows, book[title].iter_rows(values_only=True), strict=False):
            yield _texts([given if value is None else value for value, given in zip(row, written, strict=False)])
    finally:
        book.close()


def _texts(row: Sequence[object]) -> list[str]:
    return ["" if cell is None else str(cell) for cell in row]


def _sheet(book: Any, wanted: str, place: Place, is_header: Fits) -> str:
    """The sheet asked for, or the only one that has a header."""
    names = [sheet.title for sheet in book.worksheets]
    if wanted:
        if wanted not in names:
            detail = Text(zh=f"没有工作表{wanted}：{', '.join(names)}", en=f"no sheet {wanted}: {', '.join(names)}")
            raise LandReviewError("E-SRC-MISSING", detail=detail, place=place)
        return wanted
    fitting = [sheet.title for sheet in book.worksheets if _has_header(sheet, is_header)]
    if len(fitting) > 1:
        raise LandReviewError("E-SRC-LAYER", detail=", ".join(fitting), place=place)
    if not names:
        raise LandReviewError("E-SRC-EMPTY", place=place)
    return str(fitting[0] if fitting else names[0])


def _has_header(sheet: Any, is_header: Fits) -> bool:
    return any(is_header(_texts(row)) for row in sheet.iter_rows(max_row=HEADER_ROWS, values_only=True))
