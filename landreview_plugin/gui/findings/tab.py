# SPDX-License-Identifier: GPL-2.0-or-later
"""The findings of a case: tree, details, what to do about them."""

from __future__ import annotations

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QLabel, QSplitter, QVBoxLayout, QWidget

from ...core.model.result import Finding
from ...i18n import language, translate
from ...report.words import Words
from ..case_view import CaseView
from ..session import Session
from ..unit_box import unit_of
from .detail import Page
from .detail_pane import DetailPane
from .filter_bar import FilterBar
from .filters import Shelf
from .model import FindingsModel
from .tree import Node
from .view import FindingsView


class FindingsTab(QWidget):
    """Shows the result that counts. ``fix_layer`` asks for the cause of what could not be checked."""

    fix_layer = pyqtSignal(str)
    """Key of a reference layer."""

    @staticmethod
    def TITLE() -> str:  # noqa: N802 - the name that the case page asks for
        """The translated title."""
        return str(translate("landreview", "Findings"))

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._words = Words(language())
        self._view: CaseView | None = None
        self._shelf: Shelf | None = None
        self.filters = FilterBar(session, self)
        self.model = FindingsModel(self._words, self)
        self.model.set_unit(unit_of(session))
        self.tree = FindingsView(self.model, self)
        self.detail = DetailPane(self)
        self.nothing = QLabel(self)
        self.nothing.setWordWrap(True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.filters.changed.connect(self._filter)
        self.tree.chosen.connect(self._show_node)
        session.settings_changed.connect(self._change_unit)
        self._lay_out()
        self.show_case(None)

    def show_case(self, view: CaseView | None) -> None:
        """Show a case's findings; the row that was chosen stays so where it is still there."""
        kept = self.chosen() if view and self._view and view.case.id == self._view.case.id else None
        self._view = view
        result = view.plain_result if view else None
        self._shelf = Shelf(result, view.judgements, lambda: view.result) if view and result else None
        self.filters.count(result)
        for widget in (self.filters, self._splitter):
            widget.setVisible(result is not None)
        self.nothing.setVisible(result is None)
        self.nothing.setText(_nothing_to_show(view))
        self._filter()
        if kept is not None:
            self.choose(kept.id)

    def choose(self, finding_id: str) -> bool:
        """Go to a finding, taking filters off where they hide it; False: this result has none of that id."""
        finding = self._shelf.by_id.get(finding_id) if self._shelf else None
        if finding is None:
            return False
        if not self.tree.choose(finding):
            self.filters.show_everything()
            self.tree.choose(finding)
        return True

    def chosen(self) -> Finding | None:
        """The finding of the current row."""
        node = self.tree.node()
        return node if isinstance(node, Finding) else None

    def _filter(self) -> None:
        shelf = self._shelf
        found = shelf.select(self.filters.wanted()) if shelf else ()
        self.model.show(found, shelf.judged if shelf else {})
        self.tree.open_groups(len(found))
        self._show_node(None)

    def _show_node(self, node: Node | None) -> None:
        self.detail.show_node(self._page(), node)

    def _page(self) -> Page | None:
        view, shelf = self._view, self._shelf
        if view is None or shelf is None:
            return None
        files = {file.sha256: file.name for file in view.attachments}
        return Page(shelf.result, self._words, unit_of(self._session), view.judgements, files)

    def _change_unit(self) -> None:
        self.model.set_unit(unit_of(self._session))
        self._show_node(self.tree.node())

    def _lay_out(self) -> None:
        self._splitter = QSplitter(Qt.Orientation.Vertical, self)
        self._splitter.addWidget(self.tree)
        self._splitter.addWidget(self.detail)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setStretchFactor(0, 3)
        self._splitter.setStretchFactor(1, 2)
        layout = QVBoxLayout(self)
        layout.addWidget(self.filters)
        layout.addWidget(self._splitter, 1)
        layout.addWidget(self.nothing, 1)


def _nothing_to_show(view: CaseView | None) -> str:
    if view is None:
        return str(translate("landreview", "Open a case to see its findings."))
    if view.flaw is not None:
        return str(translate("landreview", "The stored result can't be read: run the review again."))
    return str(translate("landreview", "Not reviewed yet: “Run review” fills this page."))
