# SPDX-License-Identifier: GPL-2.0-or-later
"""What stands in the way of passing a case on, who may judge what, and the office's text blocks."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from landreview_plugin.core.model.base import Text
from landreview_plugin.core.model.case import Case
from landreview_plugin.core.model.opinion import Judgement, Mark, Role
from landreview_plugin.core.model.problems import LandReviewError
from landreview_plugin.core.model.result import Finding, Provenance, ReviewResult, RuleSeverity, Verdict
from landreview_plugin.core.workflow.opinion import mark_refused, obstacle_groups, obstacles, obstacles_of
from landreview_plugin.core.workflow.opinion_blocks import BUILT_IN, FIELDS, FILE_NAME, When, fill, load_blocks

TEXT = Text.same("…")
DIGEST = "d" * 64


def finding(rule: str, parcel: str, verdict: Verdict, severity: RuleSeverity = RuleSeverity.PROHIBIT) -> Finding:
    return Finding(
        id=f"{rule}/{parcel}",
        rule=rule,
        rule_version="1",
        title=TEXT,
        layer="pbf",
        parcel=parcel,
        verdict=verdict,
        severity=severity,
        reason=TEXT,
    )


def judged(about: Finding, mark: Mark, role: Role, digest: str = DIGEST, files: tuple[str, ...] = ()) -> Judgement:
    return Judgement(
        finding=about.id,
        result_digest=digest,
        mark=mark,
        ground="理由",
        attachments=files,
        person="李四",
        role=role,
        at=dt.datetime(2026, 9, 1, tzinfo=dt.UTC),
    )


def result(*findings: Finding) -> ReviewResult:
    return ReviewResult(
        case=Case(business_type="CZPC", reference_date=dt.date(2026, 9, 1)),
        verdict=Verdict.worst(each.verdict for each in findings),
        parcels=(),
        findings=findings,
        provenance=Provenance(
            parcels_sha256="",
            crs="",
            area_method="planar",
            pack="p",
            pack_version="1",
            pack_sha256="",
            profile="demo",
        ),
        digest=DIGEST,
    )


PROHIBITED = finding("A-1", "1", Verdict.CONFLICT)
APPROVAL = finding("B-1", "1", Verdict.CONFLICT, RuleSeverity.NEEDS_APPROVAL)
EXPLAIN = finding("C-1", "1", Verdict.CONFLICT, RuleSeverity.NEEDS_EXPLANATION)
UNSEEN = finding("D-1", "1", Verdict.NOT_CHECKED)
CLEAR = finding("E-1", "1", Verdict.CLEAR)


@pytest.mark.parametrize(
    ("about", "mark", "role", "files", "settled"),
    [
        (PROHIBITED, Mark.OVERRULED, Role.LEADER, (), True),
        (PROHIBITED, Mark.MISTAKEN, Role.LEADER, (), True),
        (PROHIBITED, Mark.OVERRULED, Role.REVIEWER, (), False),
        (PROHIBITED, Mark.MISTAKEN, Role.TECHNICIAN, (), False),
        (PROHIBITED, Mark.JUSTIFIED, Role.LEADER, (), False),
        (APPROVAL, Mark.JUSTIFIED, Role.TECHNICIAN, (), False),
        (APPROVAL, Mark.JUSTIFIED, Role.TECHNICIAN, ("a" * 64,), True),
        (APPROVAL, Mark.MISTAKEN, Role.REVIEWER, (), True),
        (EXPLAIN, Mark.JUSTIFIED, Role.TECHNICIAN, (), True),
        (UNSEEN, Mark.JUSTIFIED, Role.TECHNICIAN, (), True),
    ],
)
def test_what_settles_a_finding(about: Finding, mark: Mark, role: Role, files: tuple[str, ...], settled: bool) -> None:
    reviewed = result(about, CLEAR)
    assert [each.finding for each in obstacles_of(reviewed, ())] == [about]
    given = (judged(about, mark, role, files=files),)
    assert (obstacles(reviewed, given) == ()) is settled


def test_a_judgement_of_another_result_settles_nothing() -> None:
    old = judged(EXPLAIN, Mark.JUSTIFIED, Role.LEADER, digest="o" * 64)
    assert len(obstacles(result(EXPLAIN), (old,))) == 1


def test_the_last_judgement_counts() -> None:
    given = (
        judged(PROHIBITED, Mark.OVERRULED, Role.LEADER),
        judged(PROHIBITED, Mark.MISTAKEN, Role.TECHNICIAN),
    )
    assert obstacles(result(PROHIBITED), given)
    assert not obstacles(result(PROHIBITED), given[::-1])


def test_obstacles_of_one_rule_stand_in_one_line() -> None:
    many = [finding("A-1", str(n), Verdict.CONFLICT) for n in range(5)]
    groups = obstacle_groups(result(UNSEEN, *many), ())  # the gravest first
    assert [len(group.findings) for group in groups] == [5, 1]
    assert groups[0].why != groups[1].why


@pytest.mark.parametrize(
    ("about", "allowed"),
    [
        (PROHIBITED, {(Mark.MISTAKEN, role) for role in Role} | {(Mark.OVERRULED, Role.LEADER)}),
        (EXPLAIN, {(mark, role) for mark in (Mark.MISTAKEN, Mark.JUSTIFIED) for role in Role}),
        (UNSEEN, {(mark, role) for mark in (Mark.MISTAKEN, Mark.JUSTIFIED) for role in Role}),
        (CLEAR, set()),
    ],
)
def test_who_may_give_which_mark(about: Finding, allowed: set[tuple[Mark, Role]]) -> None:
    found = {(mark, role) for mark in Mark for role in Role if mark_refused(about, mark, role) is None}
    assert found == allowed


# text blocks


def test_the_built_in_blocks_have_a_draft_for_both_conclusions() -> None:
    blocks = load_blocks()
    for passes in (True, False):
        block = blocks.draft(passes=passes)
        assert block is not None
        for text in (block.text.zh, block.text.en):
            assert "{" not in fill(text, dict.fromkeys(FIELDS, "x"))
    assert {block.when for block in blocks.blocks} == set(When)


def test_what_a_field_holds_is_not_looked_at_again() -> None:
    assert fill("{project}，{number}", {"project": "{number}", "number": "7"}) == "{number}，7"


def test_an_offices_own_file_wins(tmp_path: Path) -> None:
    text = BUILT_IN.read_text(encoding="utf-8").replace("退回补正, en:", "请补充材料, en:")
    (tmp_path / FILE_NAME).write_text(text, encoding="utf-8")
    assert load_blocks(tmp_path).draft(passes=False).title.zh == "请补充材料"
    assert load_blocks(tmp_path / "elsewhere").draft(passes=False).title.zh == "退回补正"


@pytest.mark.parametrize(
    ("broken", "code"),
    [("{projekt}", "E-CASE-FIELD"), ("{}", "E-CASE-FIELD")],
)
def test_a_field_that_does_not_exist_is_refused_with_its_place(tmp_path: Path, broken: str, code: str) -> None:
    text = BUILT_IN.read_text(encoding="utf-8").replace("{arable_ha}公顷，须落实", f"{broken}公顷，须落实")
    (tmp_path / FILE_NAME).write_text(text, encoding="utf-8")
    with pytest.raises(LandReviewError) as caught:
        load_blocks(tmp_path)
    assert caught.value.code == code
    assert caught.value.place.file.endswith(FILE_NAME) and (caught.value.place.line or 0) > 10


def test_a_file_that_is_no_yaml_is_refused_with_its_line(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text("blocks: [\n  {key: a", encoding="utf-8")
    with pytest.raises(LandReviewError) as caught:
        load_blocks(tmp_path)
    assert caught.value.code == "E-CASE-PARSE"
