# SPDX-License-Identifier: GPL-2.0-or-later
"""The areas of a case: by class, parcel or owner, with sums that close; below them what no layer reaches."""

from __future__ import annotations

from functools import partial

from qgis.core import QgsApplication
from qgis.PyQt import sip
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QGuiApplication, QShowEvent
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QSplitter,
    QToolButton,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from ...core.model.result import ReviewResult
from ...core.progress import Progress
from ...i18n import language, translate
from ...report.area_sums import By, SumRow, area_sums
from ...report.area_tables import area_layers, area_lines
from ...report.summary import method_words
from ...report.words import Words
from ..case_view import CaseView
from ..session import Session
from ..unit_box import UnitBox, unit_of
from ..work_task import WorkTask
from .model import SumsModel
from .uncovered import UncoveredModel

Every = dict[tuple[str, By], SumRow]
OPENED_AT_ONCE = 200
"""Rows up to which all groups are opened."""
_MEASURED_ROWS = 30
"""Each cell is asked eight things, several times, while another thread adds up: 200 of these rows took 0.3 s."""


class AreasTab(QWidget):
    """Adds up when somebody looks, off the main thread: a road of 4,000 parcels has 40,000 rows."""

    @staticmethod
    def TITLE() -> str:  # noqa: N802 - the name that the case page asks for
        """The translated title."""
        return str(translate("landreview", "Areas"))

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._words = Words(language())
        self._result: ReviewResult | None = None
        self._sums: Every = {}
        self._task: WorkTask[Every] | None = None
        self.by = QComboBox(self)
        for by, text in _choices():
            self.by.addItem(text, by)
        self.by.setAccessibleName(translate("landreview", "Add up by"))
        self.layer = QComboBox(self)
        self.layer.setAccessibleName(self._words("column.layer"))
        self.copy = QToolButton(self)
        self.copy.setIcon(QgsApplication.getThemeIcon("/mActionEditCopy.svg"))
        self.copy.setToolTip(translate("landreview", "Copy the table for a spreadsheet"))
        self.copy.setAccessibleName(self.copy.toolTip())
        self.model = SumsModel(self._words, self)
        self.tree = _tree(self.model, translate("landreview", "Areas"), self)
        self.uncovered = UncoveredModel(self._words, self)
        self.beyond = _tree(self.uncovered, self._words("section.uncovered"), self)
        self.beyond.setRootIsDecorated(False)
        self.beyond_title = QLabel(self, wordWrap=True)
        self.note = QLabel(self, wordWrap=True)
        self.note.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.by.activated.connect(self._show)
        self.layer.activated.connect(self._show)
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.model.text()))
        session.settings_changed.connect(self._show)
        self._lay_out(UnitBox(session, self))

    def show_case(self, view: CaseView | None) -> None:
        """Show a case's areas."""
        result = view.plain_result if view else None
        if result is not None and self._result is not None and result.digest == self._result.digest:
            return
        self._result, self._sums, self._task = result, {}, None
        self.layer.clear()
        for key in area_layers(result) if result else ():
            self.layer.addItem(self._words.layer(key, result), key)
        self.layer.setVisible(self.layer.count() > 1)
        self._show()
        if self.isVisible():
            self._add_up()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's
        """Add up now that somebody looks."""
        super().showEvent(event)
        self._add_up()

    def _add_up(self) -> None:
        result = self._result
        if result is None or self._sums or self._task is not None:
            return
        title = translate("landreview", "Add up the areas")
        work = partial(_added_up, result, self._words)
        self._task = self._session.start(title, work, lambda sums: self._added(result, sums))

    def _added(self, result: ReviewResult, sums: Every) -> None:
        if not sip.isdeleted(self) and result is self._result:
            self._task, self._sums = None, sums
            self._show()

    def _show(self) -> None:
        result, unit = self._result, unit_of(self._session)
        total = self._sums.get((self.layer.currentData(), self.by.currentData()))
        self.model.show(total, unit)
        if total is not None and sum(len(group.rows) for group in total.rows) <= OPENED_AT_ONCE:
            self.tree.expandAll()
        self.uncovered.show(result, unit)
        beyond = len(result.uncovered) if result else 0
        self.beyond.setVisible(bool(beyond))
        self.beyond_title.setText(
            f"{self._words('section.uncovered')} ({beyond})" if beyond else self._words("note.no_uncovered")
        )
        self.beyond_title.setVisible(result is not None)
        self.copy.setEnabled(total is not None)
        self.note.setText(self._note())

    def _note(self) -> str:
        if self._result is None:
            return str(translate("landreview", "Areas by land class come with the review."))
        if not self._result.areas:
            return self._words("note.no_classes")
        return self._words("note.areas", method=method_words(self._result, self._words))

    def _lay_out(self, units: UnitBox) -> None:
        head = QHBoxLayout()
        head.addWidget(self.by, 1)
        head.addWidget(self.layer, 1)
        head.addWidget(units)
        head.addWidget(self.copy)
        below = QWidget(self)
        beneath = QVBoxLayout(below)
        beneath.setContentsMargins(0, 0, 0, 0)
        beneath.addWidget(self.beyond_title)
        beneath.addWidget(self.beyond, 1)
        splitter = QSplitter(Qt.Orientation.Vertical, self)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.tree)
        splitter.addWidget(below)
        splitter.setStretchFactor(0, 3)
        splitter.setStretchFactor(1, 1)
        layout = QVBoxLayout(self)
        layout.addLayout(head)
        layout.addWidget(splitter, 1)
        layout.addWidget(self.note)


def _choices() -> tuple[tuple[By, str], ...]:
    return (
        (By.CLASS, translate("landreview", "By land class")),
        (By.PARCEL, translate("landreview", "By parcel")),
        (By.OWNER, translate("landreview", "By ownership")),
    )


def _tree(model: SumsModel | UncoveredModel, name: str, parent: QWidget) -> QTreeView:
    view = QTreeView(parent)
    view.setModel(model)
    view.setUniformRowHeights(True)
    view.setAlternatingRowColors(True)
    view.setAccessibleName(name)
    view.header().setStretchLastSection(False)
    view.header().setResizeContentsPrecision(OPENED_AT_ONCE if isinstance(model, SumsModel) else _MEASURED_ROWS)
    view.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    view.header().setSectionResizeMode(0 if isinstance(model, SumsModel) else 1, QHeaderView.ResizeMode.Stretch)
    return view


def _added_up(result: ReviewResult, words: Words, progress: Progress) -> Every:
    """Every way of adding up, by layer; heard off the main thread."""
    sums: Every = {}
    for layer in area_layers(result):
        lines = area_lines(result, layer)
        for by in By:
            progress.step(len(sums) / len(By))
            sums[layer, by] = area_sums(lines, by, words)
    return sums
