# SPDX-License-Identifier: GPL-2.0-or-later
"""The case page: where a case stands, its one next step, the review as a task, and what others do meanwhile."""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from gui_waiting import settle, until
from qgis.core import QgsProject, QgsVectorLayer
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest

from landreview_plugin.core.model.case_file import CaseFile
from landreview_plugin.core.model.opinion import Role
from landreview_plugin.core.model.parcel import ParcelReading
from landreview_plugin.core.model.result import Verdict
from landreview_plugin.core.progress import CancelledError, Progress
from landreview_plugin.core.workflow.steps import Action
from landreview_plugin.gui import review_task
from landreview_plugin.gui.dock import LandReviewDock
from landreview_plugin.gui.session import Session
from landreview_plugin.jobs.desk import Cover, Desk
from landreview_plugin.store.entries import Actor
from landreview_plugin.store.workspace import Workspace


@pytest.fixture
def dock(session: Session) -> Iterator[LandReviewDock]:
    made = LandReviewDock(session)
    made.resize(400, 640)
    made.show()
    yield made
    made.hide()
    made.deleteLater()


@pytest.fixture
def accepted(session: Session, conflicting: ParcelReading, reference_cover: Cover) -> CaseFile:
    desk = session.desk()
    return desk.take_step(desk.take_in(conflicting, reference_cover), None)


@pytest.fixture
def reference_cover() -> Cover:
    return Cover(business_type="CZPC", reference_date="2026-09-01", project="第三批次")


def texts(session: Session) -> list[str]:
    """What the message bar says."""
    return [item.text() for item in session.iface.messageBar().items()]


@pytest.fixture(autouse=True)
def empty_bar(session: Session) -> None:
    session.iface.messageBar().clearWidgets()


def test_the_head_says_which_case_where_it_stands_and_what_comes_next(dock: LandReviewDock, case: CaseFile) -> None:
    dock.open_case(case.id)
    head = dock.page.head
    assert dock.stack.currentWidget() is dock.page
    assert head.number.text() == case.number
    assert "第三批次 & <b>" in head.about.text()
    assert head.about.textFormat() == Qt.TextFormat.PlainText
    assert "acceptance check" in head.deadline.text() and "Not accepted yet" in head.deadline.text()
    assert head.verdict.text() == "not reviewed yet"
    assert head.step.text() == "Accept ▸ county: technical review"
    assert "the clock starts" in head.step.toolTip()


def test_the_next_step_is_taken_and_the_next_one_offered(
    dock: LandReviewDock, session: Session, case: CaseFile
) -> None:
    dock.open_case(case.id)
    dock.page.head.step.click()
    assert session.desk().store.case(case.id).accepted is not None
    assert dock.page.head.step.text() == "Run review"
    assert "working days left" in dock.page.head.deadline.text()
    assert session.desk().store.log(case.id)[-1].kind == "accept"


def test_a_review_runs_as_a_task_and_its_verdict_is_in_the_list(
    dock: LandReviewDock, session: Session, accepted: CaseFile
) -> None:
    dock.open_case(accepted.id)
    dock.page.head.step.click()
    assert not dock.page.head.progress.isHidden()
    assert not dock.page.head.step.isEnabled()
    assert "a review is running" in dock.page.head.step.toolTip()
    assert not gc.isenabled(), "collections would hold the window up"
    until(lambda: dock.page.view.case.verdict is not None)
    until(lambda: dock.page.head.progress.isHidden())
    assert gc.isenabled()
    assert dock.page.head.step.text() == "Give an opinion"
    assert dock.page.head.verdict.text() == "conflict (prohibited)"
    assert any("was reviewed: conflict" in text for text in texts(session))
    dock.page.head.back.emit()
    assert dock.list.model.shown[0].verdict is Verdict.CONFLICT
    view = session.view(accepted.id)
    assert set(view.results[-1].reports) >= {"xlsx", "docx"}
    assert view.result.provenance.versions["qgis"]


def test_a_cancelled_review_enters_nothing_and_is_heard_within_a_second(
    dock: LandReviewDock, session: Session, accepted: CaseFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    began = threading.Event()

    def endless(*given: Any) -> None:
        progress: Progress = given[-1]
        began.set()
        try:
            while True:
                progress.step(0.5, "pbf")
                threading.Event().wait(0.01)
        except CancelledError:
            raise

    monkeypatch.setattr(review_task, "_work", endless)
    dock.open_case(accepted.id)
    dock.page.head.step.click()
    until(began.is_set)
    until(lambda: "Permanent basic farmland" in dock.page.head.progress.text.text())
    dock.page.head.progress.cancel.click()
    until(lambda: dock.page.head.progress.isHidden(), seconds=1.0)
    assert session.view(accepted.id).results == ()
    assert dock.page.head.step.text() == "Run review" and dock.page.head.step.isEnabled()
    assert not texts(session)


def test_a_review_that_fails_says_why_and_can_be_tried_again(
    dock: LandReviewDock, session: Session, accepted: CaseFile, tmp_path: Path
) -> None:
    session.set_settings(replace(session.settings, catalogue=str(tmp_path / "gone.yaml")))
    dock.open_case(accepted.id)
    dock.page.head.step.click()
    settle()
    assert any("gone.yaml" in text or "catalogue" in text.lower() for text in texts(session))
    assert dock.page.head.step.isEnabled()


def test_a_project_closed_during_a_review_does_not_stop_it(
    dock: LandReviewDock, session: Session, accepted: CaseFile, county: Path, catalogue: Callable[..., Path]
) -> None:
    """The catalogue names a layer of the project; it is taken before the project goes."""
    layer = QgsVectorLayer(f"{county}|layername=YJJBNT", "基本农田", "ogr")
    layer.setSubsetString("1 = 1")
    QgsProject.instance().addMapLayer(layer)
    catalogue(change={"pbf": {"source": "基本农田"}})
    session.catalogue_changed.emit()
    dock.open_case(accepted.id)
    dock.page.head.step.click()
    QgsProject.instance().clear()
    until(lambda: dock.page.view.case.verdict is not None)
    uses = {use.key: use for use in session.view(accepted.id).result.provenance.layers}
    assert uses["pbf"].state == "checked"


def test_a_layer_that_was_removed_is_not_checked_and_not_silent(
    dock: LandReviewDock, session: Session, accepted: CaseFile, catalogue: Callable[..., Path]
) -> None:
    catalogue(change={"pbf": {"source": "基本农田"}})
    session.catalogue_changed.emit()
    dock.open_case(accepted.id)
    dock.page.head.step.click()
    until(lambda: dock.page.view.case.verdict is not None)
    farmland = [f for f in session.view(accepted.id).result.findings if f.layer == "pbf"]
    assert {finding.verdict for finding in farmland} == {Verdict.NOT_CHECKED}


def test_a_case_changed_elsewhere_during_its_review_is_not_overwritten(
    dock: LandReviewDock, session: Session, accepted: CaseFile
) -> None:
    dock.open_case(accepted.id)
    dock.page.head.step.click()
    with Workspace(Path(session.settings.workspace)) as other:
        desk = Desk(other, Actor(person="王五", office="430998"))
        desk.amend(other.case(accepted.id), Cover(business_type="DDXZ", reference_date="2026-09-01"))
    until(lambda: dock.page.head.progress.isHidden())
    assert any("changed in another window" in text for text in texts(session))
    assert session.desk().store.case(accepted.id).verdict is None
    assert session.desk().store.case(accepted.id).business_type == "DDXZ"


def test_a_step_on_a_case_changed_elsewhere_says_so_and_shows_it_as_it_is(
    dock: LandReviewDock, session: Session, case: CaseFile
) -> None:
    dock.open_case(case.id)
    with Workspace(Path(session.settings.workspace)) as other:
        Desk(other, Actor(person="王五", office="430998")).take_step(other.case(case.id), None)
    dock.page.head.step.click()
    assert any("changed in another window" in text for text in texts(session))
    assert dock.page.head.step.text() == "Run review"


def test_what_another_window_does_is_shown_without_a_click(
    dock: LandReviewDock, session: Session, case: CaseFile
) -> None:
    dock.open_case(case.id)
    with Workspace(Path(session.settings.workspace)) as other:
        Desk(other, Actor(person="王五", office="430998")).take_step(other.case(case.id), None)
    until(lambda: dock.page.head.step.text() == "Run review")


def test_a_case_of_another_office_can_be_read_and_says_where_it_is(
    dock: LandReviewDock, session: Session, case: CaseFile
) -> None:
    with session.desk().store.change(case, "forward", {}, session.desk().actor) as change:
        change.update(holder="430100")
    dock.open_case(case.id)
    assert not dock.page.head.step.isEnabled()
    assert "the case is with 430100" in dock.page.head.step.toolTip()
    overview = dock.page.tabs.widget(0)
    overview.cover.project.setText("other")
    assert not overview.save_cover.isEnabled()
    assert "only be read" in overview.save_cover.toolTip()


def test_a_case_that_is_gone_is_named_and_the_list_stays(dock: LandReviewDock, session: Session) -> None:
    dock.open_case("0198-gone")
    assert dock.stack.currentWidget() is dock.list
    assert any("not in this case store" in text for text in texts(session))


def test_escape_leads_back_to_the_list_with_the_case_selected(
    dock: LandReviewDock, session: Session, case: CaseFile
) -> None:
    session.cases_changed.emit()
    dock.open_case(case.id)
    dock.activateWindow()
    settle()
    QTest.keyClick(dock.page, Qt.Key.Key_Escape)
    assert dock.stack.currentWidget() is dock.list
    assert dock.list.selected() == case.id


def test_submitting_needs_no_data_centre(dock: LandReviewDock, session: Session, reviewed: CaseFile) -> None:
    """Without one the hand-over travels as a file."""
    view = session.view(reviewed.id)
    submitting = replace(view, step=view.step.model_copy(update={"action": Action.SUBMIT}))
    dock.page.show_case(submitting)
    assert dock.page.head.step.isEnabled() and "next office" in dock.page.head.step.toolTip()
    assert "travel as files" in dock.list._foot.text.text()


def test_a_case_that_waits_for_its_correction_offers_to_take_it_in(
    dock: LandReviewDock, session: Session, reviewed: CaseFile
) -> None:
    desk = session.desk()
    result = session.view(reviewed.id).plain_result
    concluded = desk.conclude(reviewed, result, "须补正", passes=False, role=Role.REVIEWER)
    dock.open_case(concluded.id)
    assert dock.page.head.step.text() == "Ask for a correction"
    assert dock.page.head.correct.isHidden()
    dock.page.head.step.click()
    assert "The clock stands" in dock.page.head.deadline.text()
    assert not dock.page.head.correct.isHidden()
    wanted: list[str] = []
    session.correction_wanted.disconnect()
    session.correction_wanted.connect(wanted.append)
    dock.page.head.correct.click()
    assert wanted == [concluded.id]
    dock.page.head.step.click()
    assert "working days left" in dock.page.head.deadline.text()


def test_a_case_without_a_review_opens_on_its_overview(
    dock: LandReviewDock, session: Session, reviewed: CaseFile, case: CaseFile
) -> None:
    dock.open_case(reviewed.id)
    dock.page.show_tab("FindingsTab")
    dock.open_case(reviewed.id)
    assert type(dock.page.tabs.currentWidget()).__name__ == "FindingsTab"
    dock.open_case(case.id)
    assert dock.page.tabs.currentIndex() == 0
