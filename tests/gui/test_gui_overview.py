# SPDX-License-Identifier: GPL-2.0-or-later
"""Overview: the cover and the answers are saved, and a review made under other terms counts no more."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from qgis.PyQt.QtWidgets import QComboBox

from landreview_plugin.core.model.case_file import CaseFile
from landreview_plugin.gui.overview.tab import OverviewTab
from landreview_plugin.gui.session import Session


@pytest.fixture
def tab(session: Session, reviewed: CaseFile) -> Iterator[OverviewTab]:
    made = OverviewTab(session)
    made.show_case(session.view(reviewed.id))
    session.case_changed.connect(lambda case_id: made.show_case(session.view(case_id)))
    yield made
    made.deleteLater()


def test_the_cover_is_shown_and_nothing_is_to_be_saved(tab: OverviewTab) -> None:
    assert tab.cover.project.text() == "石塘园区道路"
    assert tab.cover.business_type.currentData() == "CZPC"
    assert not tab.save_cover.isEnabled() and tab.save_cover.toolTip() == "Nothing was changed"
    assert not tab.save_answers.isEnabled()


def test_a_new_name_is_saved_and_the_review_still_counts(
    tab: OverviewTab, session: Session, reviewed: CaseFile
) -> None:
    tab.cover.project.setText("石塘园区二期道路")
    tab.save_cover.click()
    now = session.view(reviewed.id)
    assert now.case.project == "石塘园区二期道路"
    assert now.result is not None
    assert not tab.save_cover.isEnabled()


@pytest.mark.parametrize("change", ["type", "date", "answer"])
def test_other_terms_make_the_review_count_no_more(
    tab: OverviewTab, session: Session, reviewed: CaseFile, change: str
) -> None:
    if change == "type":
        tab.cover.business_type.setCurrentIndex(tab.cover.business_type.findData("DDXZ"))
        tab.save_cover.click()
    elif change == "date":
        tab.cover.reference_date.setDate(tab.cover.reference_date.date().addDays(1))
        tab.save_cover.click()
    else:
        field = tab.questions.fields["old_plan_in_force"]
        assert isinstance(field, QComboBox)
        field.setCurrentIndex(field.findData("no"))
        tab.save_answers.click()
    now = session.view(reviewed.id)
    assert now.case.verdict is None and now.result is None
    assert len(now.results) == 1
    assert now.events[-1].kind in {"amended", "answered"}


def test_unanswered_questions_are_named_until_they_are_answered(tab: OverviewTab) -> None:
    assert "3 of 3 unanswered" in tab.questions.open.text()
    asked = "Is the old land-use plan still in force?"
    assert asked in tab.questions.open.text()
    field = tab.questions.fields["old_plan_in_force"]
    field.setCurrentIndex(field.findData("no"))
    tab.save_answers.click()
    assert "2 of 3 unanswered" in tab.questions.open.text()
    assert asked not in tab.questions.open.text()


def test_an_answer_can_be_taken_back(tab: OverviewTab, session: Session, reviewed: CaseFile) -> None:
    field = tab.questions.fields["old_plan_in_force"]
    field.setCurrentIndex(field.findData("no"))
    tab.save_answers.click()
    assert session.view(reviewed.id).case.answers == {"old_plan_in_force": "no"}
    tab.questions.fields["old_plan_in_force"].setCurrentIndex(0)
    tab.save_answers.click()
    assert session.view(reviewed.id).case.answers == {}


def test_a_correction_is_asked_for_by_case(tab: OverviewTab, session: Session, reviewed: CaseFile) -> None:
    wanted: list[str] = []
    session.correction_wanted.connect(wanted.append)
    tab.correct.click()
    assert wanted == [reviewed.id]


def test_a_result_that_is_gone_is_said_at_the_top(tab: OverviewTab, session: Session, reviewed: CaseFile) -> None:
    path = session.desk().store.blobs.get(session.view(reviewed.id).results[-1].json_sha256, ".json")
    path.chmod(0o600)
    path.unlink()
    tab.show_case(session.view(reviewed.id))
    assert not tab.note.isHidden()
    assert "not in this case store" in tab.note.text()


def test_without_a_case_the_forms_are_disabled(tab: OverviewTab) -> None:
    tab.show_case(None)
    assert not tab.widget().isEnabled()
