# SPDX-License-Identifier: GPL-2.0-or-later
"""The tables of a review as an XLSX workbook for Excel, WPS and LibreOffice.

XlsxWriter and not openpyxl: ``write_string`` stores a text as text whatever it begins with (openpyxl
makes a formula of ``=…``), it is one pure Python package without further dependencies, and it streams.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from ..core.files import replace_file
from ..core.model.base import Language
from ..core.model.problems import LandReviewError
from ..core.model.result import ReviewResult
from .area_tables import arable_table, class_detail_tables, class_tables
from .finding_tables import dropped_table, finding_detail_table, finding_table
from .modules import load
from .parcel_tables import parcel_table, statement_table
from .people_tables import people_tables
from .point_table import point_table
from .source_tables import basis_table, layer_table, quality_table, rule_table, uncovered_table
from .summary import case_facts, conclusion
from .tables import Cell, Column, Kind, Row, Table
from .tones import HEADER, PLAIN, TOTAL, Tone
from .units import DASH
from .words import Words, printable

FONT = "宋体"
FONT_SIZE = 10
LINE_HEIGHT = 14.0
ROW_LIMIT = 1_048_576
HEIGHT_LIMIT = 409.0
"""Rows of a sheet and points of a row that the format allows."""
SHEET_POINTS = 200_000
"""Boundary points in one workbook: more of them take minutes and no one prints them."""
CELL_LIMIT = 32_767
"""Characters that a cell can hold (ECMA-376); the cut is marked."""
FORMULA_STARTS = ("=", "+", "-", "@")
NUMBER_FORMATS = {
    Kind.COUNT: "0",
    Kind.M2: "0.00",
    Kind.HA: "0.0000",
    Kind.MU: "0.0000",
    Kind.SHARE: "0.00%",
    Kind.METRES: "0.00",
    Kind.COORDINATE: "0.000",
    Kind.DATE: "yyyy-mm-dd",
}


@dataclass(frozen=True, slots=True)
class _Page:
    """A worksheet: its name and its tables from top to bottom."""

    name: str
    tables: tuple[Table, ...]


def write_xlsx(result: ReviewResult, path: Path, language: Language | str = Language.ZH) -> None:
    """Write the workbook, whole or not at all.

    Raises LandReviewError E-ENV-MODULE without XlsxWriter, E-ENV-WRITE when ``path`` can't be written.
    """
    xlsxwriter: Any = load("xlsxwriter")
    replace_file(path, lambda beside: _write(xlsxwriter, result, beside, Words(language)))


def _write(xlsxwriter: Any, result: ReviewResult, path: Path, words: Words) -> None:
    literally = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(str(path), literally)
    book.set_properties({"title": words("title"), "subject": printable(result.case.number), "author": "LandReview"})
    sheets = _Sheets(book, words, printable(result.case.number))
    sheets.overview(result)
    for page in _pages(result, words):
        sheets.page(page)
    book.close()


def _pages(result: ReviewResult, words: Words) -> tuple[_Page, ...]:
    classes = class_tables(result, words) or (Table(words("section.classes"), (), (), (words("note.no_classes"),)),)
    arable = arable_table(result, words)
    dropped = dropped_table(result, words)
    people = people_tables(result, words)
    points = point_table(result, words, SHEET_POINTS)
    return (
        _Page(words("sheet.findings"), (finding_table(result, words),)),
        *((_Page(words("sheet.people"), people),) if people else ()),
        _Page(words("sheet.finding_detail"), (finding_detail_table(result, words),)),
        _Page(words("sheet.classes"), (*classes, *((arable,) if arable else ()))),
        *(
            _Page(words("sheet.class_detail") + ("" if i == 0 else f" {i + 1}"), (table,))
            for i, table in enumerate(class_detail_tables(result, words))
        ),
        *((_Page(words("sheet.points"), (points,)),) if points else ()),
        _Page(words("sheet.uncovered"), (uncovered_table(result, words), *((dropped,) if dropped.rows else ()))),
        _Page(words("sheet.quality"), (quality_table(result, words),)),
        _Page(words("sheet.sources"), (layer_table(result, words),)),
        _Page(words("sheet.rules"), (rule_table(result, words),)),
        _Page(words("sheet.basis"), (basis_table(result, words),)),
    )


class _Sheets:
    """Lays tables out on worksheets."""

    def __init__(self, book: Any, words: Words, case_number: str) -> None:
        self._book, self._words, self._case_number = book, words, case_number
        self._formats: dict[tuple[object, ...], Any] = {}

    def overview(self, result: ReviewResult) -> None:
        """Title, conclusion, facts of the case, parcels and area statement."""
        tables = (parcel_table(result, self._words), statement_table(result, self._words))
        sheet = self._sheet(self._words("sheet.overview"), tables)
        said = conclusion(result, self._words)
        last = max(len(table.columns) for table in tables) - 1
        width = sum(_widths(tables))
        self._band(sheet, 0, last, self._words("title"), self._format(HEADER, size=16, align="center"), 30)
        self._band(sheet, 1, last, said.headline, self._format(said.tone, size=13, align="center"), 26)
        row = 2
        for sentence in said.sentences:
            height = _height(_lines(sentence, width))
            self._band(sheet, row, last, sentence, self._format(PLAIN), height)
            row += 1
        row = self._facts(sheet, row + 1, last, case_facts(result, self._words))
        for table in tables:
            row = self._table(sheet, row + 1, table, _widths(tables))

    def page(self, page: _Page) -> None:
        """A worksheet of tables; a single table has its heading frozen and a filter."""
        sheet = self._sheet(page.name, page.tables)
        row = 0
        for table in page.tables:
            row = self._table(sheet, row, table, _widths(page.tables)) + 1
        first = page.tables[0]
        if first.rows:
            sheet.freeze_panes(2, 0)
            sheet.repeat_rows(1)
        if len(page.tables) == 1 and first.rows and not any(r.total for r in first.rows):
            sheet.autofilter(1, 0, 1 + len(first.rows), len(first.columns) - 1)

    def _sheet(self, name: str, tables: Sequence[Table]) -> Any:
        sheet = self._book.add_worksheet(name)
        sheet.set_paper(9)  # A4
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.5, right=0.5, top=0.7, bottom=0.7)
        escaped = self._case_number.replace("&", "&&")
        sheet.set_footer(f"&L{escaped}  &A&R&P / &N")
        sheet.hide_gridlines(2)
        for i, width in enumerate(_widths(tables)):
            sheet.set_column(i, i, width)
        return sheet

    def _band(self, sheet: Any, row: int, last: int, text: str, form: Any, height: float) -> None:
        if last:
            sheet.merge_range(row, 0, row, last, "", form)
        self._string(sheet, row, 0, text, form)
        sheet.set_row(row, height)

    def _facts(self, sheet: Any, row: int, last: int, facts: Sequence[tuple[str, str]]) -> int:
        """Label and value, two pairs a row."""
        label, value = self._format(TOTAL), self._format(PLAIN)
        middle = (last + 1) // 2
        for i in range(0, len(facts), 2):
            for (name, text), start, end in zip(facts[i : i + 2], (0, middle), (middle - 1, last), strict=False):
                sheet.merge_range(row, start, row, start + 1, "", label)
                self._string(sheet, row, start, name, label)
                sheet.merge_range(row, start + 2, row, end, "", value)
                self._string(sheet, row, start + 2, text, value)
            longest = max(len(printable(text)) for _, text in facts[i : i + 2])
            sheet.set_row(row, _height(max(1, -(-longest // 28)), 3))
            row += 1
        return row

    def _table(self, sheet: Any, row: int, table: Table, widths: Sequence[float]) -> int:
        """Title, heading, rows, notes; returns the row below."""
        if row + len(table.rows) + len(table.notes) + 3 > ROW_LIMIT:
            # XlsxWriter would leave the rest out and only return a code
            raise LandReviewError("E-SRC-LIMIT", detail=f"{table.title}: {len(table.rows)} > {ROW_LIMIT}")
        self._string(sheet, row, 0, table.title, self._format(PLAIN, size=12, border=False, wrap=False, bold=True))
        row += 1
        if table.rows:
            self._heading(sheet, row, table.columns, widths)
            row += 1
        for each in table.rows:
            self._row(sheet, row, each, table.columns, widths)
            row += 1
        for note in table.notes:
            last = max(len(table.columns), len(widths)) - 1
            height = _height(_lines(note, sum(widths)))
            self._band(sheet, row, last, note, self._format(PLAIN, border=False), height)
            row += 1
        return row

    def _heading(self, sheet: Any, row: int, columns: Sequence[Column], widths: Sequence[float]) -> None:
        for i, column in enumerate(columns):
            self._string(sheet, row, i, column.heading, self._format(HEADER, align="center"))
        lines = max(_lines(column.heading, width) for column, width in zip(columns, widths, strict=False))
        sheet.set_row(row, _height(lines, 4))

    def _row(self, sheet: Any, row: int, content: Row, columns: Sequence[Column], widths: Sequence[float]) -> None:
        for i, (cell, column) in enumerate(zip(content.cells, columns, strict=True)):
            tone = TOTAL if content.total else content.tone(i)
            self._cell(sheet, row, i, cell, column.kind, tone)
        texts = [(cell, width) for cell, width in zip(content.cells, widths, strict=False) if isinstance(cell, str)]
        lines = max((_lines(text, width) for text, width in texts), default=1)
        sheet.set_row(row, _height(lines, 3))

    def _cell(self, sheet: Any, row: int, column: int, cell: Cell, kind: Kind, tone: Tone) -> None:
        align = "right" if kind.numeric else "left"
        if isinstance(cell, (Decimal, int)):
            form = self._format(tone, align=align, number=NUMBER_FORMATS.get(kind, "General"))
            sheet.write_number(row, column, float(cell), form)
        elif isinstance(cell, dt.date):
            form = self._format(tone, align="center", number=NUMBER_FORMATS[Kind.DATE])
            sheet.write_datetime(row, column, dt.datetime.combine(cell, dt.time()), form)
        else:
            self._string(sheet, row, column, DASH if cell is None else cell, self._format(tone, align=align))

    def _string(self, sheet: Any, row: int, column: int, text: str, form: Any) -> None:
        """Text, never a formula or a link; what looks like a formula keeps its apostrophe when edited."""
        shown = printable(text)
        if len(shown) > CELL_LIMIT:
            shown = shown[: CELL_LIMIT - 1] + "…"
        sheet.write_string(row, column, shown, self._quoted(form) if shown.startswith(FORMULA_STARTS) else form)

    def _format(
        self,
        tone: Tone,
        *,
        align: str = "left",
        number: str = "",
        size: int = FONT_SIZE,
        border: bool = True,
        wrap: bool = True,
        bold: bool | None = None,
        quote: bool = False,
    ) -> Any:
        key = (tone, align, number, size, border, wrap, bold, quote)
        if key not in self._formats:
            self._formats[key] = self._book.add_format(_properties(*key))
            self._formats[key].key = key
        return self._formats[key]

    def _quoted(self, form: Any) -> Any:
        tone, align, number, size, border, wrap, bold, _ = form.key
        return self._format(
            tone, align=align, number=number, size=size, border=border, wrap=wrap, bold=bold, quote=True
        )


def _properties(
    tone: Tone, align: str, number: str, size: int, border: bool, wrap: bool, bold: bool | None, quote: bool
) -> dict[str, object]:
    properties: dict[str, object] = {
        "font_name": FONT,
        "font_size": size,
        "font_color": f"#{tone.ink}",
        "bold": tone.bold if bold is None else bold,
        "align": align,
        "indent": 1 if align == "left" and border else 0,
        "valign": "vcenter",
        "text_wrap": wrap,
        "quote_prefix": quote,
    }
    if tone.fill:
        properties["bg_color"] = f"#{tone.fill}"
    if border:
        properties |= {"border": 1, "border_color": "#808080"}
    if number:
        properties["num_format"] = number
    return properties


def _widths(tables: Sequence[Table]) -> list[float]:
    """Column widths that suit all tables of a sheet."""
    count = max((len(table.columns) for table in tables), default=1)
    return [
        float(max((table.columns[i].width for table in tables if i < len(table.columns)), default=12))
        for i in range(max(count, 1))
    ]


def _height(lines: int, padding: float = 0.0) -> float:
    """The height of a row in points."""
    return min(LINE_HEIGHT * lines + padding, HEIGHT_LIMIT)


@lru_cache(maxsize=4096)  # titles, laws and reasons come back row by row
def _lines(text: str, width: float) -> int:
    """Lines that a text takes in a column; a Chinese character is two half-widths wide."""
    return sum(max(1, -(-_half_widths(line) // max(int(width) - 1, 1))) for line in text.split("\n"))


def _half_widths(text: str) -> int:
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)
