# SPDX-License-Identifier: GPL-2.0-or-later
"""The findings of a case: tree, details, what to do about them."""

from __future__ import annotations

import dataclasses

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import Qt, QTimer, pyqtSignal
from qgis.PyQt.QtGui import QAction
from qgis.PyQt.QtWidgets import QLabel, QSplitter, QVBoxLayout, QWidget

from ...core.model.result import Finding, TouchedFeature
from ...i18n import language, translate
from ...report.words import Words
from ..case_view import CaseView
from ..catalogue.opening import edit_catalogue
from ..map.link import MapLink
from ..session import Session
from ..unit_box import unit_of
from .acting import Acting
from .detail import Page
from .detail_pane import DetailPane
from .filter_bar import TYPING_PAUSE_MS, FilterBar
from .filters import Shelf, Wanted
from .judge_bar import JudgeBar
from .model import FindingsModel
from .tree import MEANINGS, Node, grouped, meaning_of
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
        self.bar = JudgeBar(self)
        self.nothing = QLabel(self)
        self.nothing.setWordWrap(True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.link = MapLink(session, self)
        self.filters.changed.connect(self._filter)
        self.tree.chosen.connect(self._choose_node)
        self.tree.zoom_wanted.connect(self.link.zoom)
        self.detail.flash_wanted.connect(self._flash)
        self.link.picked.connect(self._picked)
        self.tree.marked_changed.connect(self._offer)
        self._acting = Acting(session, self.bar, self.fix_layer.emit, self)
        self.fix_layer.connect(lambda key: edit_catalogue(session, key=key, parent=self))
        self._offer_map()
        session.settings_changed.connect(self._change_unit)
        session.finding_wanted.connect(self.choose)
        self._lay_out()
        self.show_case(None)

    def show_case(self, view: CaseView | None) -> None:
        """Show a case's findings; where its result is the same, filters and open rows stay as they are."""
        before, self._view = self._view, view
        result = view.plain_result if view else None
        self._shelf = self._shelf_of(view)
        self.link.show_case(view)
        if result is not None and before is not None and _same_result(view, before):
            self._show_judgements()
            return
        self.filters.count(self._shelf.groups if self._shelf else ())
        for widget in (self.filters, self._splitter):
            widget.setVisible(result is not None)
        self.nothing.setVisible(result is None)
        self.nothing.setText(_nothing_to_show(view))
        self._filter()

    def _shelf_of(self, view: CaseView | None) -> Shelf | None:
        if view is None or view.plain_result is None:
            return None
        return Shelf(view.plain_result, view.judgements, lambda: self.link.placed() or view.result)

    def _show_judgements(self) -> None:
        """The same result with other judgements: what was open may be so no more."""
        assert self._shelf is not None
        if self.filters.open_only.isChecked():
            self._filter()
        else:
            self.model.judge(self._shelf.judged)
            self._show_node(self.tree.node())
            self._offer()

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
        wanted = self.filters.wanted()
        if self.filters.in_view.isChecked():
            wanted = dataclasses.replace(wanted, box=self.link.window())
        if shelf is None:
            self.model.show((), {})
        else:
            groups = shelf.groups if wanted == Wanted() else grouped(shelf.select(wanted))
            self.model.show(groups, shelf.judged)
            self.tree.open_groups(sum(group.count() for group in groups))
        self._show_node(None)
        self._offer()

    def _choose_node(self, node: Node | None) -> None:
        self._show_node(node)
        self.link.frame(node if isinstance(node, Finding) else None)

    def _offer(self) -> None:
        self._acting.offer(self._view, self.tree.marked())

    def _picked(self, findings: tuple[Finding, ...]) -> None:
        """Go to what was chosen on the map, the worst first; filters that hide all of it are taken off."""
        worst_first = sorted(findings, key=lambda finding: MEANINGS.index(meaning_of(finding)))
        if not any(self.model.find(finding).isValid() for finding in worst_first):
            self.filters.show_everything()
        self.tree.mark(worst_first)

    def _flash(self, finding: Finding, features: tuple[TouchedFeature, ...]) -> None:
        if not self.link.flash(finding, features):
            self._session.say(translate("landreview", "The result keeps no outline of this feature."))

    def _offer_map(self) -> None:
        """What needs a map is offered where there is one."""
        self._window_pause = QTimer(self)
        self._window_pause.setSingleShot(True)
        self._window_pause.setInterval(TYPING_PAUSE_MS)
        self._window_pause.timeout.connect(self._filter)
        self.link.moved.connect(lambda: self.filters.in_view.isChecked() and self._window_pause.start())
        self.filters.in_view.setVisible(self.link.tool is not None)
        if self.link.tool is None:
            return
        icon = QgsApplication.getThemeIcon("/mActionIdentify.svg")
        action = QAction(icon, translate("landreview", "Pick on the map"), self)
        action.setToolTip(translate("landreview", "Click land on the map to get to its findings"))
        action.setCheckable(True)
        action.triggered.connect(self.link.use_tool)
        self.link.tool.setAction(action)
        self.filters.offer_pick(action)

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
        below = QWidget(self._splitter)
        beneath = QVBoxLayout(below)
        beneath.setContentsMargins(0, 0, 0, 0)
        beneath.addWidget(self.detail, 1)
        beneath.addWidget(self.bar)
        self._splitter.addWidget(below)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setStretchFactor(0, 3)
        self._splitter.setStretchFactor(1, 2)
        layout = QVBoxLayout(self)
        layout.addWidget(self.filters)
        layout.addWidget(self._splitter, 1)
        layout.addWidget(self.nothing, 1)


def _same_result(view: CaseView, before: CaseView) -> bool:
    known = before.plain_result is not None
    return known and (view.case.id, view.case.result_digest) == (before.case.id, before.case.result_digest)


def _nothing_to_show(view: CaseView | None) -> str:
    if view is None:
        return str(translate("landreview", "Open a case to see its findings."))
    if view.flaw is not None:
        return str(translate("landreview", "The stored result can't be read: run the review again."))
    return str(translate("landreview", "Not reviewed yet: “Run review” fills this page."))
