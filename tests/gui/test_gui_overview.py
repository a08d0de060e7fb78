# SPDX-License-Identifier: GPL-2.0-or-later
"""Overview: the cover and the answers are saved, and a review made under other terms counts no more."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from qgis.PyQt.QtWidgets import QComboBox

from landreview_plugin.core.model.case_file import CaseFile
from landreview_plugin.gui.overview.tab import OverviewTab
from landreview_plugin.gui.session import Session
from landreview_plugin.jobs.desk import Cover, Desk
from landreview_plugin.store.entries import Actor
from landreview_plugin.store.workspace import Workspace


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


def test_a_cover_saved_over_another_windows_change_is_refused_and_shows_that_change(
    tab: OverviewTab, session: Session, reviewed: CaseFile
) -> None:
    session.iface.messageBar().clearWidgets()
    with Workspace(Path(session.settings.workspace)) as other:
        theirs = Cover(business_type="CZPC", reference_date=reviewed.reference_date, project="他人改名")
        Desk(other, Actor(person="王五", office="430998")).amend(other.case(reviewed.id), theirs)
    tab.cover.project.setText("我改的名")
    tab.save_cover.click()
    assert "changed in another window" in session.iface.messageBar().currentItem().text()
    assert session.view(reviewed.id).case.project == "他人改名"
    assert tab.cover.project.text() == "他人改名"


def test_what_was_typed_stays_when_the_store_can_t_be_written(
    tab: OverviewTab, session: Session, reviewed: CaseFile
) -> None:
    session.desk().store._connection.execute("PRAGMA query_only = ON")
    tab.cover.project.setText("我改的名")
    tab.save_cover.click()
    session.desk().store._connection.execute("PRAGMA query_only = OFF")
    assert tab.cover.project.text() == "我改的名"
    tab.save_cover.click()
    assert session.view(reviewed.id).case.project == "我改的名"
