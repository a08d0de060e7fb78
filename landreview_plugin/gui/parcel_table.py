# SPDX-License-Identifier: GPL-2.0-or-later
"""Parcels in a table: number, name, use, stated and computed area, verdict."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum

from qgis.PyQt.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from ..core.geodesy.rounding import Unit
from ..core.model.parcel import Parcel
from ..core.review import printed
from ..i18n import translate
from ..jobs.parcel_rows import ParcelRow
from ..report.units import DASH
from .case_words import verdict_name
from .copying import copies_rows
from .figures import area_text
from .session import Session
from .unit_box import unit_of
from .verdict_icons import verdict_icon

SQUARE_METRES = 10_000
_MEASURED_ROWS = 100
"""Column widths fit these; all of some thousand rows would hold the window up for seconds."""


class Column(IntEnum):
    """The columns, in their order."""

    NUMBER = 0
    VERDICT = 1
    AREA = 2
    STATED = 3
    NAME = 4
    USE = 5


NUMBERS = {Column.AREA, Column.STATED}


class ParcelModel(QAbstractTableModel):
    """Rows as they are handed in."""

    def __init__(self, unit: Unit, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: Sequence[ParcelRow] = ()
        self._unit = unit

    def set_rows(self, rows: Sequence[ParcelRow], unit: Unit) -> None:
        """Other parcels or another unit."""
        self.beginResetModel()
        self.rows, self._unit = rows, unit
        self.endResetModel()

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's name and default
        """A row a parcel."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's name and default
        """See ``Column``."""
        return 0 if parent.isValid() else len(Column)

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """The unit stands in the heading, so that the figures copy as numbers."""
        if role != Qt.ItemDataRole.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        return _headings(self._unit)[Column(section)]

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Texts, the verdict's sign, figures at the right."""
        if not index.isValid():
            return None
        row, column = self.rows[index.row()], Column(index.column())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._text(row, column)
        if role == Qt.ItemDataRole.DecorationRole and column is Column.VERDICT and row.verdict is not None:
            return verdict_icon(row.verdict, row.severity)
        if role == Qt.ItemDataRole.TextAlignmentRole and column in NUMBERS:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None

    def _text(self, row: ParcelRow, column: Column) -> str:
        parcel = row.parcel
        stated = parcel.stated_area_ha
        match column:
            case Column.NUMBER:
                return parcel.number
            case Column.VERDICT:
                return DASH if row.verdict is None else verdict_name(row.verdict, row.severity)
            case Column.AREA:
                return area_text(row.area_m2, self._unit)
            case Column.STATED:
                return area_text(None if stated is None else printed(stated * SQUARE_METRES), self._unit)
            case Column.NAME:
                return parcel.name
            case Column.USE:
                return parcel.use


def _headings(unit: Unit) -> dict[Column, str]:
    name = {Unit.M2: "m²", Unit.HA: translate("landreview", "ha"), Unit.MU: translate("landreview", "mu")}[unit]
    return {
        Column.NUMBER: translate("landreview", "Parcel"),
        Column.VERDICT: translate("landreview", "Verdict"),
        Column.AREA: translate("landreview", "Computed ({})").format(name),
        Column.STATED: translate("landreview", "Stated ({})").format(name),
        Column.NAME: translate("landreview", "Name"),
        Column.USE: translate("landreview", "Use"),
    }


class ParcelTable(QTableView):
    """Emits the parcel that is chosen, and the one that is to be zoomed to."""

    chosen = pyqtSignal(object)
    zoomed = pyqtSignal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.parcels = ParcelModel(unit_of(session), self)
        self.setModel(self.parcels)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(int(self.fontMetrics().height() * 1.5))
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.horizontalHeader().setResizeContentsPrecision(_MEASURED_ROWS)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setAccessibleName(translate("landreview", "Parcels"))
        copies_rows(self)
        self.selectionModel().currentRowChanged.connect(lambda index, _: self._emit(self.chosen, index))
        self.clicked.connect(lambda index: self._emit(self.chosen, index))
        self.doubleClicked.connect(lambda index: self._emit(self.zoomed, index))
        session.settings_changed.connect(lambda: self.show_rows(self.parcels.rows))

    def show_rows(self, rows: Sequence[ParcelRow], *, reviewed: bool | None = None) -> None:
        """Show parcels; ``reviewed`` False hides the column of verdicts."""
        self.parcels.set_rows(rows, unit_of(self._session))
        if reviewed is not None:
            self.setColumnHidden(Column.VERDICT, not reviewed)
        self.resizeColumnsToContents()

    def current(self) -> Parcel | None:
        """The parcel that is chosen."""
        index = self.currentIndex()
        return self.parcels.rows[index.row()].parcel if index.isValid() else None

    def _emit(self, signal: object, index: QModelIndex) -> None:
        if index.isValid():
            signal.emit(self.parcels.rows[index.row()].parcel)
