# SPDX-License-Identifier: GPL-2.0-or-later
"""Rows of a table in a DOCX as XML (ECMA-376 part 1, 17.4): through python-docx an opinion takes five times as long."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal
from xml.sax.saxutils import escape  # nosec B406 - writes, parses nothing

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from .tones import Tone
from .words import printable

Align = Literal["left", "center", "right"]
SIZE = 9.0
SMALL = 8.0
GREY = "404040"


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of a cell; sizes in points, ``ink`` as RRGGBB."""

    text: str
    size: float = SIZE
    bold: bool = False
    ink: str = ""
    align: Align | None = "left"
    tight: bool = True
    """No white space below."""


@dataclass(frozen=True, slots=True)
class Cell:
    """Paragraphs on a fill; ``span``: how many columns it takes."""

    lines: tuple[Line, ...] = ()
    fill: str = ""
    span: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    """Never broken by the end of a page; ``repeated`` on every page as a head, ``kept`` on the page of the next row."""

    cells: tuple[Cell, ...]
    repeated: bool = False
    kept: bool = False


def said(text: str, tone: Tone, *more: Line, size: float = SIZE, align: Align = "left") -> Cell:
    """A cell in the colours of ``tone``, and further lines below its text."""
    return Cell((Line(text, size, tone.bold, tone.ink, align), *more), tone.fill)


def small(text: str, align: Align | None = None) -> Line:
    """A further line of a cell."""
    return Line(text, SMALL, ink=GREY, align=align)


def append(table: Any, rows: Iterable[Row]) -> None:
    """Put rows at the end of a python-docx table, whose grid says how wide the columns are."""
    widths = [int(column.get(qn("w:w"))) for column in table._tbl.tblGrid]
    xml = "".join(_row(row, widths) for row in rows)
    table._tbl.extend(list(parse_xml(f"<w:tbl {nsdecls('w')}>{xml}</w:tbl>")))


def _row(row: Row, widths: list[int]) -> str:
    head = "<w:tblHeader/>" if row.repeated else ""
    cells, column = [], 0
    for cell in row.cells:
        cells.append(_cell(cell, sum(widths[column : column + cell.span]), row.kept))
        column += cell.span
    return f"<w:tr><w:trPr><w:cantSplit/>{head}</w:trPr>{''.join(cells)}</w:tr>"


def _cell(cell: Cell, width: int, kept: bool) -> str:
    span = f'<w:gridSpan w:val="{cell.span}"/>' if cell.span > 1 else ""
    fill = f'<w:shd w:val="clear" w:color="auto" w:fill="{cell.fill}"/>' if cell.fill else ""
    lines = "".join(_line(line, kept) for line in cell.lines) or "<w:p/>"
    return f'<w:tc><w:tcPr><w:tcW w:type="dxa" w:w="{width}"/>{span}{fill}</w:tcPr>{lines}</w:tc>'


def _line(line: Line, kept: bool) -> str:
    keep = "<w:keepNext/>" if kept else ""
    tight = '<w:spacing w:after="0"/>' if line.tight else ""
    align = f'<w:jc w:val="{line.align}"/>' if line.align else ""
    bold = "<w:b/>" if line.bold else ""
    ink = f'<w:color w:val="{line.ink}"/>' if line.ink and line.ink != "000000" else ""
    size = f'<w:sz w:val="{round(2 * line.size)}"/>'
    return (
        f"<w:p><w:pPr>{keep}{tight}{align}</w:pPr><w:r><w:rPr>{bold}{ink}{size}</w:rPr>{_text(line.text)}</w:r></w:p>"
    )


def _text(text: str) -> str:
    """Words, line breaks and tabs; what can't be printed becomes a visible mark."""
    lines = (escape(line).split("\t") for line in printable(text).split("\n"))
    return "<w:br/>".join("<w:tab/>".join(_words(words) for words in line) for line in lines)


def _words(words: str) -> str:
    return f'<w:t xml:space="preserve">{words}</w:t>' if words else ""
