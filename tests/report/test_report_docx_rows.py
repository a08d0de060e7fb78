# SPDX-License-Identifier: GPL-2.0-or-later
"""Rows of a DOCX table: read back by python-docx they say what they were given."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from docx.shared import Cm
from docx.table import Table
from hypothesis import given
from hypothesis import strategies as st

from landreview_plugin.report.docx_parts import new_table
from landreview_plugin.report.docx_rows import Cell, Line, Row, append, said, small
from landreview_plugin.report.tones import HEADER, PLAIN


def table_with(*rows: Row, columns: int = 2) -> Table:
    table = new_table(docx.Document(), (4.0,) * columns)
    append(table, rows)
    return table


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=40))
def test_any_text_comes_back(text: str) -> None:
    read = table_with(Row((said(text, PLAIN), Cell()))).cell(0, 0).text
    assert read == "".join("\ufffd" if char in "\ufffe\uffff" else char for char in text)


@pytest.mark.parametrize("text", ["two\nlines", "a\ttab", "  kept spaces ", "<w:t>&amp;</w:t>", '"&<>', ""])
def test_white_space_and_markup_are_text(text: str) -> None:
    assert table_with(Row((said(text, PLAIN), Cell()))).cell(0, 0).text == text


def test_what_cannot_be_printed_is_seen() -> None:
    assert table_with(Row((said("a\x00b\x1b", PLAIN), Cell()))).cell(0, 0).text == "a\ufffdb\ufffd"


def test_a_cell_over_all_columns_is_as_wide_as_they_are() -> None:
    table = table_with(Row((Cell((Line("head"),), span=2),)), Row((said("a", PLAIN), said("b", PLAIN))))
    assert table.cell(0, 0).text == table.cell(0, 1).text == "head"
    assert abs(table.cell(0, 0).width - Cm(8.0)) < Cm(0.01) > abs(table.cell(1, 0).width - Cm(4.0))


def test_lines_keep_size_ink_and_place() -> None:
    (cell, _) = table_with(Row((said("1.00", HEADER, small("ha", "right"), align="right"), Cell()))).rows[0].cells
    first, second = cell.paragraphs
    assert (first.runs[0].font.size.pt, first.runs[0].bold, first.alignment) == (9.0, True, 2)
    assert (second.runs[0].font.size.pt, str(second.runs[0].font.color.rgb), second.alignment) == (8.0, "404040", 2)


def test_heads_are_repeated_and_stay_with_the_next_row() -> None:
    head, plain = (Row((Cell((Line("x"),)), Cell()), repeated=on, kept=on) for on in (True, False))
    rows = table_with(head, plain).rows
    assert [bool(row._tr.xpath("w:trPr/w:tblHeader")) for row in rows] == [True, False]
    assert [row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in rows] == [True, None]


def test_word_can_open_it(tmp_path: Path) -> None:
    """The file that was written is read again: a table that is no OOXML would not be."""
    document = docx.Document()
    append(new_table(document, (4.0,)), [Row((said("甲 & 乙", HEADER),))])
    document.save(str(tmp_path / "a.docx"))
    assert docx.Document(str(tmp_path / "a.docx")).tables[0].cell(0, 0).text == "甲 & 乙"
