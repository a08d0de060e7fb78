# SPDX-License-Identifier: GPL-2.0-or-later
"""What people say of a finding is printed beside it; the finding, the verdict and the digest stay as they are."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import docx
import openpyxl
import pytest
from osgeo import ogr

from landreview_plugin.core.evidence.digest import result_digest
from landreview_plugin.core.model.crs import Crs
from landreview_plugin.core.model.opinion import Judgement, Mark, Opinion, People, Role
from landreview_plugin.core.model.result import ReviewResult
from landreview_plugin.report.formats import write_reports
from landreview_plugin.report.json_result import read_json
from landreview_plugin.report.people_tables import judgement_table, opinion_table, people_tables
from landreview_plugin.report.words import Words
from landreview_plugin.sources.result_gpkg import write_result_gpkg

APPROVAL = "ab" * 32


def judgement(result: ReviewResult, finding: str = "ECO-01/2", **more: object) -> Judgement:
    """A reviewer's judgement at half past nine by the office's clock."""
    values: dict[str, object] = {
        "finding": finding,
        "result_digest": result.digest,
        "mark": Mark.JUSTIFIED,
        "ground": "省政府已出具有限人为活动认定意见",
        "attachments": (APPROVAL,),
        "person": "李审核",
        "role": Role.REVIEWER,
        "at": dt.datetime(2026, 7, 20, 1, 30, tzinfo=dt.UTC),
    }
    return Judgement.model_validate(values | more)


@pytest.fixture
def people(result: ReviewResult) -> People:
    """A justified finding, one that a technician judged and a leader judged again, a judgement of another result."""
    first = judgement(
        result, "PBF-01/1", mark=Mark.MISTAKEN, ground="底图套合偏移", person="王经办", role=Role.TECHNICIAN
    )
    last = judgement(
        result, "PBF-01/1", mark=Mark.OVERRULED, ground="国务院批准文号已取得", person="张局", role=Role.LEADER
    )
    old = judgement(result, result_digest="0" * 64, ground="上一版结果的说明")
    opinion = Opinion(
        result_digest=result.digest,
        conclusion="补齐采矿权资料后同意上报",
        passes=True,
        judgements=(last,),
        person="张局",
        role=Role.LEADER,
        at=dt.datetime(2026, 7, 21, 8, 0, tzinfo=dt.UTC),
    )
    return People(
        judgements=(judgement(result), first, last, old), opinions=(opinion,), files={APPROVAL: "认定意见.pdf"}
    )


@pytest.fixture
def judged(result: ReviewResult, people: People) -> ReviewResult:
    """The result with what people said of it."""
    return result.model_copy(update={"people": people})


def test_judgements_change_neither_findings_nor_digest(result: ReviewResult, judged: ReviewResult) -> None:
    assert result_digest(judged) == result_digest(result)
    assert judged.findings == result.findings


def test_the_last_judgement_of_this_result_counts_and_the_others_stay(judged: ReviewResult) -> None:
    rows = judgement_table(judged, Words("zh")).rows
    assert [(row.cells[0], row.cells[3], row.cells[-1]) for row in rows] == [
        ("ECO-01", "属实，有依据", "有效"),
        ("PBF-01", "判定有误", "已被后一判断取代"),
        ("PBF-01", "负责人批准放行", "有效"),
        ("ECO-01", "属实，有依据", "针对另一份结果，不适用"),
    ]
    assert rows[1].cells[2] == "冲突（禁止）", "the program's own finding stands beside it"


def test_a_judgement_of_a_finding_that_is_not_there_is_said(result: ReviewResult) -> None:
    strange = result.model_copy(update={"people": People(judgements=(judgement(result, "GONE-9/7"),))})
    (row,) = judgement_table(strange, Words("en")).rows
    assert (row.cells[0], row.cells[1], row.cells[-1]) == ("GONE-9", "7", "the result has no such finding")


def test_attachments_go_by_name_or_else_by_hash_and_times_by_the_office_clock(judged: ReviewResult) -> None:
    row = judgement_table(judged, Words("zh")).rows[0]
    assert row.cells[5:8] == ("认定意见.pdf", "李审核（审核人）", "2026-07-20 09:30")
    nameless = judged.model_copy(update={"people": judged.people.model_copy(update={"files": {}})})
    assert judgement_table(nameless, Words("zh")).rows[0].cells[5] == APPROVAL[:12]


def test_an_opinion_says_whether_the_case_passes(judged: ReviewResult) -> None:
    (row,) = opinion_table(judged, Words("zh")).rows
    assert row.cells == ("同意上报", "补齐采矿权资料后同意上报", "张局（负责人）", "2026-07-21 16:00", "有效")


def test_a_result_that_nobody_judged_prints_no_empty_section(result: ReviewResult, folder: Path) -> None:
    assert people_tables(result, Words("zh")) == ()
    write_reports(result, folder, "plain", ["xlsx", "docx"])
    assert "人工判断与意见" not in openpyxl.load_workbook(folder / "plain.xlsx").sheetnames
    headings = [p.text for p in docx.Document(str(folder / "plain.docx")).paragraphs if p.style.name == "Heading 1"]
    assert not any("人工判断" in heading for heading in headings)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_both_stand_in_the_workbook_and_in_the_opinion(
    result: ReviewResult, people: People, folder: Path, language: str
) -> None:
    write_reports(result, folder, "judged", ["xlsx", "docx"], language, people)
    book = openpyxl.load_workbook(folder / "judged.xlsx")
    cells = "\n".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)
    document = docx.Document(str(folder / "judged.docx"))
    table_texts = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    printed = "\n".join([*(paragraph.text for paragraph in document.paragraphs), *table_texts])
    for text in (cells, printed):
        for each in people.judgements:
            assert each.ground in text and each.person in text
        assert people.opinions[0].conclusion in text
        assert getattr(result.findings[0].reason, language) in text, "the program's finding is printed as well"
        assert "认定意见.pdf" in text


def test_the_finding_row_itself_carries_the_judgement(result: ReviewResult, people: People, folder: Path) -> None:
    write_reports(result, folder, "judged", ["xlsx"], "zh", people)
    rows = list(openpyxl.load_workbook(folder / "judged.xlsx")["冲突与核查"].iter_rows(min_row=3, values_only=True))
    hit = next(row for row in rows if str(row[1]).startswith("PBF-01") and row[3] == "1")
    assert hit[0] == "冲突（禁止）"
    assert "底图套合偏移" in hit[-1] and "国务院批准文号已取得" in hit[-1]


def test_result_json_carries_them_and_comes_back_equal(result: ReviewResult, people: People, folder: Path) -> None:
    write_reports(result, folder, "judged", ["json"], people=people)
    data = json.loads((folder / "judged.json").read_text(encoding="utf-8"))
    assert [each["mark"] for each in data["people"]["judgements"]] == [
        "justified",
        "mistaken",
        "overruled",
        "justified",
    ]
    again = read_json(folder / "judged.json")
    assert again.people == people
    assert result_digest(again) == result_digest(result)


def test_the_geopackage_has_them_as_tables(result: ReviewResult, judged: ReviewResult, crs: Crs, folder: Path) -> None:
    write_result_gpkg(judged, folder / "judged.gpkg", crs)
    source = ogr.Open(str(folder / "judged.gpkg"))
    grounds = [feature["ground"] for feature in source.GetLayerByName("judgements")]
    assert grounds == [each.ground for each in judged.people.judgements]
    assert [feature["passes"] for feature in source.GetLayerByName("opinions")] == ["yes"]
    write_result_gpkg(result, folder / "plain.gpkg", crs)
    assert ogr.Open(str(folder / "plain.gpkg")).GetLayerByName("judgements") is None
