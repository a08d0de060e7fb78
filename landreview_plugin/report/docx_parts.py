# SPDX-License-Identifier: GPL-2.0-or-later
"""What python-docx has no call for: East Asian fonts, shading, repeated heads, page numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from .words import printable

BODY_FONT = "宋体"
HEAD_FONT = "黑体"
LATIN_FONT = "Times New Roman"
ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
}


def set_fonts(properties: Any, east_asian: str) -> None:
    """Fonts of a run or style: Latin and, by ``w:eastAsia``, Chinese; theme fonts would win otherwise."""
    fonts = properties.get_or_add_rFonts()
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for slot in ("ascii", "hAnsi", "cs"):
        fonts.set(qn(f"w:{slot}"), LATIN_FONT)
    fonts.set(qn("w:eastAsia"), east_asian)


def set_base_style(document: Any) -> None:
    """Body text and headings of the document in fonts that every Chinese office has."""
    normal = document.styles["Normal"]
    normal.font.size = Pt(10.5)
    set_fonts(normal.element.get_or_add_rPr(), BODY_FONT)
    _speak_chinese(normal.element.get_or_add_rPr())
    normal.paragraph_format.space_after = Pt(2)
    heading = document.styles["Heading 1"]
    heading.font.size = Pt(13)
    heading.font.bold = True
    heading.font.color.rgb = RGBColor(0, 0, 0)
    heading.paragraph_format.space_before = Pt(12)
    heading.paragraph_format.space_after = Pt(4)
    heading.paragraph_format.keep_with_next = True
    set_fonts(heading.element.get_or_add_rPr(), HEAD_FONT)


def _speak_chinese(properties: Any) -> None:
    """Name the East Asian language: without it a fallback font may take Japanese or Taiwanese forms."""
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-US")
    language.set(qn("w:eastAsia"), "zh-CN")
    properties.append(language)


def set_page(document: Any, margin_cm: float) -> None:
    """A4, upright, with equal margins."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.left_margin = section.right_margin = Cm(margin_cm)
    section.top_margin = section.bottom_margin = Cm(margin_cm)


def add_text(
    paragraph: Any, text: str, *, size: float = 0, bold: bool = False, ink: str = "", head: bool = False
) -> Any:
    """A run of text in the base style's font or, ``head``, the headings'; unprintable becomes a visible mark."""
    run = paragraph.add_run(printable(text))
    if bold:
        run.bold = True
    if size:
        run.font.size = Pt(size)
    if ink and ink != "000000":
        run.font.color.rgb = RGBColor.from_string(ink)
    if head:
        set_fonts(run._element.get_or_add_rPr(), HEAD_FONT)
    return run


def space_before(paragraph: Any, points: float) -> None:
    """White space above a paragraph."""
    paragraph.paragraph_format.space_before = Pt(points)


def new_table(document: Any, columns_cm: Sequence[float]) -> Any:
    """An empty ruled table with fixed column widths, centred on the page."""
    table = document.add_table(rows=0, cols=len(columns_cm), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for column, width in zip(table.columns, columns_cm, strict=True):
        column.width = Cm(width)
    return table


def add_field(paragraph: Any, code: str) -> None:
    """A field such as PAGE or NUMPAGES that the word processor fills in."""
    run = add_text(paragraph, "", size=9)
    for kind, text in (("begin", ""), ("", code), ("end", "")):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        run._element.append(element)
