# SPDX-License-Identifier: GPL-2.0-or-later
"""History: every step of a case in words, and whether the chain of its log holds."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt
from qgis.PyQt.QtGui import QGuiApplication
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from ...core.evidence.chain import Break, verify
from ...core.model.event import Event
from ...i18n import translate
from ..case_view import CaseView
from ..case_words import spoken
from ..copying import copies_rows, selected_text
from ..session import Session
from .words import event_words, who_words

LONGEST = 80
"""Letters of an entry in the table; an opinion is longer, and stands whole in its tooltip and when it is copied."""
ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole, Qt.ItemDataRole.ToolTipRole)


class HistoryModel(QAbstractTableModel):
    """Number, time, what, who; the newest entry first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.events: Sequence[Event] = ()
        self._office = ""

    def set_events(self, events: Sequence[Event], office: str = "") -> None:
        """Another log; ``office``: not named where it acted itself."""
        self.beginResetModel()
        self.events, self._office = tuple(reversed(events)), office
        self.endResetModel()

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's name and default
        """A row an entry."""
        return 0 if parent.isValid() else len(self.events)

    def columnCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's name and default
        """Time, what, who."""
        return 0 if parent.isValid() else 3

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """The headings; in front the entry's number."""
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Vertical:
            return self.events[section].no
        names = (translate("landreview", "When"), translate("landreview", "What"), translate("landreview", "Who"))
        return names[section]

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Words; the raw entry with its hash as tooltip."""
        if not index.isValid() or role not in ROLES:
            return None
        event = self.events[index.row()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{event_words(event)}\n{who_words(event)}\n{event.kind} {event.body}\nSHA-256 {event.hash}"
        # the machine's own time zone: people compare it with their watch
        when, what = f"{event.at_client.astimezone():%m-%d %H:%M}", event_words(event)
        if role == Qt.ItemDataRole.DisplayRole:
            what = _shortened(what)
        return (when, what, who_words(event, self._office))[index.column()]


def _shortened(what: str) -> str:
    """The first line, as far as a row of a table goes."""
    first = what.split("\n", 1)[0][:LONGEST]
    return first if first == what else f"{first}…"


class HistoryTab(QWidget):
    """Read when somebody looks."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._view: CaseView | None = None
        self.sign, self.chain = QLabel(self), QLabel(self, wordWrap=True)
        self.chain.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.table = QTableView(self)
        self.model = HistoryModel(self)
        self.table.setModel(self.model)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setWordWrap(True)
        self.table.setTabKeyNavigation(False)
        self.table.setAccessibleName(translate("landreview", "History of the case"))
        heads = self.table.horizontalHeader()
        heads.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        heads.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        copies_rows(self.table)
        self.copy = QPushButton(
            QgsApplication.getThemeIcon("/mActionEditCopy.svg"), translate("landreview", "Copy"), self
        )
        self.copy.setToolTip(translate("landreview", "Copy the selected entries, or all of them"))
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(selected_text(self.table)))
        self._lay_out()

    @staticmethod
    def TITLE() -> str:  # noqa: N802 - the name that the case page asks for
        """The tab's title."""
        return translate("landreview", "History")

    def _lay_out(self) -> None:
        first = QHBoxLayout()
        first.addWidget(self.sign)
        first.addWidget(self.chain, 1)
        first.addWidget(self.copy)
        layout = QVBoxLayout(self)
        layout.addLayout(first)
        layout.addWidget(self.table, 1)

    def show_case(self, view: CaseView | None) -> None:
        """Show a case's log when somebody looks."""
        self._view = view
        if view is None:
            self.model.set_events(())
        elif self.isVisible():
            self._fill()

    def showEvent(self, event: object) -> None:  # noqa: N802 - Qt's name
        """Somebody looks."""
        super().showEvent(event)
        self._fill()

    def _fill(self) -> None:
        if self._view is None:
            return
        with self._session.guard():
            events = self._view.events
            self.model.set_events(events, self._view.office)
            self._say(verify(events), len(events))

    def _say(self, broken: Break | None, count: int) -> None:
        height = self.fontMetrics().height()
        icon = "/mIconSuccess.svg" if broken is None else "/mIconCritical.svg"
        self.sign.setPixmap(QgsApplication.getThemeIcon(icon).pixmap(height, height))
        if broken is None:
            text = translate("landreview", "Log verified: {} entries, each sealed to the one before").format(count)
        else:
            text = translate("landreview", "The log was touched at {}. Restore the last backup of the case store.")
            text = text.format(broken.reason.get(spoken()))
        self.chain.setText(text)
