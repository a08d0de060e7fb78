# SPDX-License-Identifier: GPL-2.0-or-later
"""Sums of areas as an item model: groups, their rows, and the total at the end."""

from __future__ import annotations

from enum import Enum
from typing import Any

from qgis.PyQt.QtCore import QAbstractItemModel, QModelIndex, QObject, Qt
from qgis.PyQt.QtGui import QFont

from ...core.geodesy.rounding import Unit
from ...report.area_sums import SumRow
from ...report.words import Words
from ..figures import in_unit


class Column(Enum):
    """A column of figures, with its heading among the words."""

    STATE = "ownership.国有"
    COLLECTIVE = "ownership.集体"
    OTHER = "ownership."
    TOTAL = "total"


class SumsModel(QAbstractItemModel):
    """Areas of unknown ownership have a column where there are any."""

    def __init__(self, words: Words, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words, self._unit = words, Unit.M2
        self._rows: tuple[SumRow, ...] = ()
        self.columns: tuple[Column, ...] = tuple(Column)

    def show(self, total: SumRow | None, unit: Unit) -> None:
        """Other sums; None: nothing."""
        self.beginResetModel()
        self._unit = unit
        self._rows = (*total.rows, SumRow(total.name, total.sums)) if total else ()
        known = total is not None and not total.sums.other.m2
        self.columns = tuple(column for column in Column if column is not Column.OTHER or not known)
        self.endResetModel()

    def text(self) -> str:
        """The whole table with its headings: a tab between cells, a line a row."""
        columns = range(self.columnCount())
        lines = [[str(self.headerData(c, Qt.Orientation.Horizontal)) for c in columns]]
        for place in range(self.rowCount()):
            group = self.index(place, 0)
            lines.append([str(group.siblingAtColumn(c).data()) for c in columns])
            below = (self.index(row, 0, group) for row in range(self.rowCount(group)))
            lines += [[str(index.siblingAtColumn(c).data()) for c in columns] for index in below]
        return "\n".join("\t".join(cells) for cells in lines)

    def row(self, index: QModelIndex) -> SumRow:
        """The row of an index."""
        above = index.internalId()
        return self._rows[above - 1].rows[index.row()] if above else self._rows[index.row()]

    # what Qt asks for

    def index(self, row: int, column: int, parent: QModelIndex = QModelIndex()) -> QModelIndex:  # noqa: B008 - Qt's
        """The index of a row below ``parent``."""
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else 0)

    def parent(self, child: QModelIndex) -> QModelIndex:
        """The group of a row."""
        above = child.internalId() if child.isValid() else 0
        return self.createIndex(above - 1, 0, 0) if above else QModelIndex()

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's
        """Rows below ``parent``."""
        if not parent.isValid():
            return len(self._rows)
        return len(self.row(parent).rows) if parent.column() == 0 else 0

    def columnCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's
        """The name, and the figures."""
        return 1 + len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: N802 - Qt's
        """The headings, the first with the unit."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if section else _LEFT
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return self._words(self.columns[section - 1].value if section else f"column.area_{self._unit.value}")

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """One cell."""
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            row = self.row(index)
            return row.name if index.column() == 0 else self._figure(row, self.columns[index.column() - 1])
        if role == Qt.ItemDataRole.ToolTipRole and index.column() == 0:
            return self.row(index).name
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if index.column() else _LEFT
        if role == Qt.ItemDataRole.FontRole and index.internalId() == 0:
            font = QFont()
            font.setBold(True)
            return font
        return None

    def _figure(self, row: SumRow, column: Column) -> str:
        sums = row.sums
        area = {
            Column.STATE: sums.state,
            Column.COLLECTIVE: sums.collective,
            Column.OTHER: sums.other,
            Column.TOTAL: sums.total,
        }[column]
        return in_unit(area, self._unit)


_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
