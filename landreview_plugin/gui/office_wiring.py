# SPDX-License-Identifier: GPL-2.0-or-later
"""Puts the office's parts into QGIS: locator, browser, options page; gives back what takes them out again."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from qgis.core import QgsApplication, QgsProject
from qgis.gui import QgsGui
from qgis.PyQt.QtGui import QAction

from ..i18n import translate
from .browser import BrowserMenu, BrowserProvider
from .locator import CaseLocator, give_prefix
from .options.factory import OptionsFactory
from .session import Session

if TYPE_CHECKING:
    from qgis.gui import QgisInterface

MENU = "LandReview"


def register(session: Session, iface: QgisInterface) -> Callable[[], None]:
    """Register everything; the function returned undoes it, the last first."""
    undo = ExitStack()
    _locator(session, iface, undo)
    _browser(session, undo)
    _options(session, iface, undo)
    _menu(session, iface, undo)
    return undo.close


def _options(session: Session, iface: QgisInterface, undo: ExitStack) -> None:
    def edit(path: Path) -> None:
        from .catalogue.opening import edit_catalogue

        edit_catalogue(session, path)

    factory = OptionsFactory(session, edit)
    iface.registerOptionsWidgetFactory(factory)
    undo.callback(iface.unregisterOptionsWidgetFactory, factory)


def _menu(session: Session, iface: QgisInterface, undo: ExitStack) -> None:
    def edit() -> None:
        from .catalogue.opening import edit_catalogue

        edit_catalogue(session)

    def add() -> None:
        from .reference_action import add_reference_layers

        add_reference_layers(session, QgsProject.instance())

    texts = (
        (translate("landreview", "Add reference layers to the project"), add, "/mActionAddOgrLayer.svg"),
        (translate("landreview", "Edit the catalogue of reference layers…"), edit, "/mActionEditTable.svg"),
    )
    for text, does, icon in texts:
        action = QAction(QgsApplication.getThemeIcon(icon), text, iface.mainWindow())
        action.triggered.connect(lambda _=False, does=does: does())
        iface.addPluginToMenu(MENU, action)
        undo.callback(action.deleteLater)
        undo.callback(iface.removePluginMenu, MENU, action)


def _workspace(session: Session) -> Callable[[], Path]:
    return lambda: Path(session.settings.workspace)


def _locator(session: Session, iface: QgisInterface, undo: ExitStack) -> None:
    give_prefix()
    locator = CaseLocator(_workspace(session), session.case_wanted.emit, iface.mapCanvas())
    iface.registerLocatorFilter(locator)
    undo.callback(iface.deregisterLocatorFilter, locator)


def _browser(session: Session, undo: ExitStack) -> None:
    provider = BrowserProvider(_workspace(session), session.case_wanted.emit)
    QgsApplication.dataItemProviderRegistry().addProvider(provider)
    undo.callback(QgsApplication.dataItemProviderRegistry().removeProvider, provider)
    menu = BrowserMenu()
    QgsGui.dataItemGuiProviderRegistry().addProvider(menu)
    undo.callback(QgsGui.dataItemGuiProviderRegistry().removeProvider, menu)

    def refresh(*_: object) -> None:
        if provider.root is not None:
            provider.root.refresh()

    for signal in (session.cases_changed, session.case_changed, session.settings_changed):
        signal.connect(refresh)
        undo.callback(signal.disconnect, refresh)
