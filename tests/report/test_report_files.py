# SPDX-License-Identifier: GPL-2.0-or-later
"""XLSX and DOCX as other programs read them: everything there, nothing run, nothing half."""

from __future__ import annotations

import re
import sys
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import docx
import openpyxl
import pytest
from lxml import etree

from landreview_plugin.core.model.problems import LandReviewError
from landreview_plugin.core.model.result import ReviewResult
from landreview_plugin.report.docx import write_docx
from landreview_plugin.report.formats import available, write_reports
from landreview_plugin.report.xlsx import write_xlsx

Writer = Callable[[ReviewResult, Path, str], None]


def sheet_texts(path: Path) -> dict[str, list[list[object]]]:
    book = openpyxl.load_workbook(path)
    return {sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book}


def docx_text(path: Path) -> str:
    document = docx.Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


@pytest.fixture
def hide_module(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Make a package look as if it were not installed."""

    def hide(name: str) -> None:
        for module in [m for m in sys.modules if m.partition(".")[0] == name]:
            monkeypatch.delitem(sys.modules, module)
        monkeypatch.setitem(sys.modules, name, None)

    return hide


def test_the_workbook_has_its_sheets_and_numbers_are_numbers(result: ReviewResult, folder: Path) -> None:
    write_xlsx(result, folder / "r.xlsx", "zh")
    book = openpyxl.load_workbook(folder / "r.xlsx")
    assert book.sheetnames == [
        "概览",
        "冲突与核查",
        "核查明细",
        "地类面积",
        "地类明细",
        "界址点",
        "未覆盖",
        "质量检查",
        "数据来源",
        "规则",
        "计算依据",
    ]
    cell = book["冲突与核查"]["E3"]
    assert (cell.value, cell.number_format, cell.data_type) == (4000, "0.00", "n")
    assert book["冲突与核查"]["F3"].number_format == "0.0000"
    assert book["冲突与核查"].freeze_panes == "A3"
    for sheet in book:
        assert str(sheet.page_setup.paperSize) == sheet.PAPERSIZE_A4


def test_the_workbook_has_every_finding(result: ReviewResult, folder: Path) -> None:
    write_xlsx(result, folder / "r.xlsx", "zh")
    rows = sheet_texts(folder / "r.xlsx")["冲突与核查"][2 : 2 + len(result.findings)]
    assert {str(row[1]).rstrip("※") for row in rows} == {finding.rule for finding in result.findings}
    assert sum(row[0] == "未核查" for row in rows) == 6


def test_the_printed_columns_of_the_class_sheet_sum_up(result: ReviewResult, folder: Path) -> None:
    write_xlsx(result, folder / "r.xlsx", "zh")
    rows = sheet_texts(folder / "r.xlsx")["地类明细"][2:]
    leaves = [row for row in rows if row[1] != "小计" and row[0] not in ("合计", None)]
    total = next(row for row in rows if row[0] == "合计")
    for position in (8, 9, 10):
        assert sum(Decimal(str(row[position])) for row in leaves) == Decimal(str(total[position]))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_opinion_says_everything(result: ReviewResult, folder: Path, language: str) -> None:
    write_docx(result, folder / "o.docx", language)
    text = docx_text(folder / "o.docx")
    for finding in result.findings:
        assert finding.rule in text
        assert getattr(finding.reason, language) in text
    for wanted in (result.case.number, result.case.project, result.digest, "2024-05-31", "limited_activity"):
        assert wanted in text
    assert getattr(result.findings[0].title, language) in text
    assert ("张建国" if language == "zh" else "Zhang Jianguo") in text


def test_chinese_fonts_are_set_for_chinese_characters(result: ReviewResult, folder: Path) -> None:
    write_docx(result, folder / "o.docx", "zh")
    with zipfile.ZipFile(folder / "o.docx") as package:
        body = etree.fromstring(package.read("word/document.xml"))
        styles = etree.fromstring(package.read("word/styles.xml"))
        footer = b"".join(package.read(name) for name in package.namelist() if "footer" in name)
    names = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}
    assert set(body.xpath("//w:rFonts/@w:eastAsia", namespaces=names)) == {"黑体"}
    for style, font in (("Normal", "宋体"), ("Heading1", "黑体")):
        path = f"//w:style[@w:styleId='{style}']/w:rPr/w:rFonts"
        (fonts,) = styles.xpath(path, namespaces=names)
        assert fonts.get(f"{{{names['w']}}}eastAsia") == font
        assert not any("Theme" in name for name in fonts.attrib), "a theme font would win"
    assert b"PAGE" in footer and b"NUMPAGES" in footer


def test_names_that_look_like_code_stay_text(hostile: ReviewResult, folder: Path) -> None:
    write_xlsx(hostile, folder / "h.xlsx", "zh")
    with zipfile.ZipFile(folder / "h.xlsx") as package:
        sheets = [package.read(name).decode() for name in package.namelist() if "worksheets/" in name]
    assert not any(re.search("<f[ >]|<hyperlink", sheet) for sheet in sheets)
    values = [cell for rows in sheet_texts(folder / "h.xlsx").values() for row in rows for cell in row]
    for name in (
        "<script>alert(1)</script>",
        '=HYPERLINK("http://x.example","点我")',
        "=cmd|' /C calc'!A0",
        "@SUM(A1)",
    ):
        assert name in values


def test_what_looks_like_a_formula_keeps_its_apostrophe(hostile: ReviewResult, folder: Path) -> None:
    write_xlsx(hostile, folder / "h.xlsx", "zh")
    cells = [cell for row in openpyxl.load_workbook(folder / "h.xlsx")["概览"].iter_rows() for cell in row]
    risky = [cell for cell in cells if str(cell.value or "").startswith(("=", "@", "+"))]
    assert len(risky) >= 5
    assert all(cell.quotePrefix for cell in risky)


def test_control_characters_become_a_visible_mark(hostile: ReviewResult, folder: Path) -> None:
    write_docx(hostile, folder / "h.docx", "zh")
    text = docx_text(folder / "h.docx")
    assert "+1\ufffd2 & ]]>" in text
    assert "<b>&amp;</b>" in text
    assert "<script>alert(1)</script>" in text


@pytest.mark.parametrize(("writer", "suffix"), [(write_xlsx, "xlsx"), (write_docx, "docx")])
def test_five_hundred_findings(crowd: ReviewResult, folder: Path, writer: Writer, suffix: str) -> None:
    path = folder / f"c.{suffix}"
    writer(crowd, path, "zh")
    if suffix == "xlsx":
        rows = sheet_texts(path)["冲突与核查"]
        assert sum(row[8] == "与永久基本农田重叠12.34平方米" for row in rows) == 500
    else:
        assert sum(len(table.rows) for table in docx.Document(str(path)).tables) >= 500


def test_more_rows_than_a_sheet_holds_is_an_error_not_a_loss(
    crowd: ReviewResult, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("landreview_plugin.report.xlsx.ROW_LIMIT", 500)
    with pytest.raises(LandReviewError, match="E-SRC-LIMIT"):
        write_xlsx(crowd, folder / "r.xlsx", "zh")
    assert list(folder.iterdir()) == []


def test_an_empty_result_is_printed_as_not_checked(result: ReviewResult, folder: Path) -> None:
    empty = ReviewResult.model_validate(
        {"case": result.case, "verdict": "not_checked", "parcels": (), "findings": (), "provenance": result.provenance}
    )
    written = write_reports(empty, folder, "leer", ("xlsx", "docx"), "zh")
    assert "没有任何规则被核查" in docx_text(written["docx"])
    assert any("没有任何规则被核查" in str(row[0]) for row in sheet_texts(written["xlsx"])["概览"])


def test_reports_are_named_by_stem_and_format(result: ReviewResult, folder: Path) -> None:
    written = write_reports(result, folder, "result", ("json", "gpkg", "xlsx", "docx"), "zh")
    assert written == {name: folder / f"result.{name}" for name in ("json", "xlsx", "docx")}
    assert sorted(path.name for path in folder.iterdir()) == ["result.docx", "result.json", "result.xlsx"]


def test_pdf_says_why_not_before_anything_is_written(
    result: ReviewResult, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server with GDAL and no QGIS."""
    monkeypatch.delitem(sys.modules, "landreview_plugin.report.maps", raising=False)
    monkeypatch.delattr("landreview_plugin.report.maps", raising=False)
    monkeypatch.setitem(sys.modules, "qgis.core", None)
    assert available()["pdf"] is not None
    with pytest.raises(LandReviewError) as caught:
        write_reports(result, folder, "result", ("json", "pdf"))
    assert caught.value.code == "E-ENV-MODULE"
    assert not list(folder.iterdir())


@pytest.mark.parametrize(
    ("module", "name", "package"), [("xlsxwriter", "xlsx", "XlsxWriter"), ("docx", "docx", "python-docx")]
)
def test_a_missing_package_is_named(
    result: ReviewResult, folder: Path, hide_module: Callable[[str], None], module: str, name: str, package: str
) -> None:
    hide_module(module)
    reason = available()[name]
    assert reason is not None and package in reason.zh and package in reason.en
    with pytest.raises(LandReviewError) as caught:
        write_reports(result, folder, "result", (name,))
    assert caught.value.code == "E-ENV-MODULE"
    assert list(folder.iterdir()) == []
    written = write_reports(result, folder, "result", ("json",))
    assert written["json"].exists(), "the other formats still work"


@pytest.mark.parametrize(("writer", "suffix"), [(write_xlsx, "xlsx"), (write_docx, "docx")])
def test_a_report_that_cannot_be_written_leaves_nothing(
    result: ReviewResult, folder: Path, writer: Writer, suffix: str
) -> None:
    target = folder / f"r.{suffix}"
    target.mkdir()
    with pytest.raises(LandReviewError, match="E-ENV-WRITE"):
        writer(result, target, "zh")
    assert [path.name for path in folder.iterdir()] == [target.name]
