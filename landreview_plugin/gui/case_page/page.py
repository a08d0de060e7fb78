# SPDX-License-Identifier: GPL-2.0-or-later
"""The case page: one case, its head and its tabs."""

from __future__ import annotations

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from ..case_view import CaseView
from ..session import Session
from .tabs import TABS


class CasePage(QWidget):
    """Shows one case; reads it again when it was changed."""

    closed = pyqtSignal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.view: CaseView | None = None
        self.tabs = QTabWidget(self)
        for make in TABS:
            self.tabs.addTab(make(session, self.tabs), make.TITLE())
        layout = QVBoxLayout(self)
        layout.addWidget(self.tabs)
        session.case_changed.connect(self._changed)

    def open_case(self, case_id: str) -> bool:
        """Read a case and show it; False: it said why not."""
        with self._session.guard():
            self.show_case(self._session.view(case_id))
            return True
        return False

    def show_case(self, view: CaseView | None) -> None:
        """Show a case in every tab."""
        self.view = view
        for i in range(self.tabs.count()):
            self.tabs.widget(i).show_case(view)

    def _changed(self, case_id: str) -> None:
        if self.view is not None and self.view.case.id == case_id:
            self.open_case(case_id)
