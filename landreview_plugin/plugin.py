# SPDX-License-Identifier: GPL-2.0-or-later
"""Wires LandReview into QGIS and out again. Works without a window (``iface`` is None)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtGui import QAction, QIcon

from . import environment
from .i18n import install_translator, translate
from .processing.provider import LandReviewProvider

if TYPE_CHECKING:
    from qgis.gui import QgisInterface

    from .gui.panel import Panel

ICON = Path(__file__).resolve().parent / "resources" / "icons" / "landreview.svg"


class LandReviewPlugin:
    """The plugin object that QGIS holds."""

    def __init__(self, iface: QgisInterface | None) -> None:
        self._iface = iface
        self._provider: LandReviewProvider | None = None
        self._panel: Panel | None = None
        self._actions: list[QAction] = []
        environment.add_libraries(Path(QgsApplication.qgisSettingsDirPath()))
        # qgis_process never calls initGui, so the translator belongs here
        self._translator = install_translator()

    def initProcessing(self) -> None:  # noqa: N802 - QGIS calls this name
        """Register the Processing provider (with and without a window)."""
        self._provider = LandReviewProvider()
        QgsApplication.processingRegistry().addProvider(self._provider)

    def initGui(self) -> None:  # noqa: N802 - QGIS calls this name
        """Add the provider and the menu."""
        self.initProcessing()
        if self._iface is None:
            return
        action = QAction(QIcon(str(ICON)), translate("landreview", "Environment check"), self._iface.mainWindow())
        action.triggered.connect(self._show_environment)
        self._iface.addPluginToMenu("LandReview", action)
        self._actions.append(action)
        if not environment.absent():
            from .gui.panel import Panel

            self._panel = Panel(self._iface)
        else:
            self._iface.messageBar().pushWarning(
                "LandReview",
                translate("landreview", "Something is missing: see Plugins ▸ LandReview ▸ Environment check"),
            )

    def unload(self) -> None:
        """Take everything out again that initGui put in."""
        if self._panel is not None:
            self._panel.remove()
            self._panel = None
        if self._iface is not None:
            for action in self._actions:
                self._iface.removePluginMenu("LandReview", action)
        self._actions.clear()
        if self._provider is not None:
            QgsApplication.processingRegistry().removeProvider(self._provider)
            self._provider = None
        if self._translator is not None:
            QCoreApplication.removeTranslator(self._translator)
            self._translator = None

    def _show_environment(self) -> None:
        from .gui.environment_page import EnvironmentDialog

        EnvironmentDialog(self._iface.mainWindow() if self._iface else None).exec()
