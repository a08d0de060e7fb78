# SPDX-License-Identifier: GPL-2.0-or-later
"""The tree of findings on screen: rows of one height, cells copied as a spreadsheet takes them."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.PyQt.QtCore import QItemSelectionModel, QModelIndex, Qt, pyqtSignal
from qgis.PyQt.QtGui import QAction, QGuiApplication, QKeyEvent, QKeySequence
from qgis.PyQt.QtWidgets import QAbstractItemView, QHeaderView, QTreeView, QWidget

from ...core.model.result import Finding
from ...i18n import translate
from ...report.units import DASH
from .model import Column, FindingsModel
from .tree import Node, findings_of

OPENED_AT_ONCE = 150
"""Rows below which the tree opens in full; more are opened group by group."""
MARKED_AT_ONCE = 200
_MEASURED_ROWS = 50


class FindingsView(QTreeView):
    """Emits what is chosen and what is asked to be zoomed to."""

    chosen = pyqtSignal(object)
    """The node of the current row, or None."""
    marked_changed = pyqtSignal()
    """Other rows are chosen."""
    zoom_wanted = pyqtSignal(object)
    """A finding that was double-clicked or entered."""

    def __init__(self, model: FindingsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self._findings = model
        self.setUniformRowHeights(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setAlternatingRowColors(True)
        self.setAllColumnsShowFocus(True)
        self.setExpandsOnDoubleClick(False)
        self.setIndentation(self.fontMetrics().height() * 2 // 3)
        self.setAccessibleName(translate("landreview", "Findings"))
        self._measure()
        self.selectionModel().currentChanged.connect(lambda: self.chosen.emit(self.node()))
        self.selectionModel().selectionChanged.connect(lambda: self.marked_changed.emit())
        self.doubleClicked.connect(self._open)
        self._add_menu()

    def _add_menu(self) -> None:
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        for text, key, act in (
            (translate("landreview", "Zoom to"), "", lambda: self._open(self.currentIndex())),
            (translate("landreview", "Copy"), QKeySequence.StandardKey.Copy, self.copy),
            (translate("landreview", "Open all"), "", self.expandAll),
            (translate("landreview", "Close all"), "", self.collapseAll),
        ):
            action = QAction(text, self)
            action.setShortcut(QKeySequence(key))
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.triggered.connect(lambda _checked, act=act: act())
            self.addAction(action)

    def copy(self) -> None:
        """The chosen rows into the clipboard."""
        QGuiApplication.clipboard().setText(self.copied())

    def _measure(self) -> None:
        header = self.header()
        header.setStretchLastSection(False)
        header.setResizeContentsPrecision(_MEASURED_ROWS)
        for column in Column:
            stretches = column is Column.NAME
            mode = QHeaderView.ResizeMode.Stretch if stretches else QHeaderView.ResizeMode.ResizeToContents
            header.setSectionResizeMode(column, mode)

    def node(self) -> Node | None:
        """What the current row stands for."""
        return self._findings.node(self.currentIndex())

    def marked(self) -> tuple[Finding, ...]:
        """The findings of all rows that are chosen, those of a chosen group included, each once."""
        nodes = (self._findings.node(index) for index in self.selectionModel().selectedRows())
        return tuple({finding.id: finding for node in nodes if node for finding in findings_of(node)}.values())

    def open_groups(self, rows: int) -> None:
        """Open the tree as far as it stays readable: ``rows`` findings are in it."""
        model = self._findings
        for group in (model.index(row, 0) for row in range(model.rowCount())):
            self.setFirstColumnSpanned(group.row(), QModelIndex(), True)  # a heading has no figures
            for row in range(model.rowCount(group)):
                measured = model.index(row, Column.AREA, group).data() != DASH
                self.setFirstColumnSpanned(row, group, not measured)
        self.expandToDepth(1 if rows <= OPENED_AT_ONCE else 0)

    def choose(self, finding: Finding) -> bool:
        """Make the row of a finding the current one; False: it is filtered out."""
        index = self._findings.find(finding)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index, QAbstractItemView.ScrollHint.EnsureVisible)
        return bool(index.isValid())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's
        """The return key does what a double click does."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def copied(self) -> str:
        """The chosen rows as lines, with a tab between cells; numbers as numbers."""
        rows = sorted(self.selectionModel().selectedRows(), key=self._place)
        model = self._findings
        return "\n".join(
            "\t".join(str(model.data(row.siblingAtColumn(column), Qt.ItemDataRole.DisplayRole)) for column in Column)
            for row in rows
        )

    def mark(self, findings: Sequence[Finding]) -> None:
        """Choose the first of several that is shown, and mark the others with it."""
        rows = [index for index in map(self._findings.find, findings[:MARKED_AT_ONCE]) if index.isValid()]
        if rows:
            self.setCurrentIndex(rows[0])
            every = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
            for index in rows[1:]:
                self.selectionModel().select(index, every)
            self.scrollTo(rows[0])

    def _place(self, index: QModelIndex) -> tuple[int, ...]:
        place: tuple[int, ...] = ()
        while index.isValid():
            place = (index.row(), *place)
            index = index.parent()
        return place

    def _open(self, index: QModelIndex) -> None:
        node = self._findings.node(index)
        if isinstance(node, Finding):
            self.zoom_wanted.emit(node)
        elif node is not None:
            self.setExpanded(index.siblingAtColumn(0), not self.isExpanded(index.siblingAtColumn(0)))
