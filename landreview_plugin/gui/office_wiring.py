# SPDX-License-Identifier: GPL-2.0-or-later
"""Puts the office's parts into QGIS: locator, browser, options page; gives back what takes them out again."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from qgis.core import QgsApplication
from qgis.gui import QgsGui

from .browser import BrowserMenu, BrowserProvider
from .locator import CaseLocator, give_prefix
from .options.factory import OptionsFactory
from .session import Session

if TYPE_CHECKING:
    from qgis.gui import QgisInterface


def register(session: Session, iface: QgisInterface) -> Callable[[], None]:
    """Register everything; the function returned undoes it, the last first."""
    undo = ExitStack()
    _locator(session, iface, undo)
    _browser(session, undo)
    _options(session, iface, undo)
    return undo.close


def _options(session: Session, iface: QgisInterface, undo: ExitStack) -> None:
    def edit(path: Path) -> None:
        from .catalogue.opening import edit_catalogue

        edit_catalogue(session, path)

    factory = OptionsFactory(session, edit)
    iface.registerOptionsWidgetFactory(factory)
    undo.callback(iface.unregisterOptionsWidgetFactory, factory)


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
