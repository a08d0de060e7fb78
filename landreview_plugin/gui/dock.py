# SPDX-License-Identifier: GPL-2.0-or-later
"""The dock at the right: the list of cases and the page of one are two states of it."""

from __future__ import annotations

from qgis.core import QgsProject
from qgis.gui import QgsDockWidget
from qgis.PyQt.QtWidgets import QStackedWidget, QWidget

from ..core.model.case_file import CaseFile
from ..i18n import translate
from .case_list.page import CaseListPage
from .case_page.page import CasePage
from .intake.choosing import choose_source
from .intake.page import IntakePage
from .intake.source import Source
from .quick.page import QuickPage
from .session import Session
from .sync.bar import SyncBar
from .sync.rounds import Rounds

NAME = "LandReviewPanel"


class LandReviewDock(QgsDockWidget):
    """Remembers its place: QGIS keeps it under its object name."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(translate("landreview", "LandReview"), parent)
        self.setObjectName(NAME)
        self.session = session
        self.rounds = Rounds(session, self)
        self.list = CaseListPage(session, SyncBar(session, self.rounds))
        self.page = CasePage(session)
        self.stack = QStackedWidget(self)
        self.intake = IntakePage(session)
        self.quick = QuickPage(session)
        for page in (self.list, self.page, self.intake, self.quick):
            self.stack.addWidget(page)
        self.setWidget(self.stack)
        self.list.take_in.connect(self.take_in)
        self.intake.taken_in.connect(self.open_case)
        self.intake.closed.connect(self._leave_intake)
        self.quick.take_in.connect(self.take_in)
        self.quick.closed.connect(self.show_list)
        session.correction_wanted.connect(self._correct)
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
        shown = self.page.view
        self.stack.setCurrentWidget(self.list)
        self.page.show_case(None)  # takes its layers off the map
        if shown is not None:
            self.list.select(shown.case.id)
        self.list.view.setFocus()

    def show_quick(self) -> None:
        """Check any land against the office's layers: the drawing tool is taken at once."""
        self.page.show_case(None)
        self.stack.setCurrentWidget(self.quick)
        self.setUserVisible(True)
        self.quick.use_tool()
        self.quick.warm()

    def take_in(self, source: Source, case: CaseFile | None = None) -> None:
        """Look at a hand-in: as a new case, or as the correction of one."""
        with self.session.guard():
            self.intake.begin(source, case)
            self.stack.setCurrentWidget(self.intake)
            self.setUserVisible(True)

    def _correct(self, case_id: str) -> None:
        with self.session.guard():
            case = self.session.desk().store.case(case_id)
            source = choose_source(self, QgsProject.instance())
            if source is not None:
                self.take_in(source, case)

    def _leave_intake(self) -> None:
        view = self.page.view
        if self.intake.correcting and view is not None:
            self.stack.setCurrentWidget(self.page)
        else:
            self.show_list()
