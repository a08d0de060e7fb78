# SPDX-License-Identifier: GPL-2.0-or-later
"""The dock at the right: the list of cases and the page of one are two states of it."""

from __future__ import annotations

from qgis.gui import QgsDockWidget
from qgis.PyQt.QtWidgets import QStackedWidget, QWidget

from ..i18n import translate
from .case_page.page import CasePage
from .session import Session

NAME = "LandReviewPanel"


class LandReviewDock(QgsDockWidget):
    """Remembers its place: QGIS keeps it under its object name."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(translate("landreview", "LandReview"), parent)
        self.setObjectName(NAME)
        self.session = session
        self.page = CasePage(session)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.page)
        self.setWidget(self._stack)

    def open_case(self, case_id: str) -> None:
        """Show the page of a case."""
        if self.page.open_case(case_id):
            self._stack.setCurrentWidget(self.page)
