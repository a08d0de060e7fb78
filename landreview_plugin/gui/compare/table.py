# SPDX-License-Identifier: GPL-2.0-or-later
"""A sortable table of a comparison; rows copy as a spreadsheet takes them."""

from __future__ import annotations

from qgis.PyQt.QtCore import QAbstractTableModel, QModelIndex, QObject, QSortFilterProxyModel, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QAbstractItemView, QLabel, QStackedLayout, QTableView, QWidget

from ..copying import copies_rows
from .rows import Row, Table

ORDER = Qt.ItemDataRole.UserRole
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class RowsModel(QAbstractTableModel):
    """The rows of one table."""

    def __init__(self, table: Table, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.table = table

    def show(self, table: Table) -> None:
        """Another comparison, or another unit."""
        self.beginResetModel()
        self.table = table
        self.endResetModel()

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's name and default
        """A row a difference."""
        return 0 if parent.isValid() else len(self.table.rows)

    def columnCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's name and default
        """Those of the table."""
        return 0 if parent.isValid() else len(self.table.headings)

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """The unit stands in the heading, so that the figures copy as numbers."""
        if role != Qt.ItemDataRole.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        return self.table.headings[section]

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Texts; figures at the right."""
        if not index.isValid():
            return None
        row, column = self.table.rows[index.row()], index.column()
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return row.cells[column]
        if role == ORDER:
            return row.order[column]
        if role == Qt.ItemDataRole.DecorationRole and column == 0 and not row.icon.isNull():
            return row.icon
        if role == Qt.ItemDataRole.TextAlignmentRole and column in self.table.figures:
            return _RIGHT
        return None


class RowsView(QWidget):
    """The table, or a sentence where it has no row."""

    chosen = pyqtSignal(object)
    """The Row that was clicked or moved to."""
    zoomed = pyqtSignal(object)

    def __init__(self, table: Table, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = RowsModel(table, self)
        self._sorted = QSortFilterProxyModel(self)
        self._sorted.setSourceModel(self.model)
        self._sorted.setSortRole(ORDER)
        self.view = QTableView(self)
        self.view.setModel(self._sorted)
        self.view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.view.setWordWrap(False)
        self.view.setTabKeyNavigation(False)
        self.view.setAlternatingRowColors(True)
        self.view.verticalHeader().hide()
        self.view.verticalHeader().setDefaultSectionSize(int(self.fontMetrics().height() * 1.5))
        self.view.horizontalHeader().setResizeContentsPrecision(50)
        self.view.horizontalHeader().setSortIndicator(
            -1, Qt.SortOrder.AscendingOrder
        )  # as they come, until somebody asks
        self.view.setSortingEnabled(True)
        copies_rows(self.view)
        self.nothing = QLabel(self)
        self.nothing.setWordWrap(True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.view)
        self._stack.addWidget(self.nothing)
        self.view.selectionModel().currentRowChanged.connect(lambda index, _: self._emit(self.chosen, index))
        self.view.doubleClicked.connect(lambda index: self._emit(self.zoomed, index))
        self.show_table(table)

    def show_table(self, table: Table) -> None:
        """Other rows; the order that the user chose stays."""
        self.model.show(table)
        self.view.setAccessibleName(table.title)
        self.view.resizeColumnsToContents()
        self.nothing.setText(table.nothing)
        self._stack.setCurrentWidget(self.view if table.rows else self.nothing)

    def row(self, index: QModelIndex) -> Row | None:
        """The row behind an index of the view."""
        at = self._sorted.mapToSource(index).row()
        return self.model.table.rows[at] if at >= 0 else None

    def _emit(self, signal: object, index: QModelIndex) -> None:
        row = self.row(index)
        if row is not None:
            signal.emit(row)
