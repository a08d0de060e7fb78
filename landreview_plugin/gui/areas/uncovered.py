# SPDX-License-Identifier: GPL-2.0-or-later
"""Land that a layer does not reach, row by row: it was not checked."""

from __future__ import annotations

from typing import Any

from qgis.PyQt.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt

from ...core.geodesy.rounding import Unit
from ...core.model.result import ReviewResult, Uncovered
from ...report.words import Words
from ..figures import area_text


class UncoveredModel(QAbstractTableModel):
    """Parcel, layer, area; the reason in the tooltip."""

    def __init__(self, words: Words, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words, self._unit = words, Unit.M2
        self._result: ReviewResult | None = None

    def show(self, result: ReviewResult | None, unit: Unit) -> None:
        """The land of another result, or the same in another unit."""
        self.beginResetModel()
        self._result, self._unit = result, unit
        self.endResetModel()

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's
        """A row a parcel and layer."""
        return len(self._result.uncovered) if self._result and not parent.isValid() else 0

    def columnCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's
        """Three."""
        return len(_HEADINGS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: N802 - Qt's
        """The headings."""
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return self._words(_HEADINGS[section].format(unit=self._unit.value))

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """One cell."""
        if self._result is None or not index.isValid():
            return None
        each = self._result.uncovered[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return (each.parcel, self._layer(each), area_text(each.area_m2, self._unit))[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._words.text(each.reason)
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() == len(_HEADINGS) - 1:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None

    def _layer(self, each: Uncovered) -> str:
        assert self._result is not None
        name = self._words.layer(each.layer, self._result)
        return self._words("item.around", layer=name, distance=f"{each.around_m:g}") if each.around_m else name


_HEADINGS = ("column.parcel", "column.layer", "column.area_{unit}")
