# SPDX-License-Identifier: GPL-2.0-or-later
"""The opinion as an office prints it (审查意见表): a DOCX for Word, WPS and LibreOffice."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from ..core.files import replace_file
from ..core.model.base import Language
from ..core.model.result import ReviewResult
from .area_tables import arable_table, class_tables
from .column_widths import widths_cm
from .finding_tables import FindingGroup, PrintedFinding, dropped_table, finding_groups, to_confirm
from .modules import load
from .narrow import LAYER_COLUMNS, RULE_COLUMNS, narrowed
from .parcel_tables import parcel_table, statement_table
from .people_tables import people_tables
from .point_table import point_table
from .source_tables import basis_table, layer_table, quality_table, rule_table, uncovered_table
from .summary import case_facts, conclusion
from .tables import Row, Table
from .tones import HEADER, PLAIN, TOTAL
from .units import shown
from .words import Words, printable

MARGIN_CM = 1.8
WIDTH_CM = 17.4
PRINTED_POINTS = 500
"""Boundary points that are printed, some twelve pages; the XLSX has them all."""
FINDING_COLUMNS_CM = (4.0, 2.1, 2.3, 2.7, 1.7, 4.6)


def write_docx(result: ReviewResult, path: Path, language: Language | str = Language.ZH) -> None:
    """Write the opinion, whole or not at all.

    Raises LandReviewError E-ENV-MODULE without python-docx, E-ENV-WRITE when ``path`` can't be written.
    """
    load("docx")
    words = Words(language)
    replace_file(path, lambda beside: _Opinion(result, words).document.save(str(beside)))


class _Opinion:
    """Builds the document from top to bottom."""

    def __init__(self, result: ReviewResult, words: Words) -> None:
        import docx

        from . import docx_parts, docx_rows

        self._parts, self._rows, self._words, self._section = docx_parts, docx_rows, words, 0
        self.document: Any = docx.Document()
        docx_parts.set_base_style(self.document)
        docx_parts.set_page(self.document, MARGIN_CM)
        self._properties(result)
        self._head(result)
        self._conclusion(result)
        self._parcels(result)
        self._findings(result)
        self._people(result)
        self._classes(result)
        self._gaps(result)
        self._sources(result)
        self._signatures()
        self._points(result)
        self._footer(result)

    def _properties(self, result: ReviewResult) -> None:
        properties = self.document.core_properties
        properties.title, properties.author = self._words("title"), "LandReview"
        properties.subject = printable(result.case.number)[:255]
        properties.comments = ""

    def _head(self, result: ReviewResult) -> None:
        title = self.document.add_paragraph()
        title.alignment = self._parts.ALIGN["center"]
        self._parts.add_text(title, self._words("title"), size=20, bold=True, head=True)
        table = self._parts.new_table(self.document, (2.9, 5.5, 2.5, 6.5))
        said, blank = self._rows.said, self._rows.Cell()
        cells = [
            cell
            for label, value in case_facts(result, self._words)
            for cell in (said(label, TOTAL), said(value, PLAIN))
        ]
        cells += [blank] * (-len(cells) % 4)
        self._rows.append(table, (self._rows.Row(tuple(cells[i : i + 4])) for i in range(0, len(cells), 4)))

    def _heading(self, key: str) -> None:
        self._section += 1
        numeral = self._words("numerals").split("|")[self._section - 1]
        self.document.add_paragraph(f"{numeral}{self._words(key)}", style="Heading 1")

    def _conclusion(self, result: ReviewResult) -> None:
        self._heading("section.conclusion")
        said = conclusion(result, self._words)
        headline = self._rows.said(said.headline, said.tone, size=14, align="center")
        self._rows.append(self._parts.new_table(self.document, (WIDTH_CM,)), [self._rows.Row((headline,))])
        for sentence in said.sentences:
            self._note(sentence, size=10.5)

    def _parcels(self, result: ReviewResult) -> None:
        self._heading("section.parcels")
        self._table(parcel_table(result, self._words))
        self._sub_table(statement_table(result, self._words))

    def _findings(self, result: ReviewResult) -> None:
        self._heading("section.findings")
        for group in finding_groups(result, self._words):
            self._group(group)
        for key in ("note.findings", "note.severity"):
            self._note(self._words(key))
        if any(map(to_confirm, result.findings)):
            self._note(self._words("note.standing"))

    def _people(self, result: ReviewResult) -> None:
        if tables := people_tables(result, self._words):
            self._heading("section.people")
            for table in tables:
                self._sub_table(table)

    def _group(self, group: FindingGroup) -> None:
        table = self._parts.new_table(self.document, FINDING_COLUMNS_CM)
        row, said = self._rows.Row, self._rows.said
        banner = replace(said(group.heading, group.tone, size=10.5), span=len(FINDING_COLUMNS_CM))
        keys = ("rule_and_basis", "parcel", "verdict", "area", "share", "reason")
        columns = tuple(said(self._words(f"column.{key}"), HEADER, align="center") for key in keys)
        heads = (row((banner,), repeated=True, kept=True), row(columns, repeated=True, kept=True))
        self._rows.append(table, (*heads, *(row(self._finding(finding, group)) for finding in group.findings)))
        self._gap()

    def _finding(self, finding: PrintedFinding, group: FindingGroup) -> tuple[Any, ...]:
        said, small = self._rows.said, self._rows.small
        figures = (small(figure, "right") for figure in finding.figures[1:])
        return (
            said(finding.heading, PLAIN, small(finding.basis)),
            said(finding.parcels, PLAIN, align="center"),
            said(finding.verdict, group.tone, align="center"),
            said(finding.figures[0], PLAIN, *figures, align="right"),
            said(finding.share, PLAIN, align="right"),
            said(finding.reason, PLAIN, *map(small, finding.details)),
        )

    def _classes(self, result: ReviewResult) -> None:
        self._heading("section.classes")
        tables = class_tables(result, self._words)
        if not tables:
            self._note(self._words("note.no_classes"))
        for table in tables:
            self._sub_table(table)
        if (arable := arable_table(result, self._words)) is not None:
            self._sub_table(arable)

    def _gaps(self, result: ReviewResult) -> None:
        self._heading("section.gaps")
        self._sub_table(uncovered_table(result, self._words))
        if (dropped := dropped_table(result, self._words)).rows:
            self._sub_table(dropped)

    def _sources(self, result: ReviewResult) -> None:
        self._heading("section.layers")
        self._table(narrowed(layer_table(result, self._words), LAYER_COLUMNS))
        self._heading("section.quality")
        self._table(quality_table(result, self._words))
        self._heading("section.basis")
        self._table(basis_table(result, self._words))
        self._sub_table(narrowed(rule_table(result, self._words), RULE_COLUMNS))

    def _sub_table(self, table: Table) -> None:
        title = self.document.add_paragraph()
        title.paragraph_format.keep_with_next = True
        self._parts.space_before(title, 8)
        self._parts.add_text(title, table.title, bold=True)
        self._table(table)

    def _table(self, content: Table) -> None:
        """A table as wide as the page; only its notes where it has no rows."""
        if content.rows:
            table = self._parts.new_table(self.document, widths_cm(content, WIDTH_CM))
            columns = (self._rows.said(c.heading, HEADER, align="center", size=8.5) for c in content.columns)
            heading = self._rows.Row(tuple(columns), repeated=True, kept=True)
            self._rows.append(table, (heading, *(self._row(row, content) for row in content.rows)))
        for note in content.notes:
            self._note(note)

    def _row(self, row: Row, content: Table) -> Any:
        said = self._rows.said
        return self._rows.Row(
            tuple(
                said(
                    shown(value, column.kind),
                    TOTAL if row.total else row.tone(i),
                    align="right" if column.kind.numeric else "left",
                    size=8.5,
                )
                for i, (value, column) in enumerate(zip(row.cells, content.columns, strict=True))
            )
        )

    def _note(self, text: str, size: float = 8.5) -> None:
        paragraph = self.document.add_paragraph()
        self._parts.space_before(paragraph, 3)
        self._parts.add_text(paragraph, text, size=size)

    def _gap(self) -> None:
        """Two tables in a row would run into one."""
        paragraph = self.document.add_paragraph()
        self._parts.add_text(paragraph, "", size=4)
        paragraph.paragraph_format.line_spacing = 0.5

    def _signatures(self) -> None:
        self._heading("section.opinion")
        table = self._parts.new_table(self.document, (3.0, WIDTH_CM - 3.0))
        self._rows.append(table, map(self._signature, ("examiner", "reviewer", "leader")))
        seal = self.document.add_paragraph()
        seal.alignment = self._parts.ALIGN["right"]
        self._parts.add_text(seal, self._words("sign.seal"), size=10.5)

    def _signature(self, key: str) -> Any:
        """Who signs, and room for it."""
        rows, size = self._rows, 10.5
        lines = (self._words(line) + self._words("sign.space") for line in ("sign.signature", "sign.date"))
        space = (rows.Line(line, size, align="right", tight=False) for line in lines)
        who = rows.said(self._words(f"sign.{key}"), TOTAL, size=size, align="center")
        return rows.Row((who, rows.said("\n\n", PLAIN, *space, size=size)), kept=True)

    def _points(self, result: ReviewResult) -> None:
        """The annex on a page of its own."""
        if (table := point_table(result, self._words, PRINTED_POINTS)) is not None:
            self.document.add_page_break()
            self._sub_table(table)

    def _footer(self, result: ReviewResult) -> None:
        paragraph = self.document.sections[0].footer.paragraphs[0]
        paragraph.alignment = self._parts.ALIGN["center"]
        self._parts.add_text(paragraph, f"{result.case.number}　" if result.case.number else "", size=9)
        before, rest = self._words("footer.page").split("{page}")
        middle, after = rest.split("{pages}")
        self._parts.add_text(paragraph, before, size=9)
        self._parts.add_field(paragraph, "PAGE")
        self._parts.add_text(paragraph, middle, size=9)
        self._parts.add_field(paragraph, "NUMPAGES")
        self._parts.add_text(paragraph, after, size=9)
