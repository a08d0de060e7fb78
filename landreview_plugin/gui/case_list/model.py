# SPDX-License-Identifier: GPL-2.0-or-later
"""The list of cases as Qt's views read it: all rows are held, those that the query asks for are shown."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.PyQt.QtCore import QAbstractListModel, QModelIndex, QObject, Qt

from ...i18n import translate
from ...jobs.case_list import CaseRow, Query, matching
from ..case_words import stage_name, type_name, verdict_name
from ..deadlines import days_long
from ..sync.line_state import Between, state_words

ROW = Qt.ItemDataRole.UserRole + 1
"""The ``CaseRow`` itself, for the delegate."""


class CaseListModel(QAbstractListModel):
    """No item objects and no proxy: ten thousand rows are filtered as one list, in some ten milliseconds."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: Sequence[CaseRow] = ()
        self.shown: Sequence[CaseRow] = ()
        self._query, self._with_parcel = Query(), frozenset[str]()
        self.known = Between()
        """How they stand between offices."""

    def set_rows(self, rows: Sequence[CaseRow], known: Between) -> None:
        """Other cases, the same query."""
        self.rows, self.known = rows, known
        self._show()

    def set_query(self, query: Query, with_parcel: frozenset[str] = frozenset()) -> None:
        """Another query over the same cases; ``with_parcel``: cases that have the parcel looked for."""
        self._query, self._with_parcel = query, with_parcel
        self._show()

    def _show(self) -> None:
        self.beginResetModel()
        self.shown = matching(self.rows, self._query, self.known.office, self._with_parcel)
        self.endResetModel()

    def index_of(self, case_id: str) -> QModelIndex:
        """Where a case stands; an invalid index when it is not shown."""
        for i, row in enumerate(self.shown):
            if row.line.id == case_id:
                return self.index(i)
        return QModelIndex()

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's name and default
        """How many are shown."""
        return 0 if parent.isValid() else len(self.shown)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A row's text, its whole story as tooltip and for screen readers, and the row itself."""
        if not index.isValid():
            return None
        row = self.shown[index.row()]
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{row.line.number} {row.line.project}".rstrip()
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return story(row, self.known)
        return None


def story(row: CaseRow, known: Between) -> str:
    """All of a row in lines."""
    line = row.line
    holder = translate("landreview", "Held by {}").format(line.holder) if line.holder else ""
    parts = (
        line.number,
        line.project,
        line.applicant,
        type_name(line.business_type),
        stage_name(line.stage),
        holder,
        state_words(line, known),
        days_long(row.deadline),
        verdict_name(row.verdict, row.severity),
    )
    return "\n".join(part for part in parts if part)
