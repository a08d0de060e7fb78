# SPDX-License-Identifier: GPL-2.0-or-later
"""What all pages share: a desk opened once, a view of a case, errors with a next step, the border of a click."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from gui_waiting import until
from qgis.core import Qgis
from qgis.gui import QgsMessageBar
from qgis.PyQt.QtWidgets import QPushButton

from landreview_plugin.core.model.case_file import CaseFile
from landreview_plugin.core.model.problems import LandReviewError, Place, Problem
from landreview_plugin.core.progress import CancelledError
from landreview_plugin.core.workflow.steps import Action
from landreview_plugin.gui.dock import LandReviewDock
from landreview_plugin.gui.presenter import Presenter, details, headline
from landreview_plugin.gui.session import Session

OFFICE_PACK = """pack: office-430998
version: "2026.1"
title: {zh: 本局规则, en: Rules of the office}
area_method: ellipsoidal
includes: [hunan]
rules: []
"""


def test_the_store_is_opened_on_first_use_and_once(session: Session) -> None:
    assert not Path(session.settings.workspace).exists()
    desk = session.desk()
    assert Path(session.settings.workspace).is_file()
    assert session.desk() is desk
    assert (desk.actor.person, desk.actor.office) == ("李四", "430998")


def test_other_settings_open_another_store_and_say_so(session: Session, tmp_path: Path) -> None:
    first = session.desk()
    heard: list[str] = []
    session.settings_changed.connect(lambda: heard.append("settings"))
    session.cases_changed.connect(lambda: heard.append("cases"))
    session.set_settings(replace(session.settings, workspace=tmp_path / "other.gpkg", office="430100"))
    assert heard == ["settings", "cases"]
    assert session.desk() is not first
    assert session.desk().actor.office == "430100"
    with pytest.raises(LandReviewError, match="closed"):
        first.store.revision()


def test_the_frame_is_read_again_when_the_catalogue_changed(session: Session) -> None:
    frame = session.frame()
    assert frame.catalogue.jurisdiction == "430998"
    assert session.frame() is frame
    session.catalogue_changed.emit()
    assert session.frame() is not frame


def test_without_a_catalogue_the_error_says_where_to_choose_one(session: Session) -> None:
    session.set_settings(replace(session.settings, catalogue=""))
    with pytest.raises(LandReviewError) as caught:
        session.frame()
    assert "Options" in headline(caught.value)


def test_a_view_of_a_case_that_was_only_taken_in(session: Session, case: CaseFile) -> None:
    view = session.view(case.id)
    assert view.result is None and view.flaw is None
    assert [parcel.number for parcel in view.reading.parcels] == ["1", "2", "3"]
    assert view.step.action is Action.ACCEPT
    assert [event.kind for event in view.events] == ["taken_in", "attached"]
    assert [file.name for file in view.attachments] == ["03_three_parcels.txt"]


def test_a_view_of_a_reviewed_case_has_outlines(session: Session, reviewed: CaseFile) -> None:
    view = session.view(reviewed.id)
    assert view.plain_result is not None and view.result is not None
    assert view.plain_result.findings[0].geometry is None
    placed = {finding.parcel for finding in view.result.findings if finding.geometry is not None}
    assert placed
    assert all(parcel.geometry is not None for parcel in view.result.parcels)
    assert any(each.geometry is not None for each in view.result.uncovered)
    assert view.step.action is Action.CONCLUDE
    assert [entry.digest for entry in view.results] == [reviewed.result_digest]


def test_a_corrected_hand_in_makes_the_review_count_no_more(
    session: Session, reviewed: CaseFile, three_parcels: object
) -> None:
    session.desk().correct(reviewed, three_parcels)
    view = session.view(reviewed.id)
    assert view.result is None
    assert len(view.results) == 1
    assert view.step.action is Action.REVIEW


def test_a_result_that_is_gone_is_named_and_the_case_still_opens(session: Session, reviewed: CaseFile) -> None:
    view = session.view(reviewed.id)
    path = session.desk().store.blobs.get(view.results[-1].json_sha256, ".json")
    path.chmod(0o600)
    path.unlink()
    view = session.view(reviewed.id)
    assert view.flaw is not None and view.flaw.code == "E-STORE-GONE"
    assert view.result is None
    assert view.step.action is Action.REVIEW


@pytest.fixture
def bar() -> QgsMessageBar:
    return QgsMessageBar()


def test_an_error_is_shown_with_details_and_a_button_to_try_again(bar: QgsMessageBar) -> None:
    tried: list[int] = []
    Presenter(bar).show_error(LandReviewError("E-STORE-BUSY"), lambda: tried.append(1))
    item = bar.currentItem()
    assert item.level() == Qgis.MessageLevel.Critical
    assert "do it again" in item.text()
    buttons = {button.text(): button for button in item.findChildren(QPushButton)}
    buttons["Try again"].click()
    assert tried == [1]
    assert bar.currentItem() is None


def test_details_name_every_problem() -> None:
    second = Problem(code="E-GEO-SELFX", level="error", place=Place(line=12))
    text = details(LandReviewError("E-TXT-NOHEADER", problems=(second,)))
    assert "E-TXT-NOHEADER" in text and "line 12" in text
    assert len(text.splitlines()) == 2


@pytest.mark.parametrize(
    ("raised", "shown"),
    [
        (LandReviewError("E-STORE-FULL"), "disk"),
        (CancelledError(), "Cancelled"),
        (PermissionError(13, "denied", "C:\\x"), "written"),
    ],
)
def test_the_border_of_a_click_shows_what_was_raised(bar: QgsMessageBar, raised: Exception, shown: str) -> None:
    with Presenter(bar).guard():
        raise raised
    assert shown in bar.currentItem().text()


def test_what_nobody_foresaw_goes_to_the_log_with_its_traceback(
    bar: QgsMessageBar, no_error_in_the_log: list[str], expects_log_errors: None
) -> None:
    with Presenter(bar).guard():
        raise ZeroDivisionError("by nobody")
    assert "ZeroDivisionError: by nobody" in bar.currentItem().text()
    assert "Traceback" not in bar.currentItem().text()
    assert "Traceback" in no_error_in_the_log[0]


def test_a_notice_gives_way_to_the_next_and_an_error_stays(bar: QgsMessageBar) -> None:
    presenter = Presenter(bar)
    presenter.show_error(LandReviewError("E-STORE-FULL"))
    presenter.say("first")
    presenter.say("second")
    texts = [item.text() for item in bar.items()]
    assert len(texts) == 2
    assert any("disk" in text for text in texts) and any("second" in text for text in texts)


BROKEN = {
    "a typo in a key": OFFICE_PACK.replace("rules:", "rulez:"),
    "a cycle": OFFICE_PACK.replace("[hunan]", "[office.yaml]"),
    "a Python tag": OFFICE_PACK + "x: !!python/object/apply:os.system [ls]\n",
    "no YAML": "pack: [",
}


@pytest.mark.parametrize("flaw", BROKEN)
def test_a_pack_that_was_broken_since_is_refused_and_the_one_in_use_stays(
    session: Session, case: CaseFile, tmp_path: Path, flaw: str
) -> None:
    """With the panel open and a case shown: the message names the file, a review goes on by the pack in use."""
    pack = tmp_path / "office.yaml"
    pack.write_text(OFFICE_PACK, encoding="utf-8")
    session.set_settings(replace(session.settings, rule_pack=str(pack)))
    dock = LandReviewDock(session)
    try:
        dock.open_case(case.id)
        dock.page.take_step()
        in_use = session.frame().pack
        pack.write_text(BROKEN[flaw], encoding="utf-8")
        bar = session.iface.messageBar()
        bar.clearWidgets()
        session.catalogue_changed.emit()
        assert session.frame().pack == in_use
        said = " ".join(item.text() for item in bar.items())
        assert "office.yaml" in said and "stays in use: office-430998 2026.1" in said
        dock.page.review()
        until(lambda: dock.page.view is not None and dock.page.view.plain_result is not None)
        assert dock.page.view.plain_result.provenance.pack_sha256 == in_use.sha256
        pack.write_text(OFFICE_PACK.replace("2026.1", "2026.2"), encoding="utf-8")
        session.catalogue_changed.emit()
        assert session.frame().pack.version == "2026.2", "mended, the new one counts"
    finally:
        dock.rounds.stop()
        dock.deleteLater()


def test_a_broken_pack_that_was_never_in_use_is_an_error(session: Session, tmp_path: Path) -> None:
    pack = tmp_path / "office.yaml"
    pack.write_text("pack: [", encoding="utf-8")
    session.set_settings(replace(session.settings, rule_pack=str(pack)))
    with pytest.raises(LandReviewError, match="E-RULE-PARSE"):
        session.frame()
