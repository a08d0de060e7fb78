# SPDX-License-Identifier: GPL-2.0-or-later
"""The next step of a case is one, says what it does, and what stands in its way."""

from __future__ import annotations

import datetime as dt

import pytest

from landreview_plugin.core.model.case_file import CaseFile, Pause
from landreview_plugin.core.model.problems import LandReviewError
from landreview_plugin.core.workflow.stages import next_stage, stage, stages
from landreview_plugin.core.workflow.steps import Action, next_step

CASE = CaseFile(
    id="1",
    number="430998-CZPC-2026-0001",
    business_type="CZPC",
    holder="430998",
    stage="all.accept_check",
    reference_date=dt.date(2026, 9, 1),
)


def at(key: str, **more: object) -> CaseFile:
    return CASE.model_copy(update={"stage": key, **more})


def test_the_way_leads_from_acceptance_over_county_city_province_to_the_archive() -> None:
    keys = [each.key for each in stages()]
    assert keys[0] == "all.accept_check"
    assert keys.index("county.technical_review") < keys.index("prefecture.review") < keys.index("province.review")
    assert keys.index("all.decision") < keys.index("all.archive")
    assert next_stage(keys[-1]) is None
    assert all(each.name.zh and each.name.en and each.role.zh for each in stages())


def test_an_unknown_stage_is_refused() -> None:
    with pytest.raises(LandReviewError):
        stage("county.lunch")


def test_acceptance_starts_the_clock_and_leads_to_the_technician() -> None:
    step = next_step(CASE, "430998", None)
    assert (step.action, step.target, step.blocked) == (Action.ACCEPT, "county.technical_review", ())


def test_nothing_is_passed_on_unreviewed() -> None:
    for each in stages()[2:]:
        if each.key != "all.archive":
            assert next_step(at(each.key), "430998", None).action is Action.REVIEW


def test_a_stopped_case_can_only_resume() -> None:
    stopped = at("county.technical_review", pauses=(Pause(since=dt.date(2026, 9, 3)),))
    assert next_step(stopped, "430998", None).action is Action.RESUME


def test_a_case_of_another_office_can_not_be_moved() -> None:
    step = next_step(CASE, "430900", None)
    assert [text.en for text in step.blocked] == ["the case is with 430998"]
