# SPDX-License-Identifier: GPL-2.0-or-later
"""The lines of a draft as a table: how each stands, which layer, what is bound, of which day."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QAbstractTableModel, QModelIndex, Qt
from qgis.PyQt.QtGui import QPalette

from ...core.catalogue_draft import Draft, Line, name_of
from ...core.model.base import Language
from ...core.tables import index as table_index
from ...i18n import language, translate
from ...jobs.probe import Probe
from .signs import sign_icon, sign_word

STATE, LAYER, BOUND, DAY = range(4)
NUMBER_ROLE = Qt.ItemDataRole.UserRole
SEARCH_ROLE = Qt.ItemDataRole.UserRole + 1
_NOWHERE = QModelIndex()


class BindingsModel(QAbstractTableModel):
    """Keeps what tests found, by line, until the line changes."""

    def __init__(self, draft: Draft) -> None:
        super().__init__()
        self.draft = draft
        self._ids = draft.ids()
        self._probes: dict[int, Probe] = {}

    def rowCount(self, parent: QModelIndex = _NOWHERE) -> int:  # noqa: N802 - Qt calls this name
        """A row a line."""
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: QModelIndex = _NOWHERE) -> int:  # noqa: N802 - Qt calls this name
        """State, layer, what is bound, day."""
        return 0 if parent.isValid() else 4

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: N802
        """The columns' names."""
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return (
            translate("landreview", "State"),
            translate("landreview", "Layer"),
            translate("landreview", "Bound to"),
            translate("landreview", "Data of"),
        )[section]

    def data(self, at: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell shows, says and is searched by."""
        if not at.isValid():
            return None
        number = self._ids[at.row()]
        line = self.draft.line(number)
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return self._text(number, line, at.column())
            case Qt.ItemDataRole.DecorationRole if at.column() == STATE:
                return self._icon(number, line)
            case Qt.ItemDataRole.ToolTipRole:
                return self._tip(number, line)
            case Qt.ItemDataRole.ForegroundRole if line.blank:
                return QgsApplication.palette().color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text)
            case _ if role == NUMBER_ROLE:
                return number
            case _ if role == SEARCH_ROLE:
                row = table_index("layers", "key")[line.key]
                return " ".join((*row.values(), line.source, line.reason))
        return None

    def row_of(self, number: int) -> int:
        """The row of a line."""
        return self._ids.index(number)

    def number_at(self, row: int) -> int:
        """The line of a row."""
        return self._ids[row]

    def probe(self, number: int) -> Probe | None:
        """What the last test of a line found; None since it changed."""
        return self._probes.get(number)

    def put(self, number: int, line: Line) -> None:
        """Change a line; what a test found of it counts no more."""
        if line == self.draft.line(number):
            return
        self.draft.put(number, line)
        self._probes.pop(number, None)
        self._touched(number)

    def put_probe(self, number: int, probe: Probe) -> None:
        """Keep what a test found, if the line is still what was tested."""
        line = self.draft.line(number) if number in self._ids else None
        if line is not None and not line.blank and line.missing() is None and line.entry() == probe.entry:
            self._probes[number] = probe
            self._touched(number)

    def refresh(self) -> None:
        """Lines came or went."""
        self.beginResetModel()
        self._ids = self.draft.ids()
        self._probes = {number: probe for number, probe in self._probes.items() if number in self._ids}
        self.endResetModel()

    def _touched(self, number: int) -> None:
        row = self.row_of(number)
        self.dataChanged.emit(self.index(row, 0), self.index(row, DAY))

    def _text(self, number: int, line: Line, column: int) -> str:
        if column == STATE:
            return self._state(number, line)
        if column == LAYER:
            return f"{name_of(line.key).get(Language(language()))} ({line.key})"
        if column == BOUND:
            return translate("landreview", "none: {}").format(line.reason) if line.signed else _short(line.source)
        day = line.date if line.signed else line.data_date
        return day.isoformat() if day else ""

    def _state(self, number: int, line: Line) -> str:
        if line.blank:
            return translate("landreview", "open")
        probe = self._probes.get(number)
        return sign_word(probe.sign) if probe else translate("landreview", "not tested")

    def _icon(self, number: int, line: Line) -> Any:
        probe = self._probes.get(number)
        return sign_icon(probe.sign) if probe and not line.blank else None

    def _tip(self, number: int, line: Line) -> str:
        probe = self._probes.get(number)
        if line.blank:
            return translate("landreview", "Nothing is bound: every rule on this layer says “not checked”")
        if probe is None:
            return line.source
        spoken = Language(language())
        return "\n".join([line.source, *(said.sentence.get(spoken) for said in probe.said)])


def _short(source: str) -> str:
    """Layer and file without the folders; the tooltip has all."""
    location, bar, layer = source.partition("|layername=")
    name = location.replace("\\", "/").rsplit("/", 1)[-1] if not location.upper().startswith("PG:") else "PostGIS"
    return f"{layer} ({name})" if bar else name
