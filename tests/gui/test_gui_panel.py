# SPDX-License-Identifier: GPL-2.0-or-later
"""The plugin puts the panel into QGIS's window and takes all of it out again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from qgis.core import QgsApplication
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtGui import QAction
from qgis.PyQt.QtWidgets import QMainWindow

from landreview_plugin import environment
from landreview_plugin.gui.dock import NAME, LandReviewDock
from landreview_plugin.plugin import LandReviewPlugin
from landreview_plugin.settings import Settings


class Window(QMainWindow):
    """A main window that keeps what plugins give it, as QGIS does."""

    newProjectCreated = pyqtSignal()  # noqa: N815 - QGIS's name

    def __init__(self, bar: Any, canvas: Any) -> None:
        super().__init__()
        self._bar, self._canvas = bar, canvas
        self.menu: list[QAction] = []
        self.icons: list[QAction] = []

    def mainWindow(self) -> QMainWindow:
        return self

    def messageBar(self) -> Any:
        return self._bar

    def mapCanvas(self) -> Any:
        return self._canvas

    def addPluginToMenu(self, name: str, action: QAction) -> None:
        self.menu.append(action)

    def removePluginMenu(self, name: str, action: QAction) -> None:
        self.menu.remove(action)

    def addToolBarIcon(self, action: QAction) -> None:
        self.icons.append(action)

    def removeToolBarIcon(self, action: QAction) -> None:
        self.icons.remove(action)

    def __getattr__(self, name: str) -> Any:
        """Calls that other rooms of the panel make and this test does not look at."""
        if name.startswith(("register", "unregister", "deregister")):
            return lambda *_: None
        raise AttributeError(name)


@pytest.fixture
def window(qgis_iface: Any, qgis_canvas: Any, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Window]:
    for name in ("workspace", "catalogue", "profile", "person"):
        monkeypatch.setenv(f"LANDREVIEW_{name.upper()}", str(getattr(settings, name)))
    made = Window(qgis_iface.messageBar(), qgis_canvas)
    yield made
    made.deleteLater()


def docks(window: Window) -> list[LandReviewDock]:
    return [dock for dock in window.findChildren(LandReviewDock) if dock.objectName() == NAME]


def test_the_dock_comes_in_at_the_right_with_an_action_that_shows_it(window: Window, settings: Settings) -> None:
    plugin = LandReviewPlugin(window)
    plugin.initGui()
    (dock,) = docks(window)
    assert window.dockWidgetArea(dock) == Qt.DockWidgetArea.RightDockWidgetArea
    assert dock.session.settings.workspace == settings.workspace
    show = next(action for action in window.menu if action.objectName() == "LandReviewPanelAction")
    assert show in window.icons and show.isCheckable()
    window.show()
    show.setChecked(True)
    assert dock.isVisible()
    assert settings.workspace.is_file()
    plugin.unload()


def test_nothing_stays_behind_and_it_can_come_again(window: Window) -> None:
    providers = len(QgsApplication.processingRegistry().providers())
    for _ in range(2):
        plugin = LandReviewPlugin(window)
        plugin.initGui()
        assert len(docks(window)) == 1
        plugin.unload()
        assert docks(window) == []
        assert window.menu == [] and window.icons == []
        assert len(QgsApplication.processingRegistry().providers()) == providers


def test_the_store_is_not_made_before_somebody_looks(window: Window, settings: Settings) -> None:
    """QGIS's start costs nothing of ours while the dock is hidden."""
    plugin = LandReviewPlugin(window)
    plugin.initGui()
    assert not settings.workspace.exists()
    plugin.unload()


def test_without_a_package_there_is_no_panel_but_the_environment_check(
    window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(environment, "absent", lambda: (environment.NEEDS[1],))
    plugin = LandReviewPlugin(window)
    plugin.initGui()
    assert docks(window) == []
    assert len(window.menu) == 1
    plugin.unload()
    assert window.menu == []
