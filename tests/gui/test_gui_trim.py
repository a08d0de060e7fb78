# SPDX-License-Identifier: GPL-2.0-or-later
"""The trim suggestion with real widgets: from a finding to a corrected hand-in whose review is clear."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from gui_waiting import settle, until
from qgis.core import QgsProject
from qgis.PyQt.QtWidgets import QLabel

from landreview_plugin.core.model.base import Language
from landreview_plugin.core.model.case_file import CaseFile
from landreview_plugin.core.model.result import Finding, ReviewResult, RuleSeverity, Verdict
from landreview_plugin.core.progress import Silent
from landreview_plugin.gui.session import Session
from landreview_plugin.gui.trim.dialog import TrimDialog
from landreview_plugin.gui.trim.suggestion import suggest
from landreview_plugin.jobs.case_review import review_case
from landreview_plugin.settings import AreaUnit

PARCEL = "DK0029"
"""A block of 4.2 ha, half of it on permanent basic farmland."""


def farmland(result: ReviewResult) -> list[Finding]:
    """Prohibitions of farmland on the parcel."""
    return [
        each
        for each in result.findings
        if each.parcel == PARCEL
        and each.layer == "pbf"
        and each.verdict is Verdict.CONFLICT
        and each.severity is RuleSeverity.PROHIBIT
    ]


@pytest.fixture
def opened(session: Session, reviewed: CaseFile) -> Iterator[TrimDialog]:
    """The suggestion for the farmland, computed."""
    view = session.view(reviewed.id)
    assert view.plain_result is not None
    dialog = suggest(session, view, farmland(view.plain_result)[0].id)
    assert dialog is not None
    until(lambda: dialog.answer is not None)
    yield dialog
    if dialog_lives(dialog):
        dialog.reject()


def dialog_lives(dialog: TrimDialog) -> bool:
    try:
        return bool(dialog.isVisible())
    except RuntimeError:  # Qt has deleted it when it was closed
        return False


def groups() -> list[str]:
    return [group.name() for group in QgsProject.instance().layerTreeRoot().findGroups()]


def texts(dialog: TrimDialog) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(QLabel))


def test_it_shows_old_and_new_boundary_and_what_is_lost(opened: TrimDialog) -> None:
    way = opened.ways.way()
    assert way is not None
    assert way.lost_m2 >= way.forbidden_m2 > 20_000
    assert f"{way.lost_m2:.2f}" in texts(opened)
    assert len(opened._sketch.layers()) == 4
    assert any(PARCEL in name for name in groups())
    assert all(not layer.isEditable() and layer.featureCount() for layer in opened._sketch.layers())


def test_figures_follow_the_unit(opened: TrimDialog, session: Session) -> None:
    way = opened.ways.way()
    assert way is not None
    session.set_settings(dataclasses.replace(session.settings, unit=AreaUnit.HA))
    assert f"{way.lost_m2:.2f}" not in texts(opened)
    assert f"{way.lost_m2 / 10_000:.4f}" in texts(opened)


def test_dropping_it_leaves_nothing_on_the_map_and_the_case_as_it_was(
    opened: TrimDialog, session: Session, reviewed: CaseFile
) -> None:
    dirty = QgsProject.instance().isDirty()
    opened.reject()
    assert not any(PARCEL in name for name in groups())
    assert QgsProject.instance().isDirty() == dirty
    assert session.view(reviewed.id).case == reviewed


def test_the_map_is_drawn_again_when_it_goes(opened: TrimDialog, session: Session) -> None:
    """QGIS alone would leave on the map what a program has taken out of the project."""
    canvas, drawn = session.iface.mapCanvas(), []
    settle(0.5)  # what zooming there has asked for
    canvas.renderStarting.connect(lambda: drawn.append(True))
    opened.reject()
    until(lambda: drawn, 3.0)


def test_after_accepting_the_review_finds_no_farmland(
    opened: TrimDialog, session: Session, reviewed: CaseFile, tmp_path: Path
) -> None:
    way, changed = opened.ways.way(), []
    assert way is not None
    session.case_changed.connect(changed.append)
    opened.accept()
    view = session.view(reviewed.id)
    assert changed == [reviewed.id]
    assert view.case.version == reviewed.version + 1
    assert view.case.verdict is None
    assert not any(PARCEL in name for name in groups())
    base = Path(session.settings.catalogue).parent
    again = review_case(view.case, view.reading, session.frame(), base, tmp_path / "2", Language.ZH, Silent()).result
    assert farmland(again) == []
    before = {each.number: each.area_m2 for each in session.view(reviewed.id).reading.parcels and again.parcels}
    assert float(before[PARCEL]) == pytest.approx(way.after_m2, abs=0.01)


def test_the_log_says_that_a_suggestion_was_accepted(opened: TrimDialog, session: Session, reviewed: CaseFile) -> None:
    way = opened.ways.way()
    assert way is not None
    opened.accept()
    event = session.view(reviewed.id).events[-1]
    body = json.loads(event.body)
    assert event.kind == "corrected"
    assert (body["suggestion"], body["parcel"], body["version"]) == ("trim", PARCEL, 2)
    assert float(body["lost_m2"]) == pytest.approx(way.lost_m2, abs=0.01)
    session.desk().store.check_log(reviewed.id)


def test_the_corrected_hand_in_is_kept_as_a_boundary_text(
    opened: TrimDialog, session: Session, reviewed: CaseFile, tmp_path: Path
) -> None:
    from landreview_plugin.sources.parcels import read_parcels

    opened.accept()
    view = session.view(reviewed.id)
    file = view.attachments[-1]
    assert file.name.endswith("-v2.txt")
    assert view.reading.sha256 == file.sha256
    path = tmp_path / file.name
    path.write_bytes(session.desk().store.blobs.get(file.sha256, ".txt").read_bytes())
    again = read_parcels(str(path))
    assert [each.number for each in again.parcels] == [each.number for each in view.reading.parcels]
    for one, other in zip(again.parcels, view.reading.parcels, strict=True):
        assert one.geometry.symmetric_difference(other.geometry).area < 1e-3


def test_taking_off_all_prohibitions_may_leave_nothing_and_says_so(opened: TrimDialog) -> None:
    first = opened.answer
    opened.every.setChecked(True)
    until(lambda: opened.answer is not first and opened._task is None)
    assert opened.answer is not None
    assert len(opened.answer.findings) > 1
    if opened.ways.way() is None:
        assert not opened.accepts.isEnabled()
        assert opened.accepts.toolTip()
        assert opened._sketch.layers() == []


def test_other_limits_are_computed_anew(opened: TrimDialog) -> None:
    first = opened.answer
    opened.width.setValue(20.0)
    until(lambda: opened.answer is not first)
    assert opened.answer is not None
    assert opened.answer.ways[0].dropped or opened.answer.ways[0].lost_m2 >= first.ways[0].lost_m2


def test_layers_that_the_user_removed_are_no_trouble(opened: TrimDialog, qgis_new_project: None) -> None:
    QgsProject.instance().removeMapLayers([layer.id() for layer in opened._sketch.layers()])
    opened.reject()


def test_another_version_closes_it(opened: TrimDialog, session: Session, reviewed: CaseFile) -> None:
    view = session.view(reviewed.id)
    session.desk().correct(view.case, view.reading)
    session.case_changed.emit(reviewed.id)
    assert not dialog_lives(opened)


@pytest.mark.parametrize("which", ["not there", "needs approval"])
def test_what_cannot_be_trimmed_says_why(session: Session, reviewed: CaseFile, which: str) -> None:
    view = session.view(reviewed.id)
    assert view.plain_result is not None
    soft = next(f for f in view.plain_result.findings if f.severity is not RuleSeverity.PROHIBIT)
    said: list[str] = []
    session.presenter.show_error = lambda error, retry=None: said.append(error.code)  # type: ignore[method-assign]
    assert suggest(session, view, "none" if which == "not there" else soft.id) is None
    assert said == ["E-CASE-PARAM"]


def test_cancelling_the_task_is_heard(session: Session, reviewed: CaseFile) -> None:
    view = session.view(reviewed.id)
    assert view.plain_result is not None
    dialog = suggest(session, view, farmland(view.plain_result)[0].id)
    assert dialog is not None
    task = dialog._task
    assert task is not None
    ended: list[bool] = []
    task.ended.connect(lambda: ended.append(True))
    dialog.reject()
    until(lambda: ended, 1.0)
