# SPDX-License-Identifier: GPL-2.0-or-later
"""Who scrolls a page with the wheel changes no setting that happens to lie under it."""

from __future__ import annotations

from pathlib import Path

import pytest
from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QPoint, QPointF, Qt
from qgis.PyQt.QtGui import QWheelEvent
from qgis.PyQt.QtWidgets import QComboBox, QWidget

from landreview_plugin.gui.catalogue.opening import make_editor
from landreview_plugin.gui.options.page import OptionsPage
from landreview_plugin.gui.session import Session


def turn(widget: QWidget) -> bool:
    """One notch of the wheel over a widget; False: it did not take it, and Qt offers it to the page."""
    at = QPointF(widget.rect().center())
    event = QWheelEvent(
        at,
        QPointF(widget.mapToGlobal(widget.rect().center())),
        QPoint(0, -120),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QgsApplication.sendEvent(widget, event)
    return bool(event.isAccepted())


def test_scrolling_the_options_changes_none(session: Session) -> None:
    page = OptionsPage(session, lambda path: None)
    page.resize(640, 400)
    page.show()
    page.store.path.setFocus()
    QgsApplication.processEvents()
    before = page.taken()
    taken = [turn(combo) for combo in (page.person.role, page.person.unit, page.profile.profile.names)]
    assert page.taken() == before and not any(taken), "the page scrolls instead"
    page.hide()
    page.deleteLater()


def test_scrolling_the_editor_changes_no_binding(session: Session) -> None:
    editor = make_editor(session, Path(session.settings.catalogue), "dltb")
    assert editor is not None
    editor.show()
    editor.window_.search.setFocus()
    form = editor.window_.form
    for widget in (form.age, form.day, form.fields.cellWidget(0, 1)):
        turn(widget)
    assert not editor.draft.changed
    editor.hide()
    editor.deleteLater()


def test_an_unguarded_choice_is_turned(qgis_app: QgsApplication) -> None:
    """The negative control: without the guard the wheel does turn it."""
    combo = QComboBox()
    combo.addItems(["one", "two"])
    combo.show()
    assert turn(combo) and combo.currentText() == "two"
    combo.hide()


@pytest.mark.parametrize("times", [1, 3])
def test_where_the_focus_is_the_wheel_works(session: Session, times: int) -> None:
    editor = make_editor(session, Path(session.settings.catalogue), "dltb")
    assert editor is not None
    editor.show()
    QgsApplication.setActiveWindow(editor)
    editor.window_.form.age.setFocus()
    QgsApplication.processEvents()
    if editor.window_.form.age.hasFocus():
        before = editor.window_.form.age.value()
        editor.window_.form.age.setValue(10)
        for _ in range(times):
            turn(editor.window_.form.age)
        assert editor.window_.form.age.value() == 10 - times != before
    editor.hide()
    editor.deleteLater()
