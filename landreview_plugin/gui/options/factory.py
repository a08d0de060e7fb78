# SPDX-License-Identifier: GPL-2.0-or-later
"""What QGIS asks for the options page each time its dialog opens; the page itself is imported only then."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from qgis.gui import QgsOptionsWidgetFactory
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import QWidget

from ...core.tables import RESOURCES
from ..session import Session

if TYPE_CHECKING:
    from .page import OptionsPage


class OptionsFactory(QgsOptionsWidgetFactory):
    """LandReview's entry in Settings ▸ Options."""

    def __init__(self, session: Session, edit_catalogue: Callable[[Path], object]) -> None:
        super().__init__("LandReview", QIcon(str(RESOURCES / "icons" / "landreview.svg")))
        self._session, self._edit_catalogue = session, edit_catalogue

    def createWidget(self, parent: QWidget | None) -> OptionsPage:  # noqa: N802 - QGIS calls this name
        """A new page."""
        from .page import OptionsPage

        return OptionsPage(self._session, self._edit_catalogue, parent)
