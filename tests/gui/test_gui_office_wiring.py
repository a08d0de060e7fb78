# SPDX-License-Identifier: GPL-2.0-or-later
"""Locator, browser and options page go into QGIS's own registries and come out again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from qgis.core import QgsApplication, QgsLocator
from qgis.gui import QgsGui, QgsMapCanvas
from qgis.PyQt.QtWidgets import QMainWindow

from landreview_plugin.core.model.case_file import CaseFile
from landreview_plugin.gui import office_wiring
from landreview_plugin.gui.options.page import OptionsPage
from landreview_plugin.gui.session import Session


class Window(QMainWindow):
    """The part of QGIS's interface that is used, on a real locator."""

    def __init__(self) -> None:
        super().__init__()
        self.canvas, self.locator = QgsMapCanvas(self), QgsLocator()
        self.factories: list[Any] = []
        self.menu: list[Any] = []

    def mainWindow(self) -> QMainWindow:
        return self

    def mapCanvas(self) -> QgsMapCanvas:
        return self.canvas

    def registerLocatorFilter(self, each: Any) -> None:
        self.locator.registerFilter(each)

    def deregisterLocatorFilter(self, each: Any) -> None:
        self.locator.deregisterFilter(each)

    def registerOptionsWidgetFactory(self, each: Any) -> None:
        self.factories.append(each)

    def unregisterOptionsWidgetFactory(self, each: Any) -> None:
        self.factories.remove(each)

    def addPluginToMenu(self, _name: str, action: Any) -> None:
        self.menu.append(action)

    def removePluginMenu(self, _name: str, action: Any) -> None:
        self.menu.remove(action)


@pytest.fixture
def window(qgis_app: QgsApplication) -> Iterator[Window]:
    made = Window()
    yield made
    made.deleteLater()


def providers() -> set[str]:
    found = {each.name() for each in QgsApplication.dataItemProviderRegistry().providers()}
    return found | {f"menu {each.name()}" for each in QgsGui.dataItemGuiProviderRegistry().providers()}


def test_all_of_it_goes_in_and_out_again(session: Session, window: Window, case: CaseFile) -> None:
    before = providers()
    undo = office_wiring.register(session, window)
    assert providers() - before == {"LandReview", "menu LandReview"}
    assert [each.name() for each in window.locator.filters("lr")] == ["landreview_cases"]
    page = window.factories[0].createWidget(None)
    assert isinstance(page, OptionsPage)
    page.deleteLater()
    session.cases_changed.emit()
    session.case_changed.emit(case.id)
    undo()
    assert providers() == before and not window.locator.filters("lr")
    assert not window.factories and not window.menu
    session.cases_changed.emit()  # nobody listens any more


def test_a_chosen_case_is_asked_for_through_the_session(session: Session, window: Window, case: CaseFile) -> None:
    undo = office_wiring.register(session, window)
    wanted: list[str] = []
    session.case_wanted.connect(wanted.append)
    (locator,) = window.locator.filters("lr")
    locator._open_case(case.id)
    assert wanted == [case.id]
    undo()
