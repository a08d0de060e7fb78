# SPDX-License-Identifier: GPL-2.0-or-later
"""The dock at the right: the list of cases and the page of one are two states of it."""

from __future__ import annotations

from qgis.gui import QgsDockWidget
from qgis.PyQt.QtWidgets import QStackedWidget, QWidget

from ..i18n import translate
from .case_list.page import CaseListPage
from .case_page.page import CasePage
from .session import Session

NAME = "LandReviewPanel"


class LandReviewDock(QgsDockWidget):
    """Remembers its place: QGIS keeps it under its object name."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(translate("landreview", "LandReview"), parent)
        self.setObjectName(NAME)
        self.session = session
        self.list = CaseListPage(session)
        self.page = CasePage(session)
        self.stack = QStackedWidget(self)
        for page in (self.list, self.page):
            self.stack.addWidget(page)
        self.setWidget(self.stack)
        self.list.opened.connect(self.open_case)
        self.page.closed.connect(self.show_list)
        session.case_wanted.connect(self.open_case)

    def open_case(self, case_id: str) -> None:
        """Show the page of a case."""
        if self.page.open_case(case_id):
            self.stack.setCurrentWidget(self.page)
            self.setUserVisible(True)

    def show_list(self) -> None:
        """Back to the list, the case still selected."""
        self.stack.setCurrentWidget(self.list)
        self.list.reload()
        if self.page.view is not None:
            self.list.select(self.page.view.case.id)
        self.list.view.setFocus()
