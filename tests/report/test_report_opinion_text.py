# SPDX-License-Identifier: GPL-2.0-or-later
"""The words of an opinion: every field filled, what is not clear named line by line, nothing run as a template."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

import pytest

from landreview_plugin.core.model.base import Language
from landreview_plugin.core.model.opinion import Judgement, Mark, Role
from landreview_plugin.core.model.result import Finding, ReviewResult, Verdict
from landreview_plugin.core.workflow.opinion_blocks import FIELDS, fill, load_blocks
from landreview_plugin.report.opinion_text import finding_lines, opinion_fields
from landreview_plugin.report.words import Words

BLOCKS = load_blocks()
SIGNED = ("王建国", Role.LEADER)


def judged(finding: Finding, ground: str, digest: str, mark: Mark = Mark.JUSTIFIED) -> Judgement:
    return Judgement(
        finding=finding.id,
        result_digest=digest,
        mark=mark,
        ground=ground,
        person="李四",
        role=Role.REVIEWER,
        at=dt.datetime(2026, 9, 1, tzinfo=dt.UTC),
    )


@pytest.mark.parametrize("language", list(Language))
def test_every_field_has_words(result: ReviewResult, language: Language) -> None:
    fields = opinion_fields(result, (), BLOCKS, Words(language), SIGNED)
    assert set(fields) == FIELDS
    assert all(value.strip() for value in fields.values())


@pytest.mark.parametrize("passes", [True, False])
@pytest.mark.parametrize("language", list(Language))
def test_a_draft_has_no_hole_in_it(result: ReviewResult, language: Language, passes: bool) -> None:
    block = BLOCKS.draft(passes=passes)
    assert block is not None
    text = fill(block.text.get(language), opinion_fields(result, (), BLOCKS, Words(language), SIGNED))
    assert not re.search(r"\{\w*\}", text)
    assert result.case.number in text


def test_areas_are_those_of_the_tables(result: ReviewResult) -> None:
    fields = opinion_fields(result, (), BLOCKS, Words(Language.ZH), SIGNED)
    total = sum((parcel.area_m2 for parcel in result.parcels), Decimal(0))
    assert Decimal(fields["area_m2"]) == total
    groups = [Decimal(fields[name]) for name in ("farmland_ha", "construction_ha", "unused_ha")]
    assert sum(groups) <= Decimal(fields["area_ha"])
    arable = sum((row.area_m2 for row in result.areas if row.class_.startswith("01")), Decimal(0))
    assert abs(Decimal(fields["arable_ha"]) - arable / 10000) < Decimal("0.0005")


def test_without_a_survey_there_are_dashes_and_no_zeros(result: ReviewResult) -> None:
    bare = result.model_copy(update={"areas": ()})
    fields = opinion_fields(bare, (), BLOCKS, Words(Language.ZH), SIGNED)
    assert {fields[name] for name in ("farmland_ha", "arable_ha", "construction_ha", "unused_ha")} == {"—"}


def test_every_finding_that_is_not_clear_is_in_a_line_and_no_clear_one(result: ReviewResult) -> None:
    lines = finding_lines(result, (), BLOCKS, Words(Language.ZH)).splitlines()
    unclear = {finding.rule for finding in result.findings if finding.verdict is not Verdict.CLEAR}
    named = {re.match(r"\d+\. ([A-Z]+-\d+)", line).group(1) for line in lines}
    assert named == unclear
    assert [int(line.split(".")[0]) for line in lines] == list(range(1, len(lines) + 1))


def test_the_worst_comes_first_and_what_was_not_checked_says_why(result: ReviewResult) -> None:
    lines = finding_lines(result, (), BLOCKS, Words(Language.ZH)).splitlines()
    assert "禁止" in lines[0]
    unseen = next(finding for finding in result.findings if finding.verdict is Verdict.NOT_CHECKED)
    assert any(unseen.reason.zh in line and "未核查" in line for line in lines)


def test_a_judgement_parts_the_parcels_that_it_is_about_from_the_others(result: ReviewResult) -> None:
    words = Words(Language.ZH)
    same = [f for f in result.findings if f.rule == "UGB-02" and f.verdict is Verdict.NOT_CHECKED]
    assert len(same) == 3
    assert sum("UGB-02" in line for line in finding_lines(result, (), BLOCKS, words).splitlines()) == 1
    given = (judged(same[0], "已补充新数据", result.digest),)
    lines = [line for line in finding_lines(result, given, BLOCKS, words).splitlines() if "UGB-02" in line]
    assert len(lines) == 2
    assert sum("已补充新数据" in line and "李四" in line for line in lines) == 1


def test_a_judgement_of_another_result_is_not_printed_as_if_it_counted(result: ReviewResult) -> None:
    finding = next(f for f in result.findings if f.verdict is Verdict.CONFLICT)
    text = finding_lines(result, (judged(finding, "旧意见", "another"),), BLOCKS, Words(Language.ZH))
    assert "旧意见" not in text


def test_a_ground_in_braces_stays_what_it_is(result: ReviewResult) -> None:
    finding = next(f for f in result.findings if f.verdict is Verdict.CONFLICT)
    given = (judged(finding, "见{number}号文 {findings}", result.digest),)
    fields = opinion_fields(result, given, BLOCKS, Words(Language.ZH), SIGNED)
    text = fill("{findings}", fields)
    assert "见{number}号文 {findings}" in text


def test_where_all_is_clear_a_sentence_says_so(result: ReviewResult) -> None:
    clear = tuple(finding for finding in result.findings if finding.verdict is Verdict.CLEAR)
    quiet = result.model_copy(update={"findings": clear, "verdict": Verdict.CLEAR})
    assert finding_lines(quiet, (), BLOCKS, Words(Language.ZH)) == BLOCKS.none.zh


def test_five_hundred_findings_stay_a_handful_of_lines(crowd: ReviewResult) -> None:
    lines = finding_lines(crowd, (), BLOCKS, Words(Language.EN)).splitlines()
    assert len(lines) == len({finding.rule for finding in crowd.findings})
    assert all("100 parcels" in line for line in lines)
