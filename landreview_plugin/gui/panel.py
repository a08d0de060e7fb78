# SPDX-License-Identifier: GPL-2.0-or-later
"""The panel in QGIS's window: dock, menu and toolbar; everything that comes in goes out again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QCoreApplication, QEvent, Qt
from qgis.PyQt.QtGui import QAction, QIcon

from .. import settings
from ..core.tables import RESOURCES
from ..i18n import translate
from .dock import LandReviewDock
from .office_wiring import register
from .session import Session

if TYPE_CHECKING:
    from qgis.gui import QgisInterface

ICON = Path(RESOURCES) / "icons" / "landreview.svg"
MENU = "LandReview"


class Panel:
    """Session, dock and the action that shows it."""

    def __init__(self, iface: QgisInterface) -> None:
        self._iface = iface
        self.session = Session(settings.read(), iface, iface.mainWindow())
        self.dock = LandReviewDock(self.session, iface.mainWindow())
        iface.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, self.dock)
        self.action = QAction(QIcon(str(ICON)), translate("landreview", "Case panel"), iface.mainWindow())
        self.action.setObjectName("LandReviewPanelAction")
        self.action.setToolTip(translate("landreview", "Show or hide the cases of the office"))
        self.dock.setToggleVisibilityAction(self.action)
        self.quick = QAction(
            QgsApplication.getThemeIcon("/mActionCapturePolygon.svg"),
            translate("landreview", "Quick check"),
            iface.mainWindow(),
        )
        self.quick.setObjectName("LandReviewQuickCheckAction")
        self.quick.setToolTip(translate("landreview", "Draw land and check it against the office's layers"))
        self.quick.triggered.connect(lambda: self.dock.show_quick())
        for action in (self.action, self.quick):
            iface.addPluginToMenu(MENU, action)
            iface.addToolBarIcon(action)
        self._leave = register(self.session, iface)

    def remove(self) -> None:
        """Stop what runs, let go of the store, take dock, actions and the office's parts out."""
        self._leave()
        for action in (self.action, self.quick):
            self._iface.removePluginMenu(MENU, action)
            self._iface.removeToolBarIcon(action)
        self._iface.removeDockWidget(self.dock)
        self.dock.rounds.stop()
        self.dock.page.show_case(None)
        self.dock.quick.clear_map()
        self.session.close()
        for thing in (self.dock, self.action, self.quick, self.session):
            thing.deleteLater()
        # a plugin that is loaded again at once must not meet the old dock under the same name
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
